"""The list in the middle: heading, filter, shelf, table, and how many there are, in words."""

from uuid import UUID

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from embassy_desk.application.pages import ListQuery, Page, Shelf
from embassy_desk.desktop.kit.editors.chosen import QuietComboBox
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, line_edit, named, plain_label, tip
from embassy_desk.desktop.kit.plans import TablePlan
from embassy_desk.desktop.lists.model import LinesModel
from embassy_desk.desktop.lists.table import LinesTable
from embassy_desk.desktop.plans import may_enter
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.texts import N_, Text, Words

DEBOUNCE_MS = 120
"""Pause after a key before the list is filtered."""

SETTLE_MS = 60
"""Pause on a line before its record is opened, so that a held arrow key runs freely."""

SHELVES = {
    Shelf.IN_USE: N_("In use"),
    Shelf.ARCHIVED: N_("Archived"),
    Shelf.TRASH: N_("Trash"),
}


class ListScreen(QWidget):
    """Shows one list and says what the person wants of it.

    Attributes:
        filter_asked: Only lines with these words are wanted.
        sort_asked: Another order is wanted: field, and whether the highest comes first.
        shelf_asked: Another shelf is wanted.
        page_asked: A page came into sight.
        record_chosen: The person settled on a record.
        new_asked: A new record is wanted.
        trash_asked: The chosen record should go to the trash.
    """

    filter_asked = Signal(str)
    sort_asked = Signal(str, bool)
    shelf_asked = Signal(str)
    page_asked = Signal(int)
    record_chosen = Signal(str)
    new_asked = Signal()
    trash_asked = Signal()

    def __init__(self, outfit: Outfit) -> None:
        """Begin without a list."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._query = ListQuery(kind="")
        self._chosen: UUID | None = None
        self._is_moving = False
        self.model = LinesModel(outfit)
        self.table = LinesTable(self.model, outfit)
        self._heading = plain_label("heading", wraps=False)
        self._count = plain_label("small", wraps=False)
        self._empty = plain_label("muted")
        self._build_top()
        self._build()
        self._typing = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._connect()

    def _build_top(self) -> None:
        self.filter = line_edit(300)
        self.filter.setClearButtonEnabled(True)
        self._phrases.show(self.filter.setPlaceholderText, N_("Filter this list"))
        named(self._phrases, self.filter, N_("Filter this list"))
        tip(self._phrases, self.filter, N_("Filter this list (Ctrl+F)"))
        self._shelf = QuietComboBox()
        named(self._phrases, self._shelf, N_("Which records"))
        for shelf, text in SHELVES.items():
            self._shelf.addItem(self._outfit.words(text), shelf)
        self._new = button(self._phrases, N_("New"), role="primary")
        tip(self._phrases, self._new, N_("New record in this section (Ctrl+N)"))

    def _build(self) -> None:
        title = QHBoxLayout()
        title.addWidget(self._heading)
        title.addStretch(1)
        title.addWidget(self._new)
        tools = QHBoxLayout()
        tools.addWidget(self.filter, 1)
        tools.addWidget(self._shelf)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        nothing = QWidget()
        box = QVBoxLayout(nothing)
        box.addSpacing(24)
        box.addWidget(self._empty)
        box.addStretch(1)
        self._stack.addWidget(nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 10, 8)
        layout.setSpacing(8)
        layout.addLayout(title)
        layout.addLayout(tools)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._count)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._typing.start)
        self.filter.returnPressed.connect(self.focus_list)
        self._typing.timeout.connect(self._on_typed)
        self._settling.timeout.connect(self._on_settled)
        self._shelf.activated.connect(self._on_shelf)
        self._new.clicked.connect(self.new_asked)
        self.model.page_wanted.connect(self.page_asked)
        self.table.sort_asked.connect(self.sort_asked)
        self.table.trash_asked.connect(self.trash_asked)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)

    def show_list(self, query: ListQuery, plan: TablePlan, total: int, first: Page) -> None:
        """Show a list from its beginning; a chosen record in it stays chosen."""
        is_other = query.kind != self._query.kind
        self._query = query
        if is_other:
            self.filter.blockSignals(True)  # noqa: FBT003  Qt's signature
            self.filter.setText(query.words)
            self.filter.blockSignals(False)  # noqa: FBT003  Qt's signature
            self._chosen = None
        self._shelf.setCurrentIndex(list(SHELVES).index(query.shelf))
        self.model.show_list(query.kind, plan, total, first)
        self.table.show_order(query.sort, is_descending=query.is_descending, plan=plan)
        if is_other:
            self.table.fit()
        self._new.setVisible(may_enter(query.kind))
        self._say_how_many(total)
        self.select(self._chosen)

    def show_page(self, page: Page) -> None:
        """Show lines that were asked for."""
        self.model.show_page(page)
        if self._chosen is not None and any(each.id == self._chosen for each in page.lines):
            self.select(self._chosen)

    def refresh_list(self, total: int) -> None:
        """Let the lines in sight be fetched again; nothing jumps."""
        self.model.refresh(total)
        self._say_how_many(total)

    def select(self, record_id: UUID | None) -> None:
        """Choose the line of a record without opening it; it stays chosen by its identity."""
        self._chosen = record_id
        row = self.model.row_of(record_id) if record_id else None
        self._is_moving = True
        if row is None:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        elif self.table.currentIndex().row() != row:
            self.table.selectRow(row)
        self._is_moving = False

    def focus_filter(self) -> None:
        """Put the focus on the filter, everything in it chosen."""
        self.filter.setFocus()
        self.filter.selectAll()

    def focus_list(self) -> None:
        """Put the focus on the table, on its first line when none is chosen."""
        self.table.setFocus()
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.selectRow(0)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        for at, text in enumerate(SHELVES.values()):
            self._shelf.setItemText(at, words(text))
        self.model.reread()

    def _say_how_many(self, total: int) -> None:
        if not self._query.kind:
            return
        kind = kind_named(self._query.kind)
        self._phrases.show(self._heading.setText, kind.plural)
        named(self._phrases, self.table, kind.plural)
        shown = self._outfit.words.number(total)
        counted = N_("{shown} record", "{shown} records", count=total, shown=shown)
        self._phrases.show(self._count.setText, counted if total else "")
        self._phrases.show(self._empty.setText, self._why_empty())
        self._stack.setCurrentIndex(0 if total else 1)

    def _why_empty(self) -> Text:
        if self._query.words.strip():
            return N_("No record here holds “{words}”.", words=self._query.words.strip())
        if self._query.shelf is Shelf.ARCHIVED:
            return N_("Nothing has been archived here.")
        if self._query.shelf is Shelf.TRASH:
            return N_("The trash is empty.")
        if not may_enter(self._query.kind):
            return N_("There is nothing here yet.")
        return N_("There is nothing here yet. Press Ctrl+N to enter the first record.")

    def _on_typed(self) -> None:
        self.filter_asked.emit(self.filter.text())

    def _on_shelf(self, at: int) -> None:
        self.shelf_asked.emit(str(self._shelf.itemData(at)))

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._is_moving:
            self._settling.start()

    def _on_settled(self) -> None:
        line = self.model.line(self.table.currentIndex().row())
        if line is not None and line.id != self._chosen:
            self._chosen = line.id
            self.record_chosen.emit(str(line.id))
