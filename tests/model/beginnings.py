"""Laptops of the model that begin with a snapshot: one scope as it stood, taken in portions.

Meanwhile the scope is left out of exchanges and everything else goes on, so rows move, vanish and
are written again between two portions, disks are restored in the middle, headquarters too.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from model.kept import Kept, Mutations, RowName
from model.telling import items_of

if TYPE_CHECKING:
    from model.laptops import Disk

KEPT = 2
"""So many snapshots of a scope stay, as at the real headquarters."""

_NOBODY = ("", 0)


@dataclass(frozen=True)
class Snapshot:
    """All rows of a scope that were alive at a position, whole."""

    sid: str
    epoch: int
    sseq: int
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Stage:
    """A snapshot under way, as the laptop's disk has it."""

    snapshot: Snapshot
    taken: int = 0


def snapshot_of(kept: Kept, sid: str) -> Snapshot:
    """Return a snapshot of a scope as it stands."""
    items = items_of(kept, Mutations(), sid, (-1, -1), _NOBODY)
    rows = tuple(row for _, row, _ in items if row is not None and not row.get("d"))
    return Snapshot(sid, kept.epoch, kept.heads.get(sid, 0), rows)


def stage_on(disk: "Disk") -> Stage | None:
    """Return the snapshot under way; nothing where it serves no more."""
    stage = disk.stage
    if stage is None or disk.cursors[stage.snapshot.sid] >= stage.snapshot.sseq:
        return None
    return stage if stage.snapshot.epoch == disk.epoch else None


def in_pages(disk: "Disk", scopes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the scopes that come in pages: all but the one that comes as a snapshot."""
    stage = stage_on(disk)
    return tuple(sid for sid in scopes if stage is None or sid != stage.snapshot.sid)


def may_begin(disk: "Disk", snapshot: Snapshot, *, is_lax: bool = False) -> bool:
    """Return whether a disk that has not read the scope to its end gains by a snapshot.

    Only one that an answer came with or after: that acknowledged what was accepted before it. An
    own value that waits for no more than its acknowledgement would hide what replaced it.
    """
    if not is_lax and disk.heads[snapshot.sid] < snapshot.sseq:
        return False
    is_new = disk.bases[snapshot.sid] == 0 and snapshot.sseq > disk.cursors[snapshot.sid]
    return is_new and snapshot.epoch == disk.epoch and stage_on(disk) is None


def take_portion(disk: "Disk", stage: Stage, most: int) -> None:
    """Take the next rows; after the last one the exchange goes on behind the snapshot."""
    snapshot = stage.snapshot
    for row in snapshot.rows[stage.taken : stage.taken + most]:
        disk.take(snapshot.sid, row, snapshot.sseq)
    disk.stage = replace(stage, taken=stage.taken + most)
    if disk.stage.taken >= len(snapshot.rows):
        disk.stage = None
        disk.cursors[snapshot.sid] = disk.bases[snapshot.sid] = snapshot.sseq


def repair(disk: "Disk", kept: Kept, sid: str) -> int:
    """Take headquarters' rows instead of those that differ, as the comparison of digests does.

    Returns:
        How many differed.
    """
    theirs = {(row["e"], row["r"]): row for row in snapshot_of(kept, sid).rows}
    mine: dict[RowName, Any] = {
        name: fields for name, fields in disk.confirmed.items() if disk.scopes.get(name) == sid
    }
    extra = [name for name in mine if name not in theirs]
    differing = [row for name, row in theirs.items() if mine.get(name) != row["f"]]
    for name in extra:
        disk.forget(sid, name)
    for row in differing:
        disk.take(sid, row, disk.row_seen.get((row["e"], row["r"]), 0))
    return len(extra) + len(differing)
