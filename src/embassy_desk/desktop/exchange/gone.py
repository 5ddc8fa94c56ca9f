"""What is shown after headquarters ordered this desk to be wiped."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import said, selectable
from embassy_desk.texts import N_, Text, Words


class GonePage(QWidget):
    """Says what was done; nothing else is left to do but to quit."""

    def __init__(self, words: Words, text: Text) -> None:
        """Say it."""
        super().__init__()
        help_topic(self, "headquarters")
        self._phrases = Phrases(words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(60, 90, 60, 40)
        layout.setSpacing(12)
        layout.addWidget(said(self._phrases, N_("This desk was wiped"), "title"))
        layout.addWidget(selectable(said(self._phrases, text)))
        layout.addStretch(1)

    def retranslate(self, words: Words) -> None:
        """Say it in another language."""
        self._phrases.retranslate(words)
