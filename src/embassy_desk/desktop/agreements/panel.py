"""Where an agreement stands in time: its term, its deadlines, its conditions, and why."""

from datetime import date

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from embassy_desk.desktop.kit.days import day_text
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import plain_label, said
from embassy_desk.domain.term_engine import Condition, TermStanding
from embassy_desk.texts import N_, Text, Words

_CALM = frozenset({Condition.IN_FORCE})
_FACTS_A_LINE = 3  # five beside each other are too wide in Vietnamese on a small screen

CAPTIONS: tuple[Text, ...] = (
    N_("Present term"),
    N_("Notice by"),
    N_("Renews until"),
    N_("Ends on"),
    N_("Review on"),
)


class TermPanel(QFrame):
    """Shows the term of an agreement on a day; nothing of it is stored."""

    def __init__(self, outfit: Outfit) -> None:
        """Begin empty."""
        super().__init__()
        self.setProperty("role", "card")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._standing: TermStanding | None = None
        self._values = tuple(plain_label("body", wraps=False) for _ in CAPTIONS)
        self._badges = QWidget()
        self._why = plain_label("small")
        self._build()

    def _build(self) -> None:
        facts = QGridLayout()
        facts.setHorizontalSpacing(22)
        facts.setVerticalSpacing(2)
        for at, caption in enumerate(CAPTIONS):
            line, column = divmod(at, _FACTS_A_LINE)
            facts.addWidget(said(self._phrases, caption, "field", wraps=False), 2 * line, column)
            facts.addWidget(self._values[at], 2 * line + 1, column)
        facts.setColumnStretch(_FACTS_A_LINE, 1)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(7)
        layout.addWidget(self._badges)
        layout.addLayout(facts)
        layout.addWidget(self._why)

    def show_standing(self, standing: TermStanding) -> None:
        """Show where the agreement stands."""
        self._standing = standing
        words = self._outfit.words
        days = (standing.notice_by, standing.renews_to, standing.ends_on, standing.review_on)
        texts = (words(_term_text(standing.term_from, standing.term_to)), *map(day_text, days))
        for label, text in zip(self._values, texts, strict=True):
            label.setText(text or "–")
        self._why.setText("\n".join(words(each) for each in standing.why))
        self._renew_badges(standing.conditions)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        if self._standing is not None:
            self.show_standing(self._standing)

    def _renew_badges(self, conditions: tuple[Condition, ...]) -> None:
        fresh = QWidget(self)  # without a parent, showing it would open a window
        layout = QHBoxLayout(fresh)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for each in conditions:
            label = plain_label("good" if each in _CALM else "caution", wraps=False)
            sign = "●" if each in _CALM else "▲"
            label.setText(" ".join((sign, self._outfit.words(each))))
            layout.addWidget(label)
        layout.addStretch(1)
        fresh.setVisible(bool(conditions))
        self._column.replaceWidget(self._badges, fresh)
        self._badges.deleteLater()
        self._badges = fresh


def _term_text(first: date | None, end: date | None) -> Text | str:
    if first is None:
        return ""
    if end is None:
        return N_("from {first}, no end", first=day_text(first))
    return N_("{first} to {end}", first=day_text(first), end=day_text(end))
