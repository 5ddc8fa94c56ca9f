"""The front door of the window: builds everything once, in order, and takes it down again.

Only Qt and the texts are imported here, so that the unlock page is painted at once; the rest is
loaded in a worker thread after that.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import qasync
from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.following import Following
from embassy_desk.desktop.helping import Helping
from embassy_desk.desktop.kit.collector import Collector
from embassy_desk.desktop.kit.keeper import Keeper, Notice
from embassy_desk.desktop.session import Session
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.shell.one_window import OneWindow, bring_forward
from embassy_desk.desktop.unlock.welcome import NoStorePage
from embassy_desk.settings.log_lines import leading_words
from embassy_desk.settings.places import is_set_up, translations
from embassy_desk.settings.policy import Governed, machine_folder
from embassy_desk.texts import Words

if TYPE_CHECKING:
    from embassy_desk.application.profile import Profile
    from embassy_desk.desktop.desk import Desk
    from embassy_desk.desktop.first_run import FirstRun
    from embassy_desk.desktop.shell.journal import Journal

Clock = Callable[[], datetime]

QUIT_WELL = 0
_PATIENCE_FOR_PAINT_S = 2.0
_THREADS_ASIDE = 2  # for loading and unlocking; the store has threads of its own

_LOG = logging.getLogger(__name__)


def run_desk(
    folder: Path,
    *,
    clock: Clock | None = None,
    language: str | None = None,
    passphrase: str | None = None,
    is_demo: bool = False,
    opens: Path | None = None,
) -> int:
    """Open the desk on a profile and return the exit code when the person has left.

    Where a window is open on the profile already, that one comes to the front instead.

    Args:
        folder: The profile's folder.
        clock: Answers with the present time and its zone; the computer's by default.
        language: `vi` or `en`; what was chosen last, or the system's, by default.
        passphrase: Unlocks at once instead of asking.
        is_demo: The store holds demonstration data and unlocks by itself.
        opens: A file to take in once the desk is unlocked.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["embassy-desk"])
    app.setQuitOnLastWindowClosed(False)
    app.setApplicationName("embassy-desk")
    app.setDesktopFileName("org.embassydesk.EmbassyDesk")
    place = OneWindow(folder)
    if not place.claim(opens):
        return QUIT_WELL
    collector = Collector(app)
    try:
        with asyncio.Runner(loop_factory=partial(qasync.QEventLoop, app)) as runner:
            door = FrontDoor(app, folder, clock or _now, language=language, is_demo=is_demo)
            place.raise_asked.connect(partial(bring_forward, door.frame))
            place.file_given.connect(door.session.files.take_in)
            if opens is not None:
                door.session.files.take_in(opens)
            return runner.run(door.run(passphrase))
    finally:
        collector.stop()
        place.close()


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the clock itself


def _loaded_rooms() -> ModuleType:
    """Import what the unlock page does without; called in a worker thread."""
    from embassy_desk.desktop import desk  # noqa: PLC0415  painted first, loaded after

    return desk


class FrontDoor:
    """Holds the parts of one run of the desk."""

    first_run: "FirstRun | None" = None

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        clock: Clock,
        *,
        language: str | None = None,
        is_demo: bool = False,
        catalogue: Path | None = None,
        policies: Path | None = None,
    ) -> None:
        """Build what is painted first; catalogue and policies are the system's by default."""
        self._folder = folder
        self._clock = clock
        self._is_demo = is_demo
        governed = Governed(folder, policies or machine_folder())
        self.following = Following(app, governed, catalogue or translations(), language=language)
        self.frame = Frame(self.following.words, is_demo=is_demo)
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
        """Show the window, load the rest, and stay until the person leaves."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._on_loop_error)
        # By default qasync would use Qt's threads, of which Python knows nothing.
        loop.set_default_executor(ThreadPoolExecutor(_THREADS_ASIDE, "aside"))
        self._rooms = loop.create_future()
        painted = asyncio.Event()
        self.frame.painted.connect(painted.set)
        begins = not is_set_up(self._folder) and passphrase is None and not self._is_demo
        page = NoStorePage(self.following.words) if begins else self.frame.unlock
        self.frame.show_page(page)
        self.frame.show()
        self.frame.unlock.line.setFocus()
        with suppress(TimeoutError):  # a window that starts out of sight is not painted
            await asyncio.wait_for(painted.wait(), _PATIENCE_FOR_PAINT_S)
        self.keeper.start(self._load(), name="load")
        if isinstance(page, NoStorePage):
            self.keeper.start(self._begin(page), name="begin")
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
        rooms = await self.rooms
        first: FirstRun = rooms.FirstRun(
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
