"""The top of a list: what it holds, a filter that works while it is typed into, and the shelf."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from embassy_desk.application.pages import ListQuery, Shelf
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, line_edit, named, plain_label, tip
from embassy_desk.desktop.kit.quiet import QuietComboBox
from embassy_desk.desktop.plans import may_enter
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.texts import N_, Words

DEBOUNCE_MS = 120
"""Pause after a key before the list is filtered."""

SHELVES = {
    Shelf.IN_USE: N_("In use"),
    Shelf.ARCHIVED: N_("Archived"),
    Shelf.TRASH: N_("Trash"),
}


class ListTop(QWidget):
    """Says what is listed and takes what is wanted of the list.

    Attributes:
        filter_asked: Only lines with these words are wanted.
        shelf_asked: Another shelf is wanted.
        new_asked: A new record is wanted.
        list_asked: The person wants to go on to the lines.
    """

    filter_asked = Signal(str)
    shelf_asked = Signal(str)
    new_asked = Signal()
    list_asked = Signal()

    def __init__(self, outfit: Outfit) -> None:
        """Make heading, filter, shelf and the button for a new record."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._kind = ""
        self._heading = plain_label("heading", wraps=False)
        self.new = button(self._phrases, N_("New"), role="primary")
        tip(self._phrases, self.new, N_("New record in this section (Ctrl+N)"))
        self.filter = line_edit(300)
        self.filter.setClearButtonEnabled(True)
        self._shelf = QuietComboBox()
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._build()
        self.filter.textChanged.connect(self._on_text)
        self.filter.returnPressed.connect(self.list_asked)
        self._timer.timeout.connect(self._on_pause)
        self._shelf.activated.connect(self._on_shelf)
        self.new.clicked.connect(self.new_asked)

    def _build(self) -> None:
        phrases = self._phrases
        phrases.show(self.filter.setPlaceholderText, N_("Filter this list"))
        named(phrases, self.filter, N_("Filter this list"))
        tip(phrases, self.filter, N_("Filter this list (Ctrl+F)"))
        named(phrases, self._shelf, N_("Which records"))
        for shelf, text in SHELVES.items():
            self._shelf.addItem(self._outfit.words(text), shelf)
        title, tools = QHBoxLayout(), QHBoxLayout()
        title.addWidget(self._heading)
        title.addStretch(1)
        title.addWidget(self.new)
        tools.addWidget(self.filter, 1)
        tools.addWidget(self._shelf)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(title)
        layout.addLayout(tools)

    def show_query(self, query: ListQuery) -> None:
        """Show what the list was asked for; what is being typed is left alone."""
        if query.kind != self._kind:
            self._kind = query.kind
            self._phrases.show(self._heading.setText, kind_named(query.kind).plural)
            self.new.setVisible(may_enter(query.kind))
            self.filter.setText(query.words)
            self._timer.stop()
        self._shelf.setCurrentIndex(list(SHELVES).index(query.shelf))

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
