"""How missions lie in the store."""

from embassy_desk.domain.mission import Mission
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Mission, "code")
class MissionRow(StoreRow, Mission, table=True):
    """A mission abroad; reference data from headquarters."""

    __tablename__ = "mission"
