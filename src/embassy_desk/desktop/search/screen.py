"""The search field at the top, with what was found below it, grouped by kind."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from embassy_desk.application.pages import Hit
from embassy_desk.desktop.kit.clearing import let_clear
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import line_edit, named, plain_label, tip
from embassy_desk.desktop.kit.results import Results
from embassy_desk.desktop.search.presenter import grouped
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.texts import N_, Words

DEBOUNCE_MS = 120
LEAST_LETTERS = 2
_WIDTH_PX = 240
_ICON_PX = 18


class SearchField(QWidget):
    """Searches as the person types, from the second letter; nothing typed is rewritten.

    Attributes:
        search_asked: Records with these words are wanted.
        hit_chosen: A record was chosen among those found.
    """

    search_asked = Signal(str)
    hit_chosen = Signal(object)

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        """Make the field."""
        super().__init__(parent)
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self.line = line_edit(300)
        self.line.setObjectName("search")
        let_clear(self.line, outfit.icons, self._phrases)
        self.line.setMinimumWidth(_WIDTH_PX)
        self._phrases.show(self.line.setPlaceholderText, N_("Search everything"))
        named(self._phrases, self.line, N_("Search everything"))
        tip(self._phrases, self.line, N_("Search everything (Ctrl+Shift+F)"))
        self.results = Results(self.line)
        help_topic(self, "search")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._icon())
        row.addWidget(self.line, 1)
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._on_pause)
        self.line.textChanged.connect(self._on_edited)
        self.results.chosen.connect(self._on_chosen)

    def _icon(self) -> QLabel:
        label = plain_label("muted", wraps=False)
        self._outfit.icons.show_on_label(label, "search", _ICON_PX)
        return label

    def focus(self) -> None:
        """Put the focus on the field, everything in it chosen."""
        self.line.setFocus()
        self.line.selectAll()

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show what was found, unless the person has moved on."""
        if not self.line.hasFocus() or len(self.line.text().strip()) < LEAST_LETTERS:
            return
        words = self._outfit.words
        groups = [(words(kind_named(kind).plural), each) for kind, each in grouped(hits).items()]
        self.results.show_hits(groups, words(N_("Nothing was found.")))

    def retranslate(self, words: Words) -> None:
        """Show the field's own words in another language."""
        self._phrases.retranslate(words)

    def _on_edited(self, text: str) -> None:
        if len(text.strip()) >= LEAST_LETTERS:
            self._timer.start()
        else:
            self._timer.stop()
            self.results.hide()

    def _on_pause(self) -> None:
        self.search_asked.emit(self.line.text())

    def _on_chosen(self, hit: Hit) -> None:
        self.line.clear()
        self.hit_chosen.emit(hit)
