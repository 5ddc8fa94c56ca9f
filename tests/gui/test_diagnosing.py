"""The diagnostics file is shown before it is saved, with the desk open or locked."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.diagnosing import DiagnosticsDialog
from makers.desks import Person, at_the_desk, at_the_window, enter, run_on_desk
from makers.dialogs import choose_file


async def shown(person: Person) -> DiagnosticsDialog:
    person.frame.help.diagnostics_asked.emit()
    await person.sees(lambda: isinstance(person.dialog, DiagnosticsDialog), "the file")
    dialog = person.dialog
    assert isinstance(dialog, DiagnosticsDialog)
    return dialog


def test_file_is_shown_then_saved_as_it_was_shown(folder: Path, tmp_path: Path) -> None:
    enter(folder, "contact", {"given_name": "Quetzalkanarie"})
    target = tmp_path / "facts.txt"
    read: list[str] = []

    async def story() -> None:
        async with at_the_desk(folder) as person:
            assert "Quetzalkanarie" in person.cells()
            dialog = await shown(person)
            read.append(dialog.text.toPlainText())
            assert not target.exists()
            assert dialog.text.isReadOnly()
            person.click(dialog.save)
            await choose_file(person, target)
            await person.sees_the_page_again()

    run_on_desk(story)
    assert target.read_text(encoding="utf-8") == read[0]
    assert "[log]" in read[0]
    assert "Quetzalkanarie" not in read[0]


def test_file_can_be_copied_while_the_desk_is_locked_and_is_not_kept(folder: Path) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            await person.sees(person.frame.unlock.isVisible, "the unlock page")
            dialog = await shown(person)
            person.click(dialog.copy)
            assert QApplication.clipboard().text() == dialog.text.toPlainText()
            dialog.reject()
            await person.sees(lambda: person.dialog is None, "the page")
            await person.rests()

    before = {each.name for each in folder.iterdir()}
    run_on_desk(story)
    assert {each.name for each in folder.iterdir()} - before <= {"logs", "store.lock"}
