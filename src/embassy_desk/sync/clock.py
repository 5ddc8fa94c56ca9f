"""A clock that never runs backwards: hybrid logical stamps (SYNC 3.7).

A stamp breaks ties between concurrent edits and dates them for people; it never decides what was
seen, sent or deleted. A wrong wall clock can therefore change who wins a tie, not what survives.
"""

from dataclasses import dataclass
from typing import Self

COUNTER_BITS = 16
LARGEST_COUNTER = 2**COUNTER_BITS - 1
"""How many stamps, less one, share a millisecond."""

LARGEST_MS = 2**47 - 1
"""Last millisecond since 1970 (year 6429) for which a packed stamp fits a signed 64-bit column."""

LATEST_WALL_MS = 2**46
"""A wall clock beyond this millisecond (year 4199) is broken and is not followed.

What lies above it cannot be used up by counting: 2⁴⁶ milliseconds of 2¹⁶ stamps each.
"""


@dataclass(frozen=True, order=True, slots=True)
class Stamp:
    """A point in hybrid time; later compares greater.

    Attributes:
        ms: Milliseconds since 1970, UTC, 0 to 2⁴⁷ - 1.
        counter: Place among the stamps of that millisecond, 0 to 65,535.
    """

    ms: int = 0
    counter: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be packed.

        Raises:
            ValueError: A part is negative or too large.
        """
        if not (0 <= self.ms <= LARGEST_MS and 0 <= self.counter <= LARGEST_COUNTER):
            raise ValueError("a stamp has 47 bits of milliseconds and 16 bits of counter")

    @property
    def packed(self) -> int:
        """The stamp as one integer, 0 to 2⁶³ - 1, in the same order as the stamps."""
        return self.ms << COUNTER_BITS | self.counter

    @classmethod
    def unpacked(cls, packed: int) -> Self:
        """Return the stamp that was packed into an integer.

        Raises:
            ValueError: The integer is not a packed stamp.
        """
        return cls(packed >> COUNTER_BITS, packed & LARGEST_COUNTER)


def next_stamp(last: Stamp, wall_ms: int) -> Stamp:
    """Return the stamp of something that happens now: always greater than the last one.

    Received stamps need no function of their own: the greater of both, `max(last, received)`,
    becomes the last.

    Args:
        last: The greatest stamp given or received so far; `Stamp()` when there is none.
        wall_ms: What the wall clock says, corrected by headquarters' offset, in milliseconds
            since 1970; may be wrong by any amount, either way.
    """
    if last.ms < wall_ms <= LATEST_WALL_MS:
        return Stamp(wall_ms)
    if last.counter < LARGEST_COUNTER:
        return Stamp(last.ms, last.counter + 1)
    return Stamp(last.ms + 1)
