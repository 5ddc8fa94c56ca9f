"""What of the open record waits for a decision: counted above it, said beside its fields."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from embassy_desk.application.questions import Question
from embassy_desk.desktop.decisions.wording import words_of
from embassy_desk.desktop.kit.fields import FieldBox
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, plain_label
from embassy_desk.texts import N_, Words


class QuestionBar(QFrame):
    """Says how many questions there are, and leads to them.

    Attributes:
        asked: The page of decisions is wanted.
    """

    asked = Signal()

    def __init__(self, outfit: Outfit) -> None:
        """Begin hidden."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._shown: tuple[Question, ...] = ()
        self._text = plain_label("caution")
        self._text.setObjectName("question-bar")
        self.decide = button(self._phrases, N_("Decide …"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        row.addWidget(self.decide)
        self.decide.clicked.connect(self.asked)
        self.hide()

    def show_questions(
        self, found: tuple[Question, ...], boxes: Mapping[str, FieldBox], entity: str
    ) -> None:
        """Show what waits, and remark it at the fields of the record.

        Args:
            found: The questions.
            boxes: The fields of the form by name.
            entity: Table name of the record.
        """
        self._shown = found
        self._say()
        remarks = {
            each.found.conflict.field: self._remark(each)
            for each in found
            if each.found.conflict.entity == entity
        }
        for name, box in boxes.items():
            box.show_remark(remarks.get(name, ""))

    def _remark(self, question: Question) -> str:
        said = words_of(question, self._outfit)
        text = N_("Against it: “{value}” ({by})", value=said.other.value, by=said.other.by)
        return self._outfit.words(text)

    def _say(self) -> None:
        count = len(self._shown)
        text = N_(
            "{count} question about this record waits for a decision.",
            "{count} questions about this record wait for a decision.",
            count=count,
        )
        self._text.setText(self._phrases.words(text))
        self.setVisible(count > 0)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        self._say()
