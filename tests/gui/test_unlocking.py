"""The unlock page: painted first, opens the store, says in words why it does not."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit

from makers.desks import at_the_desk, at_the_window, run_on_desk


def test_right_passphrase_opens_the_desk(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            assert person.desk.page.isVisible()
            assert person.frame.unlock.line.text() == ""

    run_on_desk(story)


def test_wrong_passphrase_is_refused_in_words(folder: Path) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            await person.sees(person.frame.unlock.isVisible, "the unlock page")
            person.type_into(person.frame.unlock.line, "something else")
            person.press("Return")
            problem = person.frame.findChild(QLabel, "unlock-problem")
            await person.sees(problem.isVisible, "why it did not open")
            assert problem.text()
            assert person.door.desk is None
            assert person.frame.unlock.line.hasFocus()

    run_on_desk(story)


def test_passphrase_is_marked_as_one(folder: Path) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            await person.sees(person.frame.unlock.isVisible, "the unlock page")
            line = person.find(QLineEdit, "Passphrase")
            assert line.echoMode() is QLineEdit.EchoMode.Password

    run_on_desk(story)
