"""How list entries lie in the store."""

from embassy_desk.domain.list_entry import ListEntry
from embassy_desk.store.rows.base import StoreRow, stored


@stored(ListEntry, "list_code,place")
class ListEntryRow(StoreRow, ListEntry, table=True):
    """One choice of a controlled list; reference data from headquarters."""

    __tablename__ = "list_entry"
