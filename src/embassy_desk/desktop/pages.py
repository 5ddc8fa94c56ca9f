"""The pages of the desk that are no list: each is built when it is first shown."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from embassy_desk.application.office import Office
from embassy_desk.application.reports import Wish
from embassy_desk.desktop.home_page.presenter import HomePresenter
from embassy_desk.desktop.home_page.screen import HomeScreen
from embassy_desk.desktop.kit.keeper import Keeper, Notice
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.report_page.presenter import ReportPresenter
from embassy_desk.desktop.report_page.saving import ask_for_file
from embassy_desk.desktop.report_page.screen import PAGE_PX, ReportScreen
from embassy_desk.desktop.shell.desk_page import DeskPage, Page


class PagePresenter(Protocol):
    """What every page can do."""

    async def refresh(self) -> None:
        """Show the page anew."""


class DeskPages(QObject):
    """Holds screens and presenters of the pages.

    Attributes:
        record_asked: A record is to be opened; carries its kind and identity.
        behind_asked: The list behind a count is wanted; carries its name, the kind, whether mine.
        told: Something was done; carries the notice.
    """

    record_asked = Signal(str, object)
    behind_asked = Signal(str, str, bool)
    told = Signal(object)

    def __init__(self, office: Office, page: DeskPage, keeper: Keeper, outfit: Outfit) -> None:
        """Begin without pages."""
        super().__init__(page)
        self._office = office
        self.page = page
        self._keeper = keeper
        self._outfit = outfit
        self._presenters: dict[str, PagePresenter] = {}
        self._makers: dict[str, Callable[[], tuple[Page, PagePresenter]]] = {
            "home": self._home,
            "reports": self._reports,
        }

    async def show(self, name: str) -> None:
        """Show a page, as it is today.

        Raises:
            KeyError: There is no such page.
        """
        if name not in self._presenters:
            screen, presenter = self._makers[name]()
            self._presenters[name] = presenter
            self.page.add_page(name, screen)
        self.page.show_page(name)
        await self._presenters[name].refresh()

    async def refresh(self) -> None:
        """Show the page in sight anew."""
        presenter = self._presenters.get(self.page.shown_page)
        if presenter is not None:
            await presenter.refresh()

    def _home(self) -> tuple[HomeScreen, HomePresenter]:
        screen = HomeScreen(self._outfit)
        presenter = HomePresenter(self._office, screen, today=self._outfit.today)
        screen.record_asked.connect(self.record_asked)
        screen.behind_asked.connect(partial(self._on_behind, presenter))
        screen.whose_asked.connect(partial(self._on_whose, presenter))
        return screen, presenter

    def _reports(self) -> tuple[ReportScreen, ReportPresenter]:
        screen = ReportScreen(self._outfit)
        presenter = ReportPresenter(self._office, screen, lambda text: self.told.emit(Notice(text)))
        screen.preview_asked.connect(partial(self._on_preview, presenter))
        screen.save_asked.connect(partial(self._on_save, presenter))
        return screen, presenter

    def _on_preview(self, presenter: ReportPresenter, name: str, wish: Wish) -> None:
        work = presenter.preview(name, wish, self._outfit.words, PAGE_PX)
        self._keeper.start(work, name="report")

    def _on_save(self, presenter: ReportPresenter, name: str, wish: Wish) -> None:
        words = self._outfit.words

        def save(target: Path) -> None:
            self._keeper.start(presenter.save(name, wish, words, target), name="report")

        ask_for_file(self.page, self._outfit, name, save)

    def _on_behind(self, presenter: HomePresenter, name: str, kind: str) -> None:
        self.behind_asked.emit(name, kind, presenter.is_mine)

    def _on_whose(self, presenter: HomePresenter, is_mine: bool) -> None:  # noqa: FBT001  Qt's
        self._keeper.start(presenter.choose(is_mine=is_mine), name="whose")
