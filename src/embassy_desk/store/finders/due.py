"""What is due, waiting or planned on a day, and which contacts have gone quiet, as rows.

The conditions repeat, in the store's own language, rules of the domain, so that fifty thousand
contacts are not read one by one; a test compares each with the rule.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from embassy_desk.store.borders import translated
from embassy_desk.store.finders.last_engagements import TAKEN_PLACE_TEXT
from embassy_desk.store.reading import seen
from embassy_desk.store.work import UnitOfWork

_TASKS = """
SELECT t.id, e.heading, t.state, t.due_on, t.waiting_on, t.waiting_since, t.deferred_until
FROM task t CROSS JOIN record_entry e ON e.record_id = t.id AND e.shelf = 0
WHERE t.state IN ('open', 'in_progress', 'waiting', 'deferred') AND {seen}
  AND (:whose IS NULL OR coalesce(t.assignee, t.owner) = :whose)
"""

_ENGAGEMENTS = """
SELECT g.id, e.heading, g.state, g.held_on, g.starts_at, g.zone, g.follow_up_on
FROM engagement g CROSS JOIN record_entry e ON e.record_id = g.id AND e.shelf = 0
WHERE g.held_on BETWEEN :first AND :last AND {seen}
  AND (:whose IS NULL OR g.owner = :whose OR EXISTS (
    SELECT 1 FROM our_participant p WHERE p.engagement_id = g.id AND +p.staff_id = :whose))
"""

# Indexes alone: neither the large rows of contacts nor their entries are read for the choice.
_QUIET = f"""
WITH met AS (
  SELECT p.contact_id AS id, max(e.held_on) AS last_on
  FROM their_participant p CROSS JOIN engagement e ON e.id = p.engagement_id
  WHERE p.contact_id IS NOT NULL AND p.attended AND {TAKEN_PLACE_TEXT} AND {{met_seen}}
  GROUP BY p.contact_id
)
SELECT c.id, c.cadence_days, met.last_on, substr(c.created_at, 1, 10),
  julianday(:on) - julianday(coalesce(met.last_on, substr(c.created_at, 1, 10))) - c.cadence_days
    AS days_over,
  count(*) OVER ()
FROM contact c LEFT JOIN met ON met.id = c.id
WHERE c.cadence_days > 0 AND c.archived_at IS NULL AND c.trashed_at IS NULL
  AND NOT c.do_not_contact AND {{seen}} AND (:whose IS NULL OR c.owner = :whose) AND days_over > 0
