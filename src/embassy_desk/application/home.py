"""What the home page asks: what needs somebody today, and whom the mission has not spoken to."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from embassy_desk.application.courses import agreements_with_terms, year_ahead
from embassy_desk.application.due_lines import DueGroup, DueLine, Press
from embassy_desk.domain.agreement import CONCLUDED, Agreement
from embassy_desk.domain.choices import OwingSide
from embassy_desk.domain.days import days_after
from embassy_desk.domain.engagement import EngagementState
from embassy_desk.domain.obligation import CLOSED_OBLIGATIONS, Obligation, ObligationState
from embassy_desk.domain.task import TaskState
from embassy_desk.domain.term_engine import Condition, assess, history_of
from embassy_desk.store.finders.due import (
    QuietRow,
    TaskRow,
    engagements_between,
    entries_of,
    quiet_contacts,
    tasks_due,
    tasks_waiting,
)
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Text

STALE_AFTER_DAYS = 14
"""A task that has waited for somebody so long wants to be asked about."""

OBLIGATION_DAYS = 30
"""So many days before its day an obligation is shown."""

ASK_HELD_DAYS = 60
"""Engagements that were planned so many days ago or later and were not recorded are asked about."""

SHOWN_LINES = 6
"""Lines of one group; the list behind holds the rest."""

SHOWN_QUIET = 60
_MOST_BEHIND = 5_000

Gather = Callable[[UnitOfWork, date, UUID | None], list[DueLine]]


def needs(work: UnitOfWork, on: date, whose: UUID | None) -> tuple[DueGroup, ...]:
    """Return what needs somebody on a day, in groups; empty ones are left out.

    Args:
        work: A reading unit of work.
        on: The day.
        whose: Only what this person has to do; nothing for the whole mission.
    """
    groups = []
    for name, (kind, title, gather) in _GROUPS.items():
        lines = gather(work, on, whose)
        if lines:
            shown = tuple(lines[:SHOWN_LINES])
            groups.append(
                DueGroup(name=name, kind=kind, title=title, lines=shown, total=len(lines))
            )
    return tuple(groups)


def quiet(work: UnitOfWork, on: date, whose: UUID | None) -> DueGroup:
    """Return the contacts that have heard nothing for longer than their cadence, longest first."""
    rows, total = quiet_contacts(work, on, whose, limit=SHOWN_QUIET)
    entries = entries_of(work, (each.id for each in rows))
    lines = tuple(
        DueLine(
            kind="contact",
            id=each.id,
            heading=", ".join(text for text in entries[each.id] if text),
            why=_silence(each),
            on=each.last_on,
            press=Press.LATE if each.last_on is None else Press.SOON,
        )
        for each in rows
        if each.id in entries
    )
    return DueGroup(
        name="quiet", kind="contact", title=N_("Contacts gone quiet"), lines=lines, total=total
    )


def records_behind(work: UnitOfWork, name: str, on: date, whose: UUID | None) -> tuple[UUID, ...]:
    """Return the records that a count of the home page stands for, at most 5,000.

    Raises:
        KeyError: There is no such count.
    """
    if name == "quiet":
        rows, _ = quiet_contacts(work, on, whose, limit=_MOST_BEHIND)
        return tuple(each.id for each in rows)
    if name in {"running_out", "moving"}:
        lines = getattr(year_ahead(work, on, whose), name)
        return tuple(each.id for each in lines)
    return tuple(each.id for each in _GROUPS[name][2](work, on, whose)[:_MOST_BEHIND])


def _silence(row: QuietRow) -> Text:
    if row.last_on is None:
        return N_("Never contacted, on record since {day}.", day=row.created_on)
    return N_(
        "Last contact on {day}; planned every {count} day.",
        "Last contact on {day}; planned every {count} days.",
        count=row.cadence_days,
        day=row.last_on,
    )


def _overdue_tasks(work: UnitOfWork, on: date, whose: UUID | None) -> list[DueLine]:
    rows = (
        each for each in tasks_due(work, days_after(on, -1), whose) if not _is_put_off(each, on)
    )
    return [_task(each, N_("Was due on {day}.", day=each.due_on), Press.LATE) for each in rows]


def _tasks_today(work: UnitOfWork, on: date, whose: UUID | None) -> list[DueLine]:
    rows = (each for each in tasks_due(work, on, whose) if not _is_put_off(each, on))
    text = N_("Due today.")
    return [_task(each, text, Press.NOW) for each in rows if each.due_on == on]


def _is_put_off(row: TaskRow, on: date) -> bool:
    """Say whether a deferred task still waits for its own day, as `Task.is_overdue` has it."""
    until = row.deferred_until
    return row.state == TaskState.DEFERRED and until is not None and until >= on


def _waiting_tasks(work: UnitOfWork, on: date, whose: UUID | None) -> list[DueLine]:
    found = []
    for row in tasks_waiting(work, days_after(on, -STALE_AFTER_DAYS), whose):
        if row.waiting_on:
            why = N_("Waiting for {who} since {day}.", who=row.waiting_on, day=row.waiting_since)
        else:
            why = N_("Waiting since {day}.", day=row.waiting_since)
        found.append(_task(row, why, Press.SOON))
    return found


def _task(row: TaskRow, why: Text, press: Press) -> DueLine:
    return DueLine(kind="task", id=row.id, heading=row.heading, why=why, on=row.due_on, press=press)


def _engagements_today(work: UnitOfWork, on: date, whose: UUID | None) -> list[DueLine]:
    text = N_("Planned for today.")
    return [
        DueLine(kind="engagement", id=each.id, heading=each.heading, why=text, on=on,
                press=Press.NOW)
        for each in engagements_between(work, on, on, whose)
        if each.state == EngagementState.PLANNED
    ]  # fmt: skip


def _engagements_unrecorded(work: UnitOfWork, on: date, whose: UUID | None) -> list[DueLine]:
    first = days_after(on, -ASK_HELD_DAYS)
    return [
        DueLine(
            kind="engagement",
            id=each.id,
            heading=each.heading,
            why=N_("It was planned for {day}; was it held?", day=each.held_on),
            on=each.held_on,
            press=Press.LATE,
        )
        for each in engagements_between(work, first, days_after(on, -1), whose)
        if each.state == EngagementState.PLANNED
    ]


def _notices(work: UnitOfWork, on: date, whose: UUID | None) -> list[DueLine]:
    """Return the agreements whose day for notice is near, the nearest first."""
    found = []
    for agreement, terms in agreements_with_terms(work, CONCLUDED, whose):
        standing = assess(history_of(agreement, terms), on)
        if Condition.IN_NOTICE_WINDOW in standing.conditions and standing.notice_by is not None:
            found.append(_notice(agreement, standing.notice_by, on))
    return sorted(found, key=lambda each: (each.on or on, each.heading))


def _notice(agreement: Agreement, notice_by: date, on: date) -> DueLine:
    left = (notice_by - on).days
    why = N_(
        "Notice by {day}, or it renews: {count} day left.",
        "Notice by {day}, or it renews: {count} days left.",
        count=left,
        day=notice_by,
    )
    press = Press.NOW if left <= OBLIGATION_DAYS else Press.SOON
    return DueLine(
        kind="agreement", id=agreement.id, heading=agreement.heading, why=why, on=notice_by,
        press=press,
    )  # fmt: skip


def _obligations(work: UnitOfWork, on: date, whose: UUID | None) -> list[DueLine]:
    """Return what is owed soon or late, ours, and what the other side is late with."""
    until = days_after(on, OBLIGATION_DAYS)
    entry: dict[UUID, date | None] = {}
    found = []
    for obligation in open_obligations(work, whose):
        if obligation.agreement_id not in entry:
            agreement = work.find(Agreement, obligation.agreement_id)
            entry[obligation.agreement_id] = agreement.in_force_on if agreement else None
        due = obligation.due(on, entry[obligation.agreement_id])
        is_ours = obligation.owing_side is not OwingSide.THEIRS
        if due is not None and (due < on or (is_ours and due <= until)):
            found.append(_obligation(obligation, due, on))
    return sorted(found, key=lambda each: (each.on or on, each.heading))


def open_obligations(work: UnitOfWork, whose: UUID | None) -> list[Obligation]:
    """Return the obligations in use that are neither fulfilled nor waived."""
    return [
        each
        for state in ObligationState
        if state not in CLOSED_OBLIGATIONS
        for each in work.all(Obligation, state=state)
        if not (each.is_archived or each.is_trashed)
        and (whose is None or (each.responsible_staff_id or each.owner) == whose)
    ]


def _obligation(obligation: Obligation, due: date, on: date) -> DueLine:
    is_theirs = obligation.owing_side is OwingSide.THEIRS
    if due < on:
        why = (
            N_("The other side owed it by {day}.", day=due)
            if is_theirs
            else N_("Was due on {day}.", day=due)
        )
    else:
        why = N_("Due on {day}.", day=due)
    press = Press.LATE if due < on else Press.SOON
    return DueLine(
        kind="obligation", id=obligation.id, heading=obligation.heading, why=why, on=due,
        press=press,
    )  # fmt: skip


_GROUPS: dict[str, tuple[str, Text, Gather]] = {
    "engagements_today": ("engagement", N_("Engagements today"), _engagements_today),
    "tasks_today": ("task", N_("Tasks due today"), _tasks_today),
    "notices": ("agreement", N_("Notices to give or to let pass"), _notices),
    "obligations": ("obligation", N_("Obligations due"), _obligations),
    "tasks_overdue": ("task", N_("Overdue tasks"), _overdue_tasks),
    "waiting": ("task", N_("Waiting for too long"), _waiting_tasks),
    "unrecorded": ("engagement", N_("Engagements to be recorded"), _engagements_unrecorded),
}
"""Groups of what needs somebody, in the order of the page: kind, title and how to gather it."""

COUNTS: dict[str, tuple[str, Text]] = {
    **{name: (kind, title) for name, (kind, title, _) in _GROUPS.items()},
    "running_out": ("agreement", N_("Running out")),
    "moving": ("agreement", N_("Moving")),
    "quiet": ("contact", N_("Contacts gone quiet")),
}
"""Every count of the home page: kind of the records behind it, and its name."""
