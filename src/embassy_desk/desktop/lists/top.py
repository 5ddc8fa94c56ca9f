"""The top of a list: what it holds, a filter that works while it is typed into, and the shelf."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from embassy_desk.application.ready_chips import ready_filters
from embassy_desk.application.views import View
from embassy_desk.application.wishes import Wish
from embassy_desk.desktop.kit.clearing import let_clear
from embassy_desk.desktop.kit.flow import FlowLayout
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import (
    action,
    button,
    forbid,
    line_edit,
    menu,
    named,
    plain_label,
    tip,
    without_mnemonic,
)
from embassy_desk.desktop.kit.quiet import QuietComboBox
from embassy_desk.desktop.lists.chips import ChipBar
from embassy_desk.desktop.lists.presenter import ShownList
from embassy_desk.desktop.lists.shelves import SHELVES
from embassy_desk.desktop.plans import may_enter
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.rights import Right, Rights
from embassy_desk.texts import N_, Text, Words

_NEW = N_("New record in this section (Ctrl+N)")
_LONGEST = 24
DEBOUNCE_MS = 120
"""Pause after a key before the list is filtered."""


class ListTop(QWidget):
    """Says what is listed and takes what is wanted of the list.

    Attributes:
        filter_asked: Only lines with these words are wanted.
        shelf_asked: Another shelf is wanted.
        new_asked: A new record is wanted.
        list_asked: The person wants to go on to the lines.
        ready_asked: A ready filter is wanted; carries its chips.
        chip_asked: A filter by a field is wanted.
        views_asked: The saved views should be offered.
    """

    filter_asked = Signal(str)
    shelf_asked = Signal(str)
    new_asked = Signal()
    list_asked = Signal()
    ready_asked = Signal(object)
    chip_asked = Signal()
    views_asked = Signal()

    def __init__(self, outfit: Outfit) -> None:
        """Make heading, filter, chips, shelf and the button for a new record."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._kind = ""
        self._heading = plain_label("heading", wraps=False)
        self.new = button(self._phrases, N_("New"), role="primary")
        tip(self._phrases, self.new, _NEW)
        self.filter = line_edit(300)
        let_clear(self.filter, outfit.icons, self._phrases)
        self._shelf = QuietComboBox()
        self.add = button(self._phrases, N_("Filter"))
        self.chips = ChipBar(outfit)
        self.view = button(self._phrases, N_("Whole list"), role="view")
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._build()
        self._connect()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_text)
        self.filter.returnPressed.connect(self.list_asked)
        self._timer.timeout.connect(self._on_pause)
        self._shelf.activated.connect(self._on_shelf)
        self.new.clicked.connect(self.new_asked)
        self.add.clicked.connect(self.open_filters)
        self.chips.left.connect(self.focus_filter)
        self.view.clicked.connect(self.views_asked)

    def _build(self) -> None:
        phrases = self._phrases
        phrases.show(self.filter.setPlaceholderText, N_("Filter this list"))
        named(phrases, self.filter, N_("Filter this list"))
        tip(phrases, self.filter, N_("Filter this list (Ctrl+F)"))
        named(phrases, self._shelf, N_("Which records"))
        self._shelf.setPlaceholderText(self._outfit.words(N_("All")))
        for shelf, text in SHELVES.items():
            self._shelf.addItem(self._outfit.words(text), shelf)
        title, tools = FlowLayout(at_right=1), FlowLayout(wide=0)
        self._outfit.icons.show(self.view, "fold")
        tip(phrases, self.view, N_("Saved views of this list"))
        title.addWidget(self._heading)
        title.addWidget(self.view)
        title.addWidget(self.new)
        self._outfit.icons.show(self.add, "filter")
        tip(phrases, self.add, N_("Show only some of these records (Ctrl+Shift+L)"))
        phrases.include(self.chips)
        tools.addWidget(self.filter)
        tools.addWidget(self.add)
        tools.addWidget(self._shelf)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(title)
        layout.addLayout(tools)
        layout.addWidget(self.chips)

    def forbid(self, rights: Rights) -> None:
        """Grey what the rights do not allow, with the reason."""
        forbid(self._phrases, self.new, rights.decide(Right.CREATE).reason, _NEW)

    def show_wish(self, shown: ShownList) -> None:
        """Show what the list was asked for; what is being typed is left alone."""
        wish = shown.wish
        if wish.kind != self._kind:
            self._kind = wish.kind
            self._phrases.show(self._heading.setText, kind_named(wish.kind).plural)
            self.new.setVisible(may_enter(wish.kind))
            self.filter.setText(wish.words)
            self._timer.stop()
        elif not self.filter.hasFocus() and self.filter.text().strip() != wish.words.strip():
            self.filter.setText(wish.words)
            self._timer.stop()
        self._shelf.setCurrentIndex(self._shelf.findData(wish.shelf))  # none for all shelves
        self.show_view(wish, shown.view)
        self.chips.show_chips(wish.kind, wish.chips, shown.names, shown.unread)

    def show_view(self, wish: Wish, view: View | None) -> None:
        """Say which view is shown, and whether the list was changed since."""
        text: Text = N_("Whole list")
        if view is not None:
            name = view.name if len(view.name) <= _LONGEST else f"{view.name[: _LONGEST - 1]}…"
            text = (
                N_("{name} (changed)", name=name) if wish != view.wish else N_("{name}", name=name)
            )
        self._phrases.show(self._say_view, text)

    def _say_view(self, text: str) -> None:
        self.view.setText(without_mnemonic(text))
        self.view.setAccessibleName(text)

    def open_filters(self) -> None:
        """Offer the ready filters of the kind, and one by any field."""
        phrases = Phrases(self._outfit.words)
        offered = menu(phrases, N_("Filter"), self)
        offered.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in ready_filters(self._kind):
            entry = action(phrases, each.label, offered)
            entry.triggered.connect(partial(self._on_ready, each.chips))
            offered.addAction(entry)
        offered.addSeparator()
        entry = action(phrases, N_("By a field …"), offered)
        entry.triggered.connect(self._on_by_field)
        offered.addAction(entry)
        offered.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))
        offered.setActiveAction(offered.actions()[0])

    def _on_ready(self, chips: object, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.ready_asked.emit(chips)

    def _on_by_field(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.chip_asked.emit()

    def focus_filter(self) -> None:
        """Put the focus on the filter, everything in it chosen."""
        self.filter.setFocus()
        self.filter.selectAll()

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        for at, text in enumerate(SHELVES.values()):
            self._shelf.setItemText(at, words(text))

    def _on_text(self, _text: str) -> None:
        self._timer.start()

    def _on_pause(self) -> None:
        self.filter_asked.emit(self.filter.text())

    def _on_shelf(self, at: int) -> None:
        self.shelf_asked.emit(str(self._shelf.itemData(at)))
