"""Tasks as to-dos and engagements as events of an iCalendar file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from icalendar import Alarm, Calendar, Event, Todo, vRecur

from embassy_desk.domain.engagement import EngagementState
from embassy_desk.domain.entity import Handling
from embassy_desk.domain.task import Priority, TaskState
from embassy_desk.interchange.candidates import Candidate, Values
from embassy_desk.interchange.marks import Mark
from embassy_desk.settings.files import replaced

_PRODUCT = "-//Embassy Desk//Tasks//VI"
_REMINDED_AT = time(9)
"""When a reminder of so many days before rings, by the mission's clock."""

_STATUSES = {
    TaskState.OPEN.value: "NEEDS-ACTION",
    TaskState.WAITING.value: "NEEDS-ACTION",
    TaskState.DEFERRED.value: "NEEDS-ACTION",
    TaskState.IN_PROGRESS.value: "IN-PROCESS",
    TaskState.DONE.value: "COMPLETED",
    TaskState.CANCELLED.value: "CANCELLED",
}
_PRIORITIES = {
    Priority.URGENT.value: 1,
    Priority.HIGH.value: 3,
    Priority.NORMAL.value: 5,
    Priority.LOW.value: 9,
}
_CLASSES = {
    Handling.PUBLIC.value: "PUBLIC",
    Handling.INTERNAL.value: "PRIVATE",
    Handling.RESTRICTED.value: "CONFIDENTIAL",
}
_DONE_PERCENT = 100


OF_A_RECORD = "X-EMBASSY-DESK-DEADLINE"
"""Property of events that are only days of records: reading a calendar passes them over."""


@dataclass(frozen=True)
class Deadline:
    """A day that a record brings with it.

    Attributes:
        uid: What the entry is called for ever.
        on: The day.
        text: What is due, of what.
        kind: Kind of the record.
        handling: How it is handled.
    """

    uid: str
    on: date
    text: str
    kind: str
    handling: str


def write_ics(
    path: Path,
    records: Iterable[Candidate],
    *,
    made_at: datetime,
    zone: tzinfo = UTC,
    mark: Mark | None = None,
    deadlines: Iterable[Deadline] = (),
) -> None:
    """Write tasks and engagements to an iCalendar file, whole or not at all.

    A day without a clock stays a calendar day. What has a clock is written in UTC: readers do not
    agree on how a file explains a zone with its history, and none of it recurs. Reminders ring at
    a moment that is reckoned here, because a calendar would reckon days before by its own clock.

    Args:
        path: The file.
        records: Candidates of tasks and engagements with their `id`, from `candidate_of`.
        made_at: When the file is made, with its zone.
        zone: The mission's clock.
        mark: What the file says of itself.
        deadlines: Days that records bring with them.

    Raises:
        StoreError: The file cannot be written.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    if mark is not None:
        calendar.add("x-wr-calname", mark.title)
        calendar.add("x-wr-caldesc", mark.text)
    for deadline in deadlines:
        calendar.add_component(_of_deadline(deadline, made_at))
    for each in records:
        if each.kind == "engagement":
            calendar.add_component(_event(each.values, each, made_at))
        else:
            calendar.add_component(_todo(each.values, each, made_at, zone))
    with replaced(path) as stream:
        stream.write(calendar.to_ical())


def _of_deadline(deadline: Deadline, made_at: datetime) -> Event:
    """Return a day as an event of that day, which every calendar shows; many show no to-dos."""
    event = Event()
    event.add("uid", deadline.uid)
    event.add("dtstamp", made_at)
    event.add("summary", deadline.text)
    event.add("class", _CLASSES[deadline.handling])
    event.add("dtstart", deadline.on)
    event.add("dtend", deadline.on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add(OF_A_RECORD, deadline.kind)
    return event


def _event(values: Values, engagement: Candidate, made_at: datetime) -> Event:
    """Return an engagement without what was said at it, which stays at the mission."""
    event = Event()
    event.add("uid", values["id"])
    event.add("dtstamp", made_at)
    event.add("summary", values.get("subject", ""))
    event.add("class", _CLASSES[values.get("handling", Handling.INTERNAL.value)])
    is_off = values.get("state") == EngagementState.NOT_HELD.value
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    if values.get("place"):
        event.add("location", values["place"])
    if values.get("agenda"):
        event.add("description", values["agenda"])
    labels = [row["label"] for row in engagement.parts.get("tag", ())]
    if labels:
        event.add("categories", labels)
    begins, ends = _moment(values, "starts_at"), _moment(values, "ends_at")
    day = date.fromisoformat(values["held_on"])
    event.add("dtstart", begins or day)
    if begins is None:
        event.add("dtend", day + timedelta(days=1))
    elif ends is not None:
        event.add("dtend", ends)
    return event


def _moment(values: Values, name: str) -> datetime | None:
    text = values.get(name, "")
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def _todo(values: Values, task: Candidate, made_at: datetime, zone: tzinfo) -> Todo:
    todo = Todo()
    todo.add("uid", values["id"])
    todo.add("dtstamp", made_at)
    todo.add("summary", values.get("title", ""))
    todo.add("class", _CLASSES[values.get("handling", Handling.INTERNAL.value)])
    todo.add("priority", _PRIORITIES[values.get("priority", Priority.NORMAL.value)])
    status = _STATUSES[values.get("state", TaskState.OPEN.value)]
    todo.add("status", status)
    if status == "COMPLETED":
        todo.add("percent-complete", _DONE_PERCENT)
    if values.get("detail"):
        todo.add("description", values["detail"])
    labels = [row["label"] for row in task.parts.get("tag", ())]
    if labels:
        todo.add("categories", labels)
    _add_days(todo, values)
    due = _day(values, "due_on")
    if due is not None:
        for row in task.parts.get("task_reminder", ()):
            todo.add_component(_alarm(due, int(row.get("days_before", "1")), values, zone))
    return todo


def _alarm(due: date, days_before: int, values: Values, zone: tzinfo) -> Alarm:
    rings = datetime.combine(due - timedelta(days=days_before), _REMINDED_AT, zone)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", values.get("title", ""))
    alarm.add("trigger", rings.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    return alarm


def _add_days(todo: Todo, values: Values) -> None:
    """Add start, deadline and rule; a rule counts from the start, which it therefore needs."""
    due: date | None = _day(values, "due_on")
    start = _day(values, "start_on")
    rule = values.get("recurrence", "")
    if rule:
        start = _day(values, "recurs_from") or due or start
        todo.add("rrule", vRecur.from_ical(rule.removeprefix("RRULE:")))
    if values.get("due_at"):
        due = datetime.fromisoformat(values["due_at"])
        start = due if rule else None
    if start is not None:
        todo.add("dtstart", start)
    if due is not None:
        todo.add("due", due)


def _day(values: Values, name: str) -> date | None:
    text = values.get(name, "")
    return date.fromisoformat(text) if text else None
