"""The wizard itself: its pages in order, its buttons in the language of the window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from embassy_desk.desktop.beginning.pages import (
    PassphrasePage,
    SummaryPage,
    WelcomePage,
    WhoPage,
)
from embassy_desk.desktop.beginning.presenter import BeginningPresenter, Door
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.wizards import StepWizard
from embassy_desk.texts import N_, Text, Words

WELCOME, WHO, PASSPHRASE, SUMMARY = range(4)


class BeginningWizard(StepWizard):
    """Asks what is needed to begin. Escape puts it aside with everything that was typed.

    Attributes:
        finish_asked: Everything is answered; what was asked for may be made.
        language_chosen: Another language is wanted.
    """

    finish_asked = Signal()
    language_chosen = Signal(str)

    def __init__(self, parent: QWidget, presenter: BeginningPresenter, words: Words) -> None:
        """Make the pages."""
        super().__init__(parent, words, N_("Embassy Desk"))
        self._presenter = presenter
        self.welcome = WelcomePage(presenter, words)
        self.who = WhoPage(presenter, words)
        self.passphrase = PassphrasePage(presenter, words)
        self.summary = SummaryPage(presenter, words)
        self.add_step(WELCOME, self.welcome)
        self.add_step(WHO, self.who)
        self.add_step(PASSPHRASE, self.passphrase)
        self.add_step(SUMMARY, self.summary)
        help_topic(self, "first_run")
        self.welcome.language_chosen.connect(self.language_chosen)

    def nextId(self) -> int:  # noqa: N802  Qt's name
        """Return the page after the present one; the demonstration asks for nothing."""
        at = self.currentId()
        if at == WELCOME and self._presenter.answers.door is Door.RESTORE:
            return -1
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
