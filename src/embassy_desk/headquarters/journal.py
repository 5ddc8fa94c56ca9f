"""The receive journal: what came in, on disk before it is answered, outside the database.

A restored database can be asked what it lacks: every request and pouch with operations was
appended here first, sealed to the recovery key that is not on this machine. One file a day; each
entry is its length, its checksum and an age file of `{"at", "node", "channel", "request"}`.
"""

import json
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from embassy_desk.domain.errors import StoreError
from embassy_desk.headquarters.turns import Turns
from embassy_desk.sealing.letters import opened, sealed
from embassy_desk.settings.files import force_folder, writing_error
from embassy_desk.texts import N_

SUFFIX = ".journal"
TURNS = ".turns"
"""What is cut off after a failed write is one's own, because nobody else writes meanwhile."""

KEPT_AT_LEAST = timedelta(days=90)
_HEADER = struct.Struct(">II")
_LARGEST_ENTRY = 64 * 1024 * 1024
_PRIVATE = 0o600


@dataclass(frozen=True)
class Entry:
    """One request or pouch that came in.

    Attributes:
        at_ms: Headquarters' time.
        node: Who sent it.
        channel: `net` or `pouch`.
        request: The body, decompressed.
    """

    at_ms: int
    node: str
    channel: str
    request: bytes


class Journal:
    """Appends to the file of the day."""

    def __init__(self, folder: Path, recovery: str) -> None:
        """Write into a folder that exists, sealed to a public age key."""
        self._folder = folder
        self._recovery = recovery
        self._turns = Turns(folder / TURNS)

    def append(self, entry: Entry) -> None:
        """Put an entry on the disk; it is there when this returns.

        Raises:
            StoreError: The disk refuses; then nothing may be acknowledged.
        """
        told = {"at": entry.at_ms, "node": entry.node, "channel": entry.channel}
        text = json.dumps({**told, "request": entry.request.decode()}, ensure_ascii=False)
        letter = sealed(text.encode(), self._recovery)
        framed = _HEADER.pack(len(letter), zlib.crc32(letter)) + letter
        day = datetime.fromtimestamp(entry.at_ms / 1000, UTC).date()
        path = self._folder / f"{day.isoformat()}{SUFFIX}"
        try:
            with self._turns.mine():
                self._write(path, framed)
        except OSError as error:
            raise writing_error(path, error) from error

    def _write(self, path: Path, framed: bytes) -> None:
        is_new = not path.exists()
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, _PRIVATE)
        try:
            start = os.fstat(descriptor).st_size
            try:
                _write_all(descriptor, framed)
                os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, start)  # a torn entry would hide those behind it
                raise
        finally:
            os.close(descriptor)
        if is_new:
            force_folder(path.parent)


def _write_all(descriptor: int, framed: bytes) -> None:
    if os.write(descriptor, framed) != len(framed):
        raise OSError("the entry was written in part only")


def entries(folder: Path, secret: str) -> Iterator[Entry]:
    """Yield every whole entry, oldest first; what a crash cut off at the end of a file is left.

    Args:
        folder: The journal's folder.
        secret: The recovery key's secret half.

    Raises:
        StoreError: An entry is damaged or sealed to another key.
    """
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        yield from _entries_of(path, secret)


def _entries_of(path: Path, secret: str) -> Iterator[Entry]:
    with path.open("rb") as file:
        while len(header := file.read(_HEADER.size)) == _HEADER.size:
            length, checksum = _HEADER.unpack(header)
            if length > _LARGEST_ENTRY:
                raise StoreError(N_("The journal file {file} is damaged.", file=path.name))
            letter = file.read(length)
            if len(letter) < length:
                return
            if zlib.crc32(letter) != checksum:
                raise StoreError(N_("The journal file {file} is damaged.", file=path.name))
            told = json.loads(opened(letter, secret))
            request = told["request"].encode()
            yield Entry(told["at"], told["node"], told["channel"], request)


def forget_older(folder: Path, before: datetime) -> int:
    """Remove journal files of days before a time, and return how many.

    Called after two verified backups contain what they hold; never for the last 90 days.

    Raises:
        StoreError: A file cannot be removed.
    """
    removed = 0
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        if path.stem < before.date().isoformat():
            try:
                path.unlink()
            except OSError as error:
                raise writing_error(path, error) from error
            removed += 1
    return removed
