"""The reminder centre: which bells have rung by a day, what was put off, and what was seen to.

What a person has put off or seen to lies among the local values of this desk, under the day it is
about: when that day is moved, the reminder comes anew.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from embassy_desk.application.courses import agreements_with_terms
from embassy_desk.application.home import open_obligations
from embassy_desk.application.reminder_rules import Rules, reminder_rules
from embassy_desk.domain.agreement import CONCLUDED, Agreement, AgreementState
from embassy_desk.domain.choices import OwingSide
from embassy_desk.domain.days import days_after
from embassy_desk.domain.milestones import MilestoneKind, milestones
from embassy_desk.domain.reminders import KEPT_DAYS, ReminderRule, ReminderTopic
from embassy_desk.domain.task import TaskReminder
from embassy_desk.domain.term_engine import history_of
from embassy_desk.store.finders.due import quiet_contacts, tasks_between
from embassy_desk.store.local_values import forget_local, keep_local, local_value, local_values
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Text

_TOPIC, _TOLD = "reminder", "reminder_told"
_AHEAD_DAYS = 366
_TASKS_BACK_DAYS = 365
_TOPICS = {
    MilestoneKind.NOTICE: ReminderTopic.NOTICE,
    MilestoneKind.END: ReminderTopic.END,
    MilestoneKind.REVIEW: ReminderTopic.REVIEW,
}
_AWAITING = frozenset({AgreementState.SIGNED, AgreementState.AWAITING_ENTRY})


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A bell that has rung.

    Attributes:
        key: Names the record and the day it is about, for putting off and seeing to.
        kind: Kind of the record; empty for a digest of several.
        id: Identity of the record; nothing for a digest.
        day: The day it is about.
        rang_on: The day on which the bell rang.
    """

    key: str
    topic: ReminderTopic
    kind: str
    id: UUID | None
    heading: str
    why: Text
    day: date
    rang_on: date


def reminders(work: UnitOfWork, on: date, whose: UUID | None) -> tuple[Reminder, ...]:
    """Return what has rung by a day and was neither seen to nor put off, by topic and day.

    Args:
        work: A reading unit of work.
        on: The day.
        whose: Only what this person has to do; nothing for the whole mission.
    """
    known = {each.name: each.value for each in local_values(work, _TOPIC)}
    order = tuple(ReminderTopic)
    found = (each for each in _rung(work, on, whose) if _is_wanted(each, known.get(each.key), on))
    return tuple(sorted(found, key=lambda each: (order.index(each.topic), each.day, each.heading)))


def put_off(work: UnitOfWork, reminder: Reminder, *, until: date) -> None:
    """Show a reminder again on a later day."""
    keep_local(work, _TOPIC, reminder.key, {"until": until.isoformat()})


def see_to(work: UnitOfWork, reminder: Reminder) -> None:
    """Show a reminder no more, until its bell rings the next time."""
    keep_local(work, _TOPIC, reminder.key, {"seen": reminder.rang_on.isoformat()})


def untold(work: UnitOfWork, on: date, whose: UUID | None) -> int:
    """Note which reminders are shown, and return how many of them are new since the last time.

    Also forgets what was put off or seen to for days that have gone.
    """
    shown = {f"{each.key} {each.rang_on}" for each in reminders(work, on, whose)}
    before = local_value(work, _TOLD, "last")
    known = set(before.value) if before is not None and isinstance(before.value, list) else set()
    if shown != known:
        keep_local(work, _TOLD, "last", sorted(shown))
    oldest = days_after(on, -2 * _TASKS_BACK_DAYS).isoformat()
    for each in local_values(work, _TOPIC):
        if each.name.rpartition(" ")[2] < oldest:
            forget_local(work, _TOPIC, each.name)
    return len(shown - known)


def _is_wanted(reminder: Reminder, kept: Any, on: date) -> bool:
    """Say whether a reminder is shown, after what was kept about it."""
    if not isinstance(kept, dict):
        return True
    if "until" in kept:
        return str(kept["until"]) <= on.isoformat()
    return str(kept.get("seen", "")) < reminder.rang_on.isoformat()


