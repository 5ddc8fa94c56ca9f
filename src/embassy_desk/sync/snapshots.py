"""A snapshot: one scope in one file, with which a laptop begins (SYNC 3.11).

A file is one zstd frame of JSON lines: a head, then all rows that are alive, whole and by entity,
as `sync.packing` writes those of an answer. It is named by its SHA-256 and fetched in ranges.
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

import zstandard
from pydantic import BaseModel, ConfigDict, ValidationError

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.sync.compression import LARGEST_WINDOW_BYTES
from embassy_desk.sync.exchange import LARGEST_TEXT_BYTES, SNAPSHOT_PATH
from embassy_desk.sync.operations import Count, Identity, Number, ScopeName
from embassy_desk.sync.packing import unpacked_rows
from embassy_desk.sync.problems import ChainLink
from embassy_desk.texts import N_

WORTH_ROWS = 5_000
"""Smaller scopes come as quickly by the exchange itself."""

_READ_BYTES = 16 * 1024


class SnapshotHead(BaseModel):
    """The first line of a snapshot.

    Attributes:
        scope: What it holds.
        sseq: The position at which it was read.
        epoch: The generation of headquarters.
        hub_id: The headquarters.
        digest: Sum of its rows.
        rows: How many there are.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    scope: ScopeName
    sseq: Count
    epoch: Number
    hub_id: Identity
    digest: ChainLink
    rows: Count


def snapshot_path(scope: str, name: str = "") -> str:
    """Return the address of a scope's snapshot: its description, or the file with that name."""
    return f"{SNAPSHOT_PATH}/{scope}" + (f"/{name}" if name else "")


class SnapshotReader:
    """Reads a snapshot from its beginning, within bounds of memory.

    Attributes:
        head: What it says of itself.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        """Read the head.

        Raises:
            InvalidError: This is no snapshot.
        """
        self._lines = _lines(stream)
        try:
            self.head = SnapshotHead.model_validate_json(next(self._lines, b""))
        except ValidationError as error:
            raise _refusal() from error
        self._rows = unpacked_rows(map(_form, self._lines))

    def rows(self, most: int) -> list[dict[str, Any]]:
        """Return the next rows; none at the end.

        Raises:
            InvalidError: A row cannot be read.
        """
        return list(islice(self._rows, most))


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a compressed stream, none longer than an answer may be."""
    reader = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW_BYTES).stream_reader(stream)
    rest = b""
    try:
        while part := reader.read(_READ_BYTES):
            *lines, rest = (rest + part).split(b"\n")
            if len(rest) > LARGEST_TEXT_BYTES:
                raise _refusal()
            yield from lines
    except zstandard.ZstdError as error:
        raise _refusal() from error
    if rest:
        raise _refusal()


def _form(line: bytes) -> dict[str, Any]:
    try:
        form = json.loads(line)
    except ValueError as error:
        raise _refusal() from error
    if not isinstance(form, dict):
        raise _refusal()
    return form


def _refusal() -> InvalidError:
    return InvalidError([Problem("snapshot", N_("The records that came cannot be read."))])
