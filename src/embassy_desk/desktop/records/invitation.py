"""What stands in the place of a record while none is open."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import plain_label
from embassy_desk.desktop.plans import may_enter
from embassy_desk.domain.rights import Right
from embassy_desk.texts import N_, Words

_MARGINS_PX = (40, 90, 40, 40)


class Invitation(QWidget):
    """Says what may be done: choose a record, or enter one where that is allowed."""

    def __init__(self, outfit: Outfit) -> None:
        """Begin with no kind."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self.label = plain_label("muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(*_MARGINS_PX)
        box.addWidget(self.label)
        box.addStretch(1)
        self.show_kind("")

    def show_kind(self, kind: str) -> None:
        """Say what may be done with a kind of record."""
        text = N_("Choose a record from the list.")
        if kind and may_enter(kind) and self._outfit.rights.decide(Right.CREATE).reason is None:
            text = N_("Choose a record from the list, or press Ctrl+N to enter a new one.")
        self._phrases.show(self.label.setText, text)

    def retranslate(self, words: Words) -> None:
        """Say it in another language."""
        self._phrases.retranslate(words)
