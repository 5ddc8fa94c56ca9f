"""Backups of headquarters: one sealed file with everything that it needs to live again.

Lines of JSON, compressed, sealed to the custodians' recovery key and to the service's own: what
this is, the files of keys and settings, every table, the attachment files, and an end with counts.
The same file restores to SQLite and to PostgreSQL, so it is also the way from one to the other.
"""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy import Connection, LargeBinary, Table, select, update

from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.hub import Hub, set_verified_backup
from embassy_desk.headquarters.keys import KEYS
from embassy_desk.headquarters.tables import HUB, HUB_NODE, HUB_NONCE
from embassy_desk.headquarters.verifying import HubVerification, verify_hub
from embassy_desk.sealing.letters import open_stream, seal_stream
from embassy_desk.settings.files import replaced, writing_error
from embassy_desk.texts import N_

KIND = "embassy-desk headquarters backup"
VERSION = 1
LEVEL = 3
ROWS_AT_ONCE = 500
PART_BYTES = 512 * 1024

Line = dict[str, Any]


@dataclass(frozen=True)
class BackupReport:
    """What a backup holds.

    Attributes:
        found: The check of what was backed up.
        rows: Rows of all tables in the file.
        size_bytes: Length of the file.
    """

    found: HubVerification
    rows: int
    size_bytes: int


def back_up_hub(hub: Hub, target: Path) -> BackupReport:
    """Write a backup, prove it by reading it back, and tell devices what is durable.

    Args:
        hub: Headquarters; it may be serving meanwhile.
        target: The file to write; replaced if it exists, and only when the new one is whole.

    Raises:
        RefusedError: What is to be backed up is not whole; the last good backup is left alone.
        StoreError: The disk refuses, or the file does not read back as it was written.
    """
    draft = target.with_name(f".{target.name}.draft")
    with hub.database.reading([EVERY_SCOPE]) as connection:
        found = verify_hub(hub, connection)
        if found.problems:
            raise RefusedError(N_("Headquarters is not whole; see verify."), found.problems)
        rows = connection.execute(select(HUB_NODE.c.nid, HUB_NODE.c.last_nseq))
        known = {row.nid: row.last_nseq for row in rows}
        counted: dict[str, int] = {}
        with replaced(draft) as file:
            lines = _Lines(_contents(hub, connection, counted))
            seal_stream(lines, file, hub.keys.recovery, hub.keys.recipient.public)
            size = file.tell()
    try:
        if _counts_in(draft, hub.keys.recipient.secret) != counted:
            raise StoreError(N_("The backup does not read back as it was written."))
        draft.replace(target)
    except OSError as error:
        raise writing_error(target, error) from error
    finally:
        draft.unlink(missing_ok=True)
    _note_durable(hub, known)
    return BackupReport(found, sum(counted.values()), size)


def _note_durable(hub: Hub, known: dict[int, int]) -> None:
    with hub.database.writing([EVERY_SCOPE]) as connection:
        set_verified_backup(connection, hub.now_ms)
        for nid, last in known.items():
            connection.execute(
                update(HUB_NODE)
                .where(HUB_NODE.c.nid == nid, HUB_NODE.c.durable_nseq < last)
                .values(durable_nseq=last)
            )


def _contents(hub: Hub, connection: Connection, counted: dict[str, int]) -> Iterator[Line]:
    yield {"kind": KIND, "version": VERSION, "hub_id": hub.hub_id, "at_ms": hub.now_ms}
    for path in sorted((hub.home / KEYS).iterdir()):
        yield {"file": f"{KEYS}/{path.name}", "content": _text_of(path.read_bytes())}
    yield {"settings": hub.deployment.model_dump(mode="json")}
    for table in _tables():
        counted[table.name] = 0
        for rows in connection.execute(select(table)).mappings().partitions(ROWS_AT_ONCE):
            counted[table.name] += len(rows)
            yield {"table": table.name, "rows": [_told(table, dict(row)) for row in rows]}
    for path in sorted(hub.folder("blobs").glob("[!.]*")):  # others are being written
        with path.open("rb") as file:
            while part := file.read(PART_BYTES):
                yield {"blob": path.name, "part": _text_of(part)}
    yield {"end": True, "counts": dict(counted)}


def _tables() -> list[Table]:
    """Return what is kept; nonces are of no use later."""
    return [table for table in HUB.sorted_tables if table is not HUB_NONCE]


def _told(table: Table, row: Line) -> Line:
    return {
        name: _text_of(value)
        if isinstance(table.c[name].type, LargeBinary) and value is not None
        else value
        for name, value in row.items()
    }


def row_read(table: Table, row: Line) -> Line:
    """Return a row of a backup as its table takes it."""
    return {
        name: base64.b64decode(value)
        if isinstance(table.c[name].type, LargeBinary) and value is not None
        else value
        for name, value in row.items()
    }


def _text_of(content: bytes) -> str:
    return base64.b64encode(bytes(content)).decode()


class _Lines:
    """Lines as a stream of compressed bytes, made while they are read."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compressobj()
        self._ready = bytearray()
        self._is_over = False

    def read(self, size: int = -1, /) -> bytes:
        wanted = PART_BYTES if size < 0 else size
        while len(self._ready) < wanted and not self._is_over:
            line = next(self._lines, None)
            if line is None:
                self._ready += self._compressor.flush()
                self._is_over = True
            else:
                text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
                self._ready += self._compressor.compress(text.encode() + b"\n")
        part = bytes(self._ready[:wanted])
        del self._ready[:wanted]
        return part


class _Taker:
    """Gives lines away while their bytes come in."""

    def __init__(self, take: Callable[[Line], None]) -> None:
        self._take = take
        self._decompressor = zstandard.ZstdDecompressor().decompressobj()
        self._rest = b""
        self.is_over = False
        self.failure: Exception | None = None

    def write(self, part: bytes, /) -> int:
        try:
            *lines, self._rest = (self._rest + self._decompressor.decompress(part)).split(b"\n")
            for line in lines:
                told = json.loads(line)
                self._take(told)
                self.is_over = "end" in told
        except BaseException as error:
            self.failure = error if isinstance(error, Exception) else None
            raise
        return len(part)

    def flush(self) -> None:
        return None


def read_backup(path: Path, secret: str, take: Callable[[Line], None]) -> None:
    """Give the lines of a backup away, none of them before all of it proved genuine.

    Args:
        path: The file.
        secret: Of the recovery key, or of the service.
        take: Is given each line; the first one says what this is.

    Raises:
        StoreError: It cannot be read, is damaged, of another version, or sealed to another key.
    """
    taker = _Taker(take)
    try:
        open_stream(path, taker, secret)
    except StoreError as error:
        if taker.failure is not None:
            raise taker.failure from error
        raise
    if not taker.is_over:
        raise StoreError(N_("The backup is cut."))


def check_first(line: Line) -> None:
    """Make sure that the first line of a file is that of a backup.

    Raises:
        StoreError: It is not, or of another version.
    """
    if line.get("kind") != KIND or line.get("version") != VERSION:
        raise StoreError(N_("This is no backup of headquarters that can be read here."))


def _counts_in(path: Path, secret: str) -> dict[str, int]:
    """Return how many rows of each table a file holds; nothing when its end says otherwise."""
    counted = {table.name: 0 for table in _tables()}
    told: list[dict[str, int]] = []

    def take(line: Line) -> None:
        if "table" in line:
            counted[line["table"]] += len(line["rows"])
        elif "end" in line:
            told.append(line["counts"])

    read_backup(path, secret, take)
    return counted if told == [counted] else {}
