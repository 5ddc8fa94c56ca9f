"""Snapshots: a whole scope in one file, for laptops that begin or come back after long (SYNC 3.11).

A file is one zstd frame of JSON lines: a head, then rows as the exchange packs them, whole, by
entity. It is named by its SHA-256, read in pieces, serves every laptop of the mission, and may be
carried on a stick.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy import Connection, func, select

from embassy_desk.domain.errors import InvalidError
from embassy_desk.headquarters.hub import Hub, epoch_of
from embassy_desk.headquarters.signing_in import Caller
from embassy_desk.headquarters.tables import HUB_ROW, HUB_SCOPE
from embassy_desk.headquarters.telling import Asker, told_stored_row
from embassy_desk.headquarters.turns import Turns
from embassy_desk.settings.files import replaced
from embassy_desk.sync.compression import LEVEL
from embassy_desk.sync.exchange import SnapshotOffer
from embassy_desk.sync.packing import packed_rows
from embassy_desk.sync.snapshots import WORTH_ROWS, SnapshotHead, SnapshotReader

STALE_AFTER = 10
"""A snapshot is made anew when the scope has moved on by more than one in so many rows."""

KEPT = 2
"""Of each scope the newest ones stay: a laptop may have fetched half of one when the next is made,
and come back days later."""

SUFFIX = ".snapshot"
_FETCHED_AT_ONCE = 2000


@dataclass(frozen=True)
class _Kept:
    """A snapshot that lies there, as it describes itself."""

    head: SnapshotHead
    offer: SnapshotOffer


@dataclass
class Snapshots:
    """Makes snapshots, and knows those that lie there, whoever made them.

    Attributes:
        hub: Headquarters.
        worth_rows: Scopes with fewer rows come by the exchange itself.
    """

    hub: Hub
    worth_rows: int = WORTH_ROWS
    _known: dict[str, _Kept] = field(default_factory=dict)
    _making: Turns = field(init=False)

    def __post_init__(self) -> None:
        """Make one at a time, whichever process is asked."""
        self._making = Turns(self.hub.folder("snapshots") / ".turns")

    def offers(
        self, connection: Connection, caller: Caller, cursors: Mapping[str, int]
    ) -> dict[str, SnapshotOffer]:
        """Return the snapshots that a laptop may take instead of reading scopes from their start.

        Only those that were made already: making one is for whoever asks for it by name.
        """
        wanted = [scope for scope in caller.scopes if not cursors.get(scope)]
        if not wanted:
            return {}
        self._look()
        epoch = epoch_of(connection)
        found = {scope: self._newest(scope, epoch) for scope in wanted}
        return {
            scope: kept.offer
            for scope, kept in found.items()
            if kept is not None and kept.offer.rows >= self.worth_rows
        }

    def offer(self, scope: str) -> SnapshotOffer | None:
        """Return a snapshot of a scope, made now unless there is one that will do.

        Nothing for a scope that is not there.
        """
        with self._making.mine():  # the second asker finds the first one's
            self._look()
            with self.hub.database.reading([scope]) as connection:
                head = connection.execute(
                    select(HUB_SCOPE.c.head).where(HUB_SCOPE.c.scope == scope)
                ).scalar()
                if head is None:
                    return None
                epoch = epoch_of(connection)
                known = self._newest(scope, epoch)
                if known is None or _is_stale(known.offer, head):
                    known = self._made(connection, scope, head, epoch)
                    self._known[known.offer.hash] = known
                    self._sweep()
        return known.offer

    def path(self, name: str) -> Path:
        """Return where the file of a SHA-256 lies."""
        return self.hub.folder("snapshots") / f"{name}{SUFFIX}"

    def belongs_to(self, scope: str, name: str) -> bool:
        """Return whether a file is a snapshot of a scope."""
        if name not in self._known:
            self._look()
        known = self._known.get(name)
        return known is not None and known.head.scope == scope

    def _newest(self, scope: str, epoch: int) -> _Kept | None:
        of_scope = [
            each
            for each in list(self._known.values())
            if (each.head.scope, each.head.epoch) == (scope, epoch)
        ]
        return max(of_scope, key=lambda each: each.head.sseq, default=None)

    def _look(self) -> None:
        """Learn what lies there; what cannot be read is passed over, and made anew when needed."""
        paths = {path.stem: path for path in self.hub.folder("snapshots").glob(f"*{SUFFIX}")}
        for name in self._known.keys() - paths.keys():
            self._known.pop(name, None)
        for name in paths.keys() - self._known.keys():
            try:
                with paths[name].open("rb") as stream:
                    head = SnapshotReader(stream).head
                size = paths[name].stat().st_size
            except (InvalidError, FileNotFoundError):
                continue
            if head.hub_id == self.hub.hub_id:
                offer = SnapshotOffer(hash=name, sseq=head.sseq, bytes=size, rows=head.rows)
                self._known[name] = _Kept(head, offer)

    def _made(self, connection: Connection, scope: str, position: int, epoch: int) -> _Kept:
        alive = select(HUB_ROW).where(HUB_ROW.c.scope == scope, HUB_ROW.c.is_deleted == 0)
        rows = connection.execute(select(func.count()).select_from(alive.subquery())).scalar_one()
        digest = connection.execute(
            select(HUB_SCOPE.c.digest).where(HUB_SCOPE.c.scope == scope)
        ).scalar_one()
        head = SnapshotHead(
            scope=scope,
            sseq=position,
            epoch=epoch,
            hub_id=self.hub.hub_id,
            digest=bytes(digest).hex(),
            rows=rows,
        )
        draft = self.hub.folder("snapshots") / ".draft"
        hashed = sha256()
        compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compressobj()
        with replaced(draft) as file:
            _write(file, hashed, compressor.compress(head.model_dump_json().encode() + b"\n"))
            for line in self._lines(connection, alive):
                _write(file, hashed, compressor.compress(line))
            _write(file, hashed, compressor.flush())
            size = file.tell()
        draft.replace(self.path(hashed.hexdigest()))
        offer = SnapshotOffer(hash=hashed.hexdigest(), sseq=position, bytes=size, rows=rows)
        return _Kept(head, offer)

    def _lines(self, connection: Connection, alive: Any) -> Iterator[bytes]:
        nobody = Asker(node="", at=0)
        found = connection.execution_options(yield_per=_FETCHED_AT_ONCE).execute(
            alive.order_by(HUB_ROW.c.entity, HUB_ROW.c.row_id)
        )
        forms = (told_stored_row(row, -1, nobody, base=-1) for row in found)
        for short in packed_rows(form for form in forms if form is not None):
            yield _line(short)

    def _sweep(self) -> None:
        """Remove all but the newest files of each scope; who reads one now keeps it open."""
        counts: Counter[str] = Counter()
        newest_first = sorted(
            self._known.items(), key=lambda each: (each[1].head.epoch, each[1].head.sseq)
        )
        for name, kept in reversed(newest_first):
            counts[kept.head.scope] += 1
            if counts[kept.head.scope] > KEPT:
                self.path(name).unlink(missing_ok=True)
                del self._known[name]


def _is_stale(offer: SnapshotOffer, head: int) -> bool:
    return (head - offer.sseq) * STALE_AFTER > max(offer.rows, WORTH_ROWS)


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _write(file: Any, hashed: Any, part: bytes) -> None:
    hashed.update(part)
    file.write(part)
