"""The cards of the page of headquarters: a heading, facts below each other, acts."""

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import plain_label, said, selectable
from embassy_desk.texts import Text, Words

_NAME_WIDTH_PX = 190


class FactsCard(QFrame):
    """Shows facts by name; one that has nothing to say is left out."""

    def __init__(self, words: Words, heading: Text, names: dict[str, Text]) -> None:
        """Make a line for each name."""
        super().__init__()
        self.setProperty("role", "card")
        self._phrases = Phrases(words)
        self.facts: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 14)
        self.column.setSpacing(9)
        self.column.addWidget(said(self._phrases, heading, "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, _NAME_WIDTH_PX)
        grid.setColumnStretch(1, 1)
        for line, (name, text) in enumerate(names.items()):
            label = said(self._phrases, text, "field")
            fact = self.facts[name] = selectable(plain_label())
            fact.setObjectName(f"fact-{name}")
            self._names[name] = label
            grid.addWidget(label, line, 0)
            grid.addWidget(fact, line, 1)
        self.column.addLayout(grid)

    def show_facts(self, facts: dict[str, str]) -> None:
        """Show these facts in the place of those before."""
        for name, label in self.facts.items():
            text = facts.get(name, "")
            label.setText(text)
            label.setVisible(bool(text))
            self._names[name].setVisible(bool(text))

    def add_acts(self, acts: Iterable[QWidget]) -> None:
        """Put buttons in a row below what is there."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in acts:
            row.addWidget(each)
        row.addStretch(1)
        self.column.addLayout(row)

    def retranslate(self, words: Words) -> None:
        """Show heading and names in another language."""
        self._phrases.retranslate(words)
