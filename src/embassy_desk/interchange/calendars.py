"""Tasks as an iCalendar file of to-dos."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from icalendar import Calendar, Todo, vRecur

from embassy_desk.domain.entity import Handling
from embassy_desk.domain.task import Priority, TaskState
from embassy_desk.interchange.candidates import Candidate, Values
from embassy_desk.settings.files import replaced

_PRODUCT = "-//Embassy Desk//Tasks//VI"
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


def write_ics(path: Path, tasks: Iterable[Candidate], *, made_at: datetime) -> None:
    """Write tasks to an iCalendar file, whole or not at all.

    A deadline without a clock stays a calendar day; one with a clock is written in UTC.

    Args:
        path: The file.
        tasks: Candidates of tasks with their `id`, from `candidate_of`.
        made_at: When the file is made, with its zone.

    Raises:
        StoreError: The file cannot be written.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for task in tasks:
        calendar.add_component(_todo(task.values, task, made_at))
    with replaced(path) as stream:
        stream.write(calendar.to_ical())


def _todo(values: Values, task: Candidate, made_at: datetime) -> Todo:
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
    return todo


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
