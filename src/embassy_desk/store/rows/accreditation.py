"""How accreditations lie in the store."""

from embassy_desk.domain.accreditation import Accreditation
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Accreditation, "mission_code")
class AccreditationRow(StoreRow, Accreditation, table=True):
    """A mission's standing in a country or at an organisation; reference data from headquarters."""

    __tablename__ = "accreditation"
