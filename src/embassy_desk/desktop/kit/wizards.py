"""Wizards: pages in order, with buttons in the language of the window."""

from functools import partial

from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
    QWizard,
    QWizardPage,
)

from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import plain_label, radio_button, said
from embassy_desk.texts import N_, Text, Words

_SIZE_PX = (640, 560)
_BESIDE_BUTTON_PX = 26
_BUTTONS: dict[QWizard.WizardButton, Text] = {
    QWizard.WizardButton.BackButton: N_("Back"),
    QWizard.WizardButton.NextButton: N_("Continue"),
    QWizard.WizardButton.FinishButton: N_("Finish"),
    QWizard.WizardButton.CancelButton: N_("Not now"),
}
_QUIET = frozenset({QWizard.WizardButton.BackButton, QWizard.WizardButton.CancelButton})


class StepPage(QWizardPage):
    """One page: a title, and what it says and asks below; abstract."""

    def __init__(self, words: Words, title: Text) -> None:
        """Begin with the title; the subclass adds the rest."""
        super().__init__()
        self.phrases = Phrases(words)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(28, 22, 28, 10)
        self.column.setSpacing(8)
        self.column.addWidget(said(self.phrases, title, "title"))
        self.phrases.show(self.setAccessibleName, title)

    def say(self, text: Text, role: str = "muted") -> None:
        """Add a sentence."""
        self.column.addWidget(said(self.phrases, text, role))

    def add_choice(self, label: Text, hint: Text) -> QRadioButton:
        """Add a button that is one of several, with a hint below for eye and ear."""
        made = radio_button(self.phrases, label)
        self.phrases.show(made.setAccessibleDescription, hint)
        below = said(self.phrases, hint, "small")
        below.setIndent(_BESIDE_BUTTON_PX)
        self.column.addWidget(made)
        self.column.addWidget(below)
        return made

    def retranslate(self, words: Words) -> None:
        """Show the page in another language."""
        self.phrases.retranslate(words)


class LinePage(StepPage):
    """A page that asks for one line, and says below it what was wrong with it; abstract.

    Attributes:
        line: What is typed.
        problem: What was wrong; hidden until something is.
    """

    def __init__(self, words: Words, title: Text, line: QLineEdit) -> None:
        """Take the line; the subclass adds it and the problem to the column."""
        super().__init__(words, title)
        self.line = line
        self.problem = plain_label("problem")
        self.problem.hide()
        line.textChanged.connect(self._on_edited)

    def show_problem(self, text: Text) -> None:
        """Say what was wrong, and let the line be typed again."""
        self.phrases.show(self.problem.setText, text)
        self.line.setAccessibleDescription(self.problem.text())
        self.problem.show()
        self.line.setFocus()
        self.line.selectAll()

    def isComplete(self) -> bool:  # noqa: N802  Qt's name
        """Whether something was typed."""
        return bool(self.line.text().strip())

    def _on_edited(self) -> None:
        self.problem.hide()
        self.completeChanged.emit()


class StepWizard(QWizard):
    """Pages in order; abstract."""

    def __init__(self, parent: QWidget, words: Words, title: Text) -> None:
        """Begin without pages."""
        super().__init__(parent)
        self._phrases = Phrases(words)
        self._phrases.show(self.setWindowTitle, title)
        self.setWizardStyle(QWizard.WizardStyle.ClassicStyle)
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        self.setModal(True)
        for which, text in _BUTTONS.items():
            self._phrases.show(partial(self.setButtonText, which), text)
            self._phrases.show(self.button(which).setAccessibleName, text)
            role = "plain" if which in _QUIET else "primary"
            self.button(which).setProperty("role", role)
            self.style().unpolish(self.button(which))
            self.style().polish(self.button(which))
        self.resize(*_SIZE_PX)

    def add_step(self, at: int, page: StepPage) -> None:
        """Take a page."""
        self.setPage(at, page)
        self._phrases.include(page)

    def come_back(self, at: int) -> None:
        """Show the wizard again at an earlier page."""
        self.show()
        while self.currentId() != at:
            self.back()

    def next_button(self) -> QAbstractButton:
        """Return the button that leads on."""
        return self.button(QWizard.WizardButton.NextButton)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language; what was typed stays."""
        self._phrases.retranslate(words)
