"""The table of a list: whole lines, sorted by clicking a header, widths from the plan."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from embassy_desk.desktop.kit.chosen_lines import ChosenLine
from embassy_desk.desktop.kit.lines import LineKeeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import action, menu
from embassy_desk.desktop.kit.plans import TablePlan
from embassy_desk.desktop.lists.model import LinesModel
from embassy_desk.texts import N_

_PADDING_PX = 18


class LinesTable(QTableView):
    """Shows the lines.

    Attributes:
        sort_asked: Another order is wanted: field, and whether the highest comes first.
        trash_asked: The chosen record should go to the trash.
    """

    sort_asked = Signal(str, bool)
    trash_asked = Signal()

    def __init__(self, model: LinesModel, outfit: Outfit) -> None:
        """Show a model."""
        super().__init__()
        self._lines = model
        self._outfit = outfit
        self._plan = TablePlan(columns=())
        self._sorted = ("", False)
        self.setModel(model)
        ChosenLine(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self._build_headers()

    def _build_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        LineKeeper(self)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setSortIndicatorShown(True)
        header.setStretchLastSection(True)
        header.sectionClicked.connect(self._on_header)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)

    def fit(self, widths: Mapping[str, int]) -> None:
        """Give every column the width that the person has set, else that of its plan."""
        header = self.horizontalHeader()
        for at in range(header.count()):
            header.moveSection(header.visualIndex(at), at)
        character = self.fontMetrics().averageCharWidth()
        for at, column in enumerate(self._plan.columns):
            usual = column.width * character + _PADDING_PX
            self.setColumnWidth(at, widths.get(column.field, usual))
        self.horizontalScrollBar().setValue(0)

    def show_order(self, field: str, *, is_descending: bool, plan: TablePlan) -> None:
        """Show by which column the list is sorted, and which way."""
        self._plan = plan
        self._sorted = (field, is_descending)
        name = "heading" if field == "family" else field
        at = next((n for n, each in enumerate(plan.columns) if each.field == name), -1)
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(at, order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the first and last line, and ask for the trash; everything else is Qt's."""
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.trash_asked.emit()
        elif event.key() == Qt.Key.Key_Home:
            self.selectRow(0)
        elif event.key() == Qt.Key.Key_End:
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
        if self._plan.by_family:
            self._name_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def _name_menu(self) -> QMenu:
        """Return the choice between given and family name."""
        phrases = Phrases(self._outfit.words)
        made = menu(phrases, N_("Sort by name"), self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for field, text in (
            ("heading", N_("Sort by given name")),
            ("family", N_("Sort by family name")),
        ):
            entry = action(phrases, text, self, checkable=True)
            entry.setChecked(self._sorted[0] == field)
            entry.triggered.connect(partial(self._on_name, field))
            made.addAction(entry)
        return made

    def _on_name(self, field: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.sort_asked.emit(field, False)  # noqa: FBT003  Qt's signature
