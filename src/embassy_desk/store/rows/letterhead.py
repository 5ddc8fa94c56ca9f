"""How letterheads lie in the store."""

from embassy_desk.domain.letterhead import Letterhead
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Letterhead)
class LetterheadRow(StoreRow, Letterhead, table=True):
    """What a mission chose for its official papers."""

    __tablename__ = "letterhead"
