"""The reminder centre: told at the start, seen to and put off by keys, opened by Enter."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSystemTrayIcon

from embassy_desk.desktop.reminders.screen import RemindersScreen
from makers.desks import NOW, Person, at_the_desk, enter, run_on_desk

TODAY = NOW.date()
TASKS = ({"title": "Gọi Bộ Ngoại giao", "due_on": TODAY}, {"title": "Viết", "due_on": TODAY})


def centre_of(person: Person) -> RemindersScreen:
    """Return the page."""
    page = person.frame.findChild(RemindersScreen)
    assert isinstance(page, RemindersScreen)
    return page


def texts_of(person: Person) -> list[str]:
    """Return what the list of reminders says."""
    return [each.text for each in centre_of(person).lines.lines.entries]


def test_new_reminders_are_told_at_the_start_without_what_they_are_about(folder: Path) -> None:
    enter(folder, "task", *TASKS)

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            assert person.frame.notices.text == "You have 2 new reminders."
            assert not QSystemTrayIcon.isSystemTrayAvailable()
            person.frame.notices.way_asked.emit("reminders")
            await person.sees(lambda: person.desk.going.section == "reminder", "the reminders")
            await person.rests()
        async with at_the_desk(folder, section="home") as person:
            assert person.frame.notices.text == ""

    run_on_desk(story)


def test_reminders_are_seen_to_put_off_and_opened_by_keys(folder: Path) -> None:
    enter(folder, "task", *TASKS)

    async def story() -> None:
        async with at_the_desk(folder, section="reminder") as person:
            assert texts_of(person) == ["Tasks", "Gọi Bộ Ngoại giao", "Viết"]
            person.press("F6")
            page = centre_of(person)
            assert page.lines.hasFocus()
            person.press("Del")
            await person.sees(lambda: texts_of(person) == ["Tasks", "Viết"], "one less")
            assert page.chosen is not None
            assert page.chosen.heading == "Viết"
            QTest.keyClick(page.lines, Qt.Key.Key_Return)
            await person.sees(lambda: person.title == "Viết", "the task")
            await person.rests()
            person.press("Ctrl+Shift+R")
            await person.sees(lambda: person.desk.going.section == "reminder", "the reminders")
            await person.rests()
            page.lines.setFocus()
            person.press("Ctrl+T")
            nothing = "There is nothing to be reminded of."
            await person.sees(lambda: nothing in person.texts, "that nothing is left")
            assert not page.acts["seen"].isEnabled()

    run_on_desk(story)
