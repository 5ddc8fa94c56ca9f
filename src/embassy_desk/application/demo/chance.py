"""Chance that always falls the same way: the same seed and chapter give the same choices."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

Thing = TypeVar("Thing")


class Chance(random.Random):
    """Choices for one chapter of the demo; every chapter has its own, so none disturbs another."""

    def __init__(self, seed: int, chapter: str) -> None:
        """Begin a chapter."""
        super().__init__(f"{seed}/{chapter}")

    def happens(self, share: float) -> bool:
        """Say yes in this share of cases, 0 to 1."""
        return self.random() < share

    def some(self, things: Sequence[Thing], least: int, most: int) -> list[Thing]:
        """Return between `least` and `most` different things, or all there are."""
        return self.sample(things, min(len(things), self.randint(least, most)))

    def day_between(self, first: date, last: date) -> date:
        """Return a day between two days, both included; the first one if they are crossed."""
        return first + timedelta(days=self.randint(0, max(0, (last - first).days)))

    def working_day_between(self, first: date, last: date) -> date:
        """Return such a day that is no Saturday or Sunday, where the stretch has one."""
        day = self.day_between(first, last)
        for shift in (0, -1, -2, 1, 2):
            moved = day + timedelta(days=shift)
            if moved.isoweekday() <= _LAST_WORKING_DAY and first <= moved <= last:
                return moved
        return day


_LAST_WORKING_DAY = 5  # ISO numbers Monday 1
