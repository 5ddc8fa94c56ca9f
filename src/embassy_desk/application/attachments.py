"""Files of a record: taken in, listed, given out again."""

import io
import logging
import mimetypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from embassy_desk.application.export_log import log_export
from embassy_desk.application.office import answer, perform
from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import RefusedError, StoppedError, StoreError
from embassy_desk.domain.secrecy import marking_of
from embassy_desk.interchange.apart import OF_A_PAGE, apart
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.interchange.first_pages import (
    READ_APART,
    first_page_text,
)
from embassy_desk.interchange.limits import LARGEST_DOCUMENT_BYTES
from embassy_desk.settings.files import write_whole
from embassy_desk.settings.log_lines import Plain
from embassy_desk.store.attachments import attachments_folder, content_of, keep_content
from embassy_desk.store.contents import is_here, wish_for
from embassy_desk.store.finders.names import headings
from embassy_desk.store.headquarters_link import ACTIVE, headquarters_link
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Text

_PLAIN_TYPE = "application/octet-stream"
_LONGEST_FORM = 12  # letters of a file's ending that are worth noting

_LOG = logging.getLogger(__name__)


Report = Callable[[int, int], None]
"""Is told how many bytes of how many were read; may raise `StoppedError`."""


Warn = Callable[[Text], None]
"""Is told what somebody should look at before the file stays."""


class _Watched(io.RawIOBase):
    """Reads a file and reports how far it is."""

    def __init__(self, source: BinaryIO, total: int, report: Report) -> None:
        self._source = source
        self._total = total
        self._report = report
        self._done = 0
        self.stopped: StoppedError | None = None

    def read(self, size: int = -1) -> bytes:
        part = self._source.read(size)
        self._done += len(part)
        try:
            self._report(self._done, self._total)
        except StoppedError as error:
            self.stopped = error  # what encrypts the file would hide the reason
            raise
        return part


def _unwatched(_done: int, _total: int) -> None:
    """Report to nobody."""


def _unheard(_text: Text) -> None:
    """Warn nobody."""


def attach_to(
    work: UnitOfWork,
    store: Store,
    kind: str,
    record_id: UUID,
    path: Path,
    report: Report,
    warn: Warn,
) -> Attachment:
    """Take a file in with the record of an identity, as `attach` does.

    Raises:
        MissingError: The record is gone.
        RefusedError: The file is refused.
        StoppedError: The person stopped it.
        StoreError: It cannot be read, or the disk refuses.
    """
    record = work.get(kind_named(kind).entity, record_id)
    return attach(work, store, record, path, report, warn)


def attach(
    work: UnitOfWork,
    store: Store,
    record: Record,
    path: Path,
    report: Report = _unwatched,
    warn: Warn = _unheard,
) -> Attachment:
    """Take a file in with a record; a second file of the same name is its next version.

    Args:
        work: A writing unit of work.
        store: The store, beside which contents lie.
        record: The record.
        path: The file.
        report: Is told how far it is.
        warn: Is told of a mention of secrecy, in its name or on its first page, that may be
            harmless.

    Raises:
        StoppedError: The person stopped it.
        RefusedError: The file is larger than allowed, is none, or its first page carries a mark
            of secrecy.
        StoreError: It cannot be read, or the disk refuses.
    """
    if not path.is_file():
        raise RefusedError(N_("“{name}” is no file.", name=path.name))
    try:
        _refuse_secret(path, warn)
        with path.open("rb") as source:
            digest, size_bytes = _kept(work, store, _Watched(source, path.stat().st_size, report))
    except PermissionError as error:
        raise StoreError(N_("“{name}” may not be read.", name=path.name)) from error
    return _noted(work, record, path.name, digest, size_bytes)


def attach_content(
    work: UnitOfWork, store: Store, record: Record, name: str, content: bytes
) -> Attachment:
    """Take a file in that the program made of guarded records, and that never lay on the disk.

    Raises:
        RefusedError: The rights do not allow it.
        StoreError: The disk refuses.
    """
    digest, size_bytes = keep_content(work, attachments_folder(store.path), io.BytesIO(content))
    return _noted(work, record, name, digest, size_bytes)


def attach_received(
    work: UnitOfWork, store: Store, record: Record, name: str, content: bytes, warn: Warn
) -> Attachment:
    """Take a file in that came with something else, such as an e-mail; see `attach`.

    Raises:
        RefusedError: Its name or first page carries a mark of secrecy.
        StoreError: The disk refuses.
    """
    path = Path(name)
    texts = [path.stem]
    if len(content) <= LARGEST_DOCUMENT_BYTES:
        texts.append(_first_page(content, path.suffix))
    _refuse_marked(texts, warn)
    return attach_content(work, store, record, name, content)


