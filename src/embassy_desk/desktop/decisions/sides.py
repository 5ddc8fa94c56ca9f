"""Both values of a question beside each other, with who wrote them and when."""

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from embassy_desk.desktop.decisions.wording import QuestionWords
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import plain_label, said, selectable
from embassy_desk.texts import N_, Text, Words

_HIGH_PX = 90


class SidesPane(QWidget):
    """Shows one question; several at once are only counted."""

    def __init__(self, outfit: Outfit) -> None:
        """Begin without a question."""
        super().__init__()
        self._phrases = Phrases(outfit.words)
        self.title, self.about = plain_label("title"), plain_label("heading")
        self.ask, self.before = plain_label("body"), selectable(plain_label("muted"))
        self.kept, self.kept_by = selectable(plain_label()), plain_label("small")
        self.other, self.other_by = selectable(plain_label()), plain_label("small")
        for name in ("kept", "other", "kept_by", "other_by", "ask", "about"):
            getattr(self, name).setObjectName(f"side-{name}")
        self._cards = QWidget()
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for each in (self.title, self.about, self.ask):
            column.addWidget(each)
        row = QHBoxLayout(self._cards)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._card(N_("In force"), self.kept, self.kept_by), 1)
        row.addWidget(self._card(N_("The other value"), self.other, self.other_by), 1)
        column.addWidget(self._cards)
        self._before_name = said(self._phrases, N_("Before"), "field")
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._before_name, 0, 0)
        grid.addWidget(self.before, 0, 1)
        column.addLayout(grid)

    def _card(self, name: Text, value: QLabel, by: QLabel) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setMinimumHeight(_HIGH_PX)
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(5)
        column.addWidget(said(self._phrases, name, "field"))
        column.addWidget(value)
        column.addStretch(1)
        column.addWidget(by)
        return card

    def show_words(self, shown: QuestionWords | None, *, count: int) -> None:
        """Show a question; without one, how many are chosen."""
        self._cards.setVisible(shown is not None)
        for each in (self.title, self.ask, self._before_name, self.before):
            each.setVisible(shown is not None)
        if shown is None:
            chosen = N_("{count} question is chosen.", "{count} questions are chosen.", count=count)
            self.about.setText(self._phrases.words(chosen) if count else "")
            return
        self.title.setText(shown.title)
        self.about.setText(shown.about)
        self.ask.setText(shown.ask)
        self.kept.setText(shown.kept.value)
        self.kept_by.setText(shown.kept.by)
        self.other.setText(shown.other.value)
        self.other_by.setText(shown.other.by)
        self.before.setText(shown.before)
        for each in (self._before_name, self.before):
            each.setVisible(bool(shown.before))

    def retranslate(self, words: Words) -> None:
        """Show the names of both sides in another language."""
        self._phrases.retranslate(words)
