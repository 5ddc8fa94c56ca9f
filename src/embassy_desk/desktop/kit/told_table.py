"""A calm table of sentences: whole lines, wrapped, never edited, each row as high as its words."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from embassy_desk.desktop.kit.plain import safe_tooltip

PADDING_PX = 7
"""At the left and right of a cell, as the style sheet has it for `told` tables."""


class _Wrapping(QStyledItemDelegate):
    """Measures words in the width that is left for them; Qt forgets the padding of the sheet."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room that a cell needs."""
        narrow = QStyleOptionViewItem(option)
        narrow.rect = option.rect.adjusted(0, 0, -2 * PADDING_PX, 0)
        return super().sizeHint(narrow, index)


class ToldTable(QTableWidget):
    """Shows rows of sentences; Enter does what the table is for."""

    def __init__(self, columns: int) -> None:
        """Begin without rows."""
        super().__init__(0, columns)
        self.setItemDelegate(_Wrapping(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setProperty("role", "told")
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def make_wide(self, column: int, characters: int) -> None:
        """Give a column room for so many characters."""
        self.setColumnWidth(column, self.fontMetrics().averageCharWidth() * characters)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these cells, all of them from the top."""
        self.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                item.setToolTip(safe_tooltip(text))
                self.setItem(row, column, item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter do what the table is for."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enter_row()
        else:
            super().keyPressEvent(event)

    def enter_row(self) -> None:
        """Do what Enter does on the present row; nothing where a table only tells."""
