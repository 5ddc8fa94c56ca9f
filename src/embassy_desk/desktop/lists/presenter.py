"""What a list shows: turns what was asked into queries and answers into lines. No Qt."""

from dataclasses import replace
from typing import Protocol

from embassy_desk.application.office import Office
from embassy_desk.application.pages import ListQuery, Page, Shelf, count_lines, page_of
from embassy_desk.desktop.kit.plans import TablePlan

PAGE_LINES = 120
"""Lines fetched at once: more than a tall screen shows."""


class ListView(Protocol):
    """What a list needs from its screen."""

    def show_list(self, query: ListQuery, plan: TablePlan, total: int, first: Page) -> None:
        """Show a list from its beginning."""

    def show_page(self, page: Page) -> None:
        """Show lines that were asked for."""

    def refresh_list(self, total: int) -> None:
        """Let the lines that are in sight be asked for again."""


class ListPresenter:
    """Keeps what the list is asked for; answers that come too late are dropped."""

    def __init__(self, office: Office, view: ListView) -> None:
        """Begin without a list."""
        self._office = office
        self._view = view
        self._plan = TablePlan(columns=())
        self._asked = 0
        self.query = ListQuery(kind="")

    async def show_kind(self, kind: str, plan: TablePlan) -> None:
        """Show the list of a kind as its plan arranges it."""
        self._plan = plan
        self.query = ListQuery(
            kind=kind,
            fields=plan.stored_fields,
            sort=plan.sort,
            is_descending=plan.is_descending,
            limit=PAGE_LINES,
        )
        await self._show()

    async def filter(self, words: str) -> None:
        """Show only lines that contain every word."""
        if words != self.query.words:
            self.query = replace(self.query, words=words)
            await self._show()

    async def sort(self, field: str, *, is_descending: bool) -> None:
        """Sort by a field, by `heading`, or by `family` name."""
        self.query = replace(self.query, sort=field, is_descending=is_descending)
        await self._show()

    async def show_shelf(self, shelf: Shelf) -> None:
        """Show records in use, archived ones, or those in the trash."""
        self.query = replace(self.query, shelf=shelf)
        await self._show()

    async def fetch(self, page: int) -> None:
        """Fetch a page that has come into sight."""
        asked = self._asked
        query = replace(self.query, offset=page * PAGE_LINES)
        found = await self._office.ask(page_of, query)
        if asked == self._asked:
            self._view.show_page(found)

    async def refresh(self) -> None:
        """Count anew after a change; lines in sight are fetched again, none is lost meanwhile."""
        if not self.query.kind:
            return
        asked = self._asked
        total = await self._office.ask(count_lines, self.query)
        if asked == self._asked:
            self._view.refresh_list(total)

    async def _show(self) -> None:
        self._asked += 1
        asked, query = self._asked, self.query
        first = await self._office.ask(page_of, query)
        whole = len(first.lines) < PAGE_LINES
        total = len(first.lines) if whole else await self._office.ask(count_lines, query)
        if asked == self._asked:
            self._view.show_list(query, self._plan, total, first)
