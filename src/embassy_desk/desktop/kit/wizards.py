"""Wizards: pages in order, with buttons in the language of the window."""

from functools import partial

from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget, QWizard, QWizardPage

from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import said
from embassy_desk.texts import N_, Text, Words

_SIZE_PX = (640, 560)
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

    def retranslate(self, words: Words) -> None:
        """Show the page in another language."""
        self.phrases.retranslate(words)


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

    def next_button(self) -> QAbstractButton:
        """Return the button that leads on."""
        return self.button(QWizard.WizardButton.NextButton)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language; what was typed stays."""
        self._phrases.retranslate(words)
