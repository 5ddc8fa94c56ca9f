"""The front door: builds what works behind the painted window, and takes everything down again.

Loaded after the window was painted, and loads the rest of the desk in a worker thread.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import qasync
from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.entrance import Entrance
from embassy_desk.desktop.helping import Helping
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.session import Session
from embassy_desk.desktop.shell.one_window import OneWindow
from embassy_desk.desktop.unlock.welcome import NoStorePage
from embassy_desk.settings.log_lines import leading_words
from embassy_desk.settings.places import is_set_up
from embassy_desk.texts import Words

if TYPE_CHECKING:
    from embassy_desk.application.profile import Profile
    from embassy_desk.desktop.desk import Desk
    from embassy_desk.desktop.first_run import FirstRun
    from embassy_desk.desktop.shell.journal import Journal

Clock = Callable[[], datetime]

QUIT_WELL = 0
_THREADS_ASIDE = 2  # for loading and unlocking; the store has threads of its own

_LOG = logging.getLogger(__name__)


def serve(
    app: QApplication,
    entrance: Entrance,
    place: OneWindow,
    clock: Clock,
    *,
    passphrase: str | None,
    opens: Path | None,
) -> int:
    """Run the desk behind a window that is shown, and return the exit code.

    Args:
        app: The application.
        entrance: The window and what it follows.
        place: Tells of others that start the desk on this profile, from now on.
        clock: Answers with the present time and its zone.
        passphrase: Unlocks at once instead of asking.
        opens: A file to take in once the desk is unlocked.
    """
    with asyncio.Runner(loop_factory=partial(qasync.QEventLoop, app)) as runner:
        door = FrontDoor(app, entrance, clock)
        place.file_given.connect(door.session.files.take_in)
        place.listen()
        if opens is not None:
            door.session.files.take_in(opens)
        return runner.run(door.run(passphrase))


def _loaded_rooms() -> ModuleType:
    """Import what the unlock page does without; called in a worker thread."""
    from embassy_desk.desktop import desk  # noqa: PLC0415  painted first, loaded after

    return desk


def _loaded_wizard() -> ModuleType:
    """Import what only the first run needs; called in a worker thread."""
    from embassy_desk.desktop import first_run  # noqa: PLC0415  most starts are not the first

    return first_run


class FrontDoor:
    """Holds the parts of one run of the desk."""

    first_run: "FirstRun | None" = None

    def __init__(self, app: QApplication, entrance: Entrance, clock: Clock) -> None:
        """Connect the window; `run` loads the rest."""
        self._entrance = entrance
        self._folder, self._is_demo = entrance.folder, entrance.is_demo
        self._clock = clock
        self.following, self.frame = entrance.following, entrance.frame
        self.keeper = Keeper(self._tell)
        self._journal: Journal | None = None
        self._quit = asyncio.Event()
        self._rooms: asyncio.Future[ModuleType] | None = None
        self._wire(app)

    def _wire(self, app: QApplication) -> None:
        frame = self.frame
        self.session = Session(
            app,
            self._folder,
            frame,
            self.keeper,
            self.following,
            clock=self._clock,
            rooms=lambda: self.rooms,
        )
        self.following.attach(frame, self._tell, self._retranslate)
        frame.quit_asked.connect(self._on_quit_asked)
        frame.unlock.submitted.connect(self._on_submitted)
        Helping(frame, self.keeper, self._folder, self._clock, lambda: self.rooms)

    async def run(self, passphrase: str | None) -> int:
        """Load the rest of the desk, and stay until the person leaves."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._on_loop_error)
        # By default qasync would use Qt's threads, of which Python knows nothing.
        loop.set_default_executor(ThreadPoolExecutor(_THREADS_ASIDE, "aside"))
        self._rooms = loop.create_future()
        self.keeper.start(self._load(), name="load")
        if self._entrance.welcome is not None:
            self.keeper.start(self._begin(self._entrance.welcome), name="begin")
        elif passphrase is not None or self._is_demo:
            self.keeper.start(self.session.unlock(passphrase), name="unlock")
        await self._quit.wait()
        await self._take_down()
        return QUIT_WELL

    async def _load(self) -> None:
        """Import the rest of the desk in a worker thread, so that the window stays quick."""
        try:
            rooms = await asyncio.to_thread(_loaded_rooms)
        except BaseException:
            self.rooms.cancel()
            raise
        await asyncio.to_thread(rooms.confirm_here)
        self._journal = rooms.Journal(self.keeper.report)
        if is_set_up(self._folder):
            self._journal.write_to(self._folder)
        self.rooms.set_result(rooms)

    @property
    def rooms(self) -> asyncio.Future[ModuleType]:
        """The rest of the desk, once it is loaded."""
        assert self._rooms is not None, "the window was not shown yet"
        return self._rooms

    async def _begin(self, page: NoStorePage) -> None:
        """Show the wizard of the first run."""
        await self.rooms
        wizard = await asyncio.to_thread(_loaded_wizard)
        first: FirstRun = wizard.FirstRun(
            self.frame,
            page,
            self.keeper,
            self.following,
            folder=self._folder,
            clock=self._clock,
            enter=self._enter,
        )
        self.first_run = first
        first.wizard.show()

    async def _enter(self, profile: "Profile") -> None:
        """Show the desk on the store that the wizard made."""
        if self._journal is not None:
            self._journal.write_to(profile.folder)
        await self.session.enter(profile)

    @property
    def desk(self) -> "Desk | None":
        """The open desk; nothing while it is locked."""
        return self.session.desk

    async def _take_down(self) -> None:
        """Stop what runs, close the store, and only then the window."""
        await self.keeper.close()
        await self.session.close()
        if self._journal is not None:
            self._journal.close()
        self.frame.let_close()
        self.frame.deleteLater()
        self.following.close()

    async def _ask_to_quit(self) -> None:
        if self.desk is None or await self.desk.may_close():
            self._quit.set()

    def _tell(self, notice: Notice) -> None:
        self.frame.notices.tell(notice)

    def _on_submitted(self, passphrase: str) -> None:
        is_demo = self._is_demo or self.session.is_demo
        work = self.session.unlock(None if is_demo else passphrase)
        self.keeper.start(work, name="unlock")

    def _on_quit_asked(self) -> None:
        self.keeper.start(self._ask_to_quit(), name="quit")

    def _retranslate(self, words: Words) -> None:
        if self.desk is not None:
            self.desk.retranslate(words)
        self.frame.retranslate(words)

    def _on_loop_error(self, _loop: object, context: dict[str, Any]) -> None:
        """Report what went wrong in the loop itself; nobody else hears of it."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self.keeper.report(error)
        else:
            _LOG.error("loop: %s", leading_words(str(context.get("message"))))
