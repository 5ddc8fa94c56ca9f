"""What makes the window quick: values by name, a cross of our own, a page furnished in steps."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from embassy_desk.application.profile import open_profile
from embassy_desk.desktop.kit.by_name import set_by_name
from embassy_desk.desktop.kit.clearing import let_clear
from embassy_desk.desktop.kit.icons import Icons
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import plain_label, selectable
from embassy_desk.desktop.session import Session
from embassy_desk.settings.places import resources
from embassy_desk.texts import Words
from makers.desks import PASSPHRASE, at_the_desk, at_the_window, clock, run_on_desk


def test_value_is_set_by_the_name_that_qt_knows(qtbot: Any) -> None:
    label = selectable(plain_label())
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.textInteractionFlags() == Qt.TextInteractionFlag.TextSelectableByMouse


@pytest.mark.parametrize(
    ("name", "value"), [("textFormat", "NoSuchText"), ("nothing", "PlainText")]
)
def test_name_that_qt_does_not_know_is_refused(qtbot: Any, name: str, value: str) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    with pytest.raises(LookupError, match=name):
        set_by_name(label, name, value)


def test_cross_empties_a_field_and_is_there_while_something_stands_in_it(qtbot: Any) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    cross = let_clear(line, Icons(resources() / "icons"), Phrases(Words("en")))
    line.show()
    assert not cross.isVisible()
    line.setText("something")
    assert cross.isVisible()
    (button,) = line.findChildren(QToolButton)
    assert button.accessibleName() == "Empty this field"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert line.text() == ""
    assert not cross.isVisible()


def test_store_is_closed_where_somebody_leaves_while_the_page_is_furnished(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            profile = open_profile(folder, PASSPHRASE, clock)
            session: Session = person.door.session
            rooms = await person.door.rooms

            def stops(_page: object) -> Any:
                yield
                raise asyncio.CancelledError

            monkeypatch.setattr(rooms.DeskPage, "furnish", stops)
            with pytest.raises(asyncio.CancelledError):
                await session.enter(profile)
            assert profile.key.is_wiped
            assert session.desk is None

    run_on_desk(story)


def test_page_that_comes_too_late_takes_nobody_away(folder: Path) -> None:
    """Pages are loaded when the first of them is wanted; the person may go elsewhere meanwhile."""

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            page = person.desk.page
            person.door.keeper.start(person.desk.pages.show("calendar"), name="late")
            await asyncio.sleep(0)
            page.show_list()
            await person.rests()
            assert page.shown_page == ""
            await person.desk.pages.show("calendar")
            assert page.shown_page == "calendar"

    run_on_desk(story)
