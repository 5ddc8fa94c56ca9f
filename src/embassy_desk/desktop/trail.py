"""Where the person has been, for going back and forward. No Qt."""

from dataclasses import dataclass
from uuid import UUID

LONGEST = 100
"""Places that are remembered."""


@dataclass(frozen=True)
class Place:
    """A section, or a record in the section of its kind.

    Attributes:
        section: Name of the page or kind.
        record_id: The open record, if any.
    """

    section: str
    record_id: UUID | None = None


class Trail:
    """The places in the order in which they were visited."""

    def __init__(self) -> None:
        """Begin nowhere."""
        self._places: list[Place] = []
        self._at = -1

    def note(self, place: Place) -> None:
        """Note that the person is at a place; what lay ahead is forgotten."""
        if self._at >= 0 and self._places[self._at] == place:
            return
        self._places = [*self._places[: self._at + 1], place][-LONGEST:]
        self._at = len(self._places) - 1

    def may_go(self, step: int) -> bool:
        """Say whether there is a place so many steps ahead, or behind."""
        return 0 <= self._at + step < len(self._places)

    def go(self, step: int) -> Place | None:
        """Move along the trail and return where it leads; nothing at its ends."""
        if not self.may_go(step):
            return None
        self._at += step
        return self._places[self._at]
