"""Files that a person brings to the desk from outside: dropped on a list, or opened by a click."""

from pathlib import Path
from typing import Protocol

from embassy_desk.desktop.dispatch import HEADQUARTERS, Dispatch
from embassy_desk.desktop.pages import DeskPages

OF_HEADQUARTERS = frozenset({".pouch", ".enrolment"})
"""Endings of what headquarters sends; everything else is looked over as an import."""


class Parts(Protocol):
    """The parts of the desk that take files in."""

    pages: DeskPages
    dispatch: Dispatch


async def take_in(parts: Parts, path: Path) -> None:
    """Show the page for a file, with the file; nothing is entered before the person says so.

    Raises:
        DeskError: It cannot be read.
    """
    if path.suffix.lower() in OF_HEADQUARTERS:
        parts.pages.page.sections.show_chosen(HEADQUARTERS)
        await parts.dispatch.take_in(path)
    else:
        parts.pages.page.sections.show_chosen("import")
        await parts.pages.take_in(path)
