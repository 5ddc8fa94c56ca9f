"""What a list shows: turns what was asked into queries and answers into lines. No Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Protocol
from uuid import UUID

from embassy_desk.application.office import Office
from embassy_desk.application.pages import (
    ListQuery,
    Page,
    count_lines,
    identities,
    page_of,
    places_of,
)
from embassy_desk.application.views import View, keep_layout, opening
from embassy_desk.application.wishes import Chip, Resolved, Wish, resolved
from embassy_desk.desktop.kit.plans import TablePlan
from embassy_desk.desktop.lists.asking import Asking
from embassy_desk.desktop.lists.fields import arranged, is_sortable

PAGE_LINES = 120
"""Lines fetched at once: more than a tall screen shows."""


Spans = tuple[tuple[int, int], ...]
"""First and last row of each span of lines."""


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
        view: The saved view that the wish began with.
    """

    wish: Wish
    plan: TablePlan
    total: int
    first: Page
    names: Mapping[UUID, str]
    unread: frozenset[Chip] = frozenset()
    view: View | None = None


class ListView(Protocol):
    """What a list needs from its screen."""

    def show_list(self, shown: ShownList) -> None:
        """Show a list from its beginning."""

    def show_page(self, page: Page) -> None:
        """Show lines that were asked for."""

    def refresh_list(self, total: int, chosen: Spans | None) -> None:
        """Let the lines that are in sight be asked for again; choose these, if any are named."""


class ListPresenter(Asking):
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
        super().__init__()
        self._office = office
        self._view = view
        self._today = today
        self._zone = zone
        self.plan = TablePlan(columns=())
        self._asked = 0
        self.chosen: tuple[UUID, ...] = ()
        self.view: View | None = None
        self.query = ListQuery(kind="")

    async def show_kind(self, kind: str, plan: TablePlan) -> None:
        """Show the list of a kind: with its default view, else as it was left, else as planned."""
        self._asked += 1
        asked = self._asked
        how = await self._office.ask(opening, kind)
        if asked != self._asked:
            return
        usual = Wish(kind=kind, sort=plan.sort, is_descending=plan.is_descending)
        self.view = how.view
        wish = how.view.wish if how.view else how.layout or usual
        await self.show(wish if _is_known_order(wish) else replace(wish, sort=plan.sort))

    async def show_view(self, view: View | None) -> None:
        """Show a saved view, or the whole list without one."""
        if view is None:
            self.view = None
            await self.clear()
            return
        self.view = view
        await self.show(view.wish)

    async def show(self, wish: Wish) -> None:
        """Show what a person wants of a list."""
        if self.view is not None and self.view.wish.kind != wish.kind:
            self.view = None
        self.wish = wish
        await self._show()

    async def keep_layout(self) -> None:
        """Keep columns and order of the list, unless a saved view is shown."""
        if self.view is None:
            await self._office.do(keep_layout, self.wish)

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
        spans: Spans | None = None
        if len(self.chosen) > 1:
            spans = await self._office.ask(places_of, query, self.chosen)
        if asked == self._asked:
            self.query = query
            self._view.refresh_list(total, spans)
        if spans is not None:
            await self.choose(spans)

    async def choose(self, spans: Spans) -> None:
        """Note which records are chosen, by identity: lines may move."""
        asked = self._asked
        found = await self._office.ask(identities, self.query, spans)
        if asked == self._asked:
            self.chosen = found

    async def _resolved(self) -> Resolved:
        return await self._office.ask(resolved, self.wish, on=self._today(), zone=self._zone())

    def _paged(self, query: ListQuery) -> ListQuery:
        return replace(query, fields=self.plan.stored_fields, limit=PAGE_LINES)

    async def _show(self) -> None:
        self._asked += 1
        self.chosen = ()
        asked, wish = self._asked, self.wish
        self.plan = plan = arranged(wish.kind, wish.columns)
        found = await self._resolved()
        if asked != self._asked:
            return
        self.query = query = self._paged(found.query)
        first = await self._office.ask(page_of, query)
        whole = len(first.lines) < PAGE_LINES
        total = len(first.lines) if whole else await self._office.ask(count_lines, query)
        if asked == self._asked:
            shown = ShownList(wish, plan, total, first, found.names, found.unread, self.view)
            self._view.show_list(shown)


def _is_known_order(wish: Wish) -> bool:
    return wish.sort == "family" or is_sortable(wish.kind, wish.sort)
