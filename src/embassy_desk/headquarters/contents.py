"""Contents of attachments at headquarters: taken in by pieces, given out by pieces (SYNC 3.14).

Who reads the record of a file may have its content, and who may write the record may bring it. The
journal has each piece before it is acknowledged; the whole is proved by its SHA-256 before anybody
sees it, and lies encrypted with a key of its own.
"""

import base64
import io
import json
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.journal import Entry, Journal
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.headquarters.signing_in import Caller
from embassy_desk.headquarters.tables import HUB_BLOB, HUB_ROW, HUB_UPLOAD
from embassy_desk.headquarters.turns import Turns
from embassy_desk.sealing.files import LARGEST_FILE_BYTES, EncryptedFile, decrypt_file, encrypt_file
from embassy_desk.sealing.pieces import Pieces, new_pieces
from embassy_desk.sync.contents import ATTACHMENT_ENTITY, LARGEST_PIECE_BYTES, ContentAnswer
from embassy_desk.sync.problems import ProblemCode
from embassy_desk.sync.scopes import mission_of, mission_scope

CHANNEL = "piece"
"""How the journal names entries with pieces of contents."""

MOST_UPLOADS = 16
"""How many contents one device may have under way."""

MOST_TOLD = 1_000
STALE_AFTER_MS = 30 * 24 * 3600 * 1000
_GIB = 2**30
_NAME_BYTES = 16
_OPEN_BYTES = 128 * 1024 * 1024
_LOCKS = 64


@dataclass(frozen=True)
class ToldContent:
    """A content that somebody brings or asks for, known by a record that he may read.

    Attributes:
        row_id: The record.
        digest: SHA-256 of the content, hexadecimal.
        scope: The record's scope.
        size: How long the record says that it is.
        name: Name of the file.
    """

    row_id: str
    digest: str
    scope: str
    size: int
    name: str = ""


