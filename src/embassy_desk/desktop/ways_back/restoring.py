"""Brings a backup back from the unlock page or the first page, and opens the desk on it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from embassy_desk.application.backups import local_backups
from embassy_desk.application.profile import Profile, open_profile
from embassy_desk.application.restoring import Restored, restore
from embassy_desk.desktop.kit.file_dialogs import files_to_open
from embassy_desk.desktop.kit.keeper import Keeper, Notice, Weight
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.ways_back.restore_wizard import RestoreWizard
from embassy_desk.domain.errors import DamageError, DeskError
from embassy_desk.settings.places import is_set_up
from embassy_desk.texts import N_, Text

Clock = Callable[[], datetime]
Enter = Callable[[Profile], Awaitable[None]]


class Restoring(QObject):
    """Holds the wizard while it is open."""

    def __init__(
        self,
        frame: Frame,
        keeper: Keeper,
        *,
        folder: Path,
        clock: Clock,
        enter: Enter,
        busy: Callable[[Text], None],
        ready: Callable[[], None],
    ) -> None:
        """Show the wizard.

        Args:
            frame: The window.
            keeper: Runs what takes long.
            folder: The profile's folder; may not be there yet.
            clock: Answers with the present time.
            enter: Shows the desk on the open profile.
            busy: Says on the page behind the wizard what is being done.
            ready: Lets the page behind be used again.
        """
        super().__init__(frame)
        self._frame, self._keeper = frame, keeper
        self._folder, self._clock, self._enter = folder, clock, enter
        self._busy, self._ready = busy, ready
        self.wizard = RestoreWizard(
            frame,
            frame.phrases.words,
            local_backups(folder),
            has_store=is_set_up(folder),
            zone=clock().astimezone().tzinfo or UTC,
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
        self._busy(N_("The backup is being checked and put in place …"))
        try:
            restored = await asyncio.to_thread(restore, self._folder, file, passphrase, self._clock)
            opening = partial(open_profile, self._folder, passphrase, self._clock)
            profile = await asyncio.to_thread(opening)
        except DeskError as error:
            self._ready()
            self.wizard.show_problem(_why(error))
            return
        self._leave()
        self._ready()
        await self._enter(profile)
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
