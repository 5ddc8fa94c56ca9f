"""Asks for files of this computer; no loop runs within the loop."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.texts import Text, Words


async def files_to_open(parent: QWidget, words: Words, title: Text) -> list[Path]:
    """Return the files that the person chose; none when they changed their mind."""
    dialog = QFileDialog(parent, words(title))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return await _answered(dialog)


async def place_to_save(parent: QWidget, words: Words, title: Text, name: str) -> Path | None:
    """Return where the person wants a file to be written, or nothing."""
    dialog = QFileDialog(parent, words(title))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    return next(iter(await _answered(dialog)), None)


async def _answered(dialog: QFileDialog) -> list[Path]:
    chosen: list[Path] = []
    dialog.filesSelected.connect(lambda files: chosen.extend(Path(each) for each in files))
    await answer_to(dialog)
    return chosen