@dataclass
class Contents:
    """Takes contents in and gives them out.

    Attributes:
        hub: Headquarters.
        journal: Has each piece before it is acknowledged.
    """

    hub: Hub
    journal: Journal
    _turns: Sequence[Turns] = field(init=False)
    _opened: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _shelf: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Let pieces of the same content come one after the other, to whichever process."""
        uploads = self.hub.folder("uploads")
        self._turns = tuple(Turns(uploads / f".turns-{each}") for each in range(_LOCKS))

    def take(
        self, caller: Caller, row_id: str, digest: str, start: int, piece: bytes
    ) -> ContentAnswer:
        """Take a piece in; it is on the disk, and in the journal, when this returns.

        Args:
            caller: Who brings it.
            row_id: The attachment's record.
            digest: SHA-256 of the whole, as the record says.
            start: Where the piece begins.
            piece: Its bytes; none to ask how far the content has come.

        Raises:
            Refusal: The caller may not write such a record, the content is too large or, now
                that all of it is here, not what its hash says.
            StoreError: The disk refuses.
        """
        wanted = self._wanted(row_id, digest, caller.writes)
        return self._take(caller, wanted, start, piece, is_new=True)

    def take_again(self, caller: Caller, wanted: ToldContent, start: int, piece: bytes) -> bool:
        """Take a piece from the journal of a lost headquarters; return whether all is here now.

        Raises:
            StoreError: The disk refuses.
        """
        try:
            return self._take(caller, wanted, start, piece, is_new=False).is_whole
        except Refusal:
            return False  # it would not be taken from the line either

    def _take(
        self, caller: Caller, wanted: ToldContent, start: int, piece: bytes, *, is_new: bool
    ) -> ContentAnswer:
        with self._turns[int(wanted.digest[:4], 16) % _LOCKS].mine():
            if self._is_here(caller, wanted):
                return ContentAnswer(held=wanted.size, is_whole=True)
            upload = self._upload(caller, wanted)
            held = upload.held
            if start != held or (not piece and held < wanted.size):
                return ContentAnswer(held=held)
            if held + len(piece) > wanted.size:
                raise Refusal(ProblemCode.TOO_LARGE, limit_bytes=wanted.size)
            if piece and is_new:
                self._note(caller, wanted, start, piece)
            upload.add(start, piece)
            if held + len(piece) < wanted.size:
                return ContentAnswer(held=held + len(piece))
            self._finish(caller, wanted, upload)
        return ContentAnswer(held=wanted.size, is_whole=True)

    def give(self, caller: Caller, row_id: str, digest: str, start: int, most: int) -> bytes:
        """Return a piece of a content.

        Raises:
            Refusal: There is no such content that the caller may read.
            StoreError: The file is damaged.
        """
        wanted = self._wanted(row_id, digest, frozenset(caller.scopes))
        with self.hub.database.reading(caller.scopes) as connection:
            found = kept_content(connection, caller.scopes, wanted.digest)
        if found is None:
            raise Refusal(ProblemCode.NOT_FOUND)
        content = self._content(found.file_name, found.file_key)
        return content[start : start + min(most, LARGEST_PIECE_BYTES)]

    def take_whole(self, caller: Caller, row_id: str, content: bytes) -> bool:
        """Take in a content that came whole, in a pouch; return whether its record is known.

        Raises:
            StoreError: The disk refuses.
        """
        digest = sha256(content).hexdigest()
        try:
            wanted = self._wanted(row_id, digest, caller.writes)
        except Refusal:
            return False
        if not self._is_here(caller, wanted):
            for start in range(0, len(content), LARGEST_PIECE_BYTES):
                self._note(caller, wanted, start, content[start : start + LARGEST_PIECE_BYTES])
            name = secrets.token_hex(_NAME_BYTES)
            kept = encrypt_file(io.BytesIO(content), self.hub.folder("blobs") / name)
            self._keep(caller, wanted, name, kept)
        return True

    def read_whole(self, scopes: Iterable[str], digest: str) -> bytes | None:
        """Return a content from some scopes, or nothing if it is not here."""
        with self.hub.database.reading(scopes) as connection:
            found = kept_content(connection, scopes, digest)
        return None if found is None else self._content(found.file_name, found.file_key)

    def _wanted(self, row_id: str, digest: str, scopes: frozenset[str]) -> ToldContent:
        """Return what a record says of its content.

        Raises:
            Refusal: There is no such record in these scopes, or it says otherwise.
        """
        with self.hub.database.reading(scopes) as connection:
            found = attachment_row(connection, row_id, scopes)
        if found is None or found.digest != digest:
            raise Refusal(ProblemCode.NOT_FOUND)
        if not 0 <= found.size <= LARGEST_FILE_BYTES:
            raise Refusal(ProblemCode.TOO_LARGE, limit_bytes=LARGEST_FILE_BYTES)
        return found

    def _is_here(self, caller: Caller, wanted: ToldContent) -> bool:
        """Return whether a content is here; one of another scope of his counts for this one too."""
        scopes = {*caller.scopes, wanted.scope}
        with self.hub.database.reading(scopes) as connection:
            found = kept_content(connection, scopes, wanted.digest)
        if found is not None and found.scope != wanted.scope:
            with self.hub.database.writing(scopes) as connection:
                share_content(connection, wanted.digest, found.scope, wanted.scope)
        return found is not None

    def _upload(self, caller: Caller, wanted: ToldContent) -> Pieces:
        """Return what has come of a content from this device; begins if nothing has.

        Raises:
            Refusal: The mission's contents, or the device's uploads, are too many.
        """
        name = sha256(f"{caller.nid} {wanted.scope} {wanted.digest}".encode()).hexdigest()[:32]
        folder = self.hub.folder("uploads")
        with self.hub.database.reading([wanted.scope]) as connection:
            found = connection.execute(
                select(HUB_UPLOAD.c.file_key).where(HUB_UPLOAD.c.upload_id == name)
            ).first()
        if found is not None:
            return Pieces(folder, name, found.file_key)
        pieces = Pieces(folder, name, new_pieces(folder).key)
        scopes = _all_of(wanted.scope)
        with self.hub.database.writing({*caller.writes, *scopes}) as connection:
            _forget_stale(self.hub, connection, caller)
            _refuse_too_much(self.hub, connection, caller, wanted, scopes)
            connection.execute(
                insert(HUB_UPLOAD).values(
                    upload_id=name,
                    nid=caller.nid,
                    scope=wanted.scope,
                    digest=wanted.digest,
                    size=wanted.size,
                    file_key=pieces.key,
                    begun_ms=self.hub.now_ms,
                )
            )
        return pieces

    def _note(self, caller: Caller, wanted: ToldContent, start: int, piece: bytes) -> None:
        told = {
            "scope": wanted.scope,
            "digest": wanted.digest,
            "size": wanted.size,
            "start": start,
            "piece": base64.b64encode(piece).decode(),
        }
        body = json.dumps(told).encode()
        self.journal.append(Entry(self.hub.now_ms, caller.node_id, CHANNEL, body))

    def _finish(self, caller: Caller, wanted: ToldContent, upload: Pieces) -> None:
        """Put the pieces together, prove the whole and let it be seen.

        Raises:
            Refusal: It is not what its hash says; then all of it is dropped.
        """
        name = secrets.token_hex(_NAME_BYTES)
        whole = upload.assembled(self.hub.folder("blobs") / name)
        if whole.digest.hex() == wanted.digest:
            self._keep(caller, wanted, name, whole)
        with self.hub.database.writing([wanted.scope]) as connection:
            connection.execute(delete(HUB_UPLOAD).where(HUB_UPLOAD.c.upload_id == upload.name))
        upload.forget()
        if whole.digest.hex() != wanted.digest:
            self._drop(name)
            raise Refusal(ProblemCode.DAMAGED)

    def _keep(self, caller: Caller, wanted: ToldContent, name: str, kept: EncryptedFile) -> None:
        values = {
            "scope": wanted.scope,
            "digest": wanted.digest,
            "size": kept.size_bytes,
            "file_name": name,
            "file_key": kept.key,
            "nid": caller.nid,
            "added_ms": self.hub.now_ms,
        }
        try:
            with self.hub.database.writing([wanted.scope]) as connection:
                connection.execute(insert(HUB_BLOB).values(values))
        except IntegrityError:
            self._drop(name)  # another process was quicker; its file is as good

    def _drop(self, name: str) -> None:
        (self.hub.folder("blobs") / name).unlink(missing_ok=True)

    def _content(self, name: str, key: str) -> bytes:
        """Return a whole content; the last few stay at hand, for they are asked for in pieces."""
        with self._shelf:
            if name in self._opened:
                self._opened.move_to_end(name)
                return self._opened[name]
        content = decrypt_file(self.hub.folder("blobs") / name, key)
        with self._shelf:
            self._opened[name] = content
            while sum(map(len, self._opened.values())) > _OPEN_BYTES:
                self._opened.popitem(last=False)
        return content


def attachment_row(
    connection: Connection, row_id: str, scopes: Iterable[str]
) -> ToldContent | None:
    """Return what a record in some scopes says of its content; nothing if there is none."""
    row = connection.execute(
        select(HUB_ROW.c.scope, HUB_ROW.c.fields).where(
            HUB_ROW.c.entity == ATTACHMENT_ENTITY,
            HUB_ROW.c.row_id == row_id,
            HUB_ROW.c.scope.in_(sorted(scopes)),
            HUB_ROW.c.is_deleted == 0,
        )
    ).first()
    if row is None:
        return None
    fields = json.loads(row.fields)
    size = fields.get("size_bytes") or 0  # nothing stands for 0
    is_told = isinstance(size, int) and isinstance(fields.get("digest"), str)
    if not is_told:
        return None
    return ToldContent(row_id, fields["digest"], row.scope, size, str(fields.get("name") or ""))


def kept_content(connection: Connection, scopes: Iterable[str], digest: str) -> Row[Any] | None:
    """Return where a content of some scopes lies, or nothing."""
    chosen = select(HUB_BLOB).where(
        HUB_BLOB.c.digest == digest, HUB_BLOB.c.scope.in_(sorted(scopes))
    )
    return connection.execute(chosen.order_by(HUB_BLOB.c.scope)).first()


def share_content(connection: Connection, digest: str, source: str, target: str) -> None:
    """Let a content of one scope belong to another too, as when its record moved there."""
    row = connection.execute(
        select(HUB_BLOB).where(HUB_BLOB.c.scope == source, HUB_BLOB.c.digest == digest)
    ).first()
    if row is None or kept_content(connection, [target], digest) is not None:
        return
    connection.execute(insert(HUB_BLOB).values({**row._mapping, "scope": target}))  # noqa: SLF001


def contents_from(connection: Connection, nid: int) -> tuple[str, ...]:
    """Return the contents that came from a device, the newest ones."""
    rows = connection.execute(
        select(HUB_BLOB.c.digest)
        .where(HUB_BLOB.c.nid == nid)
        .order_by(HUB_BLOB.c.added_ms.desc(), HUB_BLOB.c.digest)
        .limit(MOST_TOLD)
    )
    return tuple(dict.fromkeys(digest for (digest,) in rows))


def missing_contents(
    connection: Connection, scopes: Iterable[str], digests: Sequence[str]
) -> tuple[str, ...]:
    """Return which of the contents that a laptop offers are not here."""
    if not digests:
        return ()
    known = connection.execute(
        select(HUB_BLOB.c.digest).where(
            HUB_BLOB.c.digest.in_(digests), HUB_BLOB.c.scope.in_(sorted(scopes))
        )
    )
    present = {digest for (digest,) in known}
    return tuple(each for each in digests if each not in present)


def _all_of(scope: str) -> list[str]:
    """Return the scopes whose contents count together: those of one mission."""
    code = mission_of(scope)
    if code is None:
        return [scope]
    return [mission_scope(code), mission_scope(code, is_restricted=True)]


def _refuse_too_much(
    hub: Hub, connection: Connection, caller: Caller, wanted: ToldContent, scopes: Sequence[str]
) -> None:
    under_way = connection.execute(
        select(func.count()).select_from(HUB_UPLOAD).where(HUB_UPLOAD.c.nid == caller.nid)
    ).scalar_one()
    if under_way >= MOST_UPLOADS:
        raise Refusal(ProblemCode.BUSY, status=429, retry_after_s=60)
    limit = hub.deployment.content_gib * _GIB
    sizes = [
        connection.execute(
            select(func.coalesce(func.sum(table.c.size), 0)).where(table.c.scope.in_(scopes))
        ).scalar_one()
        for table in (HUB_BLOB, HUB_UPLOAD)
    ]
    if sum(int(each) for each in sizes) + wanted.size > limit:
        raise Refusal(ProblemCode.TOO_LARGE, limit_bytes=limit)


def _forget_stale(hub: Hub, connection: Connection, caller: Caller) -> None:
    """Give up uploads that nobody went on with; whoever does begins again."""
    stale = (HUB_UPLOAD.c.nid == caller.nid) & (HUB_UPLOAD.c.begun_ms < hub.now_ms - STALE_AFTER_MS)
    for row in connection.execute(select(HUB_UPLOAD).where(stale)).all():
        Pieces(hub.folder("uploads"), row.upload_id, row.file_key).forget()
    connection.execute(delete(HUB_UPLOAD).where(stale))
