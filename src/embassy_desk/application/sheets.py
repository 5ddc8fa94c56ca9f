"""One record as the window shows and saves it: fields, rows, names of what it points to, past."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from embassy_desk.application.agreements import StepOffer, offers_of
from embassy_desk.application.allowed import Allowed, allowed_on
from embassy_desk.application.engagements import with_task
from embassy_desk.application.host import host_country
from embassy_desk.application.records import RecordFile, enter_record, part_named, record_file
from embassy_desk.application.seeing import moment_of
from embassy_desk.application.steps import KINDS_WITH_STATES, advance_record, file_of
from embassy_desk.domain.campaign import CampaignState
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.contact import ContactPhone
from embassy_desk.domain.engagement import Commitment, Engagement
from embassy_desk.domain.entity import Entity, Part, Record, invalid, text_fields
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.domain.obligation import ObligationState
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.phones import phone
from embassy_desk.domain.task import TaskState
from embassy_desk.store.finders.names import headings
from embassy_desk.store.finders.touched import records_touched
from embassy_desk.store.history import FieldChange, HistoryEntry, history_of
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import LabelledEnum

__all__ = [
    "FieldChange",
    "HistoryEntry",
    "RecordHistory",
    "RecordSheet",
    "RecordSteps",
    "StepOffer",
    "enter_sheet",
    "logged_value",
    "put_part",
    "record_sheet",
    "record_steps",
    "sheet_history",
    "take_part",
    "take_step",
    "touched_by",
]

_ROADS: dict[str, tuple[LabelledEnum, ...]] = {
    "task": (TaskState.OPEN, TaskState.IN_PROGRESS, TaskState.DONE),
    "obligation": (
        ObligationState.NOT_STARTED,
        ObligationState.IN_PROGRESS,
        ObligationState.FULFILLED,
    ),
    "campaign": (CampaignState.PLANNED, CampaignState.RUNNING, CampaignState.CLOSED),
}
"""The usual road of kinds whose machines know no order; those of others follow from them."""

_MAIN = "is_primary"
_IDENTITY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class RecordSheet:
    """A record with its rows, and what the records it names are called.

    Attributes:
        kind: Name of its kind.
        file: The record and its rows.
        names: Headings by identity; those that do not exist are left out.
        moment: When it was read, for `application.seeing`.
        allowed: What the person may do with it.
    """

    kind: str
    file: RecordFile
    names: Mapping[UUID, str]
    moment: int = 0
    allowed: Allowed = field(default_factory=Allowed)

    @property
    def record(self) -> Record:
        """The record."""
        return self.file.record


@dataclass(frozen=True)
class RecordHistory:
    """What happened to a record, newest first, and what the records it names are called."""

    entries: tuple[HistoryEntry, ...]
    names: Mapping[UUID, str]
    kind: str = ""


def logged_value(kind: str, field: str, value: Any) -> Any:
    """Return a value that the log keeps of a field of a record as its class holds it.

    Raises:
        InvalidError: The class does not take such a value any more.
    """
    entity = kind_named(kind).entity
    if value is None and field in text_fields(entity):
        return ""
    annotation: Any = entity.model_fields[field].annotation
    try:
        return TypeAdapter(annotation).validate_python(value)
    except ValidationError as error:
        raise InvalidError(Problem(field, each.text) for each in invalid(error).problems) from error


def record_sheet(work: UnitOfWork, kind: str, record_id: UUID) -> RecordSheet:
    """Return a record of a kind with its rows and the names that show them.

    Raises:
        MissingError: There is none, or no such kind.
    """
    file = record_file(work, kind, record_id)
    entities: list[Entity] = [file.record, *(each for rows in file.parts.values() for each in rows)]
    named = {value for each in entities for _, value in each if isinstance(value, UUID)}
    allowed = allowed_on(work, file.record)
    return RecordSheet(kind, file, headings(work, named), moment_of(work), allowed)


def sheet_history(work: UnitOfWork, record_id: UUID, kind: str = "") -> RecordHistory:
    """Return what happened to a record and its rows, with the names that show it."""
    entries = history_of(work, record_id)
    named = {entry.by for entry in entries if entry.by}
    for entry in entries:
        for change in entry.changes:
            named.update(_identities(change))
    return RecordHistory(entries, headings(work, named), kind)


def _identities(change: FieldChange) -> set[UUID]:
    """Return the identities among a change's values; the log writes them as 32 digits."""
    values = (change.before, change.after)
    return {UUID(each) for each in values if isinstance(each, str) and _IDENTITY.fullmatch(each)}


