"""Days of the week, months and years in words, as the calendar and the home page say them."""

from dataclasses import replace
from datetime import date

from embassy_desk.texts import N_, Text, Words

WEEKDAYS: tuple[Text, ...] = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
"""The days of the week from Monday, as Vietnam counts it."""

SHORT_WEEKDAYS: tuple[Text, ...] = (
    N_("Mon"),
    N_("Tue"),
    N_("Wed"),
    N_("Thu"),
    N_("Fri"),
    N_("Sat"),
    N_("Sun"),
)

_MONTHS: tuple[Text, ...] = (
    N_("January {year}"),
    N_("February {year}"),
    N_("March {year}"),
    N_("April {year}"),
    N_("May {year}"),
    N_("June {year}"),
    N_("July {year}"),
    N_("August {year}"),
    N_("September {year}"),
    N_("October {year}"),
    N_("November {year}"),
    N_("December {year}"),
)


def weekday_and_day(day: date, words: Words) -> str:
    """Return `Chủ nhật, 22/11/2026` or `Sunday, 22 November 2026`."""
    weekday = words(WEEKDAYS[day.weekday()])
    return words(N_("{weekday}, {day}", weekday=weekday, day=day))


def month_and_year(day: date) -> Text:
    """Return the month of a day: `Tháng 11 năm 2026`, `November 2026`."""
    return replace(_MONTHS[day.month - 1], values={"year": str(day.year)})
