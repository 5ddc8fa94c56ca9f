"""Finds pairs that may be of one, shows two side by side, merges or keeps them apart. No Qt."""

from collections.abc import Callable, Mapping
from functools import partial
from threading import Event
from typing import Any, Protocol
from uuid import UUID

from embassy_desk.application.duplicates import PairLine, PairList, find_pairs, keep_apart
from embassy_desk.application.merging import MergePlan, merge_plan, merge_records
from embassy_desk.application.office import Office
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.domain.errors import DeskError, InvalidError, Problem, StoppedError
from embassy_desk.texts import N_

CONTACT = "contact"


class DuplicatesView(Protocol):
    """What the page needs from its screen."""

    def show_searching(self, *, is_searching: bool) -> None:
        """Say that all records are being compared, or no longer."""

    def show_pairs(self, found: PairList | None, kind: str) -> None:
        """Show the pairs of a kind; nothing before they were looked for."""

    def show_plan(self, plan: MergePlan | None) -> None:
        """Show two records side by side, or none."""

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say why the chosen values do not fit together."""


class Search:
    """A search that may be stopped from another thread than the one it runs on."""

    def __init__(self) -> None:
        """Begin; nobody asked to stop."""
        self.stopped = Event()

    def going_on(self, _done: int, _total: int) -> None:
        """Go on, unless somebody asked to stop.

        Raises:
            StoppedError: Somebody did.
        """
        if self.stopped.is_set():
            raise StoppedError


class DuplicatesPresenter:
    """Keeps the pairs that were found until somebody asks to look again."""

    def __init__(
        self, office: Office, view: DuplicatesView, *, tell: Callable[[Notice], None]
    ) -> None:
        """Begin without pairs; `tell` shows what was done."""
        self._office = office
        self._view = view
        self._tell = tell
        self._found: dict[str, PairList] = {}
        self._search: Search | None = None
        self._line: PairLine | None = None
        self.kind = CONTACT

    async def refresh(self) -> None:
        """Look for pairs the first time; afterwards show those that are still two."""
        if self.kind not in self._found and self._search is None:
            await self.look()

    async def choose_kind(self, kind: str) -> None:
        """Show the pairs of another kind."""
        self.kind = kind
        self.stop()
        await self.choose(None)
        self._view.show_pairs(self._found.get(kind), kind)
        await self.refresh()

    async def look(self) -> None:
        """Compare all records anew; a search that runs already is left to run."""
        if self._search is not None:
            return
        kind, search = self.kind, Search()
        self._search = search
        self._view.show_searching(is_searching=True)
        try:
            self._found[kind] = await self._office.aside(
                partial(find_pairs, kind=kind, going_on=search.going_on)
            )
        except StoppedError:
            self._tell(Notice(N_("The search was stopped.")))
        finally:
            self._search = None
            self._view.show_searching(is_searching=False)
        if kind == self.kind:
            self._view.show_pairs(self._found.get(kind), kind)

    def stop(self) -> None:
        """End the search."""
        if self._search is not None:
            self._search.stopped.set()

    async def choose(self, line: PairLine | None) -> None:
        """Show the two of a pair side by side."""
        self._line = line
        await self._show(None if line is None else (line.one, line.other))

    async def turn(self, plan: MergePlan) -> None:
        """Let the other one of two be kept."""
        await self._show((plan.lost.id, plan.kept.id))

    async def _show(self, two: tuple[UUID, UUID] | None) -> None:
        if two is None:
            self._view.show_plan(None)
            return
        try:
            plan = await self._office.ask(merge_plan, self.kind, *two)
        except DeskError:
            self._view.show_plan(None)  # such as one that was merged a moment ago
            raise
        self._view.show_plan(plan)

    async def keep_apart(self, line: PairLine) -> None:
        """Remember that two are not of one."""
        await self._office.do(keep_apart, line.kind, line.one, line.other)
        self._leave_out(lambda each: each == line)
        self._tell(Notice(N_("These two will not be named together again."), can_undo=True))
        await self.choose(None)

    async def merge(self, plan: MergePlan, values: Mapping[str, Any]) -> None:
        """Merge two with the chosen values.

        Raises:
            RefusedError: They cannot be merged, or the rights do not allow it.
        """
        try:
            kept = await self._office.do(
                merge_records, plan.kind, plan.kept.id, plan.lost.id, values
            )
        except InvalidError as error:
            self._view.show_problems(error.problems)
            return
        gone = plan.lost.id
        self._leave_out(lambda each: gone in (each.one, each.other))
        text = N_("“{lost}” was merged into “{kept}”.", lost=plan.lost.heading, kept=kept.heading)
        self._tell(Notice(text, can_undo=True))
        await self.choose(None)

    def _leave_out(self, is_done: Callable[[PairLine], bool]) -> None:
        found = self._found.get(self.kind)
        if found is None:
            return
        left = tuple(each for each in found.lines if not is_done(each))
        count = found.count - (len(found.lines) - len(left))
        self._found[self.kind] = PairList(count, left)
        self._view.show_pairs(self._found[self.kind], self.kind)
