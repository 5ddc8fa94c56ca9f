"""What the record page shows and does: opens, saves, takes back, puts away. No Qt."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from embassy_desk.application.agreements import standing
from embassy_desk.application.around import linked, timeline
from embassy_desk.application.attachments import documents
from embassy_desk.application.drafts import save_sheet
from embassy_desk.application.merging import standing_for
from embassy_desk.application.office import Office
from embassy_desk.application.questions import Question, questions
from embassy_desk.application.records import (
    archive,
    bring_back,
    trash,
)
from embassy_desk.application.seeing import seeing
from embassy_desk.application.sheets import (
    RecordSheet,
    RecordSteps,
    put_part,
    record_sheet,
    record_steps,
    sheet_history,
    take_part,
    take_step,
)
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.records.drafts import Drafts, Unsaved
from embassy_desk.domain.entity import ArchiveReason
from embassy_desk.domain.errors import InvalidError, MissingError, Problem
from embassy_desk.domain.term_engine import TermStanding
from embassy_desk.texts import N_

AGREEMENT = "agreement"
DETAILS, TIMELINE, LINKED = "details", "timeline", "linked"
DOCUMENTS, HISTORY = "documents", "history"
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Shown:
    """A record as its page shows it.

    Attributes:
        sheet: The record with its rows.
        steps: Where it stands on its way; nothing for kinds without states.
        standing: Where an agreement stands in time; nothing for other kinds.
        questions: What of it waits for a decision.
    """

    sheet: RecordSheet
    steps: RecordSteps | None
    standing: TermStanding | None
    questions: tuple[Question, ...] = ()


class RecordView(Protocol):
    """What the record page needs from its screen."""

    def show_sheet(self, shown: Shown, keep: frozenset[str] = frozenset()) -> None:
        """Show a record; fields named in `keep` go on holding what is typed in them."""

    def refresh_sheet(self, shown: Shown) -> None:
        """Show the open record anew; what was typed and not saved stays."""

    def show_new(self, kind: str) -> None:
        """Show an empty form for a new record of a kind."""

    def show_tab(self, name: str, told: Any) -> None:
        """Fill a tab beside the details."""

    def show_nothing(self) -> None:
        """Show that no record is open."""

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong, beside the fields."""


