"""A morning at the desk by keyboard alone: nothing is clicked, chosen or focused but by keys."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QWidget

from embassy_desk.application.office import perform
from embassy_desk.application.records import enter_record
from makers.desks import PASSPHRASE, Person, at_the_window, make_profile, opened_store, run_on_desk

MOST_TABS = 150


def focused() -> QWidget:
    """Return what the keys go to."""
    widget = QApplication.focusWidget()
    assert widget is not None, "the keys go nowhere"
    return widget


def name_of(widget: QWidget) -> str:
    """Return what a screen reader says the widget is."""
    return widget.accessibleName() or getattr(widget, "text", str)()


def write(text: str) -> None:
    """Type a text to where the keys go."""
    for letter in text:
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(focused(), key)


async def tab_to(person: Person, name: str) -> QWidget:
    """Press Tab until the keys go to what has a name; fails when that is never reached."""
    passed: list[str] = []
    for _ in range(MOST_TABS):
        passed.append(name_of(focused()))
        if passed[-1] == name:
            return focused()
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        await asyncio.sleep(0)
    raise AssertionError(f"no “{name}” on the way: {passed}")


async def fill(person: Person, name: str, text: str) -> None:
    """Go to a field and type a text in the place of what was there."""
    await tab_to(person, name)
    person.press("Ctrl+A")
    write(text)


async def link(person: Person, name: str, text: str) -> None:
    """Go to a field that names a record, search for it and take the first that is found."""
    await fill(person, name, text)
    await person.sees(lambda: is_offered(text), f"“{text}” among those found")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    await person.sees(lambda: not is_offered(text), "the end of the search")


def is_offered(text: str) -> bool:
    """Say whether a list of results is open that names a record with a text."""
    lists = [each for each in QApplication.allWidgets() if isinstance(each, QListView)]
    indices = (
        each.model().index(row, 0)
        for each in lists
        if each.isVisible() and each.model() is not None
        for row in range(each.model().rowCount())
    )
    return any(text in str(index.data()) for index in indices)


async def push(person: Person, name: str) -> None:
    """Go to a button and press it by the space bar."""
    button = await tab_to(person, name)
    assert button.isEnabled()
    QTest.keyClick(button, Qt.Key.Key_Space)


def can_press(person: Person, name: str) -> bool:
    """Say whether a button is there and can be pressed."""
    buttons = person.frame.findChildren(QPushButton)
    return any(each.isVisible() and each.isEnabled() and name_of(each) == name for each in buttons)


async def push_in_dialog(person: Person, name: str) -> None:
    """Press a button of the dialog, which goes away."""
    await push(person, name)
    await person.sees_the_page_again()


@pytest.fixture
def folder(qapp: QApplication, tmp_path: Path) -> Path:
    """A profile with an organisation and an agreement that has almost all it needs."""
    profile = make_profile(tmp_path)
    with opened_store(profile) as store:
        perform(store, enter_record, "organisation", {"name_vi": "Viện Bán dẫn Sakura"})
        agreement = {
            "title_vi": "Bản ghi nhớ bán dẫn", "form": "mou", "country": "JP",
            "topics": "semiconductors", "lead_ministry_then": "Bộ Khoa học và Công nghệ",
        }  # fmt: skip
        perform(store, enter_record, "agreement", agreement)
    return profile


async def go(person: Person, keys: str, section: str) -> None:
    """Go to a section by its keys."""
    person.press(keys)
    await person.sees(lambda: person.desk.going.section == section, section)
    await person.rests()


async def unlock(person: Person) -> None:
    await person.sees(QApplication.focusWidget, "where the keys go")
    write(PASSPHRASE)
    person.press("Return")
    await person.sees(lambda: person.door.desk is not None, "the open desk")
    await person.sees(lambda: person.desk.page.shown_page == "home", "the home page")
    await person.rests()


async def enter_contact(person: Person) -> None:
    await go(person, "Ctrl+1", "contact")
    person.press("Ctrl+N")
    await person.sees(lambda: person.title.startswith("New: "), "an empty form")
    await fill(person, "Family name", "Tanaka")
    await fill(person, "Given name", "Hana")
    await push(person, "Add to “Positions”")
    await person.sees(lambda: person.dialog, "the form of a position")
    await link(person, "Organisation", "Sakura")
    await fill(person, "Position in Vietnamese", "Giám đốc")
    await push_in_dialog(person, "Save")
    person.press("Ctrl+S")
    await person.sees(lambda: "was entered" in person.frame.notices.text, "the contact")
    await person.rests()


async def record_engagement(person: Person) -> None:
    await go(person, "Ctrl+3", "engagement")
    person.press("Ctrl+N")
    await person.sees(lambda: person.title.startswith("New: "), "an empty form")
    await fill(person, "Subject", "Hợp tác bán dẫn")
    await fill(person, "Held on", "22/11/2026")
    await push(person, "Add to “From their side”")
    await person.sees(lambda: person.dialog, "the form of a participant")
    await link(person, "Contact", "Tanaka")
    await push_in_dialog(person, "Save")
    await push(person, "Add to “Commitments”")
    await person.sees(lambda: person.dialog, "the form of a commitment")
    await fill(person, "Text", "Gửi dự thảo bản ghi nhớ")
    await fill(person, "Due on", "30/11/2026")
    await push_in_dialog(person, "Save")
    person.press("Ctrl+S")
    await person.sees(lambda: "Hợp tác bán dẫn" in person.frame.notices.text, "the engagement")
    await person.rests()


async def move_the_agreement(person: Person) -> None:
    await go(person, "Ctrl+4", "agreement")
    await tab_to(person, "Agreements")
    person.press("Home")
    await person.sees(lambda: person.title == "Bản ghi nhớ bán dẫn", "the agreement")
    await person.rests()
    step = person.find(QPushButton, "Start scoping")
    assert not step.isEnabled()
    assert step.accessibleDescription() == "The reason for pursuing it is missing."
    await push(person, "Mandate and negotiation")
    await fill(person, "Why it is pursued", "Phía bạn đề nghị.")
    person.press("Ctrl+S")
    await person.sees(lambda: can_press(person, "Start scoping"), "the step that can be taken")
    await person.rests()
    await push(person, "Start scoping")
    await person.sees(lambda: person.dialog, "the question about the step")
    await push_in_dialog(person, "Save")
    await person.sees(lambda: any(each.startswith("Stage 2 of") for each in person.texts), "2")
    person.press("Ctrl+Z")
    await person.sees(lambda: any(each.startswith("Stage 1 of") for each in person.texts), "1")
    await person.rests()


def test_morning_at_the_desk_by_keyboard_alone(folder: Path) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            await unlock(person)
            await enter_contact(person)
            await record_engagement(person)
            await go(person, "Ctrl+7", "task")
            await person.sees(lambda: "Gửi dự thảo bản ghi nhớ" in person.cells(), "the task")
            await move_the_agreement(person)

    run_on_desk(story)
