"""The history tab: when, who, and what was done, in plain sentences."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from embassy_desk.application.sheets import RecordHistory
from embassy_desk.desktop.kit.days import time_text
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named
from embassy_desk.desktop.records.past import past_lines
from embassy_desk.texts import N_, Words

MOST_LINES = 300
"""Newest changes shown; a record has rarely more, and more would be slow to lay out."""

_COLUMNS = (N_("When"), N_("By whom"), N_("What"))


class PastTable(QTableWidget):
    """Shows what happened to a record."""

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
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setColumnWidth(0, self.fontMetrics().averageCharWidth() * 20)
        self.setColumnWidth(1, self.fontMetrics().averageCharWidth() * 22)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._say_columns()

    def show_history(self, history: RecordHistory) -> None:
        """Show what happened, newest first."""
        self._history = history
        lines = past_lines(history, self._outfit.reader())[:MOST_LINES]
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            cells = (time_text(line.at, self._outfit.zone), line.who, "\n".join(line.sentences))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self.setItem(row, column, item)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self._say_columns()
        if self._history is not None:
            self.show_history(self._history)

    def _say_columns(self) -> None:
        self.setHorizontalHeaderLabels([self._phrases.words(each) for each in _COLUMNS])
