"""The page before there is a store: what can be done here, and what is being done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, plain_label, said
from embassy_desk.texts import N_, Text, Words

_WIDTH_PX = 470


class NoStorePage(QWidget):
    """Stands behind the wizard of the first run.

    Attributes:
        begin_asked: The wizard is wanted.
    """

    begin_asked = Signal()

    def __init__(self, words: Words) -> None:
        """Offer the wizard."""
        super().__init__()
        self._phrases = Phrases(words)
        self.begin = button(self._phrases, N_("Set up …"), role="primary")
        self._hint = plain_label("muted")
        self._hint.setObjectName("no-store-hint")
        self._build()
        help_topic(self, "first_run")
        self.begin.clicked.connect(self.begin_asked)
        self.show_waiting()

    def _build(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(_WIDTH_PX)
        box = QVBoxLayout(card)
        box.setContentsMargins(30, 26, 30, 24)
        box.setSpacing(10)
        box.addWidget(said(self._phrases, N_("Embassy Desk"), "title"))
        box.addWidget(self._hint)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.begin)
        box.addLayout(row)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        middle = QHBoxLayout()  # no alignment, which would keep long sentences from wrapping
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(3)

    def show_waiting(self) -> None:
        """Say that nothing was set up yet."""
        text = N_("Nothing has been set up on this computer yet. It takes about two minutes.")
        self._phrases.show(self._hint.setText, text)
        self.begin.setEnabled(True)

    def show_busy(self, text: Text) -> None:
        """Say what is being made."""
        self._phrases.show(self._hint.setText, text)
        self.begin.setEnabled(False)

    def retranslate(self, words: Words) -> None:
        """Show the page in another language."""
        self._phrases.retranslate(words)
