"""The history tab: when, who, and what was done, in plain sentences."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
)

from embassy_desk.application.sheets import FieldChange, RecordHistory
from embassy_desk.desktop.kit.days import time_text
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import action, menu, named
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.records.past import PastLine, past_lines, restoring_text
from embassy_desk.texts import N_, Words

MOST_LINES = 300
"""Newest changes shown; a record has rarely more, and more would be slow to lay out."""

_COLUMNS = (N_("When"), N_("By whom"), N_("What"))


class PastTable(QTableWidget):
    """Shows what happened to a record; Enter or the menu of a line offers its former values.

    Attributes:
        restore_asked: A former value should stand in its field again; carries the change.
    """

    restore_asked = Signal(FieldChange)

    def __init__(self, outfit: Outfit) -> None:
        """Begin empty."""
        super().__init__(0, len(_COLUMNS))
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._history: RecordHistory | None = None
        named(self._phrases, self, N_("History"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setProperty("role", "told")
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setColumnWidth(0, self.fontMetrics().averageCharWidth() * 20)
        self.setColumnWidth(1, self.fontMetrics().averageCharWidth() * 22)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._lines: tuple[PastLine, ...] = ()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_asked)
        self._say_columns()

    def show_history(self, history: RecordHistory) -> None:
        """Show what happened, newest first."""
        self._history = history
        lines = self._lines = past_lines(history, self._outfit.reader())[:MOST_LINES]
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            cells = (time_text(line.at, self._outfit.zone), line.who, "\n".join(line.sentences))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self.setItem(row, column, item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer the former values of the chosen line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_menu_asked(self.visualItemRect(self.currentItem()).bottomLeft())
        else:
            super().keyPressEvent(event)

    def former_values(self, row: int) -> QMenu | None:
        """Return the menu of the former values of a line; nothing where there are none."""
        if self._history is None or not 0 <= row < len(self._lines):
            return None
        made = menu(self._phrases, N_("Former values"), self)
        reader = self._outfit.reader()
        told = Reader(reader.words, reader.lists, reader.zone, self._history.names)
        for change in self._lines[row].former:
            each = action(self._phrases, restoring_text(self._history, change, told), self)
            each.triggered.connect(partial(self._on_restore, change))
            made.addAction(each)
        return made if made.actions() else None

    @property
    def names(self) -> Mapping[UUID, str]:
        """What the records that the history names are called."""
        return self._history.names if self._history is not None else {}

    def _on_menu_asked(self, point: QPoint) -> None:
        offered = self.former_values(self.currentRow())
        if offered is not None:
            offered.popup(self.viewport().mapToGlobal(point))

    def _on_restore(self, change: FieldChange, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.restore_asked.emit(change)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self._say_columns()
        if self._history is not None:
            self.show_history(self._history)

    def _say_columns(self) -> None:
        self.setHorizontalHeaderLabels([self._phrases.words(each) for each in _COLUMNS])
