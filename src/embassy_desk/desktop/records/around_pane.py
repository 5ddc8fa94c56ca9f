"""A tab that lists what lies around a record; Enter opens a line."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QVBoxLayout, QWidget

from embassy_desk.application.around import Around
from embassy_desk.desktop.kit.days import day_text
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, said
from embassy_desk.desktop.kit.told_table import ToldTable
from embassy_desk.texts import N_, Text, Words

_COLUMNS = (N_("Day"), N_("What"), N_("Name"))
_WHAT_CHARACTERS = 34


class AroundTable(ToldTable):
    """The lines.

    Attributes:
        opened: The chosen line should be opened.
    """

    opened = Signal()

    def __init__(self) -> None:
        """Make a calm table of whole lines."""
        super().__init__(len(_COLUMNS))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.make_wide(1, _WHAT_CHARACTERS)
        self.doubleClicked.connect(self.opened)

    def enter_row(self) -> None:
        """Open the line by the keyboard."""
        self.opened.emit()


class AroundPane(QWidget):
    """Shows lines, or that there are none.

    Attributes:
        record_asked: A record should be opened; carries kind and identity.
    """

    record_asked = Signal(str, UUID)

    def __init__(self, outfit: Outfit, title: Text, nothing: Text) -> None:
        """Begin empty."""
        super().__init__()
        self._phrases = Phrases(outfit.words)
        self._lines: tuple[Around, ...] = ()
        self.table = AroundTable()
        named(self._phrases, self.table, title)
        self._nothing = said(self._phrases, nothing, "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 10, 12, 8)
        layout.addWidget(self._nothing)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        self.table.opened.connect(self._on_opened)
        self.show_lines(())

    def show_lines(self, lines: Sequence[Around]) -> None:
        """Show what lies around a record."""
        self._lines = tuple(lines)
        words = self._phrases.words
        self.table.setHorizontalHeaderLabels([words(each) for each in _COLUMNS])
        self.table.show_rows(
            [
                (day_text(each.on), words(each.note), " ".join(each.heading.split()))
                for each in lines
            ]
        )
        self.table.setVisible(bool(lines))
        self._nothing.setVisible(not lines)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self.show_lines(self._lines)

    def _on_opened(self) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self._lines):
            self.record_asked.emit(self._lines[at].kind, self._lines[at].record_id)
