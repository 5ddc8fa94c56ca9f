"""The list in the middle: its top, its table, and how many records there are, in words."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from embassy_desk.application.pages import Line, Page, Shelf
from embassy_desk.application.wishes import Wish
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, plain_label
from embassy_desk.desktop.lists.model import LinesModel
from embassy_desk.desktop.lists.presenter import ShownList, Spans
from embassy_desk.desktop.lists.table import LinesTable
from embassy_desk.desktop.lists.top import ListTop
from embassy_desk.desktop.plans import may_enter
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.rights import Right, Rights
from embassy_desk.texts import N_, Text, Words

SETTLE_MS = 60
"""Pause on a line before its record is opened, so that a held arrow key runs freely."""

_LINES, _NO_LINES = 0, 1


class ListScreen(QWidget):
    """Shows one list; top and table say more of what the person wants.

    Attributes:
        record_chosen: The person settled on a record; carries its identity.
        lines_chosen: The person chose other lines; carries their spans of rows.
        list_shown: Another list stands here.
        counted: The lines were counted; carries whether there are any.
    """

    record_chosen = Signal(str)
    lines_chosen = Signal(object)
    list_shown = Signal()
    counted = Signal(bool)

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        """Begin without a list."""
        super().__init__(parent)
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._wish = Wish(kind="")
        self.names: Mapping[UUID, str] = {}
        self._chosen: UUID | None = None
        self._is_moving = False
        self.top = ListTop(outfit)
        self.model = LinesModel(outfit)
        self.table = LinesTable(self.model, outfit)
        self._count = plain_label("small", wraps=False)
        self._count.setObjectName("list-count")
        self._empty = plain_label("muted")
        self._empty.setObjectName("list-empty")
        self._build()
        help_topic(self, "lists")
        self._phrases.include(self.top)
        self._connect()

    def _connect(self) -> None:
        self._awaits_line = False
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._on_settled)
        self._selecting = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._selecting.timeout.connect(self._on_selected)
        self.top.list_asked.connect(self.focus_list)
        chosen = self.table.selectionModel()
        chosen.currentRowChanged.connect(self._on_current)
        chosen.selectionChanged.connect(self._on_selection)

    def _build(self) -> None:
        nothing = QWidget()
        box = QVBoxLayout(nothing)
        box.addSpacing(24)
        box.addWidget(self._empty)
        box.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 10, 8)
        layout.setSpacing(8)
        layout.addWidget(self.top)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._count)

    def show_list(self, shown: ShownList) -> None:
        """Show a list from its beginning; a chosen record in it stays chosen."""
        wish, before = shown.wish, self._wish
        is_other = wish.kind != before.kind
        self._wish, self.names = wish, shown.names
        if is_other:
            self._chosen = None
            named(self._phrases, self.table, kind_named(wish.kind).plural)
        self.table.menu.kind = wish.kind
        self.top.show_wish(shown)
        self.model.show_list(wish.kind, shown.plan, shown.total, shown.first)
        self.table.show_order(wish.sort, is_descending=wish.is_descending, plan=shown.plan)
        if is_other or wish.columns != before.columns or wish.widths != before.widths:
            self.table.fit(dict(wish.widths))
        self._say_how_many(shown.total)
        self.select(self._chosen)
        self.list_shown.emit()

    def show_page(self, page: Page) -> None:
        """Show lines that were asked for."""
        self.model.show_page(page)
        if self._chosen is not None and any(each.id == self._chosen for each in page.lines):
            self.select(self._chosen, gently=True)
        if self._awaits_line and self.chosen_line is not None:
            self._on_settled()

    def refresh_list(self, total: int, chosen: Spans | None) -> None:
        """Let the lines in sight be fetched again; nothing jumps, and many that are chosen stay."""
        self.model.refresh(total)
        if chosen is not None:
            self._is_moving = True
            self.table.choose_spans(chosen)
            self._is_moving = False
        self._say_how_many(total)

    def select(self, record_id: UUID | None, *, gently: bool = False) -> None:
        """Choose the line of a record without opening it; it stays chosen by its identity.

        Many that the person has chosen stay chosen.

        Args:
            record_id: Of the record; none clears the choice.
            gently: Not if the person has just chosen another line, which is about to open.
        """
        if gently and (self._settling.isActive() or self._awaits_line):
            return
        self._chosen = record_id
        if self.table.chosen_count > 1:
            return
        row = self.model.row_of(record_id) if record_id else None
        self._is_moving = True
        if row is None:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        elif self.table.currentIndex().row() != row:
            self.table.selectRow(row)
        self._is_moving = False

    @property
    def chosen_line(self) -> Line | None:
        """The line that is chosen, or nothing while it is not here."""
        return self.model.line(self.table.currentIndex().row())

    def focus_list(self) -> None:
        """Put the focus on the table, on its first line when none is chosen.

        A list without lines shows no table: what is typed then narrows or widens it.
        """
        if self._stack.currentIndex() == _NO_LINES:
            self.top.focus_filter()
            return
        self.table.setFocus()
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.selectRow(0)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self.model.reread()
        self._say_how_many(self.model.rowCount())

    def _say_how_many(self, total: int) -> None:
        shown = self._phrases.words.number(total)
        counted = N_("{shown} record", "{shown} records", count=total, shown=shown)
        many = self.table.chosen_count
        if many > 1:
            chosen = self._phrases.words.number(many)
            counted = N_("{chosen} of {shown} records chosen", chosen=chosen, shown=shown)
        self._phrases.show(self._count.setText, counted if total else "")
        self._phrases.show(self._empty.setText, _why_empty(self._wish, self._outfit.rights))
        self._stack.setCurrentIndex(_LINES if total else _NO_LINES)
        self.counted.emit(total > 0)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._is_moving:
            self._settling.start()

    def _on_selection(self) -> None:
        if not self._is_moving:
            self._selecting.start()

    def _on_selected(self) -> None:
        """Say what is chosen, once the person has done so."""
        self._say_how_many(self.model.rowCount())
        self.lines_chosen.emit(self.table.spans)

    def _on_settled(self) -> None:
        """Open the record the person settled on, or wait until its line has come."""
        self._awaits_line = False
        if self.table.chosen_count > 1:
            return
        line = self.chosen_line
        if line is None:
            self._awaits_line = self.table.currentIndex().isValid()
        elif line.id != self._chosen:
            self._chosen = line.id
            self.record_chosen.emit(str(line.id))


def _why_empty(query: Wish, rights: Rights) -> Text:
    if query.words.strip():
        return N_("No record here holds “{words}”.", words=query.words.strip())
    if query.chips:
        return N_("No record here passes every filter.")
    if query.shelf is Shelf.ARCHIVED:
        return N_("Nothing has been archived here.")
    if query.shelf is Shelf.TRASH:
        return N_("The trash is empty.")
    may_begin = rights.decide(Right.CREATE).reason is None
    if not (may_begin and query.kind and may_enter(query.kind)):
        return N_("There is nothing here yet.")
    return N_("There is nothing here yet. Press Ctrl+N to enter the first record.")
