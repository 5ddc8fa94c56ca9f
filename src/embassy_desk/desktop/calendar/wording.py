"""What stands on a day, as entries of a list and lines of a cell."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from embassy_desk.application.calendar import CalendarEntry, CalendarSort
from embassy_desk.application.due_lines import Press
from embassy_desk.desktop.home_page.wording import RecordKey
from embassy_desk.desktop.kit.entries import Entry
from embassy_desk.desktop.kit.weekdays import weekday_and_day
from embassy_desk.texts import N_, Words

SIGNS = {CalendarSort.ENGAGEMENT: "●", CalendarSort.TASK: "☐", CalendarSort.MILESTONE: "◆"}
"""What tells the sorts apart without colour."""

_TONES = {
    CalendarSort.ENGAGEMENT: "accent",
    CalendarSort.TASK: "text",
    CalendarSort.MILESTONE: "muted",
}
_PRESSING = {Press.LATE: "trouble", Press.NOW: "caution"}


def tone_of(entry: CalendarEntry) -> str:
    """Return the colour of an entry."""
    return _PRESSING.get(entry.press, _TONES[entry.sort])


def line_of(entry: CalendarEntry) -> str:
    """Return an entry as one short line of a cell."""
    return " ".join(each for each in (SIGNS[entry.sort], entry.clock, entry.heading) if each)


def entry_of(entry: CalendarEntry, words: Words) -> Entry:
    """Return an entry as a line of a list."""
    clock = entry.clock
    if entry.clock_at_home:
        clock = words(N_("{clock} (Ha Noi {home})", clock=clock, home=entry.clock_at_home))
    return Entry(
        key=RecordKey(entry.kind, entry.id),
        text=entry.heading,
        below=" · ".join(each for each in (clock, words(entry.what)) if each),
        sign=SIGNS[entry.sort],
        tone=tone_of(entry),
    )


def agenda_of(entries: Iterable[CalendarEntry], words: Words) -> tuple[Entry, ...]:
    """Return the entries under the days on which they stand."""
    found: list[Entry] = []
    for day, on_day in groupby(entries, key=lambda each: each.on):
        found.append(Entry(key=None, text=weekday_and_day(day, words), is_title=True))
        found.extend(entry_of(each, words) for each in on_day)
    return tuple(found)


def spoken_day(day: date, entries: tuple[CalendarEntry, ...], words: Words) -> str:
    """Return a day and everything on it, as screen readers say it."""
    told = "; ".join(
        ", ".join(text for text in (each.clock, words(each.what), each.heading) if text)
        for each in entries
    )
    count = N_("{count} entry", "{count} entries", count=len(entries))
    parts = (weekday_and_day(day, words), words(count) if entries else "", told)
    return ", ".join(each for each in parts if each)
