"""What lies in the trash, of every kind at once."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from embassy_desk.domain.catalogue import KINDS
from embassy_desk.store.borders import translated
from embassy_desk.store.reading import seen
from embassy_desk.store.record_entries import SHELF_TRASH
from embassy_desk.store.work import UnitOfWork


class TrashRow(NamedTuple):
    """A record in the trash; `by` is nothing where a shipped list or another desk put it there."""

    kind: str
    id: UUID
    heading: str
    trashed_at: datetime
    by: UUID | None


def trash_rows(work: UnitOfWork, limit: int) -> tuple[tuple[TrashRow, ...], int]:
    """Return what was put in the trash last, newest first, and how much lies there in all.

    Args:
        work: A reading unit of work.
        limit: At most so many rows.
    """
    selects = " UNION ALL ".join(
        f"SELECT e.kind, e.record_id, e.heading, t.trashed_at, t.trashed_by FROM record_entry e"  # noqa: S608  our own names
        f" CROSS JOIN {each.name} t ON t.id = e.record_id"
        f" WHERE e.kind = '{each.name}' AND e.shelf = {SHELF_TRASH} AND {seen(work, 'e')}"
        for each in KINDS
    )
    with translated():
        rows = work.raw.execute(
            f"SELECT *, count(*) OVER () FROM ({selects})"  # noqa: S608  our own names
            " ORDER BY trashed_at DESC, record_id LIMIT ?",
            (limit,),
        ).fetchall()
    found = tuple(
        TrashRow(kind, UUID(hex=record), heading, datetime.fromisoformat(at), _id(by))
        for kind, record, heading, at, by, _ in rows
    )
    return found, rows[0][5] if rows else 0


def _id(text: str | None) -> UUID | None:
    return UUID(hex=text) if text else None
