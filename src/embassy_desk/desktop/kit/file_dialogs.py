"""Asks for files of this computer; no loop runs within the loop."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.texts import Text, Words


async def files_to_open(parent: QWidget, words: Words, title: Text) -> list[Path]:
    """Return the files that the person chose; none when they changed their mind."""
    dialog = QFileDialog(parent, words(title))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return await _answered(dialog)


async def place_to_save(
    parent: QWidget, words: Words, title: Text, name: str, forms: Mapping[str, Text] | None = None
) -> Path | None:
    """Return where the person wants a file to be written, or nothing.

    The system asks before a file is replaced.

    Args:
        parent: On which the dialog stands.
        words: The language.
        title: What is to be saved.
        name: The name that is suggested; without its ending where forms are offered.
        forms: Forms to choose from, by their ending without dot; the first one is suggested.
    """
    dialog = QFileDialog(parent, words(title))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if forms:
        endings = {f"{words(form)} (*.{ending})": ending for ending, form in forms.items()}
        dialog.setNameFilters(list(endings))
        dialog.setDefaultSuffix(next(iter(forms)))
        dialog.filterSelected.connect(lambda shown: dialog.setDefaultSuffix(endings[shown]))
    dialog.selectFile(name)
    return next(iter(await _answered(dialog)), None)


async def _answered(dialog: QFileDialog) -> list[Path]:
    chosen: list[Path] = []
    dialog.filesSelected.connect(lambda files: chosen.extend(Path(each) for each in files))
    await answer_to(dialog)
    return chosen
