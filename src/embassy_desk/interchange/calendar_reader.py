"""iCalendar files read into candidates: events as engagements, to-dos as tasks.

Days stay days; a time keeps its moment and its zone, of a zone that only the file knows the moment
in the mission's clock. An event that repeats is taken once, with a remark; a to-do keeps its rule.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Component

from embassy_desk.domain.engagement import EngagementState
from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.task import TaskState
from embassy_desk.domain.watching import STEP, GoingOn, unwatched
from embassy_desk.interchange.calendar_properties import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    day_of,
    first_of,
    handling_of,
    labels_of,
    moment_of,
    people_of,
    priority_of,
    text_of,
    value_of,
)
from embassy_desk.interchange.calendars import OF_A_RECORD
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.errors import FileProblem, whole_file
from embassy_desk.interchange.limits import (
    MAX_CARDS,
    MAX_LINE_CHARACTERS,
    MAX_NESTED,
    MAX_PROBLEMS,
)
from embassy_desk.interchange.readings import Reading
from embassy_desk.interchange.rows import checked
from embassy_desk.texts import N_, Text

_BEGIN = re.compile(rb"^(BEGIN|END):([A-Z-]+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_DAMAGES = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError)
"""What the library raises over damaged calendars; a zone's name may be too long for a file."""

_TAKEN = frozenset({b"VEVENT", b"VTODO"})
_LONGEST_MARK = 40
_MOST_DAYS_BEFORE = 365
_URN = "urn:uuid:"

_STATES = {
    "NEEDS-ACTION": TaskState.OPEN,
    "IN-PROCESS": TaskState.IN_PROGRESS,
    "COMPLETED": TaskState.DONE,
    "CANCELLED": TaskState.CANCELLED,
}
Rows = dict[str, list[dict[str, str]]]


def calendar_in(content: bytes, *, zone: str = "", going_on: GoingOn = unwatched) -> Reading:
    """Return the engagements and tasks of a calendar, and what of it cannot be taken and why.

    Args:
        content: The file.
        zone: The mission's zone, for times that say none; UTC when it is unknown.
        going_on: Told how many entries are read.

    Raises:
        UnreadableFileError: It is no calendar, or larger or deeper than is safe.
    """
    lines = _lines_of(content)
    found = [each for calendar in _calendars(content) for each in _entries(calendar)]
    reader = _Reader(_known_zone(zone) or UTC)
    for done, (line, component) in enumerate(zip(lines, found, strict=False)):
        if done % STEP == 0:
            going_on(done, len(found))
        if len(reader.problems) >= MAX_PROBLEMS:
            break
        reader.read(line, component)
    return Reading(
        tuple(reader.candidates), tuple(reader.problems), tuple(reader.remarks), reader.sources
    )


def _lines_of(content: bytes) -> list[int]:
    """Return the lines on which entries begin, after a look at how large and deep the file is.

    Raises:
        UnreadableFileError: It is larger or deeper than is safe.
    """
    if max(map(len, content.split(b"\n"))) > MAX_LINE_CHARACTERS:
        raise whole_file(N_("A line of this file is too long."))
    lines, depth, line, last = [], 0, 1, 0
    for each in _BEGIN.finditer(content):
        line += content.count(b"\n", last, each.start())
        last = each.start()
        depth += 1 if each[1].upper() == b"BEGIN" else -1
        if depth > MAX_NESTED:
            raise whole_file(N_("This file is nested too deeply."))
        if each[1].upper() == b"BEGIN" and each[2].upper() in _TAKEN:
            lines.append(line)
    if len(lines) > MAX_CARDS:
        raise whole_file(N_("The file has more than {limit} entries.", limit=MAX_CARDS))
    return lines


def _calendars(content: bytes) -> list[Calendar]:
    """Return the calendars of a file.

    Raises:
        UnreadableFileError: It is none.
    """
    try:
        found: list[Calendar] = Calendar.from_ical(
            content.decode("utf-8-sig", "replace"), multiple=True
        )
    except _DAMAGES as error:
        raise whole_file(N_("This is no calendar file.")) from error
    if not found or any(each.name != "VCALENDAR" for each in found):
        raise whole_file(N_("This is no calendar file."))
    return found


def _entries(component: Component) -> Iterator[Component]:
    for each in component.subcomponents:
        if each.name in {"VEVENT", "VTODO"}:
            yield each


