"""Calendar days without zone: month arithmetic, days half known, working days, formal dates."""

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import MAXYEAR, date

from embassy_desk.domain.values import PartialDay

LAST_DAY = date.max
"""The last day of the calendar; what would come later is cut to it."""

_MONTHS_IN_YEAR = 12
_DAYS_IN_WEEK = 7
_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_PARTIAL_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# Decree 30/2020/NĐ-CP: a zero before days under 10 and before months 1 and 2, nowhere else.
_FIRST_DAY_WITHOUT_ZERO = 10
_FIRST_MONTH_WITHOUT_ZERO = 3


def months_after(start: date, months: int) -> date:
    """Return the same day some months later, or earlier if negative; cut to the month's end.

    31 August plus 6 months is 28 or 29 February, plus 12 months 31 August again: count from the
    same start each time and nothing drifts. Days outside the years 1 to 9999 are cut to the
    first and the last day of the calendar.
    """
    month = start.year * _MONTHS_IN_YEAR + start.month - 1 + months
    year, month = divmod(month, _MONTHS_IN_YEAR)
    if year > MAXYEAR:
        return LAST_DAY
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def days_after(start: date, days: int) -> date:
    """Return the day some days later, or earlier if negative; cut to the calendar's ends."""
    ordinal = start.toordinal() + days
    return date.fromordinal(min(max(ordinal, 1), LAST_DAY.toordinal()))


def months_of(first: date, last: date) -> int:
    """Return how many whole months lie between two days; negative if the second is earlier.

    The greatest number of months that can be added to the first without passing the second.
    """
    months = (last.year - first.year) * _MONTHS_IN_YEAR + last.month - first.month
    return months if months_after(first, months) <= last else months - 1


def earliest(partial: PartialDay) -> date | None:
    """Return the first day that a year, a month or a day may mean; nothing if unknown.

    Raises:
        ValueError: It is not written YYYY, YYYY-MM or YYYY-MM-DD.
    """
    if not partial:
        return None
    year, month, day = _parts(partial)
    return date(year, month or 1, day or 1)


def latest(partial: PartialDay) -> date | None:
    """Return the last day that a year, a month or a day may mean; nothing if unknown.

    Raises:
        ValueError: It is not written YYYY, YYYY-MM or YYYY-MM-DD.
    """
    if not partial:
        return None
    year, month, day = _parts(partial)
    month = month or _MONTHS_IN_YEAR
    return date(year, month, day or monthrange(year, month)[1])


def covers(from_on: PartialDay, to_on: PartialDay, on: date) -> bool:
    """Tell whether a day may lie between two days half known, both included.

    An unknown beginning or end excludes nothing.
    """
    first, last = earliest(from_on), latest(to_on)
    return (first is None or first <= on) and (last is None or on <= last)


def formal_day(day: date) -> str:
    """Return the day as official documents in Vietnamese write it: `ngày 07 tháng 3 năm 2026`."""
    days = f"{day.day:02}" if day.day < _FIRST_DAY_WITHOUT_ZERO else f"{day.day}"
    month = f"{day.month:02}" if day.month < _FIRST_MONTH_WITHOUT_ZERO else f"{day.month}"
    return f"ngày {days} tháng {month} năm {day.year}"


def rest_weekdays(codes: str) -> frozenset[int]:
    """Return the weekdays named by codes such as `sat sun`, Monday being 0; unknown codes raise.

    Raises:
        ValueError: A code is none of mon, tue, wed, thu, fri, sat, sun.
    """
    unknown = set(codes.split()) - set(_WEEKDAYS)
    if unknown:
        raise ValueError(f"no such weekday: {' '.join(sorted(unknown))}")
    return frozenset(_WEEKDAYS[code] for code in codes.split())


def is_working_day(day: date, rest: Collection[int], holidays: Collection[date]) -> bool:
    """Tell whether an office works on a day; `rest` holds weekdays, Monday being 0."""
    return day.weekday() not in rest and day not in holidays


def working_days(
    after: date, until: date, rest: Collection[int], holidays: Collection[date]
) -> int:
    """Return how many working days follow one day up to another, the last one included.

    The day from which a time limit runs does not count. 0 if `until` is not later.
    """
    weeks, more = divmod(max((until - after).days, 0), _DAYS_IN_WEEK)
    resting = set(rest)
    in_weeks = weeks * (_DAYS_IN_WEEK - len(resting))
    first = after.weekday() + 1
    in_rest = sum((first + each) % _DAYS_IN_WEEK not in resting for each in range(more))
    lost = sum(after < day <= until and day.weekday() not in resting for day in set(holidays))
    return in_weeks + in_rest - lost


def working_day_after(
    start: date, count: int, rest: Collection[int], holidays: Collection[date]
) -> date:
    """Return the `count`-th working day after a day; the last day of the calendar at most.

    Raises:
        ValueError: The count is below one, or every weekday is a day of rest.
    """
    if count < 1 or len(set(rest)) == _DAYS_IN_WEEK:
        raise ValueError("no such working day")
    closed = frozenset(holidays)
    day = start
    while count and day < LAST_DAY:
        day = date.fromordinal(day.toordinal() + 1)
        count -= is_working_day(day, rest, closed)
    return day


def _parts(partial: PartialDay) -> tuple[int, int | None, int | None]:
    match = _PARTIAL_DAY.fullmatch(partial)
    if match is None:
        raise ValueError("write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None
