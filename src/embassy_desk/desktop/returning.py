"""Where the person was when the desk locked, and the way back after it was unlocked."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from embassy_desk.desktop.going import Going
from embassy_desk.desktop.records.acts import RecordActs
from embassy_desk.desktop.records.drafts import Drafts
from embassy_desk.desktop.records.presenter import RecordPresenter
from embassy_desk.desktop.shell.desk_page import DeskPage
from embassy_desk.domain.errors import MissingError


@dataclass(frozen=True)
class Left:
    """A place as it may be remembered while the desk is locked: names and numbers, no text.

    Attributes:
        section: The page or the kind of the list.
        record_id: The record that was open, if any.
        draft: Name of the draft of what was typed and not saved; empty for none.
    """

    section: str
    record_id: UUID | None
    draft: str


class Parts(Protocol):
    """The parts of the desk that know where the person is."""

    page: DeskPage
    going: Going
    records: RecordPresenter
    drafts: Drafts
    acts: RecordActs


def place_of(parts: Parts) -> Left:
    """Return where the person is."""
    held = parts.drafts.view.unsaved()
    is_typed = held is not None and bool(held.typed or held.row or any(held.rows.values()))
    record_id = parts.records.record_id if held is not None else None
    return Left(parts.going.section, record_id, parts.drafts.name if is_typed else "")


async def come_back(parts: Parts, left: Left) -> None:
    """Show the section and the record again, with what was typed; what is gone is passed over."""
    parts.page.sections.show_chosen(left.section)
    parts.page.sections.setFocus()
    await parts.going.show_section(left.section)
    with suppress(MissingError):
        if left.record_id is not None:
            await parts.going.open(left.section, left.record_id)
        elif left.draft:
            await parts.going.begin(left.section)
    offered = parts.drafts.offered
    if left.draft and offered is not None and offered.name == left.draft:
        await parts.acts.carry_on()
        if parts.page.record.form is not None:
            parts.page.record.form.focus_first()
