"""The history tab: when, who, and what was done, in plain sentences; two moments compared."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from embassy_desk.application.sheets import FieldChange, RecordHistory
from embassy_desk.desktop.kit.days import time_text
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import action, button, menu, named, said
from embassy_desk.desktop.kit.told_table import ToldTable
from embassy_desk.desktop.records.moments import MomentsDialog
from embassy_desk.desktop.records.past import PastLine, past_lines, reader_of, restoring_text
from embassy_desk.texts import N_, Words

MOST_LINES = 300
"""Newest changes shown; a record has rarely more, and more would be slow to lay out."""

_COLUMNS = (N_("When"), N_("By whom"), N_("What"))
_WHEN_CHARACTERS, _WHO_CHARACTERS = 19, 17
_TWO = 2


class PastTable(ToldTable):
    """The lines of a history.

    Attributes:
        menu_asked: What can be done with the chosen lines should be offered; carries where.
    """

    menu_asked = Signal(QPoint)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(len(_COLUMNS))
        self.make_wide(0, _WHEN_CHARACTERS)
        self.make_wide(1, _WHO_CHARACTERS)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_asked)

    @property
    def chosen(self) -> list[int]:
        """The rows that are chosen, from the top."""
        return sorted(each.row() for each in self.selectionModel().selectedRows())

    def enter_row(self) -> None:
        """Offer what can be done with the chosen lines."""
        self.menu_asked.emit(self.visualItemRect(self.currentItem()).bottomLeft())


class PastPane(QWidget):
    """Shows what happened to a record; Enter or the menu of a line offers its former values.

    Attributes:
        restore_asked: A former value should stand in its field again; carries the change.
    """

    restore_asked = Signal(FieldChange)

    def __init__(self, outfit: Outfit) -> None:
        """Begin empty."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._history: RecordHistory | None = None
        self._lines: tuple[PastLine, ...] = ()
        self.table = PastTable()
        named(self._phrases, self.table, N_("History"))
        self.compare = button(self._phrases, N_("Compare two moments …"))
        self._build()
        self.compare.clicked.connect(self.compare_chosen)
        self.table.menu_asked.connect(self._on_menu_asked)
        self.table.itemSelectionChanged.connect(self._allow)
        self._allow()
        self._say_columns()

    def _build(self) -> None:
        hint = N_("Choose two lines with Ctrl or Shift. Enter offers what a field held before.")
        top = QHBoxLayout()
        top.addWidget(self.compare)
        top.addWidget(said(self._phrases, hint, "small"), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 10, 12, 8)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)

    def show_history(self, history: RecordHistory) -> None:
        """Show what happened, newest first."""
        self._history = history
        lines = self._lines = past_lines(history, self._outfit.reader())[:MOST_LINES]
        zone = self._outfit.zone
        self.table.show_rows(
            [(time_text(each.at, zone), each.who, "\n".join(each.sentences)) for each in lines]
        )
        self._allow()

    def former_values(self, row: int) -> QMenu | None:
        """Return the menu of the former values of a line; nothing where there are none."""
        if self._history is None or not 0 <= row < len(self._lines):
            return None
        made = menu(self._phrases, N_("Former values"), self)
        told = reader_of(self._history, self._outfit.reader())
        for change in self._lines[row].former:
            each = action(self._phrases, restoring_text(self._history, change, told), self)
            each.triggered.connect(partial(self._on_restore, change))
            made.addAction(each)
        return made if made.actions() else None

    def compare_chosen(self) -> None:
        """Show what differs between the two lines that are chosen."""
        chosen = self.table.chosen
        if self._history is None or len(chosen) != _TWO:
            return
        later, earlier = (self._lines[each] for each in chosen)
        MomentsDialog(self.window(), self._outfit, self._history, (earlier, later)).open()

    @property
    def names(self) -> Mapping[UUID, str]:
        """What the records that the history names are called."""
        return self._history.names if self._history is not None else {}

    def _allow(self) -> None:
        self.compare.setEnabled(len(self.table.chosen) == _TWO)

    def _on_menu_asked(self, point: QPoint) -> None:
        if len(self.table.chosen) == _TWO:
            self.compare_chosen()
            return
        offered = self.former_values(self.table.currentRow())
        if offered is not None:
            offered.popup(self.table.viewport().mapToGlobal(point))

    def _on_restore(self, change: FieldChange, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.restore_asked.emit(change)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self._say_columns()
        if self._history is not None:
            self.show_history(self._history)

    def _say_columns(self) -> None:
        words = self._phrases.words
        self.table.setHorizontalHeaderLabels([words(each) for each in _COLUMNS])