def _rung(work: UnitOfWork, on: date, whose: UUID | None) -> Iterator[Reminder]:
    rules = reminder_rules(work)
    yield from _agreements(work, rules, on, whose)
    yield from _obligations(work, rules, on, whose)
    yield from _tasks(work, rules, on, whose)
    yield from _quiet(work, on, whose)


def _reminder(
    rule: ReminderRule, on: date, day: date, record: tuple[str, UUID, str], why: Text
) -> Iterator[Reminder]:
    """Yield the reminder of a day if its bell has rung."""
    rang_on = rule.rang_on(day, on)
    kind, record_id, heading = record
    if rang_on is not None:
        yield Reminder(
            key=f"{rule.topic} {record_id.hex} {day.isoformat()}",
            topic=rule.topic,
            kind=kind,
            id=record_id,
            heading=heading,
            why=why,
            day=day,
            rang_on=rang_on,
        )


def _agreements(work: UnitOfWork, rules: Rules, on: date, whose: UUID | None) -> Iterator[Reminder]:
    first, last = days_after(on, -KEPT_DAYS), days_after(on, _AHEAD_DAYS)
    for agreement, terms in agreements_with_terms(work, CONCLUDED, whose):
        record = ("agreement", agreement.id, agreement.heading)
        history = history_of(agreement, terms)
        for each in milestones(history, first, last):
            if each.kind in _TOPICS:
                why = N_("{what}: {day}.", what=each.kind.label, day=each.on)
                yield from _reminder(rules[_TOPICS[each.kind]], on, each.on, record, why)
        signed_on = agreement.signed_on
        is_awaited = agreement.state in _AWAITING and history.rules[0].start is None
        if is_awaited and signed_on is not None:
            why = N_("Signed on {day} and still not in force.", day=signed_on)
            rule = rules[ReminderTopic.ENTRY]
            for reminder in _reminder(rule, on, signed_on, record, why):
                if reminder.rang_on > signed_on:
                    yield reminder


def _obligations(
    work: UnitOfWork, rules: Rules, on: date, whose: UUID | None
) -> Iterator[Reminder]:
    rule = rules[ReminderTopic.OBLIGATION]
    theirs = replace(rule, days_before=())
    entry: dict[UUID, date | None] = {}
    for each in open_obligations(work, whose):
        if each.agreement_id not in entry:
            agreement = work.find(Agreement, each.agreement_id)
            entry[each.agreement_id] = agreement.in_force_on if agreement else None
        due = each.due(on, entry[each.agreement_id])
        if due is None:
            continue
        is_theirs = each.owing_side is OwingSide.THEIRS
        why = N_("Was due on {day}.", day=due) if due < on else N_("Due on {day}.", day=due)
        record = ("obligation", each.id, each.heading)
        yield from _reminder(theirs if is_theirs else rule, on, due, record, why)


def _tasks(work: UnitOfWork, rules: Rules, on: date, whose: UUID | None) -> Iterator[Reminder]:
    own: dict[UUID, list[int]] = defaultdict(list)
    for each in work.all(TaskReminder):
        own[each.task_id].append(each.days_before)
    first, last = days_after(on, -_TASKS_BACK_DAYS), days_after(on, _AHEAD_DAYS)
    for row in tasks_between(work, first, last, whose):
        if row.due_on is None:
            continue
        due = max(row.due_on, row.deferred_until or row.due_on)
        rule = rules[ReminderTopic.TASK]
        if row.id in own:
            rule = replace(rule, days_before=(*own[row.id], 0))
        why = N_("Was due on {day}.", day=due) if due < on else N_("Due on {day}.", day=due)
        yield from _reminder(rule, on, due, ("task", row.id, row.heading), why)


def _quiet(work: UnitOfWork, on: date, whose: UUID | None) -> Iterator[Reminder]:
    """Yield one digest a week, not a bell for every contact."""
    _, total = quiet_contacts(work, on, whose, limit=1)
    if total:
        monday = days_after(on, -on.weekday())
        yield Reminder(
            key=f"{ReminderTopic.QUIET} all {monday.isoformat()}",
            topic=ReminderTopic.QUIET,
            kind="contact",
            id=None,
            heading="",
            why=N_(
                "{count} contact has heard nothing for longer than planned.",
                "{count} contacts have heard nothing for longer than planned.",
                count=total,
            ),
            day=monday,
            rang_on=monday,
        )
