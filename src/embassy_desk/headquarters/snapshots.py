"""Snapshots: a whole scope in one file, for laptops that begin or come back after long (SYNC 3.11).

A file is one zstd frame of JSON lines: a head, then rows as the exchange packs them, whole, by
entity. It is named by its SHA-256, read in pieces, serves every laptop of the mission, and may be
carried on a stick.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy import Connection, func, select

from embassy_desk.headquarters.hub import Hub, epoch_of
from embassy_desk.headquarters.rows import state_of
from embassy_desk.headquarters.signing_in import Caller
from embassy_desk.headquarters.tables import HUB_ROW, HUB_SCOPE
from embassy_desk.headquarters.telling import Asker, told_row
from embassy_desk.settings.files import replaced
from embassy_desk.sync.compression import LEVEL
from embassy_desk.sync.exchange import SnapshotOffer
from embassy_desk.sync.packing import packed_rows

OFFERED_FROM_ROWS = 5_000
"""Smaller scopes come quicker by the exchange itself."""

STALE_AFTER = 10
"""A snapshot is made anew when the scope has moved on by more than one in so many rows."""

SUFFIX = ".snapshot"
_FETCHED_AT_ONCE = 2000


@dataclass
class Snapshots:
    """Makes snapshots and remembers which there are.

    Attributes:
        hub: Headquarters.
    """

    hub: Hub
    _known: dict[str, tuple[SnapshotOffer, int]] = field(default_factory=dict)
    _making: threading.Lock = field(default_factory=threading.Lock)

    def offers(
        self, connection: Connection, caller: Caller, cursors: Mapping[str, int]
    ) -> dict[str, SnapshotOffer]:
        """Return the snapshots that a laptop may take instead of reading scopes from their start.

        Only those that were made already: making one is for whoever asks for it by name.
        """
        epoch = epoch_of(connection)
        return {
            scope: offer
            for scope in caller.scopes
            if not cursors.get(scope)
            and (known := self._known.get(scope)) is not None
            and known[1] == epoch
            and (offer := known[0]).rows >= OFFERED_FROM_ROWS
        }

    def offer(self, scope: str) -> SnapshotOffer | None:
        """Return a snapshot of a scope, made now unless there is one that will do.

        Nothing for a scope that is not there.
        """
        with self._making:  # one at a time; the second asker finds the first one's
            with self.hub.database.reading([scope]) as connection:
                head = connection.execute(
                    select(HUB_SCOPE.c.head).where(HUB_SCOPE.c.scope == scope)
                ).scalar()
                if head is None:
                    return None
                epoch = epoch_of(connection)
                known = self._known.get(scope)
                if known and known[1] == epoch and not _is_stale(known[0], head):
                    return known[0]
                made = self._made(connection, scope, head, epoch)
            self._known[scope] = (made, epoch)
            self._sweep()
        return made

    def path(self, name: str) -> Path:
        """Return where the file of a SHA-256 lies."""
        return self.hub.folder("snapshots") / f"{name}{SUFFIX}"

    def belongs_to(self, scope: str, name: str) -> bool:
        """Return whether a file is the snapshot of a scope."""
        known = self._known.get(scope)
        return known is not None and known[0].hash == name

    def _made(self, connection: Connection, scope: str, head: int, epoch: int) -> SnapshotOffer:
        alive = select(HUB_ROW).where(HUB_ROW.c.scope == scope, HUB_ROW.c.is_deleted == 0)
        rows = connection.execute(select(func.count()).select_from(alive.subquery())).scalar_one()
        digest = connection.execute(
            select(HUB_SCOPE.c.digest).where(HUB_SCOPE.c.scope == scope)
        ).scalar_one()
        told = {
            "scope": scope,
            "sseq": head,
            "epoch": epoch,
            "hub_id": self.hub.hub_id,
            "digest": bytes(digest).hex(),
            "rows": rows,
        }
        folder = self.hub.folder("snapshots")
        draft = folder / f".{threading.get_ident()}.draft"
        hashed = sha256()
        compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compressobj()
        with replaced(draft) as file:
            for line in (*[_line(told)], *()):
                _write(file, hashed, compressor.compress(line))
            for line in self._lines(connection, alive):
                _write(file, hashed, compressor.compress(line))
            _write(file, hashed, compressor.flush())
            size = file.tell()
        draft.replace(self.path(hashed.hexdigest()))
        return SnapshotOffer(hash=hashed.hexdigest(), sseq=head, bytes=size, rows=rows)

    def _lines(self, connection: Connection, alive: Any) -> Iterator[bytes]:
        nobody = Asker(node="", at=0)
        found = connection.execution_options(yield_per=_FETCHED_AT_ONCE).execute(
            alive.order_by(HUB_ROW.c.entity, HUB_ROW.c.row_id)
        )
        forms = (told_row(state_of(row), -1, nobody, base=-1) for row in found)
        for short in packed_rows(form for form in forms if form is not None):
            yield _line(short)

    def _sweep(self) -> None:
        """Remove files that no scope uses any more; who reads one now keeps it open."""
        used = {offer.hash for offer, _ in self._known.values()}
        for path in self.hub.folder("snapshots").glob(f"*{SUFFIX}"):
            if path.stem not in used:
                path.unlink(missing_ok=True)


def _is_stale(offer: SnapshotOffer, head: int) -> bool:
    return (head - offer.sseq) * STALE_AFTER > max(offer.rows, OFFERED_FROM_ROWS)


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _write(file: Any, hashed: Any, part: bytes) -> None:
    hashed.update(part)
    file.write(part)
