"""The lines of a list as Qt's table asks for them: fetched page by page, never all at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from embassy_desk.application.pages import Line, Page
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.plain import safe_tooltip
from embassy_desk.desktop.kit.plans import LINE_FIELDS, Column, TablePlan
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.kit.shapes import Shape, shape_of
from embassy_desk.desktop.lists.fields import column_title, is_sortable
from embassy_desk.desktop.lists.presenter import PAGE_LINES
from embassy_desk.domain.catalogue import kind_named

WAITING = "…"
"""Stands in a line until its page has come."""

_SHOWN_ROLES = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
_Index = QModelIndex | QPersistentModelIndex


class LinesModel(QAbstractTableModel):
    """Shows a list of any length.

    Attributes:
        page_wanted: A line of this page came into sight and is not here yet.
    """

    page_wanted = Signal(int)

    def __init__(self, outfit: Outfit) -> None:
        """Begin empty."""
        super().__init__()
        self._outfit = outfit
        self._kind = ""
        self._columns: tuple[Column, ...] = ()
        self._shapes: dict[str, Shape] = {}
        self._places: dict[str, int] = {}
        self._total = 0
        self._pages: dict[int, tuple[Line, ...]] = {}
        self._stale: set[int] = set()
        self._wanted: set[int] = set()
        self._names: dict[UUID, str] = {}

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns from left to right."""
        return self._columns

    def is_sortable(self, column: int) -> bool:
        """Say whether the store can sort by a column in an order that means something."""
        return is_sortable(self._kind, self._columns[column].field)

    def show_list(self, kind: str, plan: TablePlan, total: int, first: Page) -> None:
        """Show another list, of which the first page is known."""
        self.beginResetModel()
        entity = kind_named(kind).entity
        self._kind = kind
        self._columns = plan.columns
        self._shapes = {name: shape_of(entity, name) for name in plan.stored_fields}
        self._places = {name: at for at, name in enumerate(plan.stored_fields)}
        self._total = total
        self._pages = {0: first.lines}
        self._stale.clear()
        self._wanted.clear()
        self._names = dict(first.names)
        self.endResetModel()

    def show_page(self, page: Page) -> None:
        """Take a page that was wanted."""
        number = page.offset // PAGE_LINES
        self._pages[number] = page.lines
        self._stale.discard(number)
        self._wanted.discard(number)
        self._names.update(page.names)
        last = min(page.offset + PAGE_LINES, self._total) - 1
        if last >= page.offset:
            bottom = self.index(last, len(self._columns) - 1)
            self.dataChanged.emit(self.index(page.offset, 0), bottom)

    def refresh(self, total: int) -> None:
        """Keep showing what is known until the lines in sight have been fetched again."""
        self._stale = set(self._pages)
        self._wanted.clear()
        if total < self._total:
            self.beginRemoveRows(QModelIndex(), total, self._total - 1)
            self._total = total
            self.endRemoveRows()
        elif total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, total - 1)
            self._total = total
            self.endInsertRows()
        if self._total:
            last = self.index(self._total - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def line(self, row: int) -> Line | None:
        """Return the line at a row, or nothing while it is not here."""
        page = self._pages.get(row // PAGE_LINES, ())
        at = row % PAGE_LINES
        return page[at] if 0 <= at < len(page) else None

    def row_of(self, record_id: UUID) -> int | None:
        """Return the row of a record among the lines that are here."""
        for number, page in self._pages.items():
            for at, each in enumerate(page):
                if each.id == record_id and number * PAGE_LINES + at < self._total:
                    return number * PAGE_LINES + at
        return None

    def reread(self) -> None:
        """Read everything anew, such as in another language."""
        if self._total and self._columns:
            last = self.index(self._total - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's way
        """Return the length of the whole list."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's way
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says; ask for its page if that is not here."""
        if role not in _SHOWN_ROLES or not index.isValid():
            return None
        self._want(index.row() // PAGE_LINES)
        line = self.line(index.row())
        if line is None:
            return WAITING if role == Qt.ItemDataRole.DisplayRole else None
        text = self._cell(line, self._columns[index.column()].field)
        return safe_tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def _want(self, number: int) -> None:
        if number in self._wanted or (number in self._pages and number not in self._stale):
            return
        self._wanted.add(number)
        self.page_wanted.emit(number)

    def _cell(self, line: Line, name: str) -> str:
        if name in LINE_FIELDS:
            return str(getattr(line, name))
        outfit = self._outfit
        names: Mapping[UUID, str] = self._names
        reader = Reader(outfit.words, outfit.lists, outfit.zone, names)
        return reader.value(self._shapes[name], line.values[self._places[name]])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the word of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        return self._outfit.words(column_title(self._kind, self._columns[section]))
