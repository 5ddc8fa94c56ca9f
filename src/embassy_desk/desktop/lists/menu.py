"""The menu of the list, with its keys."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from embassy_desk.desktop.kit.acts import Act
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import action, menu
from embassy_desk.texts import N_, Text

SEPARATOR = ""


class ListMenu(QObject):
    """Says which act was chosen.

    Attributes:
        asked: An act is wanted; carries its name.
        acts: The actions by name.
    """

    asked = Signal(str)

    def __init__(self, phrases: Phrases, window: QWidget) -> None:
        """Make the menu; the window puts it into its bar."""
        super().__init__(window)
        self.menu = menu(phrases, N_("&List"), window)
        self.acts: dict[str, Act] = {}
        for name, text, keys in _ACTS:
            if name == SEPARATOR:
                self.menu.addSeparator()
                continue
            made = action(phrases, text, window, keys=keys)
            made.setObjectName(name)
            made.triggered.connect(partial(self._on_triggered, name))
            self.menu.addAction(made)
            self.acts[name] = made

    def _on_triggered(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.asked.emit(name)


_ACTS: tuple[tuple[str, Text, str], ...] = (
    ("add_filter", N_("Show only …"), "Ctrl+Shift+L"),
    ("field_filter", N_("Filter by a field …"), ""),
    ("go_to_filters", N_("Go to the filters"), "Ctrl+Shift+G"),
    ("clear_filters", N_("Remove all filters"), "Ctrl+Shift+Backspace"),
    (SEPARATOR, N_("Views"), ""),
    ("views", N_("Views …"), "Ctrl+Shift+W"),
    ("save_view", N_("Save as a view …"), ""),
    ("columns", N_("Columns …"), "Ctrl+Shift+C"),
    ("sort", N_("Sort by …"), "Ctrl+Shift+O"),
    (SEPARATOR, N_("Many at once"), ""),
    ("choose_all", N_("Choose every record of the list"), "Ctrl+Shift+A"),
    ("bulk_set", N_("Set a field …"), "Ctrl+Shift+H"),
    ("bulk_tag", N_("Add a tag …"), "Ctrl+Shift+T"),
    ("bulk_untag", N_("Take off a tag …"), ""),
    ("bulk_list", N_("Put on a contact list …"), ""),
    ("bulk_archive", N_("Archive what is chosen …"), ""),
    ("bulk_trash", N_("Put what is chosen in the trash"), ""),
    ("bulk_back", N_("Bring back what is chosen"), ""),
    (SEPARATOR, N_("Out of the desk"), ""),
    ("print_list", N_("Print this list …"), "Ctrl+P"),
    ("export_list", N_("Write to a file …"), "Ctrl+Shift+E"),
)
"""Name, words and keys of every act; an empty name stands for a line, with what follows it."""
