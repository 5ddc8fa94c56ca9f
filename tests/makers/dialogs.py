"""What a person does in the dialogs that ask which form and which file."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from embassy_desk.desktop.lists.pick_dialog import PickDialog
from makers.desks import Person


async def choose_form(person: Person, form: str) -> None:
    """Choose one of the forms that are offered, by its name."""
    await person.sees(lambda: isinstance(person.dialog, PickDialog), "the choice of forms")
    dialog = person.dialog
    assert isinstance(dialog, PickDialog)
    texts = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    dialog.list.setCurrentRow(texts.index(form))
    person.click(person.find(QPushButton, "Next"))


async def choose_file(person: Person, path: Path) -> None:
    """Choose a file, to open it or to write over it."""
    await person.sees(lambda: isinstance(person.dialog, QFileDialog), "the choice of a file")
    dialog = person.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # the system's own question
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(name, QLineEdit)
    name.setText(str(path))
    dialog.accept()
