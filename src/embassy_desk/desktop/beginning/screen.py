"""The wizard itself: its pages in order, its buttons in the language of the window."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QWidget, QWizard

from embassy_desk.desktop.beginning.pages import (
    BeginningPage,
    PassphrasePage,
    SummaryPage,
    WelcomePage,
    WhoPage,
)
from embassy_desk.desktop.beginning.presenter import BeginningPresenter, Door
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.texts import N_, Text, Words

WELCOME, WHO, PASSPHRASE, SUMMARY = range(4)
_SIZE_PX = (640, 560)
_BUTTONS: dict[QWizard.WizardButton, Text] = {
    QWizard.WizardButton.BackButton: N_("Back"),
    QWizard.WizardButton.NextButton: N_("Continue"),
    QWizard.WizardButton.FinishButton: N_("Finish"),
    QWizard.WizardButton.CancelButton: N_("Not now"),
}

_QUIET = frozenset({QWizard.WizardButton.BackButton, QWizard.WizardButton.CancelButton})


class BeginningWizard(QWizard):
    """Asks what is needed to begin. Escape puts it aside with everything that was typed.

    Attributes:
        finish_asked: Everything is answered; what was asked for may be made.
        language_chosen: Another language is wanted.
    """

    finish_asked = Signal()
    language_chosen = Signal(str)

    def __init__(self, parent: QWidget, presenter: BeginningPresenter, words: Words) -> None:
        """Make the pages."""
        super().__init__(parent)
        self._presenter = presenter
        self._phrases = Phrases(words)
        self.setWizardStyle(QWizard.WizardStyle.ClassicStyle)
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        self.setModal(True)
        self.welcome = WelcomePage(presenter, words)
        self.who = WhoPage(presenter, words)
        self.passphrase = PassphrasePage(presenter, words)
        self.summary = SummaryPage(presenter, words)
        self._add(WELCOME, self.welcome)
        self._add(WHO, self.who)
        self._add(PASSPHRASE, self.passphrase)
        self._add(SUMMARY, self.summary)
        self._name_buttons()
        help_topic(self, "first_run")
        self.welcome.language_chosen.connect(self.language_chosen)
        self.resize(*_SIZE_PX)

    def _name_buttons(self) -> None:
        self._phrases.show(self.setWindowTitle, N_("Embassy Desk"))
        for which, text in _BUTTONS.items():
            self._phrases.show(partial(self.setButtonText, which), text)
            self._phrases.show(self.button(which).setAccessibleName, text)
            is_onward = which not in _QUIET
            self.button(which).setProperty("role", "primary" if is_onward else "plain")
            self.style().unpolish(self.button(which))
            self.style().polish(self.button(which))

    def _add(self, at: int, page: BeginningPage) -> None:
        self.setPage(at, page)
        self._phrases.include(page)

    def next_button(self) -> QAbstractButton:
        """Return the button that leads on."""
        return self.button(QWizard.WizardButton.NextButton)

    def nextId(self) -> int:  # noqa: N802  Qt's name
        """Return the page after the present one; the demonstration asks for nothing."""
        at = self.currentId()
        if at == WELCOME and self._presenter.answers.door is Door.DEMO:
            return SUMMARY
        return at + 1 if at < SUMMARY else -1

    def accept(self) -> None:
        """Step aside and let be made what was asked for."""
        self.hide()
        self.finish_asked.emit()

    def reject(self) -> None:
        """Step aside; everything stays as it was typed."""
        self.hide()

    def show_problem(self, text: Text) -> None:
        """Come back and say why nothing could be made."""
        self.show()
        self.summary.show_problem(text)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language; what was typed stays."""
        self._phrases.retranslate(words)
