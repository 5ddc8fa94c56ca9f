"""A small table of the rows that belong to a record: e-mails, positions, parties, tags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.desktop.kit.lines import LineKeeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, safe_tooltip, said, tip, tool_button
from embassy_desk.desktop.kit.plans import RowsPlan
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.kit.shapes import Shape, shape_of
from embassy_desk.domain.entity import Part
from embassy_desk.texts import N_, Text, Words
from embassy_desk.texts.fields import field_word

MOST_LINES = 7
_BORDERS_PX = 6
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Row:
    """One row as the form holds it.

    Attributes:
        id: Its identity; nothing while the record it belongs to was not saved.
        values: Its fields.
    """

    id: UUID | None
    values: Mapping[str, Any]


class RowsModel(QAbstractTableModel):
    """The rows of one class, read aloud column by column."""

    def __init__(self, plan: RowsPlan, part: type[Part], outfit: Outfit) -> None:
        """Begin without rows."""
        super().__init__()
        self._plan = plan
        self._outfit = outfit
        self._shapes: tuple[Shape, ...] = tuple(shape_of(part, name) for name in plan.columns)
        self.names: Mapping[UUID, str] = {}
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row], names: Mapping[UUID, str]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.names = names
        self.endResetModel()

    def reread(self) -> None:
        """Read everything anew, such as in another language."""
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self._shapes) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._shapes) - 1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's way
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's way
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._shapes)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        shape = self._shapes[index.column()]
        reader = self._outfit.reader()
        reader = Reader(reader.words, reader.lists, reader.zone, self.names)
        value = self.rows[index.row()].values.get(shape.field)
        text = " ".join(reader.value(shape, value).split())
        return safe_tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the word of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        shape = self._shapes[section]
        return self._outfit.words(field_word(shape.entity, shape.field))


class RowsTable(QTableView):
    """The table; Enter opens a row, Delete asks to remove it.

    Attributes:
        opened: A row was asked to be edited.
        removed: A row was asked to be removed.
    """

    opened = Signal()
    removed = Signal()

    def __init__(self) -> None:
        """Make a calm table of whole lines."""
        super().__init__()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        LineKeeper(self)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open or remove the row by the keyboard."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def fit(self) -> None:
        """Be as high as the rows, up to a limit."""
        lines = min(self.model().rowCount(), MOST_LINES)
        header = self.horizontalHeader().sizeHint().height()
        line = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(header + lines * line + _BORDERS_PX)


class RowsBox(QWidget):
    """Title, table and buttons for the rows of one class.

    Attributes:
        add_asked: A new row is wanted; carries the table name.
        edit_asked: A row is to be edited; carries the table name and the row.
        remove_asked: A row is to be removed; carries the table name and the row.
        is_fixed: Rows are shown but not changed here.
    """

    add_asked = Signal(str)
    edit_asked = Signal(str, Row)
    remove_asked = Signal(str, Row)

    def __init__(self, plan: RowsPlan, part: type[Part], outfit: Outfit) -> None:
        """Make the table of a plan."""
        super().__init__()
        self.plan = plan
        self.is_fixed = False
        self._refusal: Text | None = None
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._tools: dict[QToolButton, Text] = {}
        self.setObjectName(plan.part)
        self.model = RowsModel(plan, part, outfit)
        self.table = RowsTable()
        self.table.setModel(self.model)
        named(self._phrases, self.table, plan.title)
        self.table.opened.connect(self._on_edit)
        self.table.removed.connect(self._on_remove)
        self.table.selectionModel().currentRowChanged.connect(self._allow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 4)
        layout.setSpacing(4)
        layout.addLayout(self._top())
        layout.addWidget(self.table)
        self.show_rows((), {})

    def _top(self) -> QHBoxLayout:
        top, title = QHBoxLayout(), self.plan.title
        top.addWidget(said(self._phrases, title, "heading", wraps=False))
        top.addStretch(1)
        self._add = self._tool(N_("Add to “{table}”", table=title), "add")
        self._edit = self._tool(N_("Edit in “{table}”", table=title), "edit")
        self._remove = self._tool(N_("Remove from “{table}”", table=title), "remove")
        self._add.clicked.connect(self._on_add)
        self._edit.clicked.connect(self._on_edit)
        self._remove.clicked.connect(self._on_remove)
        for each in (self._add, self._edit, self._remove):
            top.addWidget(each)
        return top

    def _tool(self, text: Text, icon: str) -> QToolButton:
        made = tool_button(self._phrases, text, self._outfit.icons.icon(icon))
        self._outfit.icons.show(made, icon)
        self._tools[made] = text
        return made

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown."""
        return tuple(self.model.rows)

    @property
    def front(self) -> QWidget:
        """What takes the focus when a row is wanted."""
        return self._add

    def show_rows(self, rows: Sequence[Row], names: Mapping[UUID, str]) -> None:
        """Show these rows; the one that was chosen stays chosen."""
        chosen = self.chosen
        self.model.show_rows(rows, names)
        self.table.setVisible(bool(rows))
        self._add.setVisible(not self.is_fixed)
        self._edit.setVisible(bool(rows) and not self.is_fixed)
        self._remove.setVisible(bool(rows) and not self.is_fixed)
        if rows:
            self.table.fit()
        for at, each in enumerate(rows):
            if chosen is not None and each.id == chosen.id:
                self.table.selectRow(at)
        self._allow()

    def forbid(self, reason: Text | None) -> None:
        """Grey what changes rows, for a reason; without one they may be changed."""
        self._refusal = reason
        for each, text in self._tools.items():
            tip(self._phrases, each, reason or text)
        self._allow()

    def _allow(self) -> None:
        """Let rows be edited and removed once one is chosen."""
        is_free = self._refusal is None
        is_chosen = self.chosen is not None
        self._add.setEnabled(is_free)
        self._edit.setEnabled(is_chosen and is_free)
        self._remove.setEnabled(is_chosen and is_free)

    @property
    def chosen(self) -> Row | None:
        """The row that is chosen."""
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def retranslate(self, words: Words) -> None:
        """Show title, columns and cells in another language."""
        self._phrases.retranslate(words)
        self.model.reread()

    @property
    def _may_change(self) -> bool:
        return not self.is_fixed and self._refusal is None

    def _on_add(self) -> None:
        self.add_asked.emit(self.plan.part)

    def _on_edit(self) -> None:
        if (row := self.chosen) is not None and self._may_change:
            self.edit_asked.emit(self.plan.part, row)

    def _on_remove(self) -> None:
        if (row := self.chosen) is not None and self._may_change:
            self.remove_asked.emit(self.plan.part, row)
