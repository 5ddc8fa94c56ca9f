"""What every form and list of the window is given when it is made."""

from collections.abc import Callable
from datetime import UTC, date, tzinfo
from typing import Protocol
from uuid import UUID

from embassy_desk.application.controlled_lists import NO_LISTS, ControlledLists
from embassy_desk.application.pages import Hit
from embassy_desk.desktop.kit.colours import LIGHT, Colours
from embassy_desk.desktop.kit.icons import Icons
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.domain.rights import Rights
from embassy_desk.texts import Words

Found = Callable[[tuple[Hit, ...]], None]


class Seeker(Protocol):
    """Looks for records that a link may lead to, and opens one."""

    def seek(self, text: str, kinds: frozenset[str] | None, found: Found) -> None:
        """Look for records by a text and hand what was found to `found`, later."""

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show a record."""


class Outfit:
    """Language, colours, icons, lists, rights, the day and the search; one for the whole window."""

    def __init__(self, words: Words, icons: Icons, today: Callable[[], date]) -> None:
        """Begin with empty lists and nobody to search."""
        self.words = words
        self.icons = icons
        self.today = today
        self.lists: ControlledLists = NO_LISTS
        self.zone: tzinfo = UTC
        self.seeker: Seeker | None = None
        self.colours: Colours = LIGHT
        self.rights = Rights(None, today())

    def reader(self) -> Reader:
        """Return a reader of values in the present language."""
        return Reader(self.words, self.lists, self.zone)
