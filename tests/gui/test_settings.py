"""The dialog of settings: what is chosen holds at once and comes back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QPushButton

from embassy_desk.desktop.settings.screen import SettingsDialog
from embassy_desk.settings.person import NAMES, SETTINGS_FILE, SettingsFile, ThemeChoice
from embassy_desk.settings.places import translations
from makers.desks import STARTS_WITH, Person, at_the_desk, at_the_window, enter, run_on_desk


def choose(person: Person, name: str, text: str) -> None:
    """Choose a value in the dialog as a person does with the keyboard."""
    box = person.find(QComboBox, name)
    at = box.findText(text)
    assert at >= 0, [box.itemText(n) for n in range(box.count())]
    box.setFocus()
    step = Qt.Key.Key_Down if at > box.currentIndex() else Qt.Key.Key_Up
    while box.currentIndex() != at:
        QTest.keyClick(box, step)


async def opened(person: Person) -> SettingsDialog:
    """Open the dialog by its keys."""
    await person.sees(person.frame.isActiveWindow, "the window in front")
    person.press("Ctrl+,")
    await person.sees(lambda: person.dialog, "the settings")
    dialog = person.dialog
    assert isinstance(dialog, SettingsDialog)
    return dialog


def test_every_setting_stands_in_the_dialog_and_has_a_name(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            dialog = await opened(person)
            assert list(dialog.boxes) == list(NAMES)
            for box in dialog.boxes.values():
                assert box.accessibleName()
                assert box.accessibleDescription()
                assert box.count() > 1
            await person.sees(dialog.boxes["language"].hasFocus, "the focus on the first")
            person.press("Escape")
            await person.sees_the_page_again()

    run_on_desk(story)


def test_language_theme_and_size_hold_at_once(folder: Path) -> None:
    enter(folder, "contact", {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder, catalogue=translations()) as person:
            await person.opens("An")
            table = person.desk.page.list.table
            high = table.verticalHeader().defaultSectionSize()
            dialog = await opened(person)
            choose(person, "text_size", "Very large")
            assert QApplication.font().pointSizeF() == pytest.approx(13.5)
            choose(person, "density", "Compact")
            await person.sees(
                lambda: table.verticalHeader().defaultSectionSize() != high, "other lines"
            )
            choose(person, "theme", "Dark")
            assert person.frame.themes["dark"].isChecked()
            choose(person, "language", "Vietnamese (Tiếng Việt)")
            assert dialog.windowTitle() == "Cài đặt"
            assert dialog.boxes["density"].currentText() == "Gọn"
            assert person.frame.languages["vi"].isChecked()
            assert "Họ" in person.texts
            assert dialog.isVisible()
            person.click(dialog.reset)
            assert QApplication.font().pointSizeF() == pytest.approx(10)

    run_on_desk(story)


def test_desk_opens_with_the_section_that_was_chosen(folder: Path) -> None:
    SettingsFile(folder).change(start_page="agreement")

    async def story() -> None:
        async with at_the_desk(folder, section=STARTS_WITH) as person:
            assert person.desk.going.section == "agreement"
            dialog = await opened(person)
            assert dialog.boxes["start_page"].currentText() == "Agreements"
            choose(person, "start_page", "Tasks")

    run_on_desk(story)
    assert SettingsFile(folder).current.start_page == "task"


def test_unknown_section_gives_way_to_the_first(folder: Path) -> None:
    SettingsFile(folder).change(start_page="gone")

    async def story() -> None:
        async with at_the_desk(folder, section=STARTS_WITH) as person:
            assert person.desk.going.section == next(iter(person.desk.page.sections.pages))

    run_on_desk(story)


def test_settings_open_before_the_store_does(folder: Path) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            await person.sees(person.frame.unlock.isVisible, "the unlock page")
            dialog = await opened(person)
            assert "start_page" not in dialog.boxes
            choose(person, "theme", "Dark")
            person.click(person.find(QPushButton, "Close"))
            await person.sees(lambda: person.dialog is None, "the page without a dialog")
            assert person.frame.findChildren(QDialog) == [] or not dialog.isVisible()

    run_on_desk(story)
    assert SettingsFile(folder).current.theme is ThemeChoice.DARK


def test_damaged_settings_are_told(folder: Path) -> None:
    (folder / SETTINGS_FILE).write_text("{", encoding="utf-8")

    async def story() -> None:
        async with at_the_desk(folder) as person:
            told = person.frame.findChild(QLabel, "notice-text")
            assert isinstance(told, QLabel)
            assert "could not be read" in told.text()

    run_on_desk(story)
