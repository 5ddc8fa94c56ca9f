"""What a list shows: turns what was asked into queries and answers into lines. No Qt."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Protocol
from uuid import UUID

from embassy_desk.application.office import Office
from embassy_desk.application.pages import ListQuery, Page, Shelf, count_lines, page_of
from embassy_desk.application.wishes import Chip, Resolved, Wish, resolved
from embassy_desk.desktop.kit.plans import TablePlan
from embassy_desk.desktop.lists.fields import arranged

PAGE_LINES = 120
"""Lines fetched at once: more than a tall screen shows."""


@dataclass(frozen=True)
class ShownList:
    """A list from its beginning.

    Attributes:
        wish: What the person asked for.
        plan: The columns.
        total: How many lines there are.
        first: The first page.
        names: What the records that chips name are called.
        unread: Chips that cannot be read.
    """

    wish: Wish
    plan: TablePlan
    total: int
    first: Page
    names: Mapping[UUID, str]
    unread: frozenset[Chip] = frozenset()


class ListView(Protocol):
    """What a list needs from its screen."""

    def show_list(self, shown: ShownList) -> None:
        """Show a list from its beginning."""

    def show_page(self, page: Page) -> None:
        """Show lines that were asked for."""

    def refresh_list(self, total: int) -> None:
        """Let the lines that are in sight be asked for again."""


class ListPresenter:
    """Keeps what the list is asked for; answers that come too late are dropped."""

    def __init__(
        self,
        office: Office,
        view: ListView,
        *,
        today: Callable[[], date],
        zone: Callable[[], tzinfo],
    ) -> None:
        """Begin without a list."""
        self._office = office
        self._view = view
        self._today = today
        self._zone = zone
        self._plan = TablePlan(columns=())
        self._asked = 0
        self.wish = Wish(kind="")
        self.query = ListQuery(kind="")

    async def show_kind(self, kind: str, plan: TablePlan) -> None:
        """Show the list of a kind as its plan arranges it."""
        await self.show(Wish(kind=kind, sort=plan.sort, is_descending=plan.is_descending))

    async def show(self, wish: Wish) -> None:
        """Show what a person wants of a list."""
        self.wish = wish
        await self._show()

    async def filter(self, words: str) -> None:
        """Show only lines that contain every word."""
        if words != self.wish.words:
            await self.show(replace(self.wish, words=words))

    async def sort(self, field: str, *, is_descending: bool) -> None:
        """Sort by a field, by `heading`, or by `family` name."""
        await self.show(replace(self.wish, sort=field, is_descending=is_descending))

    async def show_shelf(self, shelf: Shelf) -> None:
        """Show records in use, archived ones, or those in the trash."""
        await self.show(replace(self.wish, shelf=shelf))

    async def add_chips(self, chips: Iterable[Chip]) -> None:
        """Keep to further conditions; one that is there already is not added again."""
        kept = dict.fromkeys((*self.wish.chips, *chips))
        await self.show(replace(self.wish, chips=tuple(kept)))

    async def change_chip(self, former: Chip, chip: Chip | None) -> None:
        """Put another condition in the place of one, or nothing."""
        kept = (chip if each == former else each for each in self.wish.chips)
        chips = tuple(dict.fromkeys(each for each in kept if each is not None))
        await self.show(replace(self.wish, chips=chips))

    async def clear(self) -> None:
        """Show the whole list: no conditions, no words."""
        await self.show(replace(self.wish, chips=(), words=""))

    async def fetch(self, page: int) -> None:
        """Fetch a page that has come into sight."""
        asked = self._asked
        query = replace(self.query, offset=page * PAGE_LINES)
        found = await self._office.ask(page_of, query)
        if asked == self._asked:
            self._view.show_page(found)

    async def refresh(self) -> None:
        """Count anew after a change; lines in sight are fetched again, none is lost meanwhile."""
        if not self.wish.kind:
            return
        asked = self._asked
        query = self._paged((await self._resolved()).query)
        total = await self._office.ask(count_lines, query)
        if asked == self._asked:
            self.query = query
            self._view.refresh_list(total)

    async def _resolved(self) -> Resolved:
        return await self._office.ask(resolved, self.wish, on=self._today(), zone=self._zone())

    def _paged(self, query: ListQuery) -> ListQuery:
        return replace(query, fields=self._plan.stored_fields, limit=PAGE_LINES)

    async def _show(self) -> None:
        self._asked += 1
        asked, wish = self._asked, self.wish
        self._plan = plan = arranged(wish.kind, wish.columns)
        found = await self._resolved()
        if asked != self._asked:
            return
        self.query = query = self._paged(found.query)
        first = await self._office.ask(page_of, query)
        whole = len(first.lines) < PAGE_LINES
        total = len(first.lines) if whole else await self._office.ask(count_lines, query)
        if asked == self._asked:
            shown = ShownList(wish, plan, total, first, found.names, found.unread)
            self._view.show_list(shown)
