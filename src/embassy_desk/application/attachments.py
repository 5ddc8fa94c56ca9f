"""Files of a record: taken in, listed, given out again."""

import mimetypes
from pathlib import Path
from uuid import UUID

from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.domain.secrecy import marking_of
from embassy_desk.interchange.first_pages import LARGEST_DOCUMENT_BYTES, first_page_text
from embassy_desk.settings.files import write_whole
from embassy_desk.store.attachments import attachments_folder, content_of, keep_content
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_PLAIN_TYPE = "application/octet-stream"


def attach(work: UnitOfWork, store: Store, record: Record, path: Path) -> Attachment:
    """Take a file in with a record; a second file of the same name is its next version.

    Raises:
        RefusedError: The file is larger than allowed, is none, or its first page carries a mark
            of secrecy.
        StoreError: It cannot be read, or the disk refuses.
    """
    if not path.is_file():
        raise RefusedError(N_("“{name}” is no file.", name=path.name))
    try:
        _refuse_secret(path)
        with path.open("rb") as source:
            digest, size_bytes = keep_content(work, attachments_folder(store.path), source)
    except PermissionError as error:
        raise StoreError(N_("“{name}” may not be read.", name=path.name)) from error
    same_name = [each for each in attachments_of(work, record) if each.name == path.name]
    return work.save(
        work.new(
            Attachment,
            record_kind=kind_of(record).name,
            record_id=record.id,
            name=path.name,
            digest=digest,
            size_bytes=size_bytes,
            media_type=mimetypes.guess_type(path.name)[0] or _PLAIN_TYPE,
            version=1 + max((each.version for each in same_name), default=0),
            handling=record.handling,
        )
    )


def _refuse_secret(path: Path) -> None:
    """Refuse a file whose first page carries a mark of secrecy; its text is kept nowhere.

    Raises:
        RefusedError: It does.
    """
    if path.stat().st_size > LARGEST_DOCUMENT_BYTES:
        return
    found = marking_of(first_page_text(path.read_bytes(), path.suffix))
    if found is not None and found.is_certain:
        raise RefusedError(found.text)


def attachments_of(work: UnitOfWork, record: Record) -> tuple[Attachment, ...]:
    """Return the files of a record that are not in the trash, in the order they came."""
    found = work.all(Attachment, record_id=record.id)
    return tuple(each for each in found if not each.is_trashed)


def read_attachment(work: UnitOfWork, store: Store, attachment_id: UUID) -> bytes:
    """Return the content of a file.

    Raises:
        MissingError: The record is gone, or the content is not on this computer.
        StoreError: The content is damaged.
    """
    attachment = work.get(Attachment, attachment_id)
    return content_of(work, attachments_folder(store.path), attachment.digest)


def save_attachment(work: UnitOfWork, store: Store, attachment_id: UUID, target: Path) -> None:
    """Write the content of a file to a place of the person's choice, unencrypted.

    Raises:
        MissingError: The record is gone, or the content is not on this computer.
        StoreError: The content is damaged, or the target cannot be written.
    """
    write_whole(target, read_attachment(work, store, attachment_id))
