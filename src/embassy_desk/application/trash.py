"""The trash: what lies in it, of every kind; nothing there is erased, everything comes back.

What a law wants erased is erased by another way (`personal.py`), which leaves a proof.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from embassy_desk.store.finders.names import headings
from embassy_desk.store.finders.trash import trash_rows
from embassy_desk.store.work import UnitOfWork

MOST_LINES = 500


@dataclass(frozen=True)
class TrashLine:
    """A record in the trash.

    Attributes:
        kind: Its kind.
        id: Its identity.
        heading: What it is called.
        trashed_at: When it was put there.
        who: Name of who did; empty where nobody here knows.
    """

    kind: str
    id: UUID
    heading: str
    trashed_at: datetime
    who: str


@dataclass(frozen=True)
class Trash:
    """What lies in the trash.

    Attributes:
        lines: What was put there last, newest first, at most `MOST_LINES`.
        count: How much lies there in all.
    """

    lines: tuple[TrashLine, ...] = ()
    count: int = 0


def trash_now(work: UnitOfWork) -> Trash:
    """Return what lies in the trash, as far as the person may see it."""
    rows, count = trash_rows(work, MOST_LINES)
    names = headings(work, {row.by for row in rows if row.by is not None})
    lines = tuple(
        TrashLine(
            row.kind, row.id, row.heading, row.trashed_at, names.get(row.by, "") if row.by else ""
        )
        for row in rows
    )
    return Trash(lines, count)
