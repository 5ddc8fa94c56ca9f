"""The whole window on a store, and a person who acts on it: finds, clicks, types, reads, waits."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

import qasync
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget

from embassy_desk.application.office import perform
from embassy_desk.application.profile import create_profile, open_profile
from embassy_desk.application.records import enter_record
from embassy_desk.desktop.desk import Desk
from embassy_desk.desktop.entrance import Entrance
from embassy_desk.desktop.front_door import FrontDoor
from embassy_desk.domain.entity import Record
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.store.opening import Store

PASSPHRASE = "con mèo đen ngủ trên mái nhà"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PATIENCE_S = 90.0
"""Longer than anything takes on a slow and busy machine: it only ends what would never end."""
REST_S = 0.002
"""Between two looks: without it, looking keeps the interpreter from the threads that work."""
STARTS_WITH = ""
"""Stands for the section that the desk opens with by itself."""
WidgetType = TypeVar("WidgetType", bound=QWidget)


def clock() -> datetime:
    """Return the same moment whenever it is asked."""
    return NOW


@cache
def _template() -> Path:
    """Make a profile once; every test gets a copy, because making one takes its time."""
    folder = Path(mkdtemp()) / "profile"
    create_profile(
        folder, PASSPHRASE, clock, mission="TOK", person="Nguyễn Văn An", parameters=FLOOR
    ).close()
    return folder


def make_profile(folder: Path) -> Path:
    """Return a folder with a store of its own, with reference data and one member of staff."""
    shutil.copytree(_template(), folder / "profile")
    return folder / "profile"


def forget_template() -> None:
    """Remove the profile that all were copied from."""
    if _template.cache_info().currsize:
        shutil.rmtree(_template().parent, ignore_errors=True)
        _template.cache_clear()


@contextmanager
def opened_store(folder: Path) -> Iterator[Store]:
    """Open the store of a profile beside the window, as another process would."""
    profile = open_profile(folder, PASSPHRASE, clock)
    try:
        yield profile.store
    finally:
        profile.close()


def enter(folder: Path, kind: str, *records: Mapping[str, Any]) -> list[Record]:
    """Enter records of a kind into the store of a profile."""
    with opened_store(folder) as store:
        return [perform(store, enter_record, kind, values)[0] for values in records]


def run_on_desk(work: Callable[[], Awaitable[None]], *, patience_s: float = 3 * PATIENCE_S) -> None:
    """Run a coroutine on the loop that the desk runs on, for so many seconds at most."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with asyncio.Runner(loop_factory=partial(qasync.QEventLoop, app)) as runner:
        runner.run(asyncio.wait_for(_run(work), patience_s))
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()


async def _run(work: Callable[[], Awaitable[None]]) -> None:
    await work()


