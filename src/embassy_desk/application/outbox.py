"""What waits to go to headquarters: by record, since when, how large, and what holds it back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from embassy_desk.application.sync_state import SyncMood, SyncState
from embassy_desk.domain.attachment import Attachment
from embassy_desk.store.borders import translated
from embassy_desk.store.contents import unsent_contents
from embassy_desk.store.finders.names import headings
from embassy_desk.store.headquarters_link import HeadquartersLink, headquarters_link
from embassy_desk.store.outgoing import present_node
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Text

MOST_LINES = 500
MOST_FILES = 200

_WAITING = """
    SELECT root_kind, root_id, count(*), min(operation ->> 't'), sum(length(operation)), min(nseq)
    FROM sync_op WHERE node_no = ? AND nseq > ?
    GROUP BY root_kind, root_id ORDER BY min(nseq)
"""


@dataclass(frozen=True)
class OutboxLine:
    """A record of which something waits.

    Attributes:
        kind: Its kind.
        id: Its identity.
        heading: What it is called; empty where this person may not see it.
        changes: How many changes of it wait.
        since: When the oldest of them was made; nothing where only a file waits.
        size_bytes: About how much they are before compression.
        files: How many files of it wait.
        files_bytes: How large those are together.
    """

    kind: str
    id: UUID
    heading: str
    changes: int = 0
    since: datetime | None = None
    size_bytes: int = 0
    files: int = 0
    files_bytes: int = 0


@dataclass(frozen=True)
class Outbox:
    """What waits to go to headquarters.

    Attributes:
        lines: By record, what waits longest first, at most `MOST_LINES`.
        records: How many records there are.
        changes: How many changes.
        size_bytes: About how much they are before compression.
        why: Why it is still here, in a sentence; nothing where nothing waits.
    """

    lines: tuple[OutboxLine, ...] = ()
    records: int = 0
    changes: int = 0
    size_bytes: int = 0
    why: Text | None = None


def outbox(work: UnitOfWork, state: SyncState) -> Outbox:
    """Return what waits to go to headquarters, and why it does."""
    link, node = headquarters_link(work.raw), present_node(work.raw)
    with translated():
        rows = work.raw.execute(_WAITING, (node.no, node.acked)).fetchall()
    found = {UUID(row[1]): _line(row) for row in rows}
    if link is not None:
        _add_files(work, link, found)
    shown = list(found.values())[:MOST_LINES]
    names = headings(work, (each.id for each in shown))
    return Outbox(
        tuple(replace(each, heading=names.get(each.id, "")) for each in shown),
        len(found),
        sum(each.changes for each in found.values()),
        sum(each.size_bytes for each in found.values()),
        _why(link, state) if found else None,
    )


def _line(row: Iterable[Any]) -> OutboxLine:
    kind, record, changes, oldest_ms, size, _ = row
    since = None if oldest_ms is None else datetime.fromtimestamp(int(oldest_ms) / 1000, UTC)
    return OutboxLine(kind, UUID(record), "", changes, since, size or 0)


def _add_files(work: UnitOfWork, link: HeadquartersLink, found: dict[UUID, OutboxLine]) -> None:
    """Add contents of files that headquarters lacks to the records to which they belong."""
    waiting = {UUID(each.row_id) for each in unsent_contents(work.raw, link.epoch, most=MOST_FILES)}
    for file in work.get_many(Attachment, waiting).values():
        known = found.get(file.id) or OutboxLine("attachment", file.id, "")
        found[file.id] = replace(
            known, files=known.files + 1, files_bytes=known.files_bytes + file.size_bytes
        )


def _why(link: HeadquartersLink | None, state: SyncState) -> Text:
    if link is None:
        return N_("This desk is not enrolled: everything stays on this computer.")
    if state.trouble is not None:
        return state.trouble
    if not link.url:
        return N_("This desk is reached by courier only: the next pouch takes it along.")
    if state.mood is SyncMood.OFFLINE:
        return N_("It goes as soon as headquarters is reached.")
    return N_("It goes with the next exchange, within minutes; files follow, one after the other.")