def _noted(work: UnitOfWork, record: Record, name: str, digest: str, size_bytes: int) -> Attachment:
    same_name = [each for each in attachments_of(work, record) if each.name == name]
    return work.save(
        work.new(
            Attachment,
            record_kind=kind_of(record).name,
            record_id=record.id,
            name=name,
            digest=digest,
            size_bytes=size_bytes,
            media_type=mimetypes.guess_type(name)[0] or _PLAIN_TYPE,
            version=1 + max((each.version for each in same_name), default=0),
            handling=record.handling,
        )
    )


def _kept(work: UnitOfWork, store: Store, source: _Watched) -> tuple[str, int]:
    try:
        return keep_content(work, attachments_folder(store.path), cast("BinaryIO", source))
    except StoreError:
        if source.stopped is not None:
            raise source.stopped from None
        raise


def _refuse_secret(path: Path, warn: Warn) -> None:
    """Refuse a file whose name or first page carries a mark of secrecy; no text is kept.

    Raises:
        RefusedError: It does.
    """
    texts = [path.stem]
    if path.stat().st_size <= LARGEST_DOCUMENT_BYTES:
        texts.append(_first_page(path.read_bytes(), path.suffix))
    _refuse_marked(texts, warn)


def _refuse_marked(texts: Iterable[str], warn: Warn) -> None:
    for found in filter(None, map(marking_of, texts)):
        if found.is_certain:
            raise RefusedError(found.text)
        warn(found.text)


def _first_page(content: bytes, suffix: str) -> str:
    """Return the text of a document's first page; empty where its reader breaks on it."""
    if suffix.lower() not in READ_APART:
        return first_page_text(content, suffix)
    try:
        return apart(first_page_text, content, suffix, limits=OF_A_PAGE)
    except UnreadableFileError as error:
        form, code = Plain(suffix.lower()), Plain(error.code)
        _LOG.info("a document of the form %s cannot be read: %s", form, code)
        return ""


def attachments_of(work: UnitOfWork, record: Record) -> tuple[Attachment, ...]:
    """Return the files of a record that are not in the trash, in the order they came."""
    found = work.all(Attachment, record_id=record.id)
    return tuple(each for each in found if not each.is_trashed)


@dataclass(frozen=True)
class Document:
    """A file of a record as people see it in a list.

    Attributes:
        attachment: The file.
        added_by: Name of who added it; empty when nobody knows.
    """

    attachment: Attachment
    added_by: str


def documents(work: UnitOfWork, kind: str, record_id: UUID) -> tuple[Document, ...]:
    """Return the files of a record that are not in the trash, newest first.

    Raises:
        MissingError: The record is gone.
    """
    found = attachments_of(work, work.get(kind_named(kind).entity, record_id))
    names = headings(work, {each.created_by for each in found if each.created_by})
    return tuple(
        Document(each, names.get(each.created_by, "") if each.created_by else "")
        for each in reversed(found)
    )


def named_content(work: UnitOfWork, store: Store, attachment_id: UUID) -> tuple[str, bytes]:
    """Return the name and the content of a file.

    Raises:
        MissingError: The record is gone, or the content is not on this computer.
        StoreError: The content is damaged.
    """
    name = work.get(Attachment, attachment_id).name
    return name, read_attachment(work, store, attachment_id)


def read_attachment(work: UnitOfWork, store: Store, attachment_id: UUID) -> bytes:
    """Return the content of a file.

    Raises:
        MissingError: The record is gone, or the content is not on this computer.
        StoreError: The content is damaged.
    """
    attachment = work.get(Attachment, attachment_id)
    return content_of(work, attachments_folder(store.path), attachment.digest)


def ask_for_content(work: UnitOfWork, store: Store, attachment_id: UUID) -> bool:
    """Let a content come before all others; return False where nobody has to be, or can be, asked.

    Raises:
        MissingError: There is no such file.
    """
    link, digest = headquarters_link(work.raw), work.get(Attachment, attachment_id).digest
    if link is None or link.status != ACTIVE or is_here(work.raw, digest):
        return False
    wish_for(work, attachments_folder(store.path), digest, is_awaited=True)
    return True


def save_attachment(store: Store, attachment_id: UUID, target: Path) -> None:
    """Write the content of a file to a place of the person's choice, unencrypted.

    It leaves the desk, so it is allowed and written into the log of exports first.

    Raises:
        MissingError: The record is gone, or the content is not on this computer.
        RefusedError: The rights do not allow it.
        StoreError: The content is damaged, or the target cannot be written.
    """
    content = answer(store, read_attachment, store, attachment_id)
    perform(store, _log_taken, attachment_id)
    write_whole(target, content)


def _log_taken(work: UnitOfWork, attachment_id: UUID) -> None:
    taken = work.get(Attachment, attachment_id)
    form = Path(taken.name).suffix.lower().lstrip(".")
    is_known = form.isascii() and form.isalnum() and len(form) <= _LONGEST_FORM
    log_export(
        work, kind="attachment", form=form if is_known else "file", handlings=[taken.handling]
    )
