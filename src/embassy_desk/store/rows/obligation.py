"""How obligations lie in the store."""

from embassy_desk.domain.obligation import Obligation
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Obligation, "agreement_id")
class ObligationRow(StoreRow, Obligation, table=True):
    """A duty from an article of an agreement."""

    __tablename__ = "obligation"
