"""A fault of the program has a number: it is shown, copied, and found in the log."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.incident import IncidentDialog
from embassy_desk.desktop.log_window import LogDialog
from makers.desks import Person, at_the_desk, at_the_window, enter, run_on_desk

NAME = "Quetzalkanarie"


async def shown_incident(person: Person) -> IncidentDialog:
    """Let the program fail over a record, and ask for more."""
    number = person.door.keeper.report(ValueError(f"{NAME} is broken"))
    assert number in person.frame.notices.text
    person.click(person.frame.notices.more)
    await person.sees(lambda: isinstance(person.dialog, IncidentDialog), "the incident")
    dialog = person.dialog
    assert isinstance(dialog, IncidentDialog)
    assert dialog.number.text() == number
    return dialog


async def shown_log(person: Person) -> LogDialog:
    await person.sees(lambda: isinstance(person.dialog, LogDialog), "the log")
    dialog = person.dialog
    assert isinstance(dialog, LogDialog)
    return dialog


def test_an_incident_is_copied_by_its_number_and_found_in_the_log(
    folder: Path, caplog: object
) -> None:
    assert caplog is not None  # the fault is logged on purpose
    enter(folder, "contact", {"given_name": NAME})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            dialog = await shown_incident(person)
            number = dialog.number.text()
            person.click(dialog.copy)
            assert QApplication.clipboard().text() == number
            person.click(dialog.log)
            log = await shown_log(person)
            lines = log.text.toPlainText().splitlines()
            assert lines[0].endswith(f"CRITICAL desktop.kit.keeper: incident {number}")
            assert "ValueError" in log.text.toPlainText()
            assert NAME not in log.text.toPlainText()
            log.filter.clear()
            assert len(log.text.toPlainText().splitlines()) >= len(lines)
            log.filter.setText("there is no such word")
            assert log.text.toPlainText() == ""
            log.reject()
            await person.sees_the_page_again()

    run_on_desk(story)


def test_the_log_is_read_and_copied_while_the_desk_is_locked(folder: Path, caplog: object) -> None:
    assert caplog is not None

    async def story() -> None:
        async with at_the_window(folder) as person:
            await person.sees(person.frame.unlock.isVisible, "the unlock page")
            await person.sees(person.door.rooms.done, "the rest of the desk")
            await person.rests()
            number = person.door.keeper.report(KeyError(NAME))
            person.frame.help.log_asked.emit()
            log = await shown_log(person)
            log.grave.setChecked(True)
            person.click(log.copy)
            copied = QApplication.clipboard().text()
            assert number in copied
            assert " INFO " not in copied
            assert NAME not in copied
            log.reject()
            await person.sees(lambda: person.dialog is None, "the page without a dialog")

    run_on_desk(story)


def test_the_program_is_left_when_the_person_quits(folder: Path, caplog: object) -> None:
    assert caplog is not None

    async def story() -> None:
        async with at_the_desk(folder) as person:
            asked: list[bool] = []
            person.frame.quit_asked.connect(lambda: asked.append(True))
            dialog = await shown_incident(person)
            person.click(dialog.quit)
            await person.sees(lambda: asked, "that the program is left")

    run_on_desk(story)
