"""How attachments lie in the store."""

from embassy_desk.domain.attachment import Attachment
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Attachment, "record_id")
class AttachmentRow(StoreRow, Attachment, table=True):
    """A file of a record."""

    __tablename__ = "attachment"
