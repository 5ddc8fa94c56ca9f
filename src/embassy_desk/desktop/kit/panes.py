"""A pane of a page: a heading, counts that open the lists behind them, and lines."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, said
from embassy_desk.texts import Text, Words

_LINES, _NOTHING = 0, 1
_TOP_PX = 28


class CountedPane(QWidget):
    """Shows lines under a heading.

    Attributes:
        count_asked: The list behind a count is wanted; carries the name of the count.
    """

    count_asked = Signal(str)

    def __init__(
        self, outfit: Outfit, heading: Text, lines: QWidget, *, nothing: Text, name: Text
    ) -> None:
        """Show lines under a heading.

        Args:
            outfit: What every screen is given.
            heading: What stands above.
            lines: The widget that shows the lines.
            nothing: What is said when there are none.
            name: What screen readers call the lines.
        """
        super().__init__()
        self._phrases = Phrases(outfit.words)
        self.lines = lines
        self.counts: dict[str, QPushButton] = {}
        named(self._phrases, lines, name)
        self._stack = QStackedWidget()
        self._row = QHBoxLayout()
        self._build(heading, nothing)

    def _build(self, heading: Text, nothing: Text) -> None:
        empty = QWidget()
        box = QVBoxLayout(empty)
        box.addWidget(said(self._phrases, nothing, "muted"))
        box.addStretch(1)
        self._stack.addWidget(self.lines)
        self._stack.addWidget(empty)
        title = said(self._phrases, heading, "heading", wraps=False)
        title.setMinimumHeight(_TOP_PX)
        self._row.setSpacing(10)
        self._row.addWidget(title)
        self._row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._row)
        layout.addWidget(self._stack, 1)

    def show_count(self, name: str, text: Text, count: int) -> None:
        """Show a count beside the heading; one of nothing opens nothing."""
        if name not in self.counts:
            made = self.counts[name] = button(self._phrases, text, role="link")
            made.clicked.connect(partial(self._on_count, name))
            self._row.addWidget(made)
        place = self.counts[name]
        self._phrases.show(place.setText, text)
        named(self._phrases, place, text)
        place.setEnabled(count > 0)

    def show_whether(self, *, is_empty: bool) -> None:
        """Show the lines, or that there are none."""
        self._stack.setCurrentIndex(_NOTHING if is_empty else _LINES)

    @property
    def is_empty(self) -> bool:
        """Whether there are no lines."""
        return self._stack.currentIndex() == _NOTHING

    def retranslate(self, words: Words) -> None:
        """Show heading and counts in another language."""
        self._phrases.retranslate(words)

    def _on_count(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.count_asked.emit(name)
