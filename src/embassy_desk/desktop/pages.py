"""The pages of the desk that are no list: each is built when it is first shown.

All but the home page are loaded when the first of them is: an eighth of the time to load the desk.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from embassy_desk.application.office import Office
from embassy_desk.desktop.home_page.presenter import HomePresenter
from embassy_desk.desktop.home_page.screen import HomeScreen
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.shell.desk_page import DeskPage, Page

if TYPE_CHECKING:
    from embassy_desk.desktop.report_page.page import ReportPage
    from embassy_desk.desktop.report_page.presenter import During

Tell = Callable[[Notice], None]
Work = Callable[..., Coroutine[Any, Any, object]]


class PagePresenter(Protocol):
    """What every page can do."""

    async def refresh(self) -> None:
        """Show the page anew."""


Make = Callable[[], tuple[Page, PagePresenter]]
"""Puts a page together."""


Load = Callable[[], Callable[["DeskPages"], Mapping[str, Make]]]
"""Imports what puts the other pages together, and returns it; called in a worker thread."""


def _nothing(_records: int) -> None:
    """Make no backup."""


class DeskPages(QObject):
    """Holds screens and presenters of the pages.

    Attributes:
        record_asked: A record is to be opened; carries its kind and identity.
        behind_asked: The list behind a count is wanted; carries its name, the kind, whether mine.
        figure_asked: The list behind a figure is wanted; carries its finding and the kind.
        paper_asked: A report is to be shown; carries its name and the wish.
        report: The page of reports, once it was shown.
        back_up: Makes a backup before an import of so many records.
        choose_file: Looks a file over, once the page of imports was made.
        new_asked: A new record is wanted; carries its kind and what is typed for the person.
    """

    record_asked = Signal(str, object)
    behind_asked = Signal(str, str, bool)
    new_asked = Signal(str, object)
    figure_asked = Signal(str, str)
    paper_asked = Signal(str, object)

    def __init__(
        self,
        office: Office,
        page: DeskPage,
        keeper: Keeper,
        outfit: Outfit,
        during: "During",
        tell: Tell,
        load: Load,
    ) -> None:
        """Begin without pages; `during` shows long work, `tell` what was done, `load` the rest."""
        super().__init__(page)
        self.office, self.keeper, self.outfit = office, keeper, outfit
        self.page, self.during, self.tell, self._load = page, during, tell, load
        self.report: ReportPage | None = None
        self.back_up: Callable[[int], object] = _nothing
        self.choose_file: Callable[[Path], Awaitable[object]] | None = None
        self._presenters: dict[str, PagePresenter] = {}
        self._makers: dict[str, Make] = {"home": self._home}

    def offer(self, name: str, make: Make) -> None:
        """Take a page whose parts are made elsewhere, once it is first shown."""
        self._makers[name] = make

    async def show(self, name: str) -> None:
        """Show a page, as it is today.

        Raises:
            KeyError: There is no such page.
        """
        is_wanted = self.page.wanted()
        if name not in self._makers:
            makers = await asyncio.to_thread(self._load)
            self._makers = {**makers(self), **self._makers}
        if name not in self._presenters:
            screen, presenter = self._makers[name]()
            self._presenters[name] = presenter
            self.page.add_page(name, screen)
        if is_wanted():
            self.page.show_page(name)
            await self._presenters[name].refresh()

    async def refresh(self) -> None:
        """Show the page in sight anew."""
        presenter = self._presenters.get(self.page.shown_page)
        if presenter is not None:
            await presenter.refresh()

    async def take_in(self, path: Path) -> None:
        """Show the page of imports with a file.

        Raises:
            DeskError: It cannot be read.
        """
        await self.show("import")
        if self.choose_file is not None:
            await self.choose_file(path)

    def _home(self) -> tuple[HomeScreen, HomePresenter]:
        screen = HomeScreen(self.outfit)
        presenter = HomePresenter(self.office, screen, today=self.outfit.today)
        screen.record_asked.connect(self.record_asked)
        screen.behind_asked.connect(
            lambda name, kind: self.behind_asked.emit(name, kind, presenter.is_mine)
        )
        screen.whose_asked.connect(
            lambda is_mine: self.keeper.start(presenter.choose(is_mine=is_mine), name="whose")
        )
        return screen, presenter

    async def keep_typed(self) -> None:
        """Keep what was typed into the pages and is not kept yet.

        Raises:
            DeskError: It cannot be kept, such as on a full disk.
        """
        if self.report is not None:
            await self.report.writing.flush()

    def starter(self, work: Work, name: str) -> Callable[..., None]:
        """Return a slot that starts a coroutine with what the signal carries."""

        def start(*carried: Any) -> None:
            self.keeper.start(work(*carried), name=name)

        return start
