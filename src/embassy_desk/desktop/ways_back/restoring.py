"""Brings a backup back from the unlock page or the first page, and opens the desk on it."""

import asyncio
from datetime import UTC

from PySide6.QtCore import QObject

from embassy_desk.application.backups import local_backups
from embassy_desk.application.profile import open_profile
from embassy_desk.application.restoring import Restored, restore, stores_set_aside
from embassy_desk.desktop.kit.file_dialogs import files_to_open
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice, Weight
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.ways_back.restore_wizard import RestoreWizard
from embassy_desk.desktop.ways_back.threshold import Threshold
from embassy_desk.domain.errors import DamageError, DeskError
from embassy_desk.settings.places import is_set_up
from embassy_desk.texts import N_, Text


class Restoring(QObject):
    """Holds the wizard while it is open."""

    def __init__(self, frame: Frame, keeper: Keeper, threshold: Threshold) -> None:
        """Show the wizard over the page behind."""
        super().__init__(frame)
        self._frame, self._keeper, self._threshold = frame, keeper, threshold
        self.wizard = RestoreWizard(
            frame,
            frame.phrases.words,
            local_backups(threshold.folder),
            stores_set_aside(threshold.folder),
            has_store=is_set_up(threshold.folder),
            zone=threshold.clock().astimezone().tzinfo or UTC,
        )
        frame.phrases.include(self.wizard)
        self.wizard.rejected.connect(self._leave)
        self.wizard.finish_asked.connect(self._on_finish)
        self.wizard.backup.file_asked.connect(self._on_file_asked)
        self.wizard.show()

    def _on_finish(self) -> None:
        self._keeper.start(self._restore(), name="restore")

    def _on_file_asked(self) -> None:
        self._keeper.start(self._choose_file(), name="choose a backup")

    async def _choose_file(self) -> None:
        title = N_("Choose a backup")
        chosen = await files_to_open(self.wizard, self._frame.phrases.words, title)
        if chosen:
            self.wizard.backup.take(chosen[0])

    async def _restore(self) -> None:
        """Put the backup in place, and open the desk on it."""
        file, passphrase = self.wizard.backup.chosen, self.wizard.open_page.line.text()
        if file is None:
            return
        folder, clock = self._threshold.folder, self._threshold.clock
        self._threshold.busy(N_("The backup is being checked and put in place …"))
        try:
            restored = await asyncio.to_thread(restore, folder, file, passphrase, clock)
            profile = await asyncio.to_thread(open_profile, folder, passphrase, clock)
        except DeskError as error:
            self._threshold.ready()
            self.wizard.show_problem(_why(error))
            return
        self._leave()
        self._threshold.ready()
        await self._threshold.enter(profile)
        self._frame.notices.tell(_told(restored))

    def _leave(self) -> None:
        """Let go of the wizard and of what was typed."""
        self._frame.phrases.leave_out(self.wizard)
        self.wizard.open_page.line.clear()
        self.wizard.deleteLater()
        self.deleteLater()
        self._frame.activateWindow()


def _why(error: DeskError) -> Text:
    """Return what went wrong, with what was found in a backup that is not whole."""
    text = error.text
    for each in error.findings if isinstance(error, DamageError) else ():
        text = N_("{before} {after}", before=text, after=each)
    return text


def _told(restored: Restored) -> Notice:
    """Return what was brought back, and where what was there before is kept."""
    text = N_(
        "The backup was restored: {count} record.",
        "The backup was restored: {count} records.",
        count=restored.found.records,
    )
    if restored.kept is None:
        return Notice(text, Weight.DONE)
    kept = N_("The store from before lies in {folder} for 30 days.", folder=str(restored.kept))
    return Notice(text, Weight.DONE, (kept,))
