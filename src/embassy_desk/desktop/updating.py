"""New versions of the program at the desk: a quiet notice, and a place to install now or later.

Nothing is installed by itself, and nothing that is open is touched: the new version is laid beside
the present one and opens at the next start.
"""

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from embassy_desk import __version__
from embassy_desk.application.beside_the_work import BesideTheWork
from embassy_desk.application.office import Office
from embassy_desk.application.profile import Profile
from embassy_desk.application.updating import asker_at, install_here, reached, way_to_updates
from embassy_desk.desktop.kit.dialogs import Question, answer_to
from embassy_desk.desktop.kit.file_dialogs import files_to_open
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice, Way, Weight
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.progress import Progress
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.domain.errors import DeskError, RefusedError
from embassy_desk.settings.log_lines import Plain
from embassy_desk.texts import N_
from embassy_desk.updates.installation import installation_here
from embassy_desk.updates.installing import Asker, Outcome, look
from embassy_desk.updates.manifest import Offer

FIRST_MS, EVERY_MS = 120_000, 24 * 3600 * 1000
"""Two minutes after the desk was opened, when the line is quiet again, and then once a day."""

ACT = "updates"
_LINE, _STICK = 0, 1
_INSTALL = 0
_LOG = logging.getLogger(__name__)


class Updating(QObject):
    """Looks for new versions and installs them when asked.

    Attributes:
        program: The running program; the one that Python knows by default.
    """

    program: Path | None = None

    def __init__(
        self, profile: Profile, office: Office, frame: Frame, keeper: Keeper, outfit: Outfit
    ) -> None:
        """Rest until it is started."""
        super().__init__(frame)
        self._profile, self._office, self._frame = profile, office, frame
        self._keeper, self._outfit = keeper, outfit
        self._beside = BesideTheWork(office)
        self._timer = QTimer(self, interval=FIRST_MS)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        """Begin to look by itself, where the program updates itself."""
        self._timer.start()

    def stop(self) -> None:
        """Look no more; what is under way ends by itself."""
        self._timer.stop()
        self._beside.close()

    def _on_time(self) -> None:
        self._timer.setInterval(EVERY_MS)
        self._keeper.start(self.look_quietly(), name="look for updates")

    async def look_quietly(self) -> None:
        """Tell of a new version; that none can be looked for is only for the log."""
        try:
            offer = await self._looked(None)
        except DeskError as error:
            _LOG.info("no look for updates: %s", Plain(error.code))
            return
        if offer is not None:
            text = N_(
                "Version {version} can be installed. Your data are backed up first.",
                version=offer.manifest.version,
            )
            way = Way(N_("Updates …"), ACT)
            self._frame.notices.tell(Notice(text, Weight.CAUTION, way=way))

    async def show(self) -> None:
        """Ask where to look, tell what is there, and install it if that is wanted.

        Raises:
            DeskError: It cannot be done, and why; the present version stays.
        """
        self._asker()  # a program of the site says so at once
        text = N_(
            "This is version {version}. Updates are installed beside it, and the way back is kept."
            " Nothing is installed that headquarters did not sign.",
            version=__version__,
        )
        answers = (N_("Look at headquarters"), N_("From a stick …"), N_("Later"))
        answer = await self._asked(Question(self._frame, self._outfit.words, text, answers))
        stick = await self._chosen() if answer == _STICK else None
        if answer == _LINE or stick is not None:
            await self._offer(stick)

    async def _chosen(self) -> Path | None:
        title = N_("Choose the update that was carried here")
        return next(iter(await files_to_open(self._frame, self._outfit.words, title)), None)

    async def _asked(self, question: Question) -> int:
        help_topic(question, "index")
        return await answer_to(question)

    async def _offer(self, stick: Path | None) -> None:
        looking = N_("Looking for updates …")
        offer = await self._frame.progress.during(looking, lambda _: self._looked(stick))
        if offer is None:
            self._frame.notices.tell(Notice(N_("There is nothing newer for this desk.")))
            return
        version = offer.manifest.version
        text = N_(
            "Version {version} is ready for this desk. Your data are backed up first, and this"
            " window goes on working; the new version opens the next time you start the desk.",
            version=version,
        )
        answers = (N_("Install now"), N_("Later"))
        question = Question(self._frame, self._outfit.words, text, answers)
        if await self._asked(question) == _INSTALL:
            await self._install(stick, version)

    async def _install(self, stick: Path | None, version: str) -> None:
        if self._frame.progress.is_busy:
            raise RefusedError(
                N_("Finish or stop what is under way first; then install the update.")
            )
        way = await self._office.ask(way_to_updates)
        doing = N_("Installing version {version} …", version=version)

        def work(progress: Progress) -> Outcome | None:
            with reached(way, stick) as source:
                return install_here(self._asker(), source, self._profile, progress)

        outcome = await self._frame.progress.during(
            doing, lambda progress: self._beside.on_the_road(partial(work, progress))
        )
        if outcome is not None:
            text = N_(
                "Version {version} is installed and opens the next time the desk is started.",
                version=outcome.version,
            )
            self._frame.notices.tell(Notice(text, Weight.DONE))

    async def _looked(self, stick: Path | None) -> Offer | None:
        asker = self._asker()
        way = await self._office.ask(way_to_updates)

        def work() -> Offer | None:
            with reached(way, stick) as source:
                return look(asker, source)

        return await self._beside.on_the_road(work)

    def _asker(self) -> Asker:
        store = self._profile.store
        home = installation_here(self.program)
        return asker_at(home, store.clock(), store.identity.mission)
