"""The pages of the desk that are no list: each is built when it is first shown."""

from collections.abc import Callable, Coroutine
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from embassy_desk.application.office import Office
from embassy_desk.desktop.boards.presenter import BoardPresenter
from embassy_desk.desktop.boards.reasons import asked_reason
from embassy_desk.desktop.boards.screen import BoardScreen
from embassy_desk.desktop.calendar.presenter import CalendarPresenter
from embassy_desk.desktop.calendar.screen import CalendarScreen
from embassy_desk.desktop.duplicates.page import duplicates_page
from embassy_desk.desktop.home_page.presenter import HomePresenter
from embassy_desk.desktop.home_page.screen import HomeScreen
from embassy_desk.desktop.importing.presenter import ImportPresenter
from embassy_desk.desktop.kit.days import day_text
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.reminders.presenter import RemindersPresenter
from embassy_desk.desktop.reminders.rules import change_rules
from embassy_desk.desktop.reminders.screen import RemindersScreen
from embassy_desk.desktop.report_page.page import ReportPage
from embassy_desk.desktop.report_page.presenter import During, ReportPresenter
from embassy_desk.desktop.report_page.screen import ReportScreen
from embassy_desk.desktop.shell.desk_page import DeskPage, Page
from embassy_desk.desktop.trash.page import trash_page

_DAYS_OF_KINDS = {"task": "due_on", "engagement": "held_on"}

Tell = Callable[[Notice], None]
Work = Callable[..., Coroutine[Any, Any, object]]


class PagePresenter(Protocol):
    """What every page can do."""

    async def refresh(self) -> None:
        """Show the page anew."""


class DeskPages(QObject):
    """Holds screens and presenters of the pages.

    Attributes:
        record_asked: A record is to be opened; carries its kind and identity.
        behind_asked: The list behind a count is wanted; carries its name, the kind, whether mine.
        figure_asked: The list behind a figure is wanted; carries its finding and the kind.
        paper_asked: A report is to be shown; carries its name and the wish.
        report: The page of reports, once it was shown.
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
        during: During,
        tell: Tell,
    ) -> None:
        """Begin without pages; `during` shows long work, `tell` what was done."""
        super().__init__(page)
        self._office, self._keeper, self._outfit = office, keeper, outfit
        self.page, self._during, self._tell = page, during, tell
        asked = self.record_asked.emit
        self.report: ReportPage | None = None
        self._presenters: dict[str, PagePresenter] = {}
        self._makers: dict[str, Callable[[], tuple[Page, PagePresenter]]] = {
            "home": self._home,
            "reports": self._reports,
            "board": self._board,
            "duplicates": lambda: duplicates_page(office, outfit, tell, self._starter, asked),
            "reminder": self._reminder,
            "calendar": self._calendar,
            "trash": lambda: trash_page(office, outfit, tell, self._starter, asked),
        }

    def offer(self, name: str, make: Callable[[], tuple[Page, PagePresenter]]) -> None:
        """Take a page whose parts are made elsewhere, once it is first shown."""
        self._makers[name] = make

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

    async def take_in(self, path: Path) -> None:
        """Show the page of imports with a file.

        Raises:
            DeskError: It cannot be read.
        """
        await self.show("import")
        presenter = self._presenters["import"]
        if isinstance(presenter, ImportPresenter):
            await presenter.choose(path)

    def _home(self) -> tuple[HomeScreen, HomePresenter]:
        screen = HomeScreen(self._outfit)
        presenter = HomePresenter(self._office, screen, today=self._outfit.today)
        screen.record_asked.connect(self.record_asked)
        screen.behind_asked.connect(
            lambda name, kind: self.behind_asked.emit(name, kind, presenter.is_mine)
        )
        screen.whose_asked.connect(
            lambda is_mine: self._keeper.start(presenter.choose(is_mine=is_mine), name="whose")
        )
        return screen, presenter

    def _reports(self) -> tuple[ReportScreen, ReportPresenter]:
        self.report = ReportPage(self._office, self._keeper, self._outfit, self._during, self._tell)
        self.report.screen.tabs.figures.figure_asked.connect(self.figure_asked)
        self.report.screen.tabs.duties.record_asked.connect(self.record_asked)
        self.report.screen.preview_asked.connect(self.paper_asked)
        return self.report.screen, self.report.presenter

    async def keep_typed(self) -> None:
        """Keep what was typed into the pages and is not kept yet.

        Raises:
            DeskError: It cannot be kept, such as on a full disk.
        """
        if self.report is not None:
            await self.report.writing.flush()

    def _board(self) -> tuple[BoardScreen, BoardPresenter]:
        screen = BoardScreen(self._outfit)
        presenter = BoardPresenter(
            self._office,
            screen,
            today=self._outfit.today,
            tell=self._tell,
            ask_reason=partial(asked_reason, screen, self._outfit),
        )
        screen.record_asked.connect(self.record_asked)
        screen.move_asked.connect(self._starter(presenter.move, "move a card"))
        screen.top.kind_asked.connect(self._starter(presenter.choose_kind, "board"))
        screen.top.cards_asked.connect(self._starter(presenter.choose_cards, "cards"))
        return screen, presenter

    def _calendar(self) -> tuple[CalendarScreen, CalendarPresenter]:
        screen = CalendarScreen(self._outfit)
        presenter = CalendarPresenter(self._office, screen, today=self._outfit.today)
        screen.record_asked.connect(self.record_asked)
        screen.new_asked.connect(self._on_new)
        screen.day_asked.connect(partial(self._on_day, presenter))
        top = screen.top
        top.turned.connect(self._starter(presenter.turn, "turn"))
        top.today_asked.connect(self._starter(presenter.go_to_today, "today"))
        top.form_asked.connect(self._starter(presenter.choose_form, "form"))
        top.whose_asked.connect(self._starter(presenter.choose_whose, "whose"))
        return screen, presenter

    def _reminder(self) -> tuple[RemindersScreen, RemindersPresenter]:
        screen = RemindersScreen(self._outfit)
        presenter = RemindersPresenter(self._office, screen, today=self._outfit.today)
        screen.record_asked.connect(self.record_asked)
        screen.behind_asked.connect(self.behind_asked)
        screen.put_off_asked.connect(self._starter(presenter.put_off, "put off"))
        screen.seen_asked.connect(self._starter(presenter.see_to, "see to"))
        screen.whose_asked.connect(self._starter(presenter.choose_whose, "whose"))
        rules = partial(change_rules, self._office, self._outfit, screen, presenter)
        screen.rules_asked.connect(self._starter(rules, "rules"))
        return screen, presenter

    def _on_day(self, presenter: CalendarPresenter, day: date) -> None:
        if presenter.choose_day(day):
            self._keeper.start(presenter.refresh(), name="day")

    def _on_new(self, kind: str, day: date) -> None:
        self.new_asked.emit(kind, {_DAYS_OF_KINDS[kind]: day_text(day)})

    def _starter(self, work: Work, name: str) -> Callable[..., None]:
        """Return a slot that starts a coroutine with what the signal carries."""

        def start(*carried: Any) -> None:
            self._keeper.start(work(*carried), name=name)

        return start
