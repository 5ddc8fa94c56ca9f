"""Takes pictures of a window with everything that stands over it; see `pictures.py`."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from embassy_desk.desktop.help.screen import HelpWindow
from makers.desks import Person

Step = Callable[[], Awaitable[object]]


class Photographer:
    """Takes pictures of a window with everything that stands over it."""

    def __init__(self, person: Person, folder: Path) -> None:
        """Number the pictures in the order in which they are taken."""
        self.person, self._folder = person, folder
        self._number = 0
        self.failed: list[str] = []

    async def take(self, name: str, step: Step | None = None) -> None:
        """Do a step, wait until the desk rests, and take its picture; go on where it fails."""
        self._number += 1
        try:
            if step is not None:
                await step()
            await self.settle()
        except (AssertionError, LookupError, AttributeError):
            self.failed.append(name)
            traceback.print_exc()
        self._whole().save(str(self._folder / f"{self._number:03}-{name}.png"))

    async def settle(self) -> None:
        """Wait until nothing is under way any more, or only what waits for the person."""
        for _ in range(60):
            await asyncio.sleep(0.02)
            names = self.person.door.keeper.names
            if not names or QApplication.activeModalWidget() is not None:
                break
        await asyncio.sleep(0.15)

    def _whole(self) -> QPixmap:
        frame = self.person.frame
        picture = frame.grab()
        painter = QPainter(picture)
        for each in QApplication.topLevelWidgets():
            if each is not frame and each.isVisible() and each.width() > 1:
                place = each.mapToGlobal(QPoint()) - frame.mapToGlobal(QPoint())
                if isinstance(each, QDialog):  # without a window system nothing centres them
                    place = frame.rect().center() - each.rect().center()
                painter.drawPixmap(place, each.grab())
        painter.end()
        return picture


def close_all() -> None:
    """Close whatever stands over the window."""
    for each in QApplication.topLevelWidgets():
        if isinstance(each, QDialog) and each.isVisible():
            each.reject()
        elif isinstance(each, HelpWindow):
            each.close()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


async def show(person: Person, section: str) -> None:
    """Go to a section."""
    person.desk.page.sections.choose(section)
    await person.sees(lambda: person.desk.going.section == section, section)
    await person.rests()


async def open_first(person: Person) -> None:
    """Open the first record of the list."""
    await person.opens(person.cells()[0])