ORDER BY days_over DESC, c.id
LIMIT :limit
"""  # noqa: S608 the condition is our own


class TaskRow(NamedTuple):
    """A task that is not closed."""

    id: UUID
    heading: str
    state: str
    due_on: date | None
    waiting_on: str
    waiting_since: date | None
    deferred_until: date | None


class EngagementRow(NamedTuple):
    """An engagement of some day; `starts_at` as the store keeps it, empty without a clock."""

    id: UUID
    heading: str
    state: str
    held_on: date
    starts_at: str
    zone: str
    follow_up_on: date | None


class QuietRow(NamedTuple):
    """A contact whose cadence has passed; `last_on` is nothing when there was no engagement."""

    id: UUID
    cadence_days: int
    last_on: date | None
    created_on: date
    days_over: int


class Named(NamedTuple):
    """What lists call a record."""

    heading: str
    subtitle: str


def tasks_due(work: UnitOfWork, until: date, whose: UUID | None) -> tuple[TaskRow, ...]:
    """Return the tasks that are not closed and due by a day, the earliest first.

    Args:
        work: A reading unit of work.
        until: The last day that counts.
        whose: The person who does them, else owns them; nothing for everybody's.
    """
    condition = "AND t.due_on <= :last ORDER BY t.due_on, e.sort_key"
    return _tasks(work, condition, until, whose)


def tasks_between(
    work: UnitOfWork, first: date, last: date, whose: UUID | None
) -> tuple[TaskRow, ...]:
    """Return the tasks that are not closed and due in a range of days, both included."""
    condition = "AND t.due_on BETWEEN :first AND :last ORDER BY t.due_on, e.sort_key"
    return _tasks(work, condition, last, whose, first=first)


def tasks_waiting(work: UnitOfWork, since: date, whose: UUID | None) -> tuple[TaskRow, ...]:
    """Return the tasks that wait for somebody since a day or longer, the longest first."""
    condition = (
        "AND t.state = 'waiting' AND t.waiting_since <= :last ORDER BY t.waiting_since, e.sort_key"
    )
    return _tasks(work, condition, since, whose)


def _tasks(
    work: UnitOfWork, condition: str, last: date, whose: UUID | None, *, first: date = date.min
) -> tuple[TaskRow, ...]:
    values = {"first": first.isoformat(), "last": last.isoformat(), "whose": _hex(whose)}
    with translated():
        rows = work.raw.execute(_TASKS.format(seen=seen(work, "e")) + condition, values).fetchall()
    return tuple(
        TaskRow(UUID(row[0]), row[1], row[2], _day(row[3]), row[4], _day(row[5]), _day(row[6]))
        for row in rows
    )


def engagements_between(
    work: UnitOfWork, first: date, last: date, whose: UUID | None
) -> tuple[EngagementRow, ...]:
    """Return the engagements of a range of days, both included, in their order.

    Args:
        work: A reading unit of work.
        first: The first day.
        last: The last day.
        whose: Only those that this person owns or takes part in.
    """
    values = {"first": first.isoformat(), "last": last.isoformat(), "whose": _hex(whose)}
    order = "ORDER BY g.held_on, g.starts_at IS NULL, g.starts_at, e.sort_key"
    with translated():
        rows = work.raw.execute(
            _ENGAGEMENTS.format(seen=seen(work, "e")) + order, values
        ).fetchall()
    return tuple(
        EngagementRow(
            UUID(row[0]), row[1], row[2], date.fromisoformat(row[3]), row[4] or "", row[5],
            _day(row[6]),
        )
        for row in rows
    )  # fmt: skip


def quiet_contacts(
    work: UnitOfWork, on: date, whose: UUID | None, *, limit: int
) -> tuple[tuple[QuietRow, ...], int]:
    """Return the contacts whose cadence has passed, the longest beyond it first, and how many.

    The rule is `is_quiet` of the domain; engagements that did not take place, and people who did
    not attend, count for nothing. Who asked not to be contacted is left in peace.

    Args:
        work: A reading unit of work.
        on: The day of asking.
        whose: The owner of the contacts; nothing for everybody's.
        limit: At most so many rows; they are counted all the same.
    """
    values = {"on": on.isoformat(), "whose": _hex(whose), "limit": limit}
    statement = _QUIET.format(seen=seen(work, "c"), met_seen=seen(work, "e"))
    with translated():
        rows = work.raw.execute(statement, values).fetchall()
    found = tuple(
        QuietRow(UUID(row[0]), row[1], _day(row[2]), date.fromisoformat(row[3]), int(row[4]))
        for row in rows
    )
    return found, rows[0][5] if rows else 0


def entries_of(work: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, Named]:
    """Return what lists call these records, by identity; those not in use are left out."""
    wanted = json.dumps([each.hex for each in ids])
    with translated():
        rows = work.raw.execute(
            "SELECT e.record_id, e.heading, e.subtitle FROM record_entry e"  # noqa: S608  our own
            f" WHERE e.shelf = 0 AND {seen(work, 'e')}"
            " AND e.record_id IN (SELECT value FROM json_each(?))",
            (wanted,),
        ).fetchall()
    return {UUID(row[0]): Named(row[1], row[2]) for row in rows}


def _hex(identity: UUID | None) -> str | None:
    return None if identity is None else identity.hex


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def stage_steps_since(work: UnitOfWork, kind: str, first: date, last: date) -> dict[UUID, date]:
    """Return the records of a kind that took a step in a range of days, with the latest day.

    States in which records were only entered, as from an old register, are no steps.
    """
    with translated():
        rows = work.raw.execute(
            'SELECT record_id, max("on") FROM stage_step'
            ' WHERE record_kind = ? AND NOT is_registered AND "on" BETWEEN ? AND ?'
            " GROUP BY record_id",
            (kind, first.isoformat(), last.isoformat()),
        ).fetchall()
    return {UUID(row[0]): date.fromisoformat(row[1]) for row in rows}
