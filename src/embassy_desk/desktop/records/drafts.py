"""Keeps what is typed on the record page, so that neither a crash nor a lock loses it. No Qt.

Nothing is older than a second when it reaches the disk. What is left unsaved is offered again when
its record is opened: nobody is asked before leaving.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from embassy_desk.application.drafts import (
    Draft,
    continue_draft,
    discard_draft,
    draft_name,
    drafts,
    drafts_of,
    keep_draft,
)
from embassy_desk.application.office import Office
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice, Way, Weight
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.records.offers import DraftOffer, offer_of
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import RefusedError
from embassy_desk.texts import N_

KEEP_AFTER_S = 0.7
"""Seconds from the first key that is not kept yet until it is written."""


@dataclass(frozen=True, kw_only=True)
class Unsaved:
    """What the page holds that is not saved; see `Draft` for what each part is."""

    typed: Mapping[str, Any]
    based_on: Mapping[str, Any]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    row: Mapping[str, Any]


class DraftView(Protocol):
    """What drafts need from the page."""

    def unsaved(self) -> Unsaved | None:
        """Return what the page holds that is not saved; nothing when no form is open."""

    def show_offer(self, offer: DraftOffer | None) -> None:
        """Offer to continue a draft, or nothing."""

    def show_typed(self, draft: Draft) -> None:
        """Show what was typed once, as if it were typed now."""


class Drafts:
    """Writes the draft of the open form while it is edited, and offers those of earlier days.

    Attributes:
        view: The page.
        offered: What is offered to be continued, if anything.
    """

    def __init__(
        self, office: Office, view: DraftView, keeper: Keeper, reader: Callable[[], Reader]
    ) -> None:
        """Begin with no form open."""
        self._office = office
        self.view = view
        self._keeper = keeper
        self._reader = reader
        self._session: Draft | None = None
        self._record: Record | None = None
        self._is_kept = False
        self._soon: asyncio.TimerHandle | None = None
        self._waiting: dict[str, Draft] = {}
        self._forgotten: set[str] = set()
        self.offered: Draft | None = None

    @property
    def name(self) -> str:
        """Name of the open form's draft; empty when none is open."""
        return self._session.name if self._session else ""

    def begin(
        self, kind: str, record_id: UUID | None, record: Record | None, *, is_saved: bool = False
    ) -> None:
        """Note that another form is about to be shown; what the present one holds is kept.

        Args:
            kind: Kind of the record.
            record_id: The record; nothing for a new one.
            record: The record as it is stored.
            is_saved: What the present form holds was saved, and needs no draft any more.
        """
        if is_saved:
            self._forget()
        self._set_aside()
        heading = record.heading if record is not None else ""
        name = draft_name(kind, record_id)
        self._session = Draft(name=name, kind=kind, record_id=record_id, heading=heading)
        self._record = record
        self._is_kept = False
        self.offered = None
        if self._waiting:
            self._keeper.start(self.flush(), name="keep a draft")

    def leave(self) -> None:
        """Note that no form is open any more; what it held is kept."""
        self._set_aside()
        self._session = self._record = self.offered = None
        if self._waiting:
            self._keeper.start(self.flush(), name="keep a draft")

    def note_edit(self) -> None:
        """Note that the form was edited; it is kept soon."""
        if self._session is not None and self._soon is None:
            loop = asyncio.get_running_loop()
            self._soon = loop.call_later(KEEP_AFTER_S, self._on_time)

    def _on_time(self) -> None:
        self._keeper.start(self.flush(), name="keep a draft")

    def _set_aside(self) -> None:
        """Take what the form holds, to be written next."""
        if self._soon is None or self._session is None:
            return
        self._soon.cancel()
        self._soon = None
        draft = self._snapshot()
        if not draft.is_empty or self._is_kept:
            self._waiting[draft.name] = draft
            self._forgotten.discard(draft.name)
            self._is_kept = True

    def _snapshot(self) -> Draft:
        assert self._session is not None, "no form is open"
        held = self.view.unsaved()
        if held is None:
            return self._session
        return replace(
            self._session, typed=held.typed, based_on=held.based_on, rows=held.rows, row=held.row
        )

    async def flush(self) -> None:
        """Write everything that is not written yet.

        Raises:
            RefusedError: A draft is too large to be kept; it is not tried again until it changes.
            StoreError: The store cannot be written; it is tried again with the next key.
        """
        self._set_aside()
        for name, draft in tuple(self._waiting.items()):
            if self._waiting.get(name) is not draft:  # forgotten, or typed on, meanwhile
                continue
            try:
                await self._office.do(keep_draft, draft)
            except RefusedError:
                self._waiting.pop(name, None)
                raise
            if self._waiting.get(name) is draft:
                del self._waiting[name]

    def _forget(self) -> None:
        """Forget the draft of the open form, with what is about to be written of it."""
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        self._waiting.pop(self.name, None)
        if self._is_kept:
            self._forgotten.add(self.name)  # whoever reads before that is written still sees it
            work = self._office.do(discard_draft, self.name)
            self._keeper.start(work, name="forget a draft")
        self._is_kept = False

    def drop(self) -> None:
        """Forget the draft of the open form, because the person dropped what was typed."""
        if self._session is not None:
            self._forget()

    async def offer(self) -> None:
        """Offer what was typed for the open form earlier, the newest first."""
        session = self._session
        if session is None:
            return
        found = await self._office.ask(drafts_of, session.kind, session.record_id)
        if session is not self._session:
            return
        others = _without(found, {session.name, *self._forgotten})
        self.offered = others[0] if others else None
        self.view.show_offer(
            offer_of(self.offered, self._record, self._reader()) if self.offered else None
        )

    async def others(self) -> tuple[Draft, ...]:
        """Return the work that was not saved, other than that of the open form, newest first."""
        found = await self._office.ask(drafts)
        return _without(found, {self.name, *self._forgotten})

    async def accept(self) -> Mapping[str, Any]:
        """Continue the draft that is offered; return the row that was being edited, if any."""
        offered, session = self.offered, self._session
        if offered is None or session is None:
            return {}
        self.view.show_offer(None)
        self.view.show_typed(offered)
        self._is_kept = True
        self._forgotten.discard(session.name)
        going_on = self._snapshot()
        if offered.row and not going_on.row:
            going_on = replace(going_on, row=offered.row)
        await self._office.do(continue_draft, going_on, offered.name)
        await self.offer()
        return offered.row

    async def discard(self) -> None:
        """Forget the draft that is offered."""
        if self.offered is not None:
            await self._office.do(discard_draft, self.offered.name)
            await self.offer()


def _without(found: Iterable[Draft], names: Collection[str]) -> tuple[Draft, ...]:
    """Leave out drafts: that of the open form, and those that are about to be forgotten."""
    return tuple(each for each in found if each.name not in names)


def reminder(unsaved: Sequence[Draft]) -> Notice | None:
    """Return the notice that there is unsaved work, with the way to it; nothing without any."""
    if not unsaved:
        return None
    text = N_(
        "There is {count} piece of unsaved work.",
        "There are {count} pieces of unsaved work.",
        count=len(unsaved),
    )
    return Notice(text, Weight.CAUTION, way=Way(N_("Show"), "drafts"))
