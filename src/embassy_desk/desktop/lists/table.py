"""The table of a list: whole lines, sorted by clicking a header, columns moved and sized."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from embassy_desk.desktop.kit.chosen_lines import ChosenLine
from embassy_desk.desktop.kit.lines import LineKeeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.plans import TablePlan
from embassy_desk.desktop.lists.column_menu import ColumnMenu
from embassy_desk.desktop.lists.model import LinesModel

_PADDING_PX = 18
_SETTLE_MS = 400
_ONE = Qt.KeyboardModifier.NoModifier


class LinesTable(QTableView):
    """Shows the lines.

    Attributes:
        sort_asked: Another order is wanted: field, and whether the highest comes first.
        trash_asked: The chosen records should go to the trash.
        columns_moved: The person moved or sized columns: their names from left to right, and the
            widths in pixels by name.
        menu: The menu of the header.
    """

    sort_asked = Signal(str, bool)
    trash_asked = Signal()
    columns_moved = Signal(object, object)

    def __init__(self, model: LinesModel, outfit: Outfit) -> None:
        """Show a model."""
        super().__init__()
        self._lines = model
        self._plan = TablePlan(columns=())
        self._sorted = ("", False)
        self._is_fitting = False
        self.menu = ColumnMenu(self, outfit)
        self.setModel(model)
        ChosenLine(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settling.timeout.connect(self._on_settled)
        self._build_headers()

    def _build_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        LineKeeper(self)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        # With the table's own selection Qt asks each of 100,000 lines whether it is chosen, for
        # every heading that it paints.
        header.setSelectionModel(QItemSelectionModel(self._lines, header))
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setSortIndicatorShown(True)
        header.setStretchLastSection(True)
        header.sectionClicked.connect(self._on_header)
        header.sectionMoved.connect(self._on_moved)
        header.sectionResized.connect(self._on_resized)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        self.menu.sort_asked.connect(self.sort_asked)

    def fit(self, widths: Mapping[str, int]) -> None:
        """Give every column its place, and the width that the person has set or its plan says."""
        self._is_fitting = True
        header = self.horizontalHeader()
        for at in range(header.count()):
            header.moveSection(header.visualIndex(at), at)
        character = self.fontMetrics().averageCharWidth()
        for at, column in enumerate(self._plan.columns):
            usual = column.width * character + _PADDING_PX
            self.setColumnWidth(at, widths.get(column.field, usual))
        self.horizontalScrollBar().setValue(0)
        self._is_fitting = False

    def show_order(self, field: str, *, is_descending: bool, plan: TablePlan) -> None:
        """Show by which column the list is sorted, and which way."""
        self._plan = plan
        self._sorted = (field, is_descending)
        name = "heading" if field == "family" else field
        at = next((n for n, each in enumerate(plan.columns) if each.field == name), -1)
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(at, order)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The lines that are chosen, as first and last row of each span, from top to bottom."""
        chosen = self.selectionModel().selection()
        ranges = (chosen.at(at) for at in range(chosen.count()))
        return tuple(sorted((each.top(), each.bottom()) for each in ranges))

    def choose_spans(self, spans: Iterable[tuple[int, int]]) -> None:
        """Choose these lines, and no others."""
        last = self._lines.columnCount() - 1
        wanted = QItemSelection()
        for first, end in spans:
            corners = self._lines.index(first, 0), self._lines.index(end, last)
            wanted.append(QItemSelectionRange(*corners))
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(wanted, flag)

    @property
    def chosen_count(self) -> int:
        """How many lines are chosen."""
        return sum(last - first + 1 for first, last in self.spans)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the first and last line, and ask for the trash; everything else is Qt's."""
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.trash_asked.emit()
        elif event.key() == Qt.Key.Key_Home and event.modifiers() == _ONE:
            self.selectRow(0)
        elif event.key() == Qt.Key.Key_End and event.modifiers() == _ONE:
            self.selectRow(self._lines.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def _on_header(self, column: int) -> None:
        if not self._lines.is_sortable(column):
            self.show_order(self._sorted[0], is_descending=self._sorted[1], plan=self._plan)
            return
        name = self._plan.columns[column].field
        before, was_descending = self._sorted
        is_same = name == before or (name == "heading" and before == "family")
        kept = before if is_same else name
        self.sort_asked.emit(kept, is_same and not was_descending)

    def _on_header_menu(self, at: QPoint) -> None:
        header = self.horizontalHeader()
        column = header.logicalIndexAt(at)
        if 0 <= column < len(self._plan.columns):
            self.menu.open(self._plan, column, self._sorted, header.mapToGlobal(at))

    def open_sorting(self) -> None:
        """Offer every order, for the keyboard."""
        at = self.horizontalHeader().mapToGlobal(self.horizontalHeader().rect().bottomLeft())
        self.menu.open_orders(self._plan, self._sorted, at)

    def _on_moved(self) -> None:
        if not self._is_fitting and self._plan.columns:
            self._settling.start()

    def _on_resized(self, column: int) -> None:
        """Note another width; that of the last column follows the window, not the person."""
        header = self.horizontalHeader()
        if header.visualIndex(column) < header.count() - 1:
            self._on_moved()

    def _on_settled(self) -> None:
        """Tell how the columns stand, once the pointer rests."""
        header = self.horizontalHeader()
        if header.count() != len(self._plan.columns):
            return
        names = [each.field for each in self._plan.columns]
        order = tuple(names[header.logicalIndex(at)] for at in range(len(names)))
        # The last one takes the room that is left; its width is nobody's wish.
        widths = tuple((names[at], self.columnWidth(at)) for at in range(len(names)))
        last = order[-1]
        self.columns_moved.emit(order, tuple(each for each in widths if each[0] != last))
