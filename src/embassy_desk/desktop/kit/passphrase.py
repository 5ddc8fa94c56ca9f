"""Fields in which a new passphrase is chosen: how strong it is, shown or typed twice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from embassy_desk.application.keys import Judgement, Strength, judged, problem_of_choice
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import check_box, line_edit, named, plain_label, said
from embassy_desk.domain.errors import Problem
from embassy_desk.texts import N_, Words

_LONGEST = 1024


def secret_line() -> QLineEdit:
    """Return a line whose text is not shown, not learnt by input methods, not spoken."""
    made = line_edit(_LONGEST)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    hints = Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
    made.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoPredictiveText)
    return made


class NewPassphrase(QWidget):
    """Takes a new passphrase.

    Attributes:
        edited: Something was typed, or the passphrase was shown or hidden.
    """

    edited = Signal()

    def __init__(self, words: Words) -> None:
        """Begin empty."""
        super().__init__()
        self._phrases = Phrases(words)
        self.line = secret_line()
        self.line.setObjectName("new-passphrase")
        self.repeated = secret_line()
        self.repeated.setObjectName("repeated-passphrase")
        self.show_box = check_box(self._phrases, N_("Show what I type"))
        self._bar = QProgressBar()
        self._bar.setRange(0, int(Strength.STRONG))
        self._bar.setTextVisible(False)
        self._judgement = plain_label("small")
        self._judgement.setObjectName("strength")
        self._problem = plain_label("problem")
        self._again = said(self._phrases, N_("Once more"), "field")
        self._build()
        self.line.textChanged.connect(self.edited)
        self.repeated.textChanged.connect(self.edited)
        self.show_box.toggled.connect(self._on_shown)

    def _build(self) -> None:
        named(self._phrases, self.line, N_("Passphrase"))
        named(self._phrases, self.repeated, N_("Passphrase once more"))
        named(self._phrases, self._bar, N_("Strength of the passphrase"))
        first = said(self._phrases, N_("Passphrase"), "field")
        first.setBuddy(self.line)
        self._again.setBuddy(self.repeated)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (first, self.line, self._bar, self._judgement, self._again, self.repeated):
            column.addWidget(widget)
        column.addWidget(self.show_box)
        column.addWidget(self._problem)
        self._problem.hide()

    @property
    def is_shown(self) -> bool:
        """Whether the passphrase can be read, so that it need not be typed twice."""
        return self.show_box.isChecked()

    def show_judgement(self, judgement: Judgement) -> None:
        """Say how strong the passphrase is, while it is typed."""
        is_empty = not self.line.text()
        self._bar.setValue(0 if is_empty else int(judgement.strength))
        hint = N_("Several words that only you put together are best, such as a small story.")
        self._phrases.show(self._judgement.setText, hint if is_empty else judgement.text)
        self._phrases.show(self.line.setAccessibleDescription, hint if is_empty else judgement.text)
        self._problem.hide()

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong and go there."""
        self._phrases.show(self._problem.setText, problem.text)
        self._problem.show()
        field = self.repeated if problem.field == "repeated" else self.line
        field.setFocus()
        field.selectAll()

    def judge_while_typing(self) -> None:
        """Say how strong it is at every key press, without a presenter that does."""
        self.edited.connect(self._on_edited)
        self._on_edited()

    def _on_edited(self) -> None:
        self.show_judgement(judged(self.line.text()))

    def is_good(self) -> bool:
        """Say whether it may protect a store; if not, why is shown beside it."""
        typed, repeated = self.line.text(), self.repeated.text()
        problem = problem_of_choice(typed, repeated, is_shown=self.is_shown)
        if problem is not None:
            self.show_problem(problem)
        return problem is None

    def forget(self) -> None:
        """Drop what was typed."""
        self.line.clear()
        self.repeated.clear()
        self.show_box.setChecked(False)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)

    def _on_shown(self, is_shown: bool) -> None:  # noqa: FBT001  Qt's signal
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._again.setVisible(not is_shown)
        self.repeated.setVisible(not is_shown)
        self.edited.emit()
