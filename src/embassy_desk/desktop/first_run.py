"""Runs the wizard of the first run, and makes at its end what was asked for."""

import asyncio
import getpass
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from embassy_desk.application.first_run import (
    DEMO_PASSPHRASE,
    make_demo,
    make_store,
    shipped_missions,
)
from embassy_desk.application.keys import new_recovery_code
from embassy_desk.application.profile import Profile, open_profile
from embassy_desk.desktop.beginning.presenter import DEMO_CONTACTS, BeginningPresenter, Door
from embassy_desk.desktop.beginning.screen import BeginningWizard
from embassy_desk.desktop.following import Following
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.progress import Progress
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.unlock.welcome import NoStorePage
from embassy_desk.desktop.ways_back.restoring import Restoring
from embassy_desk.desktop.ways_back.showing import show_code
from embassy_desk.desktop.ways_back.threshold import Threshold
from embassy_desk.domain.errors import DeskError
from embassy_desk.settings.places import demo_profile
from embassy_desk.texts import N_

Clock = Callable[[], datetime]
Enter = Callable[[Profile], Awaitable[None]]


class FirstRun:
    """Holds the wizard until there is a store; what was typed stays while it is put aside."""

    def __init__(
        self,
        frame: Frame,
        page: NoStorePage,
        keeper: Keeper,
        following: Following,
        *,
        folder: Path,
        clock: Clock,
        enter: Enter,
    ) -> None:
        """Make the wizard over a page; the desk is opened by `enter` on the profile it makes."""
        self._frame, self._keeper, self._following = frame, keeper, following
        self._page = page
        self._folder, self._clock, self._enter = folder, clock, enter
        self._presenter = BeginningPresenter(shipped_missions(), folder, _login_name())
        self.wizard = BeginningWizard(frame, self._presenter, following.words)
        for part in (page, self.wizard):
            frame.phrases.include(part)
        page.begin_asked.connect(self.wizard.show)
        self.wizard.language_chosen.connect(frame.language_asked)
        self.wizard.finish_asked.connect(self._on_finish)

    def _on_finish(self) -> None:
        if self._presenter.answers.door is Door.RESTORE:
            self._on_restore()
            return
        self._keeper.start(self._make(), name="first run")

    def _on_restore(self) -> None:
        """Show the wizard of backups in the place of this one."""
        page = self._page
        threshold = Threshold(
            self._folder, self._clock, self._begin, page.show_busy, page.show_waiting
        )
        Restoring(self._frame, self._keeper, threshold)

    async def _begin(self, profile: Profile) -> None:
        """Open the desk on the first store, and let go of the wizard."""
        self._frame.phrases.leave_out(self.wizard)
        self.wizard.passphrase.fields.forget()
        self.wizard.deleteLater()
        self._frame.activateWindow()  # the keys go to the desk, not to the wizard that went
        await self._enter(profile)
        self._following.settings.settle(profile.folder)

    async def _make(self) -> None:
        is_demo = self._presenter.answers.door is Door.DEMO
        try:
            profile = await (self._demo() if is_demo else self._store())
        except DeskError as error:
            self._page.show_waiting()
            self.wizard.show_problem(error.text)
            return
        await self._begin(profile)
        if not is_demo:
            await self._give_code(profile)

    async def _give_code(self, profile: Profile) -> None:
        """Show a recovery code for the safe: no headquarters can help with this store yet.

        Raises:
            StoreError: The key files cannot be written; the store stays as it is.
        """
        code = await asyncio.to_thread(new_recovery_code, profile.folder, profile.key)
        await show_code(self._frame, self._keeper, code, profile)

    async def _store(self) -> Profile:
        """Make the store that was asked for.

        Raises:
            DeskError: It cannot be made; nothing of it stays.
        """
        self._page.show_busy(N_("Your store is being made …"))
        new = self._presenter.new_store()
        return await asyncio.to_thread(make_store, self._folder, new, self._clock)

    async def _demo(self) -> Profile:
        """Make the demonstration, unless there is one, and open it.

        Raises:
            DeskError: It cannot be made, or was stopped; nothing of it stays.
        """
        text = N_("The demonstration is being made …")
        self._page.show_busy(text)
        await self._frame.progress.during(text, self._make_demo)
        return await asyncio.to_thread(open_profile, demo_profile(), DEMO_PASSPHRASE, self._clock)

    async def _make_demo(self, progress: Progress) -> None:
        make = partial(
            make_demo,
            demo_profile(),
            self._clock,
            on=self._clock().astimezone().date(),
            contacts=DEMO_CONTACTS,
            report=progress,
        )
        await asyncio.to_thread(make)


def _login_name() -> str:
    """Return the name the person signed in with, where it looks like a name; empty otherwise."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        return ""
    return name if " " in name else ""
