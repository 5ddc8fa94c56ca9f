"""What was typed and not saved, kept on this desk until it is saved or discarded.

A draft holds the text as it stood in the fields, to the letter, not the values that would become of
it: what cannot be read yet is not lost either.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from pydantic import TypeAdapter, ValidationError

from embassy_desk.application.records import change_record
from embassy_desk.application.sheets import enter_sheet
from embassy_desk.application.showing import plain
from embassy_desk.domain.catalogue import KINDS, kind_named
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.likeness import KINDS_WITH_DUPLICATES
from embassy_desk.domain.merge import survivor_of
from embassy_desk.store.finders.merged import merged_records
from embassy_desk.store.local_values import (
    LocalValue,
    forget_local,
    keep_local,
    local_values,
)
from embassy_desk.store.work import UnitOfWork

TOPIC = "draft"

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_KINDS = frozenset(kind.name for kind in KINDS)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Unsaved work on one record, or on one that does not exist yet.

    Attributes:
        name: Its name on this desk.
        kind: Kind of the record.
        record_id: The record; nothing while it was never saved.
        heading: What the record was called when it was opened; empty for a new one.
        typed: What stood in the fields that were touched, as their editors hold it.
        based_on: Value that each of these fields had when it was shown, as JSON holds it.
        rows: Rows gathered for a new record, by table name.
        row: A row that was being edited: its table, its identity, and what stood in its fields.
        changed_at: When it was kept last; nothing before it was kept.
    """

    name: str
    kind: str
    record_id: UUID | None = None
    heading: str = ""
    typed: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    based_on: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=lambda: _NOTHING)
    row: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    changed_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed or gathered."""
        return not (self.typed or self.row or any(self.rows.values()))


def draft_name(kind: str, record_id: UUID | None) -> str:
    """Return a name for a new draft; drafts never take each other's place."""
    return f"{kind}:{record_id.hex if record_id else 'new'}:{uuid4().hex}"


def keep_draft(work: UnitOfWork, draft: Draft) -> None:
    """Keep a draft in the place of what was kept under its name; an empty one is forgotten.

    Raises:
        RefusedError: It is too large to be kept.
    """
    if draft.is_empty:
        forget_local(work, TOPIC, draft.name)
        return
    value = {
        "kind": draft.kind,
        "record_id": draft.record_id.hex if draft.record_id else None,
        "heading": draft.heading,
        "typed": dict(draft.typed),
        "based_on": {name: plain(each) for name, each in draft.based_on.items()},
        "rows": {
            name: [{each: plain(held) for each, held in row.items()} for row in rows]
            for name, rows in draft.rows.items()
        },
        "row": dict(draft.row),
    }
    keep_local(work, TOPIC, draft.name, value)


def discard_draft(work: UnitOfWork, name: str) -> None:
    """Forget a draft; one that is gone already is no mistake."""
    forget_local(work, TOPIC, name)


def continue_draft(work: UnitOfWork, draft: Draft, earlier: str) -> None:
    """Keep a draft that has taken over everything of an earlier one.

    Raises:
        RefusedError: It is too large to be kept.
    """
    keep_draft(work, draft)
    if earlier != draft.name:
        discard_draft(work, earlier)


def drafts(work: UnitOfWork) -> tuple[Draft, ...]:
    """Return everything that was typed and not saved, newest first.

    Drafts of kinds that this version does not know, and of records that may not be seen any more,
    are left alone and not shown.
    """
    found = [_draft_of(each) for each in local_values(work, TOPIC)]
    known = [
        each
        for each in found
        if each is not None and (each.record_id is None or work.sees_record(each.record_id))
    ]
    return tuple(sorted(known, key=lambda each: str(each.changed_at), reverse=True))


def drafts_of(work: UnitOfWork, kind: str, record_id: UUID | None) -> tuple[Draft, ...]:
    """Return the drafts of a record, or those of new records of a kind, newest first.

    What was typed into a record that was merged since belongs to the one that stands for it.
    """
    merged = merged_records(work, kind) if kind in KINDS_WITH_DUPLICATES else {}
    return tuple(
        each
        for each in drafts(work)
        if each.kind == kind
        and (each.record_id and survivor_of(each.record_id, merged)) == record_id
    )


def save_sheet(
    work: UnitOfWork,
    kind: str,
    record_id: UUID | None,
    values: Mapping[str, Any],
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    draft: str,
) -> Record:
    """Save what a form holds and forget its draft, both or neither.

    Args:
        work: A writing unit of work.
        kind: Kind of the record.
        record_id: The record; nothing enters a new one.
        values: Fields that changed; of a new record all of them.
        rows: Rows of a new record by table name.
        draft: Name of the draft.

    Raises:
        InvalidError: Some values are wrong; every problem is named.
        MissingError: The record is gone.
    """
    if record_id is None:
        record = enter_sheet(work, kind, values, rows)
    else:
        record = change_record(work, kind, record_id, values)
    discard_draft(work, draft)
    return record


def changed_since(draft: Draft, record: Record) -> frozenset[str]:
    """Return the fields of a draft whose stored value is no longer the one it was based on."""
    fields = kind_named(draft.kind).entity.model_fields
    return frozenset(
        name
        for name, value in draft.based_on.items()
        if name in fields and plain(getattr(record, name)) != value
    )


def _draft_of(found: LocalValue) -> Draft | None:
    value = found.value
    if not isinstance(value, dict) or value.get("kind") not in _KINDS:
        return None
    return Draft(
        name=found.name,
        kind=value["kind"],
        record_id=UUID(value["record_id"]) if value.get("record_id") else None,
        heading=value.get("heading", ""),
        typed=value.get("typed", {}),
        based_on=value.get("based_on", {}),
        rows=value.get("rows", {}),
        row=value.get("row", {}),
        changed_at=found.changed_at,
    )


def read_row(part: type[Part], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a gathered row as its class holds them; what it refuses is left out."""
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name in part.model_fields:
            annotation: Any = part.model_fields[name].annotation
            with suppress(ValidationError):
                values[name] = TypeAdapter(annotation).validate_python(value)
    return values
