"""Asks into which file a report is to be written."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.texts import N_

_FORMS = (
    (N_("Word document"), "docx"),
    (N_("PDF document"), "pdf"),
    (N_("Excel workbook"), "xlsx"),
    (N_("Table for other programs"), "csv"),
)


def ask_for_file(
    window: QWidget, outfit: Outfit, suggested: str, chosen: Callable[[Path], object]
) -> QFileDialog:
    """Open a dialog for the file and hand its path on; the system asks before one is replaced.

    Args:
        window: On which the dialog stands.
        outfit: The language.
        suggested: Name without its ending.
        chosen: Is given the path; not called when the person thinks better of it.
    """
    words = outfit.words
    dialog = QFileDialog(window, words(N_("Save the report")))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    endings = {f"{words(title)} (*.{ending})": ending for title, ending in _FORMS}
    dialog.setNameFilters(list(endings))
    dialog.setDefaultSuffix(_FORMS[0][1])
    dialog.selectFile(suggested)
    dialog.filterSelected.connect(lambda shown: dialog.setDefaultSuffix(endings[shown]))
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
