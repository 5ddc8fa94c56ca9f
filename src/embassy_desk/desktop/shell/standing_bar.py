"""The bar at the bottom: how the desk and headquarters stand, and how far an exchange is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from embassy_desk.desktop.exchange.courier import Standing
from embassy_desk.desktop.exchange.wording import sign_of, standing_text
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import (
    button,
    named,
    plain_label,
    safe_tooltip,
    without_mnemonic,
)
from embassy_desk.texts import N_, Words

_STEPS = 1000
_BAR_WIDTH_PX = 160


class StandingBar(QFrame):
    """Says how it stands; a click leads to the page of headquarters.

    Attributes:
        page_asked: The page of headquarters is wanted.
    """

    page_asked = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        """Begin without words."""
        super().__init__(parent)
        self.setProperty("role", "bottom")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._standing: Standing | None = None
        self.button = button(self._phrases, N_("Headquarters"), role="view")
        self.button.setObjectName("standing")
        self._trouble = plain_label("small", wraps=False)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(_BAR_WIDTH_PX)
        self._bar.setTextVisible(False)
        named(self._phrases, self._bar, N_("How far the exchange with headquarters is"))
        self._bar.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 14, 2)
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(self._trouble, 1)
        row.addWidget(self._bar)
        self.button.clicked.connect(self.page_asked)
        self.hide()

    def show_standing(self, standing: Standing) -> None:
        """Show how it stands."""
        self._standing = standing
        words = self._phrases.words
        text = standing_text(words, standing, self._outfit.zone)
        shown = "  ".join((sign_of(standing.state.mood), without_mnemonic(text)))
        self.button.setText(shown)
        self.button.setAccessibleName(text)
        trouble = standing.state.trouble if not standing.is_running else None
        told = words(trouble) if trouble is not None else ""
        self._trouble.setText(told)
        self.button.setToolTip(safe_tooltip(told))
        self.button.setAccessibleDescription(told)
        self._bar.setVisible(standing.is_running and standing.total > 0)
        if standing.total:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(standing.done * _STEPS // standing.total)
        self.show()

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        if self._standing is not None:
            self.show_standing(self._standing)
