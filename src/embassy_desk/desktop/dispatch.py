"""Puts together what has to do with headquarters: courier, bar at the bottom, its two pages."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from embassy_desk.application.exchanging import Report
from embassy_desk.application.office import Office
from embassy_desk.desktop.decisions.presenter import DecisionsPresenter
from embassy_desk.desktop.decisions.screen import DecisionsScreen
from embassy_desk.desktop.exchange.courier import Courier, Standing, Wipe
from embassy_desk.desktop.headquarters_page.acts import HeadquartersActs
from embassy_desk.desktop.headquarters_page.presenter import HeadquartersPresenter
from embassy_desk.desktop.headquarters_page.screen import HeadquartersScreen
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice, Way, Weight
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.pages import DeskPages
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.texts import N_
from embassy_desk.transport.road import RoadTimes

TRIES = 2
"""Somebody sits there and is told soon; the courier comes back by itself."""

HEADQUARTERS, CONFLICT = "headquarters", "conflict"


class Dispatch(QObject):
    """Holds the courier and makes the pages when they are first shown."""

    def __init__(
        self,
        office: Office,
        frame: Frame,
        keeper: Keeper,
        outfit: Outfit,
        pages: DeskPages,
        refuse_own_file: Callable[[Path], None],
        wipe: Wipe,
    ) -> None:
        """Rest until it is started; `wipe` carries out a wipe order."""
        super().__init__(pages.page)
        self._office = office
        self._frame = frame
        self._keeper = keeper
        self._outfit = outfit
        self._pages = pages
        self._refuse_own_file = refuse_own_file
        self._tell = frame.notices.tell
        self._times = RoadTimes(office.store.clock, tries=TRIES)
        self.courier = Courier(office, keeper, self._tell, self._times, wipe)
        self.courier.setParent(self)
        self._acts: HeadquartersActs | None = None
        self._connect()

    def _connect(self) -> None:
        pages = self._pages
        self.courier.stands.connect(self._on_standing)
        self.courier.ran.connect(self._on_ran)
        pages.page.standing.page_asked.connect(lambda: self.show(HEADQUARTERS))
        pages.offer(HEADQUARTERS, self._headquarters)
        pages.offer(CONFLICT, self._decisions)

    def show(self, section: str) -> None:
        """Show one of the two pages."""
        self._pages.page.sections.choose(section)

    async def take_in(self, path: Path) -> None:
        """Show the page of headquarters with a pouch or an answer from there.

        Raises:
            DeskError: It cannot be read, or does not prove genuine.
        """
        await self._pages.show(HEADQUARTERS)
        if self._acts is not None:
            await self._acts.take_in(path)

    def _headquarters(self) -> tuple[HeadquartersScreen, HeadquartersPresenter]:
        screen = HeadquartersScreen(self._outfit)
        presenter = HeadquartersPresenter(
            self._office, screen, self.courier, self._times, self._tell, self._refuse_own_file
        )
        self._acts = HeadquartersActs(
            screen,
            presenter,
            self._keeper,
            self._outfit,
            self._frame,
            lambda: self.show(CONFLICT),
        )
        screen.record_asked.connect(self._pages.record_asked)
        return screen, presenter

    def _decisions(self) -> tuple[DecisionsScreen, DecisionsPresenter]:
        screen = DecisionsScreen(self._outfit)
        presenter = DecisionsPresenter(self._office, screen, tell=self._tell)
        screen.record_asked.connect(self._pages.record_asked)
        screen.decided.connect(
            lambda ids, takes: self._keeper.start(presenter.decide(ids, takes), name="decide")
        )
        return screen, presenter

    def _on_standing(self, standing: Standing) -> None:
        self._pages.page.standing.show_standing(standing)

    def _on_ran(self, report: Report | None) -> None:
        """Show both pages anew, and tell of new questions."""
        if self._pages.page.shown_page in {HEADQUARTERS, CONFLICT}:
            self._keeper.start(self._pages.refresh(), name="page of headquarters")
        if report is not None and report.conflicts:
            text = N_(
                "What you and somebody else wrote differs. Nothing is lost; it needs a decision."
            )
            self._tell(Notice(text, Weight.CAUTION, way=Way(N_("Decide"), CONFLICT)))
