"""The snapshot with which this laptop begins: which one, what has come of it, what was taken over.

One at a time. Its bytes lie in encrypted pieces beside the store until all of it is taken over;
which they are, and how many rows are here already, stands in the store, written together with the
rows. So whatever breaks, it goes on where it was.
"""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from embassy_desk.sealing.pieces import Pieces, new_pieces
from embassy_desk.settings.files import writing_error
from embassy_desk.store.headquarters_link import headquarters_link
from embassy_desk.store.local_values import forget_local, keep_local, local_value
from embassy_desk.store.outgoing import present_node
from embassy_desk.store.reading import Reading
from embassy_desk.store.takeover import Takeover, Told, ToldRow, ToldScope
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.exchange import SnapshotOffer

FOLDER = "beginning"
TOPIC, NAME = "snapshot", "present"


@dataclass(frozen=True)
class Stage:
    """A snapshot under way.

    Attributes:
        sid: The scope.
        epoch: The generation of headquarters in which it was offered.
        hash: SHA-256 of the file.
        sseq: The position it was made at.
        bytes: Its length.
        rows: How many rows it holds.
        name: What the names of its pieces begin with.
        key: What opens them.
        taken: How many rows are taken over.
    """

    sid: str
    epoch: int
    hash: str
    sseq: int
    bytes: int
    rows: int
    name: str
    key: str
    taken: int = 0


def snapshot_folder(store_file: Path) -> Path:
    """Return the folder beside a store's file in which pieces lie."""
    return store_file.parent / FOLDER


def pieces_of(stage: Stage, folder: Path) -> Pieces:
    """Return what has come of a snapshot."""
    return Pieces(folder, stage.name, stage.key)


def present_stage(work: Reading) -> Stage | None:
    """Return the snapshot under way; nothing where none is, or where it serves no more.

    It does not once its scope was fetched otherwise, or headquarters was restored.
    """
    kept = local_value(work, TOPIC, NAME)
    if kept is None:
        return None
    stage = Stage(**kept.value)
    link = headquarters_link(work.raw)
    is_same = link is not None and link.epoch == stage.epoch
    return stage if is_same and cursor_of(work.raw, stage.sid) < stage.sseq else None


def begin_stage(
    work: UnitOfWork, sid: str, offer: SnapshotOffer, epoch: int, folder: Path
) -> Stage:
    """Begin with a snapshot in place of whatever was under way."""
    folder.mkdir(mode=0o700, exist_ok=True)
    pieces = new_pieces(folder)
    stage = Stage(
        sid, epoch, offer.hash, offer.sseq, offer.bytes, offer.rows, pieces.name, pieces.key
    )
    keep_local(work, TOPIC, NAME, asdict(stage))
    return stage


def take_rows(
    work: UnitOfWork, stage: Stage, rows: tuple[ToldRow, ...], *, may_hide_many: bool = False
) -> Stage:
    """Take the next rows over, beneath what is pending here, and note how far that is.

    Args:
        work: A unit of work of mode `apply`.
        stage: The snapshot, as it stood when the rows were read.
        rows: Those behind `stage.taken`.
        may_hide_many: A person agreed that many records vanish.
    """
    here = cursor_of(work.raw, stage.sid)
    node = present_node(work.raw)
    scope = ToldScope(stage.sid, here, here, stage.sseq)
    told = Told(node.acked, scopes=(scope,), rows=rows)
    Takeover(work, node, told, may_hide_many=may_hide_many).take()
    moved = replace(stage, taken=stage.taken + len(rows))
    keep_local(work, TOPIC, NAME, asdict(moved))
    return moved


def finish_stage(work: UnitOfWork, stage: Stage) -> None:
    """Count all up to the snapshot's position as here; the exchange goes on behind it.

    Whether nothing is missing shows there, by the digest of the scope's end.
    """
    node = present_node(work.raw)
    here = cursor_of(work.raw, stage.sid)
    scope = ToldScope(stage.sid, here, stage.sseq, stage.sseq)
    Takeover(work, node, Told(node.acked, scopes=(scope,))).take()
    give_up_stage(work)


def give_up_stage(work: UnitOfWork) -> None:
    """Forget the snapshot under way; `sweep` removes what came of it."""
    forget_local(work, TOPIC, NAME)


def sweep(folder: Path, stage: Stage | None) -> None:
    """Remove pieces that belong to no snapshot any more.

    Raises:
        StoreError: The disk refuses.
    """
    for path in folder.glob("*-*-*"):
        if stage is None or not path.name.startswith(stage.name):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise writing_error(path, error) from error


def cursor_of(raw: Any, sid: str) -> int:
    """Return how far a scope was read; 0 for one that is not here yet."""
    row = raw.execute("SELECT cursor FROM sync_scope WHERE sid = ?", (sid,)).fetchone()
    return 0 if row is None else int(row[0])
