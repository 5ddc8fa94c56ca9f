"""Asks the three questions of the home page, one after another, and hands the answers on. No Qt."""

from collections.abc import Callable
from datetime import date
from typing import Protocol
from uuid import UUID

from embassy_desk.application.courses import YearAhead, year_ahead
from embassy_desk.application.due_lines import DueGroup
from embassy_desk.application.home import needs, quiet
from embassy_desk.application.office import Office


class HomeView(Protocol):
    """What the home page needs from its screen."""

    def show_day(self, on: date, *, is_mine: bool) -> None:
        """Show which day it is, and whose things are shown."""

    def show_needs(self, groups: tuple[DueGroup, ...]) -> None:
        """Show what needs somebody today."""

    def show_year(self, year: YearAhead) -> None:
        """Show the agreements of the year ahead."""

    def show_quiet(self, group: DueGroup) -> None:
        """Show the contacts that have gone quiet."""


class HomePresenter:
    """Keeps whose things the page shows; answers that were overtaken are dropped."""

    def __init__(self, office: Office, view: HomeView, *, today: Callable[[], date]) -> None:
        """Begin with the things of the person at the desk."""
        self._office = office
        self._view = view
        self._today = today
        self._asked = 0
        self.is_mine = True

    @property
    def whose(self) -> UUID | None:
        """The person whose things are shown; nothing for the whole mission's."""
        return self._office.store.author.staff_id if self.is_mine else None

    async def choose(self, *, is_mine: bool) -> None:
        """Show my things, or the whole mission's."""
        self.is_mine = is_mine
        await self.refresh()

    async def refresh(self) -> None:
        """Ask the three questions anew; other questions get their turn between them."""
        self._asked += 1
        asked, on, whose = self._asked, self._today(), self.whose
        self._view.show_day(on, is_mine=self.is_mine)
        groups = await self._office.ask(needs, on, whose)
        if asked == self._asked:
            self._view.show_needs(groups)
        year = await self._office.ask(year_ahead, on, whose)
        if asked == self._asked:
            self._view.show_year(year)
        silent = await self._office.ask(quiet, on, whose)
        if asked == self._asked:
            self._view.show_quiet(silent)