def enter_sheet(
    work: UnitOfWork,
    kind: str,
    values: Mapping[str, Any],
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
) -> Record:
    """Enter a new record with its rows, as a form gives them.

    Raises:
        InvalidError: Some values are wrong; every problem is named.
    """
    record = enter_record(work, kind, values)
    for name, each_row in rows.items():
        for row in each_row:
            put_part(work, kind, record.id, name, row)
    return record


def touched_by(work: UnitOfWork, transaction: int) -> tuple[str, ...]:
    """Return what the records are called that a change of this desk touched.

    Args:
        work: A unit of work.
        transaction: Number of the change.
    """
    return tuple(headings(work, records_touched(work, transaction)).values())


def put_part(
    work: UnitOfWork,
    kind: str,
    record_id: UUID,
    name: str,
    values: Mapping[str, Any],
    *,
    part_id: UUID | None = None,
) -> Part:
    """Add a row to a record, or change the one with an identity.

    A telephone number is also kept as the network dials it. What somebody promises at an engagement
    becomes a task. Of the rows of one class only one is
    the main one: the last that was said to be.

    Raises:
        InvalidError: Some values are wrong.
        MissingError: The record or the row is gone.
    """
    known = kind_named(kind)
    record = work.get(known.entity, record_id)
    part = part_named(known, name)
    if part_id is None:
        row = work.new_part(part, record, **values)
    else:
        row = work.get(part, part_id).changed(**values)
    if isinstance(row, ContactPhone):
        region = getattr(record, "nationality", "") or host_country(work)
        row = row.changed(e164=phone(row.typed, region))
    if part_id is None and isinstance(row, Commitment) and isinstance(record, Engagement):
        row = with_task(work, record, row)
    if getattr(row, _MAIN, False):
        _only_main(work, record, row)
    return work.save(row)


def take_part(work: UnitOfWork, kind: str, name: str, part_id: UUID) -> None:
    """Remove a row of a record; one that is gone already is no trouble."""
    row = work.find(part_named(kind_named(kind), name), part_id)
    if row is not None:
        work.remove(row)


def _only_main(work: UnitOfWork, record: Record, row: Part) -> None:
    for each in work.parts(type(row), record):
        if each.id != row.id and getattr(each, _MAIN, False):
            work.save(each.changed(**{_MAIN: False}))


@dataclass(frozen=True)
class RecordSteps:
    """Where a record with states stands, and where it may go next.

    Attributes:
        road: The states of the main road in order, others left out.
        state: The present state; off the road for parked, ended and the like.
        offers: The steps it may take next, with what each still needs.
        reached: The last day on which it came to each state, as far as that was written down.
    """

    road: tuple[LabelledEnum, ...]
    state: LabelledEnum
    offers: tuple[StepOffer, ...]
    reached: Mapping[str, date] = field(default_factory=dict)


def record_steps(work: UnitOfWork, kind: str, record_id: UUID) -> RecordSteps | None:
    """Return where a record stands on its way; nothing for kinds without states.

    Raises:
        MissingError: The record is gone.
    """
    entity = kind_named(kind).entity
    if entity not in KINDS_WITH_STATES:
        return None
    record = work.get(entity, record_id)
    machine, file = file_of(work, record)
    steps = sorted(work.parts(StageStep, record), key=lambda each: each.on)
    reached = {each.to_state: each.on for each in steps}
    off_road = machine.aside | machine.by_name_only
    road = tuple(each for each in machine.states if each not in off_road)
    return RecordSteps(_ROADS.get(kind, road), file.state, offers_of(machine, file), reached)


def take_step(
    work: UnitOfWork, kind: str, record_id: UUID, target: str, *, on: date, reason: str = ""
) -> Record:
    """Take a step of a record, write it down, and let others follow that depend on it.

    Raises:
        MissingError: The record is gone.
        RefusedError: The step may not be taken now; says what is missing.
    """
    record = work.get(kind_named(kind).entity, record_id)
    return advance_record(work, record, target, on=on, reason=reason)
