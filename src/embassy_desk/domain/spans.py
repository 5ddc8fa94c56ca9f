"""Stretches of time between two days, either of which may be unknown."""

from datetime import date

from embassy_desk.domain.days import earliest, latest
from embassy_desk.domain.values import PartialDay
from embassy_desk.texts import N_


def within(from_on: date | None, to_on: date | None, on: date) -> bool:
    """Say whether a day lies between two days, both included; an unknown end excludes nothing."""
    return (from_on is None or from_on <= on) and (to_on is None or on <= to_on)


def in_order(from_on: date | None, to_on: date | None) -> None:
    """Check that a stretch does not end before it begins.

    Raises:
        ValueError: It does; carries the sentence for the person.
    """
    if from_on is not None and to_on is not None and to_on < from_on:
        raise ValueError(
            N_("The end, {end}, lies before the beginning, {start}.", end=to_on, start=from_on)
        )


def partly_in_order(from_on: PartialDay, to_on: PartialDay) -> None:
    """Check that a stretch between days half known need not end before it begins.

    Raises:
        ValueError: It must; carries the sentence for the person.
    """
    in_order(earliest(from_on), latest(to_on))
