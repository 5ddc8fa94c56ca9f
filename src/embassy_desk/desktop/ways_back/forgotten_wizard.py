"""The wizard for a forgotten passphrase; nothing changes before its end."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from embassy_desk.application.keys import Ways
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.wizards import StepWizard
from embassy_desk.desktop.ways_back.forgotten_pages import CodePage, NewPage, Way, WayPage
from embassy_desk.texts import N_, Text, Words

WAY, CODE, NEW = range(3)


class ForgottenWizard(StepWizard):
    """Asks which way, for the code, and for a new passphrase.

    Attributes:
        finish_asked: Everything is answered.
        answer: The file that came from the custodians; nothing until one was chosen.
    """

    finish_asked = Signal()
    answer: Path | None = None

    def __init__(self, parent: QWidget, words: Words, ways: Ways) -> None:
        """Offer these ways."""
        super().__init__(parent, words, N_("Forgotten passphrase"))
        self.way, self.code, self.new = WayPage(words, ways), CodePage(words), NewPage(words)
        for at, page in ((WAY, self.way), (CODE, self.code), (NEW, self.new)):
            self.add_step(at, page)
        help_topic(self, "recovery")
        self.currentIdChanged.connect(self._on_page)

    @property
    def needs_answer(self) -> bool:
        """Whether the file of the custodians is still missing."""
        return self.way.way is Way.CUSTODIANS and self.answer is None

    def _on_page(self, at: int) -> None:
        if at == CODE:
            self.code.prepare(self.way.way)
            self.code.line.setFocus()

    def take_answer(self, path: Path) -> None:
        """Keep the file that came from the custodians."""
        self.answer = path
        self.code.answer_name.setText(path.name)

    def accept(self) -> None:
        """Step aside while the new passphrase is set."""
        if self.needs_answer:
            self.show_problem(N_("Choose the file that the custodians sent back."))
            return
        self.hide()
        self.finish_asked.emit()

    def show_problem(self, text: Text) -> None:
        """Come back to the code and say why it did not open the store."""
        self.come_back(CODE)
        self.code.show_problem(text)

    def forget(self) -> None:
        """Drop what was typed."""
        self.code.line.clear()
        self.new.fields.forget()
