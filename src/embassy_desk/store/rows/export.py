"""How the log of exports lies in the store."""

from embassy_desk.domain.export import Export
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Export)
class ExportRow(StoreRow, Export, table=True):
    """One time that records were taken out."""

    __tablename__ = "export"