class Person:
    """Somebody at the desk."""

    def __init__(self, door: FrontDoor) -> None:
        """Sit down before the window."""
        self.door = door
        self.frame = door.frame

    @property
    def desk(self) -> Desk:
        """The open desk."""
        assert self.door.desk is not None, "the desk is locked"
        return self.door.desk

    async def sees(self, condition: Callable[[], Any], what: str) -> None:
        """Wait until something can be seen.

        Raises:
            AssertionError: It cannot be seen after a long time.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE_S
        while not condition():
            if loop.time() > until:
                raise AssertionError(f"never saw: {what}; notice: {self.frame.notices.text}")
            await asyncio.sleep(REST_S)

    async def rests(self) -> None:
        """Wait until the desk has done everything it was asked for."""
        await self.door.keeper.quiet()

    def find(self, cls: type[WidgetType], name: str) -> WidgetType:
        """Return the visible widget of a class with an object name or accessible name."""
        for top in (self.dialog, self.frame):
            for each in top.findChildren(cls) if top is not None else ():
                if each.isVisible() and name in {each.objectName(), each.accessibleName()}:
                    return each
        raise AssertionError(f"there is no {cls.__name__} “{name}”")

    @property
    def dialog(self) -> QDialog | None:
        """The dialog that is open, if any."""
        return next((each for each in self.frame.findChildren(QDialog) if each.isVisible()), None)

    async def sees_the_page_again(self) -> None:
        """Wait until the dialog has gone and the keys go to the window."""
        await self.sees(lambda: self.dialog is None, "the page without a dialog")
        await self.rests()
        await self.sees(self.frame.isActiveWindow, "the window in front")

    @property
    def texts(self) -> list[str]:
        """Everything that visible labels say."""
        return [each.text() for each in self.frame.findChildren(QLabel) if each.isVisible()]

    def field(self, name: str) -> QWidget:
        """Return what takes the focus in the field of a form, by the name of the field."""
        for top in (self.dialog, self.frame):
            for box in top.findChildren(QWidget, name) if top is not None else ():
                if box.isVisible() and hasattr(box, "editor"):
                    return box.editor.front  # type: ignore[no-any-return]
        raise AssertionError(f"there is no field “{name}”")

    def type_into(self, widget: QWidget, text: str) -> None:
        """Type a text into a widget, in the place of what was there."""
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(widget, Qt.Key.Key_Delete)
        for letter in text:
            # QTest knows no letters beyond ASCII; an input method sends them like this.
            key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, key)

    def press(self, keys: str) -> None:
        """Press a shortcut wherever the focus is, or goes once a dialog has come to the front."""
        dialog, focus = self.dialog, QApplication.focusWidget()
        is_behind = dialog and dialog.isModal() and focus and focus.window() is self.frame
        if focus is None or is_behind:
            top = dialog or self.frame
            focus = top.focusWidget() or top
        QTest.keySequence(focus, keys)

    def click(self, widget: QWidget) -> None:
        """Click a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def cells(self, column: int = 0) -> list[str]:
        """Return what the lines of the list say in a column."""
        model = self.desk.page.list.model
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]

    async def opens(self, heading: str) -> None:
        """Open a record by clicking its line in the list."""
        await self.sees(lambda: heading in self.cells(), f"line “{heading}”")
        table = self.desk.page.list.table
        index = table.model().index(self.cells().index(heading), 0)
        table.scrollTo(index)
        point = table.visualRect(index).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
        await self.sees(lambda: self.title == heading, f"page of “{heading}”")
        await self.rests()

    @property
    def title(self) -> str:
        """The title of the record page; empty while none is open."""
        label = self.frame.findChild(QLabel, "record-title")
        return label.text() if isinstance(label, QLabel) and label.isVisible() else ""


def choose_from_menu(text: str) -> None:
    """Choose an entry of the menu that is open, by the keyboard."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), "no menu is open"
    entry = next(each for each in menu.actions() if each.text() == text)
    menu.setActiveAction(entry)
    QTest.keyClick(menu, Qt.Key.Key_Return)


@asynccontextmanager
async def at_the_window(
    folder: Path, *, language: str = "en", catalogue: Path | None = None
) -> AsyncIterator[Person]:
    """Open the window on a profile, locked; close it afterwards."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    entrance = Entrance(app, folder, language=language, catalogue=catalogue)
    entrance.show()
    door = FrontDoor(app, entrance, clock)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(door.run(None))
        await asyncio.sleep(0)  # the door has begun before anybody looks
        try:
            yield Person(door)
        finally:
            door.frame.close()
            await running


@asynccontextmanager
async def at_the_desk(
    folder: Path,
    *,
    language: str = "en",
    catalogue: Path | None = None,
    section: str = "contact",
) -> AsyncIterator[Person]:
    """Open the window on a profile, unlock it and go to a section; close it afterwards."""
    async with at_the_window(folder, language=language, catalogue=catalogue) as person:
        await person.sees(person.frame.unlock.isVisible, "the unlock page")
        person.type_into(person.frame.unlock.line, PASSPHRASE)
        person.press("Return")
        await person.sees(lambda: person.door.desk is not None, "the open desk")
        if section == STARTS_WITH:
            await person.sees(lambda: person.desk.going.section, "the first section")
            await person.rests()
            yield person
            return
        await person.sees(lambda: person.desk.page.shown_page == "home", "the home page")
        await person.rests()
        if section != "home":
            person.desk.page.sections.choose(section)
            await person.sees(lambda: person.desk.going.section == section, "the section")
            await person.rests()
        yield person
