"""How elevation cases lie in the store."""

from embassy_desk.domain.elevation import Elevation
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Elevation, "from_agreement_id", "to_agreement_id")
class ElevationRow(StoreRow, Elevation, table=True):
    """The case for replacing one agreement by another of national level."""

    __tablename__ = "elevation"
