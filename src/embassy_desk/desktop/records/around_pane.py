"""A tab that lists what lies around a record; Enter opens a line."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.around import Around
from embassy_desk.desktop.kit.days import day_text
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, safe_tooltip, said
from embassy_desk.texts import N_, Text, Words

_COLUMNS = (N_("Day"), N_("What"), N_("Name"))
_WHAT_CHARACTERS = 34


class AroundTable(QTableWidget):
    """The lines.

    Attributes:
        opened: The chosen line should be opened.
    """

    opened = Signal()

    def __init__(self) -> None:
        """Make a calm table of whole lines."""
        super().__init__(0, len(_COLUMNS))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setProperty("role", "told")
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setStretchLastSection(True)
        width = self.fontMetrics().averageCharWidth()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.setColumnWidth(1, width * _WHAT_CHARACTERS)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the line by the keyboard."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class AroundPane(QWidget):
    """Shows lines, or that there are none.

    Attributes:
        record_asked: A record should be opened; carries kind and identity.
    """

    record_asked = Signal(str, UUID)

    def __init__(self, outfit: Outfit, title: Text, nothing: Text) -> None:
        """Begin empty."""
        super().__init__()
        self._phrases = Phrases(outfit.words)
        self._lines: tuple[Around, ...] = ()
        self.table = AroundTable()
        named(self._phrases, self.table, title)
        self._nothing = said(self._phrases, nothing, "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 10, 12, 8)
        layout.addWidget(self._nothing)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        self.table.opened.connect(self._on_opened)
        self.show_lines(())

    def show_lines(self, lines: Sequence[Around]) -> None:
        """Show what lies around a record."""
        self._lines = tuple(lines)
        words = self._phrases.words
        self.table.setHorizontalHeaderLabels([words(each) for each in _COLUMNS])
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            cells = (day_text(line.on), words(line.note), " ".join(line.heading.split()))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                item.setToolTip(safe_tooltip(text))
                self.table.setItem(row, column, item)
        self.table.setVisible(bool(lines))
        self._nothing.setVisible(not lines)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self.show_lines(self._lines)

    def _on_opened(self) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self._lines):
            self.record_asked.emit(self._lines[at].kind, self._lines[at].record_id)
