"""The bar that offers what was typed earlier and never saved."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, forbid, plain_label
from embassy_desk.desktop.records.offers import DraftOffer
from embassy_desk.texts import N_, Text, Words

MOST_LINES = 6
"""Fields that are named; how many more there are is said."""


class DraftBar(QFrame):
    """Says what was typed earlier; stays until the person decides.

    Attributes:
        accepted: The draft should be continued.
        discarded: The draft should be forgotten.
    """

    accepted = Signal()
    discarded = Signal()

    def __init__(self, outfit: Outfit) -> None:
        """Begin hidden."""
        super().__init__()
        self.setProperty("role", "notice")
        self.setProperty("weight", "caution")
        self.setObjectName("draft-offer")
        self._phrases = Phrases(outfit.words)
        self._offer: DraftOffer | None = None
        self._title = plain_label("heading")
        self._lines = plain_label("body")
        self.carry_on = button(self._phrases, N_("Continue"), role="primary")
        self.discard = button(self._phrases, N_("Discard"))
        self._build()
        self.carry_on.clicked.connect(self.accepted)
        self.discard.clicked.connect(self.discarded)
        self.hide()

    def _build(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._lines)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 10, 8)
        row.setSpacing(10)
        row.addLayout(texts, 1)
        row.addWidget(self.carry_on)
        row.addWidget(self.discard)

    @property
    def text(self) -> str:
        """What the bar says; empty while it is hidden."""
        return "" if self.isHidden() else f"{self._title.text()}\n{self._lines.text()}"

    def show_offer(self, offer: DraftOffer | None) -> None:
        """Offer a draft, or nothing."""
        self._offer = offer
        self.setVisible(offer is not None)
        if offer is None:
            return
        words = self._phrases.words
        lines = [each.text for each in offer.differences[:MOST_LINES]]
        more = len(offer.differences) - MOST_LINES
        if more > 0:
            lines.append(N_("Further fields: {count}.", count=more))
        if offer.rows:
            lines.append(N_("Rows of tables: {count}.", count=offer.rows))
        self._title.setText(words(offer.title))
        self._lines.setText("\n".join(words(each) for each in lines))
        self._lines.setVisible(bool(lines))
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._lines.text())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def forbid(self, reason: Text | None) -> None:
        """Let the draft be read and forgotten only, for a reason; without one it is free."""
        forbid(self._phrases, self.carry_on, reason)

    def retranslate(self, words: Words) -> None:
        """Show the offer in another language."""
        self._phrases.retranslate(words)
        self.show_offer(self._offer)
