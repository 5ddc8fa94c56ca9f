"""How a long reading tells how far it is."""

from collections.abc import Callable

GoingOn = Callable[[int, int], None]
"""Takes how much is done, and of how much, 0 while nobody knows; what it raises ends the work."""

STEP = 500
"""Records between two calls."""


def unwatched(_done: int, _total: int) -> None:
    """Stand for nobody who wants to know."""
