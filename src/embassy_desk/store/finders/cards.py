"""Cards of the boards: records in use by state, the first of each state, and how many there are."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from embassy_desk.store.borders import translated
from embassy_desk.store.reading import seen
from embassy_desk.store.work import UnitOfWork

_TASKS = """
SELECT id, heading, state, due_on, note, who, priority, total FROM (
  SELECT t.id, e.heading, t.state, t.due_on, t.waiting_on AS note,
    coalesce(t.assignee, t.owner) AS who, t.priority,
    count(*) OVER (PARTITION BY t.state) AS total,
    row_number() OVER (PARTITION BY t.state ORDER BY
      CASE WHEN t.state IN ('done', 'cancelled') THEN t.completed_on END DESC,
      t.due_on IS NULL, t.due_on, e.sort_key, e.no) AS place
  FROM task t CROSS JOIN record_entry e ON e.record_id = t.id AND e.shelf = 0
  WHERE {seen} AND (:who IS NULL OR coalesce(t.assignee, t.owner) = :who)
    AND (:mission = '' OR t.mission = :mission)
    AND (t.state NOT IN ('done', 'cancelled')
      OR coalesce(t.completed_on, substr(coalesce(t.changed_at, t.created_at), 1, 10)) >= :since)
) WHERE place <= :limit ORDER BY state, place
"""

_ELEVATIONS = """
SELECT id, heading, state, due_on, note, who, '', total FROM (
  SELECT v.id, e.heading, v.state, v.old_ends_on AS due_on,
    CASE WHEN v.blocker <> '' THEN v.blocker ELSE v.next_step END AS note, v.owner AS who,
    count(*) OVER (PARTITION BY v.state) AS total,
    row_number() OVER (PARTITION BY v.state ORDER BY
      v.old_ends_on IS NULL, v.old_ends_on, e.sort_key, e.no) AS place
  FROM elevation v CROSS JOIN record_entry e ON e.record_id = v.id AND e.shelf = 0
  WHERE {seen} AND (:who IS NULL OR v.owner = :who) AND (:mission = '' OR v.mission = :mission)
    AND :since IS NOT NULL
) WHERE place <= :limit ORDER BY state, place
"""

_CARDS = {"task": _TASKS, "elevation": _ELEVATIONS}
_PEOPLE = {
    "task": "SELECT DISTINCT coalesce(assignee, owner) FROM task t"
    " WHERE t.trashed_at IS NULL AND {seen}",
    "elevation": "SELECT DISTINCT owner FROM elevation t WHERE t.trashed_at IS NULL AND {seen}",
}
_MISSIONS = {
    "task": "SELECT DISTINCT mission FROM task t WHERE t.trashed_at IS NULL AND {seen} ORDER BY 1",
    "elevation": "SELECT DISTINCT mission FROM elevation t"
    " WHERE t.trashed_at IS NULL AND {seen} ORDER BY 1",
}


class CardRow(NamedTuple):
    """A record as a card shows it; `total` counts all of its state."""

    id: UUID
    heading: str
    state: str
    due_on: date | None
    note: str
    who: UUID | None
    priority: str
    total: int


def cards(
    work: UnitOfWork,
    kind: str,
    *,
    who: UUID | None,
    mission: str,
    closed_since: date,
    limit: int,
) -> tuple[CardRow, ...]:
    """Return the first cards of every state, by state, the most pressing first.

    Args:
        work: A reading unit of work.
        kind: `task` or `elevation`.
        who: Only records of this person; nothing for everybody's.
        mission: Only records of this mission; empty for all.
        closed_since: Closed tasks only if they were closed on this day or later.
        limit: At most so many of one state.
    """
    values = {
        "who": None if who is None else who.hex,
        "mission": mission,
        "since": closed_since.isoformat(),
        "limit": limit,
    }
    with translated():
        rows = work.raw.execute(_CARDS[kind].format(seen=seen(work, "e")), values).fetchall()
    return tuple(
        CardRow(
            id=UUID(row[0]),
            heading=row[1],
            state=row[2],
            due_on=date.fromisoformat(row[3]) if row[3] else None,
            note=row[4],
            who=UUID(row[5]) if row[5] else None,
            priority=row[6],
            total=row[7],
        )
        for row in rows
    )


def people_of_cards(work: UnitOfWork, kind: str) -> tuple[UUID, ...]:
    """Return who has cards of a kind."""
    with translated():
        rows = work.raw.execute(_PEOPLE[kind].format(seen=seen(work, "t"))).fetchall()
    return tuple(UUID(row[0]) for row in rows if row[0])


def missions_of_cards(work: UnitOfWork, kind: str) -> tuple[str, ...]:
    """Return the codes of the missions that have cards of a kind, in their order."""
    with translated():
        rows = work.raw.execute(_MISSIONS[kind].format(seen=seen(work, "t"))).fetchall()
    return tuple(row[0] for row in rows if row[0])
