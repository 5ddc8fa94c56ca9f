"""Recurring days: RFC 5545 recurrence rules on calendar dates.

A rule such as `FREQ=MONTHLY;BYMONTHDAY=31` gives days, never times. Days are always counted from
the start, so nothing drifts; months without a 31st are left out, as the standard says. The start
itself counts only if the rule gives it. Days more than 200 years ahead are not looked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime
from functools import lru_cache
from itertools import islice, takewhile
from typing import Any, Literal

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from embassy_desk.domain.days import LAST_DAY, days_after, months_after, months_of
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.texts import N_, Text

MAX_RULE_CHARACTERS = 500
MAX_COUNT = 1000

_Frequency = Literal[0, 1, 2, 3]  # as dateutil numbers them
_FREQUENCIES: dict[str, _Frequency] = {
    "DAILY": DAILY,
    "WEEKLY": WEEKLY,
    "MONTHLY": MONTHLY,
    "YEARLY": YEARLY,
}
_FINER = frozenset({"HOURLY", "MINUTELY", "SECONDLY", "BYHOUR", "BYMINUTE", "BYSECOND"})
# About twenty years each; a longer gap is a slip of the pen.
_MAX_INTERVAL = {DAILY: 7300, WEEKLY: 1040, MONTHLY: 240, YEARLY: 20}
_MONTHS_IN_PERIOD = {MONTHLY: 1, YEARLY: 12}
_DAYS_IN_WEEK = 7
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MAX_VALUE = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_MAX_ORDINAL = 53
# With which frequencies a part may stand, RFC 5545 section 3.3.10.
_ALLOWED_WITH = {
    "BYMONTHDAY": frozenset({DAILY, MONTHLY, YEARLY}),
    "BYYEARDAY": frozenset({YEARLY}),
    "BYWEEKNO": frozenset({YEARLY}),
}
_KEYS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_MAX_VALUE})
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")
_WEEKDAY = re.compile(rf"([+-]?[0-9]{{1,2}})?({'|'.join(_WEEKDAYS)})")
_UNTIL = re.compile(r"[0-9]{8}")

# The calendar repeats every 400 years. Days are computed in its last rounds, because there a
# rule that never gives a day from its start ends by itself, with the year 9999.
_ROUND_YEARS = 400
_LAST_SHIFTED_YEAR = 9799
# In forty years every date has been on every weekday.
_TRIAL_START = date(9960, 1, 1)
_CACHED_RULES = 256


@dataclass(frozen=True)
class _Rule:
    """A rule taken apart: `filters` are the BY… parts under the names of dateutil."""

    frequency: _Frequency
    interval: int
    count: int | None
    until: date | None
    week_start: int
    filters: tuple[tuple[str, tuple[Any, ...]], ...]


def problem(rule: str) -> Text | None:
    """Return why a rule cannot be used; nothing if it can.

    Refused are rules finer than daily, values outside their range, combinations that RFC 5545
    does not know, an end that is not a day, and rules that never give a day.
    """
    try:
        _read(rule)
    except InvalidError as error:
        return error.problems[0].text
    return None


def next_day(rule: str, start: date, after: date) -> date | None:
    """Return the first day of a rule later than a day; nothing if there is none.

    Raises:
        InvalidError: The rule cannot be used.
    """
    read = _read(rule)
    if after == LAST_DAY:
        return None
    return next(_days(read, start, days_after(after, 1)), None)


def days_between(rule: str, start: date, first: date, last: date, limit: int) -> tuple[date, ...]:
    """Return the days of a rule between two days, both included, at most `limit` of them.

    Raises:
        InvalidError: The rule cannot be used.
    """
    days = takewhile(lambda day: day <= last, _days(_read(rule), start, first))
    return tuple(islice(days, limit))


def _days(rule: _Rule, start: date, from_on: date) -> Iterator[date]:
    """Yield the days of a rule that are not earlier than a day, in order."""
    first = start if rule.count is not None else _period_start(rule, start, from_on)
    shift = (_LAST_SHIFTED_YEAR - first.year) // _ROUND_YEARS * _ROUND_YEARS
    for each in _shifted_days(rule, start, first.replace(year=first.year + shift)):
        if each.year - shift > MAXYEAR:
            return
        day = each.replace(year=each.year - shift)
        if rule.until is not None and day > rule.until:
            return
        if day >= from_on:
            yield day


def _shifted_days(rule: _Rule, start: date, first: date) -> Iterator[date]:
    """Yield the days from the beginning of a period on, until the calendar ends."""
    days = iter(
        rrule(
            rule.frequency,
            dtstart=datetime(first.year, first.month, first.day),  # noqa: DTZ001 (a day)
            interval=rule.interval,
            wkst=rule.week_start,
            count=rule.count,
            **_filters(rule, start),
        )
    )
    while True:
        try:
            day = next(days)
        except (StopIteration, ValueError):  # weeks run over the end of the year 9999
            return
        yield day.date()


def _filters(rule: _Rule, start: date) -> dict[str, Any]:
    """Return the BY… parts; without any, the start says which day of the period is meant."""
    filters: dict[str, Any] = dict(rule.filters)
    if filters.keys() & {"byweekno", "byyearday", "bymonthday", "byweekday"}:
        return filters
    if rule.frequency == YEARLY:
        filters.setdefault("bymonth", start.month)
    if rule.frequency in _MONTHS_IN_PERIOD:
        filters["bymonthday"] = start.day
    if rule.frequency == WEEKLY:
        filters["byweekday"] = start.weekday()
    return filters


def _period_start(rule: _Rule, start: date, from_on: date) -> date:
    """Return the first day of the last period, counted from the start, that begins by a day."""
    if from_on <= start:
        return start
    if rule.frequency in _MONTHS_IN_PERIOD:
        origin = date(start.year, start.month if rule.frequency == MONTHLY else 1, 1)
        step = _MONTHS_IN_PERIOD[rule.frequency] * rule.interval
        return max(start, months_after(origin, months_of(origin, from_on) // step * step))
    origin, step = start, rule.interval
    if rule.frequency == WEEKLY:
        origin = days_after(start, -((start.weekday() - rule.week_start) % _DAYS_IN_WEEK))
        step *= _DAYS_IN_WEEK
    return max(start, days_after(origin, (from_on - origin).days // step * step))


@lru_cache(maxsize=_CACHED_RULES)
def _read(rule: str) -> _Rule:
    """Take a rule apart and check it.

    Raises:
        InvalidError: It cannot be used; the sentence says why.
    """
    parts = _split(rule)
    frequency = _frequency(parts)
    read = _Rule(
        frequency=frequency,
        interval=_whole(parts, "INTERVAL", _MAX_INTERVAL[frequency]) or 1,
        count=_whole(parts, "COUNT", MAX_COUNT),
        until=_until(parts),
        week_start=_week_start(parts),
        filters=tuple(_read_filters(parts, frequency)),
    )
    _check_together(parts, frequency)
    trial = _Rule(frequency, 1, None, None, read.week_start, read.filters)
    if next(_shifted_days(trial, _TRIAL_START, _TRIAL_START), None) is None:
        raise _refusal(N_("This rule never gives a day."))
    return read


def _refusal(text: Text) -> InvalidError:
    return InvalidError([Problem("recurrence", text)])


def _split(rule: str) -> dict[str, str]:
    if len(rule) > MAX_RULE_CHARACTERS:
        raise _refusal(N_("At most {limit} characters.", limit=MAX_RULE_CHARACTERS))
    parts: dict[str, str] = {}
    for part in rule.upper().split(";"):
        key, equals, value = part.partition("=")
        if not (equals and value):
            raise _refusal(N_("Write the rule as in “FREQ=MONTHLY;INTERVAL=3”."))
        if key in _FINER:
            raise _refusal(N_("A rule gives days, not times of day."))
        if key not in _KEYS:
            raise _refusal(N_("A rule has no part “{part}”.", part=key))
        if key in parts:
            raise _refusal(N_("“{part}” stands there twice.", part=key))
        parts[key] = value
    return parts


def _frequency(parts: dict[str, str]) -> _Frequency:
    name = parts.get("FREQ", "")
    if name in _FINER:
        raise _refusal(N_("A rule gives days, not times of day."))
    if name not in _FREQUENCIES:
        raise _refusal(N_("“FREQ” must be DAILY, WEEKLY, MONTHLY or YEARLY."))
    return _FREQUENCIES[name]


def _whole(parts: dict[str, str], key: str, highest: int) -> int | None:
    text = parts.get(key)
    if text is None:
        return None
    if _NUMBER.fullmatch(text) is None or not 1 <= int(text) <= highest:
        raise _refusal(
            N_("“{part}” must be a whole number from 1 to {limit}.", part=key, limit=highest)
        )
    return int(text)


def _until(parts: dict[str, str]) -> date | None:
    text = parts.get("UNTIL")
    if text is None:
        return None
    if "COUNT" in parts:
        raise _refusal(N_("A rule ends after a count or on a day, not both."))
    wrong = _refusal(N_("Write the day in “UNTIL” as YYYYMMDD, without a time."))
    if _UNTIL.fullmatch(text) is None:
        raise wrong
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise wrong from error


def _week_start(parts: dict[str, str]) -> int:
    name = parts.get("WKST", "MO")
    if name not in _WEEKDAYS:
        raise _refusal(N_("“{value}” is not a weekday; write MO, TU and so on.", value=name))
    return _WEEKDAYS.index(name)


def _read_filters(
    parts: dict[str, str], frequency: _Frequency
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the BY… parts under the names that dateutil gives them."""
    for key, highest in _MAX_VALUE.items():
        if key in parts:
            lowest = 1 if key == "BYMONTH" else -highest
            yield key.lower(), _listed_numbers(key, parts[key], lowest, highest)
    if "BYDAY" in parts:
        yield "byweekday", _listed_weekdays(parts["BYDAY"], frequency)


