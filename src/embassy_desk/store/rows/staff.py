"""How members of staff lie in the store."""

from embassy_desk.domain.staff import Posting, Staff
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Staff)
class StaffRow(StoreRow, Staff, table=True):
    """A member of staff."""

    __tablename__ = "staff"


@stored(Posting, "staff_id")
class PostingRow(StoreRow, Posting, table=True):
    """A posting of a member of staff; `to_on` is its last day, empty while it lasts."""

    __tablename__ = "posting"
