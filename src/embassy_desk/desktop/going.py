"""Goes from section to section and from record to record; asks first when work is not saved."""

from uuid import UUID

from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.lists.presenter import ListPresenter
from embassy_desk.desktop.plans import PLANS, may_enter
from embassy_desk.desktop.records.acts import RecordActs
from embassy_desk.desktop.records.presenter import RecordPresenter
from embassy_desk.desktop.shell.desk_page import DeskPage


class Going:
    """Keeps sections, list and record page together."""

    def __init__(
        self,
        page: DeskPage,
        lists: ListPresenter,
        records: RecordPresenter,
        acts: RecordActs,
        keeper: Keeper,
    ) -> None:
        """Move among these."""
        self._page = page
        self._lists = lists
        self._records = records
        self._acts = acts
        self._keeper = keeper

    @property
    def kind(self) -> str:
        """Kind of the list that is shown."""
        return self._lists.wish.kind

    async def show_kind(self, kind: str) -> None:
        """Show the list of a kind, with no record open."""
        if not await self._acts.may_leave():
            self._page.sections.show_chosen(self.kind)
            return
        self._records.leave()
        await self._lists.show_kind(kind, PLANS[kind].table)

    async def open(self, kind: str, record_id: UUID) -> None:
        """Show a record, and the list of its kind beside it."""
        if kind == self._records.kind and record_id == self._records.record_id:
            return
        if not await self._acts.may_leave():
            self._page.list.select(self._records.record_id)
            return
        if kind != self.kind:
            self._page.sections.show_chosen(kind)
            await self._lists.show_kind(kind, PLANS[kind].table)
        self._page.list.select(record_id)
        await self._records.open(kind, record_id)

    def start_opening(self, kind: str, record_id: UUID) -> None:
        """Show a record, soon."""
        self._keeper.start(self.open(kind, record_id), name="open")

    async def begin(self) -> None:
        """Show an empty form for a new record of the kind whose list is shown."""
        if may_enter(self.kind) and await self._acts.may_leave():
            self._page.list.select(None)
            self._acts.begin(self.kind)

    async def trash(self, kind: str, record_id: UUID) -> None:
        """Put a record in the trash, once it is the one that is open."""
        await self.open(kind, record_id)
        if self._records.record_id == record_id:
            await self._records.trash()

    def follow_list(self) -> None:
        """Choose in the list what is open, such as a record that was just entered."""
        if self._records.record_id is not None and self._records.kind == self.kind:
            self._page.list.select(self._records.record_id)
