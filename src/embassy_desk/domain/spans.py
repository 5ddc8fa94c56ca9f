"""Stretches of time whose ends are known to the year, the month or the day, or not at all."""

import calendar
from datetime import date

from embassy_desk.texts import N_

_LENGTH_OF_A_MONTH = len("2025-03")


def first_day(partial: str) -> date | None:
    """Return the first day that a partial day may mean; nothing when it is empty."""
    if not partial:
        return None
    year, month, day = [*(int(each) for each in partial.split("-")), 1, 1][:3]
    return date(year, month, day)


def last_day(partial: str) -> date | None:
    """Return the last day that a partial day may mean; nothing when it is empty."""
    first = first_day(partial)
    if first is None or len(partial) > _LENGTH_OF_A_MONTH:
        return first
    month = first.month if len(partial) == _LENGTH_OF_A_MONTH else 12
    return date(first.year, month, calendar.monthrange(first.year, month)[1])


def covers(from_on: date | None, to_on: date | None, on: date) -> bool:
    """Say whether a day lies in a stretch; both ends belong to it, an unknown end is open."""
    return (from_on is None or from_on <= on) and (to_on is None or on <= to_on)


def partly_covers(from_on: str, to_on: str, on: date) -> bool:
    """Say whether a day lies in a stretch between partial days, read as widely as they allow."""
    return covers(first_day(from_on), last_day(to_on), on)


def in_order(from_on: date | None, to_on: date | None) -> None:
    """Check that a stretch does not end before it begins.

    Raises:
        ValueError: It does; carries the sentence for the person.
    """
    if from_on is not None and to_on is not None and to_on < from_on:
        raise ValueError(
            N_("The end, {end}, lies before the beginning, {start}.", end=to_on, start=from_on)
        )


def partly_in_order(from_on: str, to_on: str) -> None:
    """Check that a stretch between partial days need not end before it begins.

    Raises:
        ValueError: It must; carries the sentence for the person.
    """
    in_order(first_day(from_on), last_day(to_on))
