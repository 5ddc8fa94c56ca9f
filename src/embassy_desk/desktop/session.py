"""From the unlock page to the open desk and back: unlocks, locks, and holds what is open.

Light, like the front door: the rest of the desk is loaded while the unlock page is shown.
"""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.following import Following
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice, Weight
from embassy_desk.desktop.locking.clearing import hide_other_windows, sweep_since
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.waiting_file import WaitingFile
from embassy_desk.domain.errors import DamageError, SignInError, StoreError
from embassy_desk.texts import N_, Text

if TYPE_CHECKING:
    from embassy_desk.application.profile import Profile
    from embassy_desk.desktop.desk import Desk
    from embassy_desk.desktop.keeping.rounds import Rounds
    from embassy_desk.desktop.locking.guard import Guard
    from embassy_desk.desktop.returning import Left
    from embassy_desk.desktop.shell.desk_page import DeskPage

Clock = Callable[[], datetime]

_STOPPED = N_("What was running was stopped when the desk locked; nothing of it was kept.")


class Session:
    """Holds the desk while it is open.

    Attributes:
        desk: The open desk; nothing while it is locked.
        folder: The profile's folder.
        files: Takes in files that the person opens from outside.
        rounds: Backs up and notes how far the store has come, while the desk is open.
    """

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        frame: Frame,
        keeper: Keeper,
        following: Following,
        *,
        clock: Clock,
        rooms: Callable[[], Awaitable[ModuleType]],
    ) -> None:
        """Begin locked."""
        self._app, self._frame, self._keeper = app, frame, keeper
        self._following, self._clock, self._rooms = following, clock, rooms
        self.folder, self.is_demo = folder, False
        self.desk: Desk | None = None
        self.rounds: Rounds | None = None
        self._closing: Desk | None = None
        self._guard: Guard | None = None
        self._left: Left | None = None
        self._was_stopped = False
        self.files = WaitingFile(self, frame, keeper)
        self._leaving: list[Callable[[], None]] = []
        frame.unlock.accepted.connect(self._on_accepted)
        frame.unlock.ways.asked.connect(self._on_way_asked)

    async def unlock(self, passphrase: str | None, *, is_accepted: bool = False) -> None:
        """Open the store and show the desk; say in words why it does not open.

        Args:
            passphrase: What was typed; without it, that of the demonstration.
            is_accepted: The person goes on with a store that is older or other than it was left.
        """
        page = self._frame.unlock
        page.show_busy(N_("Opening …"))
        try:
            rooms = await self._rooms()
            profile = await asyncio.to_thread(
                rooms.unlocked, self.folder, passphrase, self._clock, is_accepted=is_accepted
            )
        except DamageError as error:
            found = (*error.findings, await asyncio.to_thread(rooms.newest_of, self.folder))
            page.show_damage(error.text, found, can_go_on=error.can_go_on)
            return
        except (SignInError, StoreError) as error:
            page.show_problem(error.text)
            return
        page.forget()
        await self.enter(profile)

    async def enter(self, profile: "Profile") -> None:
        """Show the desk on an open profile, where the person was when it locked."""
        rooms = await self._rooms()
        gc.freeze()  # what is there now stays; only what comes with the desk is looked through
        self.folder, self.is_demo = profile.folder, profile.store.identity.is_demo
        frame, following = self._frame, self._following
        self._leaving = [frame.phrases.guests(), sweep_since(frame)]
        outfit = rooms.outfitted(following, self._clock)
        page = await self._furnished(rooms.DeskPage(outfit), profile)
        desk: Desk = rooms.Desk(profile, frame, self._keeper, outfit, page)
        self.desk = desk
        await asyncio.sleep(0)
        desk.lock_asked.connect(partial(self.start_locking, N_("Locked by you.")))
        self._leaving.append(following.theme.listen(desk.recolour))
        frame.show_demo(is_demo=self.is_demo)
        frame.show_page(desk.page)
        self._guard = rooms.Guard(self._app, following.settings, self.start_locking)
        self.rounds = rooms.Rounds(profile, desk.office, self._keeper, self._clock)
        following.offer_start_pages(desk.page.sections.pages)
        following.hear(await rooms.heard_policy(desk.office))
        await self._start(desk)

    async def _furnished(self, page: "DeskPage", profile: "Profile") -> "DeskPage":
        """Furnish the page of the desk out of sight; keys and mouse are answered in between.

        Called off, such as by somebody who leaves, it closes the store.
        """
        self._frame.hold(page)
        try:
            for _ in page.furnish():
                await asyncio.sleep(0)
        except BaseException:
            profile.close()
            raise
        return page

    async def _start(self, desk: "Desk") -> None:
        """Fill the desk, and say what the lock has stopped."""
        settings = self._following.settings
        left, self._left = self._left, None
        await desk.start(
            settings.current.start_page,
            wants_reminders=lambda: settings.current.reminders,
            left=left,
        )
        if self._was_stopped:
            self._was_stopped = False
            self._frame.notices.tell(Notice(_STOPPED, Weight.CAUTION))
        self.files.go_on()

    def start_locking(self, why: Text) -> None:
        """Lock, soon."""
        self._keeper.start(self.lock(why), name="lock")

    async def lock(self, why: Text) -> None:
        """Hide everything, keep what was typed, close the store, forget its key and all it held.

        Args:
            why: Shown on the unlock page.
        """
        if self.desk is None:
            return
        self._closing, self.desk = self.desk, None
        rooms = await self._rooms()
        self._left = rooms.place_of(self._closing)
        self._hide(why)
        self._was_stopped = self._frame.progress.stop_all() or self._was_stopped
        await self._closing.keep_drafts()
        await self._keeper.close()
        await self._closing.close()
        self._forget(self._closing)
        gc.collect()
        self._frame.unlock.let_type()

    def _hide(self, why: Text) -> None:
        """Show the unlock page before anything else, so that nothing is seen any more."""
        page = self._frame.unlock
        page.forget()
        page.show_reason(why, is_demo=self.is_demo)
        page.show_busy(N_("Locking …"))
        self._frame.show_page(page)
        hide_other_windows(self._app, self._frame)
        self._frame.notices.forget()
        page.line.setFocus()

    def _forget(self, desk: "Desk") -> None:
        """Let go of the desk, and of everything that hangs on it."""
        self._closing = None
        self._stop_watching()
        desk.leave()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _stop_watching(self) -> None:
        for part in (self._guard, self.rounds):
            if part is not None:
                part.leave()
        for leave in self._leaving:
            leave()
        self._guard = self.rounds = None
        self._leaving = []

    async def close(self) -> None:
        """Close the store before the program ends, also where a lock was just doing so."""
        self._stop_watching()
        for desk in (self.desk, self._closing):
            if desk is not None:
                await desk.close()

    def _on_accepted(self, passphrase: str) -> None:
        self._keeper.start(self.unlock(passphrase, is_accepted=True), name="unlock")

    async def _show_way(self, name: str) -> None:
        """Show the wizard of another way in."""
        rooms = await self._rooms()
        rooms.show_way(name, self._frame, self._keeper, self.folder, self._clock, self.enter)

    def _on_way_asked(self, name: str) -> None:
        self._keeper.start(self._show_way(name), name="way back")