class RecordPresenter:
    """Keeps which record is open; an answer for a record that was left is dropped."""

    def __init__(
        self,
        office: Office,
        view: RecordView,
        *,
        drafts: Drafts,
        tell: Callable[[Notice], None],
        today: Callable[[], date],
        prepare: Callable[[str], Awaitable[None]],
    ) -> None:
        """Begin with no record open; `prepare` makes a view ready for records of a kind."""
        self._prepare = prepare
        self._office = office
        self._view = view
        self.drafts = drafts
        self._tell = tell
        self._today = today
        self._asked = 0
        self._moment = 0
        self.kind = ""
        self.record_id: UUID | None = None

    async def open(self, kind: str, record_id: UUID, *, saved: Unsaved | None = None) -> None:
        """Show a record; what another one's form holds is kept as a draft.

        Args:
            kind: Kind of the record.
            record_id: The record.
            saved: What the form held when it was just saved; what was typed since stays in it.

        Raises:
            MissingError: It is gone.
        """
        self._asked += 1
        asked = self._asked
        shown = await self._gathered(kind, record_id)
        await self._prepare(kind)
        if shown.sheet.record.merged_into is not None:
            shown = await self._standing(shown)
            record_id = shown.sheet.record.id
        if asked != self._asked:
            return
        self.kind, self.record_id = kind, record_id
        keep = frozenset() if saved is None else _typed_since(saved, self.drafts.view.unsaved())
        if not keep:
            self._moment = shown.sheet.moment
        self.drafts.begin(kind, record_id, shown.sheet.record, is_saved=saved is not None)
        self._view.show_sheet(shown, keep)
        await self.drafts.offer()

    async def _standing(self, shown: Shown) -> Shown:
        """Return the record that stands for a merged one, and say so."""
        merged = shown.sheet.record
        stands = await self._office.ask(standing_for, merged)
        if stands.id == merged.id:
            return shown
        self._tell(
            Notice(
                N_(
                    "“{lost}” ({ref}) was merged into this record.",
                    lost=merged.heading,
                    ref=merged.ref,
                )
            )
        )
        return await self._gathered(shown.sheet.kind, stands.id)

    async def _gathered(self, kind: str, record_id: UUID) -> Shown:
        sheet = await self._office.ask(record_sheet, kind, record_id)
        steps = await self._office.ask(record_steps, kind, record_id)
        asked = await self._office.ask(questions, record_id)
        if kind != AGREEMENT:
            return Shown(sheet, steps, None, asked)
        term = await self._office.ask(standing, record_id, self._today())
        return Shown(sheet, steps, term, asked)

    async def reload(self) -> None:
        """Show the open record anew, keeping what was typed; one that has gone is left."""
        if self.record_id is None:
            return
        asked = self._asked
        try:
            shown = await self._gathered(self.kind, self.record_id)
        except MissingError:
            self.leave()
            return
        if asked == self._asked:
            if not _holds_words(self.drafts.view.unsaved()):  # else those are of the older page
                self._moment = shown.sheet.moment
            self._view.refresh_sheet(shown)

    async def begin(self, kind: str) -> None:
        """Show an empty form for a new record of a kind."""
        self._asked += 1
        asked = self._asked
        await self._prepare(kind)
        if asked != self._asked:
            return
        self.kind, self.record_id, self._moment = kind, None, 0
        self.drafts.begin(kind, None, None)
        self._view.show_new(kind)
        await self.drafts.offer()

    def leave(self) -> None:
        """Let go of the record."""
        self._asked += 1
        self.record_id = None
        self.drafts.leave()
        self._view.show_nothing()

    async def fill(self, tab: str) -> None:
        """Show what a tab tells about the open record."""
        if self.record_id is None:
            return
        asked = self._asked
        told: Any = None
        if tab == HISTORY:
            told = await self._office.ask(sheet_history, self.record_id, self.kind)
        elif tab == TIMELINE:
            told = await self._office.ask(timeline, self.kind, self.record_id)
        elif tab == LINKED:
            told = await self._office.ask(linked, self.kind, self.record_id)
        elif tab == DOCUMENTS:
            told = await self._office.ask(documents, self.kind, self.record_id)
        if asked == self._asked and told is not None:
            self._view.show_tab(tab, told)

    async def save(self, values: Mapping[str, Any], rows: Rows) -> bool:
        """Save what the form holds, and say whether it was saved.

        Args:
            values: Fields that changed; of a new record all of them.
            rows: Rows of a new record by table name.
        """
        held = self.drafts.view.unsaved()
        try:
            record = await self._office.do(
                seeing(self._moment, save_sheet),
                self.kind,
                self.record_id,
                values,
                rows,
                self.drafts.name,
            )
        except InvalidError as error:
            self._view.show_problems(error.problems)
            return False
        notice = (
            N_("“{heading}” was entered.", heading=record.heading)
            if self.record_id is None
            else N_("“{heading}” was saved.", heading=record.heading)
        )
        await self.open(self.kind, record.id, saved=held)
        self._tell(Notice(notice))
        return True

    async def put_row(
        self, record_id: UUID, name: str, values: Mapping[str, Any], part_id: UUID | None
    ) -> tuple[Problem, ...]:
        """Add or change a row of a record of the open kind; return what is wrong with it.

        Raises:
            MissingError: The record or the row is gone.
        """
        try:
            put = seeing(self._moment, put_part)
            await self._office.do(put, self.kind, record_id, name, values, part_id=part_id)
        except InvalidError as error:
            return error.problems
        await self.reload()
        return ()

    async def take_row(self, name: str, part_id: UUID) -> None:
        """Remove a row of the open record at once."""
        await self._office.do(seeing(self._moment, take_part), self.kind, name, part_id)
        await self.reload()
        self._tell(Notice(N_("One row was removed."), can_undo=True))

    async def take_step(self, target: str, *, on: date, reason: str) -> None:
        """Take a step of the open record.

        Raises:
            RefusedError: It may not be taken now; says what is missing.
        """
        if self.record_id is None:
            return
        take = seeing(self._moment, take_step)
        await self._office.do(take, self.kind, self.record_id, target, on=on, reason=reason)
        await self.reload()

    async def archive(self, reason: ArchiveReason, note: str) -> None:
        """Put the open record away.

        Raises:
            RefusedError: It is archived already.
        """
        if self.record_id is None:
            return
        put_away = seeing(self._moment, archive)
        record = await self._office.do(
            put_away, self.kind, self.record_id, reason=reason, note=note
        )
        self._tell(Notice(N_("“{heading}” was archived.", heading=record.heading), can_undo=True))
        await self.reload()

    async def trash(self) -> None:
        """Put the open record in the trash."""
        if self.record_id is None:
            return
        record = await self._office.do(seeing(self._moment, trash), self.kind, self.record_id)
        text = N_("“{heading}” was put in the trash.", heading=record.heading)
        self._tell(Notice(text, can_undo=True))
        await self.reload()

    async def bring_back(self) -> None:
        """Take the open record out of the archive or the trash."""
        if self.record_id is None:
            return
        back = seeing(self._moment, bring_back)
        record = await self._office.do(back, self.kind, self.record_id)
        self._tell(Notice(N_("“{heading}” is in use again.", heading=record.heading)))
        await self.reload()


def _holds_words(held: Unsaved | None) -> bool:
    """Return whether a page holds anything that is not saved."""
    return held is not None and bool(held.typed or held.rows or held.row)


def _typed_since(saved: Unsaved, held: Unsaved | None) -> frozenset[str]:
    """Return the fields that were typed in while the form was being saved."""
    typed = held.typed if held is not None else {}
    return frozenset(each for each in typed if typed[each] != saved.typed.get(each))
