"""The wizard that brings a backup back; nothing changes before its end."""

from collections.abc import Iterable
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from embassy_desk.application.backups import Backup
from embassy_desk.application.restoring import SetAside
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.wizards import StepWizard
from embassy_desk.desktop.ways_back.restore_pages import BackupPage, OpenPage, ReadyPage
from embassy_desk.texts import N_, Text, Words

BACKUP, OPEN, READY = range(3)


class RestoreWizard(StepWizard):
    """Asks which backup and for its passphrase.

    Attributes:
        finish_asked: Everything is answered.
    """

    finish_asked = Signal()

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        backups: Iterable[Backup],
        kept: Iterable[SetAside],
        *,
        has_store: bool,
        zone: tzinfo,
    ) -> None:
        """Offer these backups and stores that were set aside, their days told in a zone."""
        super().__init__(parent, words, N_("Restore a backup"))
        self.backup = BackupPage(words, backups, kept, zone)
        self.open_page = OpenPage(words)
        self.ready = ReadyPage(words, has_store=has_store)
        for at, page in ((BACKUP, self.backup), (OPEN, self.open_page), (READY, self.ready)):
            self.add_step(at, page)
        help_topic(self, "recovery")
        self.currentIdChanged.connect(self._on_page)

    def _on_page(self, at: int) -> None:
        if at == BACKUP:
            self.backup.focus_first()
        if at == OPEN:
            self.open_page.line.setFocus()
        if at == READY:
            self.ready.backup.setText(self.backup.chosen_text)

    def accept(self) -> None:
        """Step aside while the backup is brought back."""
        self.hide()
        self.finish_asked.emit()

    def show_problem(self, text: Text) -> None:
        """Come back and say why it was not restored."""
        self.come_back(OPEN)
        self.open_page.show_problem(text)