def _listed_numbers(key: str, text: str, lowest: int, highest: int) -> tuple[int, ...]:
    numbers = []
    for each in text.split(","):
        if _NUMBER.fullmatch(each) is None or not lowest <= int(each) <= highest or not int(each):
            raise _refusal(N_("“{value}” cannot stand in “{part}”.", value=each, part=key))
        numbers.append(int(each))
    return tuple(numbers)


def _listed_weekdays(text: str, frequency: _Frequency) -> tuple[weekday, ...]:
    weekdays = []
    for each in text.split(","):
        match = _WEEKDAY.fullmatch(each)
        ordinal = int(match[1]) if match and match[1] else None
        numbered = ordinal is not None
        if (
            match is None
            or (numbered and frequency not in _MONTHS_IN_PERIOD)
            or (ordinal is not None and not 1 <= abs(ordinal) <= _MAX_ORDINAL)
        ):
            raise _refusal(N_("“{value}” cannot stand in “{part}”.", value=each, part="BYDAY"))
        weekdays.append(weekday(_WEEKDAYS.index(match[2]), ordinal))
    return tuple(weekdays)


def _check_together(parts: dict[str, str], frequency: _Frequency) -> None:
    """Check combinations that the standard forbids."""
    for key, frequencies in _ALLOWED_WITH.items():
        if key in parts and frequency not in frequencies:
            raise _refusal(
                N_("“{part}” cannot stand beside “FREQ={value}”.", part=key, value=parts["FREQ"])
            )
    filters = parts.keys() & {"BYDAY", *_MAX_VALUE}
    if filters == {"BYSETPOS"}:
        raise _refusal(N_("“BYSETPOS” needs another part that it chooses from."))
    if "BYWEEKNO" in parts and re.search(r"[0-9]", parts.get("BYDAY", "")):
        raise _refusal(N_("Weekdays have no number beside “{part}”.", part="BYWEEKNO"))
