"""In which forms records leave the desk as files, and the dialogs that ask for one and a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from embassy_desk.application.exporting import forms_of
from embassy_desk.desktop.file_scope import FileScope
from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.lists.pick_dialog import PickDialog
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.texts import N_, Text


@dataclass(frozen=True)
class FileForm:
    """One form in which records are written.

    Attributes:
        label: What it is called.
        suffix: Ending of the file, with the dot.
        is_shown: Whether the table is written as the screen shows it.
        card_version: Version of cards.
    """

    label: Text
    suffix: str
    is_shown: bool = False
    card_version: str = "3.0"


SHOWN = (
    FileForm(N_("Table as shown, XLSX"), ".xlsx", is_shown=True),
    FileForm(N_("Table as shown, CSV"), ".csv", is_shown=True),
)
_WHOLE = (
    FileForm(N_("Whole records to be read back, XLSX"), ".xlsx"),
    FileForm(N_("Whole records to be read back, CSV"), ".csv"),
    FileForm(N_("Whole records to be read back, JSON"), ".json"),
    FileForm(N_("Visiting cards, vCard"), ".vcf"),
    FileForm(N_("Visiting cards, vCard 4.0"), ".vcf", card_version="4.0"),
    FileForm(N_("For a calendar, ICS"), ".ics"),
)


def whole_forms(kind: str) -> tuple[FileForm, ...]:
    """Return the forms in which whole records of a kind are written."""
    known = forms_of(kind)
    return tuple(each for each in _WHOLE if each.suffix in known)


async def asked_form(
    window: Frame,
    outfit: Outfit,
    forms: Iterable[FileForm],
    scope: FileScope | None = None,
) -> FileForm | None:
    """Ask for a form, and for which records if that is open; nothing when the person turned back.

    Args:
        window: On which the dialog stands.
        outfit: The language.
        forms: What is offered.
        scope: Takes which records are meant.
    """
    named = {outfit.words(each.label): each for each in forms}
    dialog = PickDialog(window, outfit, N_("Write to a file"), N_("Next"), named, scope)
    return named.get(dialog.picked) if await answer_to(dialog) else None


async def asked_place(window: Frame, outfit: Outfit, suffix: str, name: str) -> Path | None:
    """Ask for the file; nothing when the person turned back.

    Args:
        window: On which the dialog stands.
        outfit: The language.
        suffix: Ending of the file.
        name: The name that is suggested, without ending.
    """
    dialog = QFileDialog(window, outfit.words(N_("Write to a file")))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"*{suffix}")
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(f"{name}{suffix}")
    accepted = await answer_to(dialog)
    files = dialog.selectedFiles()
    return Path(files[0]) if accepted and files else None