class _Reader:
    """Reads one entry after the other."""

    def __init__(self, home: tzinfo) -> None:
        self.candidates: list[Candidate] = []
        self.problems: list[FileProblem] = []
        self.remarks: list[FileProblem] = []
        self.sources: dict[int, str] = {}
        self._home = home

    def read(self, line: int, component: Component) -> None:
        """Read an entry; what is wrong with it is noted with its line."""
        if OF_A_RECORD in component:  # a day of an agreement, which the desk reckons itself
            return
        kind, read = _KINDS[component.name or ""]
        for name, _ in component.errors:
            text = N_("This could not be read and was left out.")
            self._remark(line, text, (name or "")[:_LONGEST_MARK])
        try:
            values, rows = read(self, line, component)
            uid = text_of(component, "uid", LONGEST_LINE)
            if uid:
                values["source"] = uid
            labels = labels_of(component)
            if labels:
                rows["tag"] = [{"label": each} for each in labels]
            filled = {name: text for name, text in values.items() if text}
            made = checked(kind, filled, rows, line, uid=uid.removeprefix(_URN).lower())
        except InvalidError as error:
            self.problems += [FileProblem(line, each.field, each.text) for each in error.problems]
            self.sources[line] = text_of(component, "summary", LONGEST_NAME)
        except _DAMAGES:  # such as a time beyond the year 9999
            text = N_("This could not be read and was left out.")
            self.problems.append(FileProblem(line, "", text))
        else:
            self.candidates.append(made)

    def event(self, line: int, component: Component) -> tuple[dict[str, str], Rows]:
        """Return what an event says of an engagement."""
        begins = moment_of(component, "dtstart")
        ends = moment_of(component, "dtend")
        length = first_of(component, "duration")
        if ends is None and begins is not None and isinstance(value_of(length), timedelta):
            ends = begins + value_of(length)
        if "rrule" in component or "rdate" in component:
            self._remark(line, N_("This repeats; only the first time is taken."))
        is_off = text_of(component, "status", LONGEST_LINE).upper() == "CANCELLED"
        values = {
            "subject": text_of(component, "summary", LONGEST_NAME),
            "agenda": text_of(component, "description", LONGEST_TEXT),
            "place": text_of(component, "location", LONGEST_LINE),
            "handling": handling_of(component),
            "state": (EngagementState.NOT_HELD if is_off else EngagementState.PLANNED).value,
            **self._day_and_clock(begins, "held_on", "starts_at"),
        }
        if isinstance(ends, datetime) and values.get("starts_at"):
            values["ends_at"] = self._clocked(ends).astimezone(UTC).isoformat()
        elif begins and ends and day_of(ends) - day_of(begins) > timedelta(days=1):
            self._remark(line, N_("This takes several days; the first is taken."))
        people = [{"name_then": each} for each in people_of(component)]
        return values, {"their_participant": people} if people else {}

    def todo(self, _line: int, component: Component) -> tuple[dict[str, str], Rows]:
        """Return what a to-do says of a task."""
        due, start = moment_of(component, "due"), moment_of(component, "dtstart")
        state = _STATES.get(text_of(component, "status", LONGEST_LINE).upper(), TaskState.OPEN)
        values = {
            "title": text_of(component, "summary", LONGEST_NAME),
            "detail": text_of(component, "description", LONGEST_TEXT),
            "handling": handling_of(component),
            "state": state.value,
            "priority": priority_of(component).value,
            **self._day_and_clock(due, "due_on", "due_at"),
        }
        if start is not None:
            values["start_on"] = day_of(start).isoformat()
        if due is not None and start is not None and day_of(start) > day_of(due):
            del values["start_on"]
        done = moment_of(component, "completed")
        if state is TaskState.DONE and done is not None:
            values["completed_on"] = self._clocked(done).astimezone(self._home).date().isoformat()
        rule = first_of(component, "rrule")
        if rule is not None:
            values["recurrence"] = rule.to_ical().decode()
            if due is None and start is not None:
                values["recurs_from"] = day_of(start).isoformat()
        reminders = sorted(self._days_before(component, due))
        rows = [{"days_before": str(each)} for each in reminders]
        return values, {"task_reminder": rows} if rows else {}

    def _day_and_clock(
        self, moment: date | datetime | None, day: str, clock: str
    ) -> dict[str, str]:
        if moment is None:
            return {}
        if not isinstance(moment, datetime):
            return {day: moment.isoformat()}
        moment = self._clocked(moment)
        zone = getattr(moment.tzinfo, "key", "")
        if not zone:
            moment, zone = moment.astimezone(self._home), getattr(self._home, "key", "UTC")
        at = moment.astimezone(UTC).isoformat()
        return {day: moment.date().isoformat(), clock: at, "zone": zone}

    def _clocked(self, moment: date | datetime) -> datetime:
        """Return a moment with a zone: the mission's where the file says none."""
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day, tzinfo=self._home)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=self._home)

    def _days_before(self, component: Component, due: date | datetime | None) -> set[int]:
        """Return how many days before it is due alarms ring; without a day there are none."""
        days: set[int] = set()
        for alarm in component.subcomponents if due is not None else ():
            trigger = value_of(first_of(alarm, "trigger")) if alarm.name == "VALARM" else None
            if isinstance(trigger, timedelta):
                days.add(-trigger.days if trigger < timedelta(0) else 0)
            elif isinstance(trigger, datetime) and due is not None:
                rings = self._clocked(trigger).astimezone(self._home).date()
                days.add((self._home_day(due) - rings).days)
        return {each for each in days if 0 <= each <= _MOST_DAYS_BEFORE}

    def _home_day(self, moment: date | datetime) -> date:
        if isinstance(moment, datetime):
            return self._clocked(moment).astimezone(self._home).date()
        return moment

    def _remark(self, line: int, text: Text, name: str = "") -> None:
        if len(self.remarks) < MAX_PROBLEMS:
            self.remarks.append(FileProblem(line, name, text))


_KINDS: Mapping[
    str, tuple[str, Callable[[_Reader, int, Component], tuple[dict[str, str], Rows]]]
] = {"VEVENT": ("engagement", _Reader.event), "VTODO": ("task", _Reader.todo)}


def _known_zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
