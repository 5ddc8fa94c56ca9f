"""Pictures of people that files bring: kept as files of their records."""

import base64
import io
from collections.abc import Iterable

from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Record
from embassy_desk.store.attachments import attachments_folder, keep_content
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork

_NAME = "portrait.jpg"
_TYPE = "image/jpeg"


def keep_pictures(
    work: UnitOfWork, store: Store, pictures: Iterable[tuple[Record, str]]
) -> list[Attachment]:
    """Keep pictures, each as a file of its record; the records need not be written yet.

    Args:
        work: A writing unit of work.
        store: The store, beside which contents lie.
        pictures: Records and JPEGs in base64.

    Raises:
        StoreError: The disk refuses.
    """
    folder = attachments_folder(store.path)
    kept = []
    for record, picture in pictures:
        digest, size_bytes = keep_content(work, folder, io.BytesIO(base64.b64decode(picture)))
        kept.append(
            work.new(
                Attachment,
                record_kind=kind_of(record).name,
                record_id=record.id,
                name=_NAME,
                digest=digest,
                size_bytes=size_bytes,
                media_type=_TYPE,
                handling=record.handling,
            )
        )
    work.add_all(kept)
    return kept
