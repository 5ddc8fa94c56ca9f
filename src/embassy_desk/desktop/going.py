"""Goes from section to section and from record to record; unsaved work stays as a draft."""

from collections.abc import Callable, Mapping
from uuid import UUID

from embassy_desk.application.lists import Shelf
from embassy_desk.application.views import View
from embassy_desk.application.wishes import Chip, ChipTest, Wish
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.lists.presenter import ListPresenter
from embassy_desk.desktop.pages import DeskPages
from embassy_desk.desktop.plans import PLANS, may_enter
from embassy_desk.desktop.records.presenter import RecordPresenter
from embassy_desk.desktop.shell.page_plans import PAGE_PLANS
from embassy_desk.desktop.trail import Place, Trail
from embassy_desk.domain.errors import MissingError
from embassy_desk.domain.rights import Right, Rights
from embassy_desk.texts import N_


class Going:
    """Keeps sections, list and record page together."""

    def __init__(
        self,
        pages: DeskPages,
        lists: ListPresenter,
        records: RecordPresenter,
        keeper: Keeper,
        rights: Callable[[], Rights],
    ) -> None:
        """Move among these; `rights` are those of the person at the desk."""
        self._rights = rights
        self._pages = pages
        self._page = pages.page
        self._lists = lists
        self._records = records
        self._keeper = keeper
        self.trail = Trail()

    @property
    def kind(self) -> str:
        """Kind of the list that is shown."""
        return self._lists.wish.kind

    @property
    def section(self) -> str:
        """The section that is shown: a page, or the kind of the list."""
        return self._page.shown_page or self.kind

    async def show_section(self, section: str) -> None:
        """Show a page, or the list of a kind with no record open."""
        self.trail.note(Place(section))
        self._records.leave()
        if section in PAGE_PLANS:
            await self._pages.show(section)
        else:
            self._show_list(section)
            self._page.list.select(None)  # so that a click on the line opens it again
            await self._lists.show_kind(section, PLANS[section].table)

    async def show_view(self, view: View) -> None:
        """Show a saved view of a list, with no record open."""
        self._records.leave()
        self._show_list(view.wish.kind)
        await self._lists.show_view(view)

    async def open(self, kind: str, record_id: UUID) -> None:
        """Show a record, and the list of its kind beside it."""
        if kind == self._records.kind and record_id == self._records.record_id:
            self._show_list(kind)
            return
        self.trail.note(Place(kind, record_id))
        if kind != self.kind:
            await self._lists.show_kind(kind, PLANS[kind].table)
        self._show_list(kind)
        self._page.list.select(record_id)
        await self._records.open(kind, record_id)

    def start_opening(self, kind: str, record_id: UUID) -> None:
        """Show a record, soon."""
        self._keeper.start(self.open(kind, record_id), name="open")

    async def show_found(self, finding: str, kind: str, *, shelf: Shelf = Shelf.IN_USE) -> None:
        """Show the list of the records that a finding holds for, such as those behind a count."""
        self._records.leave()
        plan, chip = PLANS[kind].table, Chip(finding, ChipTest.HOLDS)
        wish = Wish(
            kind=kind,
            chips=(chip,),
            shelf=shelf,
            sort=plan.sort,
            is_descending=plan.is_descending,
        )
        await self._lists.show(wish)
        self._show_list(kind)
        self._page.list.focus_list()

    def _show_list(self, kind: str) -> None:
        """Show list and record in the place of a page."""
        self._page.show_list()
        self._page.record.invitation.show_kind(kind)
        self._page.sections.show_chosen(kind)

    @property
    def entered_kind(self) -> str:
        """Kind of the record that “New” enters in the section that is shown, where it may."""
        page = self._page.shown_page
        return PAGE_PLANS[page].enters if page else self.kind or "contact"

    async def begin(self, kind: str = "") -> None:
        """Show an empty form for a new record of a kind, by default that of the section.

        Raises:
            RefusedError: The rights do not allow new records.
        """
        await self.begin_with(kind or self.entered_kind, {})

    async def begin_with(self, kind: str, typed: Mapping[str, str]) -> None:
        """Show a form for a new record of a kind, with some fields as if they were typed.

        Raises:
            RefusedError: The rights do not allow new records; nobody types in vain.
        """
        if not may_enter(kind):
            return
        self._rights().decide(Right.CREATE).require()
        if kind != self.kind:
            await self._lists.show_kind(kind, PLANS[kind].table)
        self._show_list(kind)
        self._page.list.select(None)
        await self._records.begin(kind)
        form = self._page.record.form
        if typed and form is not None:
            form.fields.show_typed(typed)

    async def trash(self, kind: str, record_id: UUID) -> None:
        """Put a record in the trash, once it is the one that is open."""
        await self.open(kind, record_id)
        if self._records.record_id == record_id:
            await self._records.trash()

    async def open_draft(self) -> None:
        """Show the record whose unsaved work is the newest, where it is offered.

        Raises:
            MissingError: Everything is saved.
        """
        unsaved = await self._records.drafts.others()
        if not unsaved:
            raise MissingError(N_("Everything that was typed is saved."))
        found = unsaved[0]
        if found.record_id is not None:
            await self.open(found.kind, found.record_id)
            return
        if found.kind != self.kind:
            await self._lists.show_kind(found.kind, PLANS[found.kind].table)
        self._show_list(found.kind)
        await self._records.begin(found.kind)

    def follow_list(self) -> None:
        """Choose in the list what is open, such as a record that was just entered."""
        if self._records.record_id is not None and self._records.kind == self.kind:
            self._page.list.select(self._records.record_id, gently=True)
