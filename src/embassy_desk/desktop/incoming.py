"""Files that a person brings to the desk from outside: dropped on a list, or opened by a click."""

from pathlib import Path

from embassy_desk.desktop.dispatch import HEADQUARTERS, Dispatch
from embassy_desk.desktop.pages import DeskPages

OF_HEADQUARTERS = frozenset({".pouch", ".enrolment"})
"""Endings of what headquarters sends; everything else is looked over as an import."""


class Incoming:
    """Brings each file to the page it is for."""

    def __init__(self, pages: DeskPages, dispatch: Dispatch) -> None:
        """Know the pages."""
        self._pages, self._dispatch = pages, dispatch

    async def take_in(self, path: Path) -> None:
        """Show the page for a file, with the file; nothing is entered before the person says so.

        Raises:
            DeskError: It cannot be read.
        """
        sections = self._pages.page.sections
        if path.suffix.lower() in OF_HEADQUARTERS:
            sections.show_chosen(HEADQUARTERS)
            await self._dispatch.take_in(path)
        else:
            sections.show_chosen("import")
            await self._pages.take_in(path)
