"""How long work tells how far it is."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

GoingOn = Callable[[int, int], None]
"""Takes how much is done, and of how much, 0 while nobody knows; what it raises ends the work."""

STEP = 500
"""Records or rows between two calls."""


def unwatched(_done: int, _total: int) -> None:
    """Stand for nobody who wants to know."""


class Watched:
    """Counts what long work goes through, and tells how far it is every `STEP`."""

    def __init__(self, going_on: GoingOn, total: int) -> None:
        """Begin with nothing done of so many."""
        self._going_on = going_on
        self._total = total
        self.done = 0

    def each(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield items, counting them."""
        for item in items:
            yield item
            self.done += 1
            if self.done % STEP == 0:
                self.tell()

    def tell(self) -> None:
        """Tell how far the work is."""
        self._going_on(self.done, self._total)
