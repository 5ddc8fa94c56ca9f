"""What happened to a record, and how to take it back: both read the change log."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from embassy_desk.domain.catalogue import ENTITIES, entity_name
from embassy_desk.domain.entity import Entity, Route, text_fields
from embassy_desk.domain.errors import ConflictError, MissingError
from embassy_desk.store.added_rows import KEPT_ANEW, AddedRow, take_back_added
from embassy_desk.store.nodes import present_node
from embassy_desk.store.reading import Reading
from embassy_desk.store.rows.base import table_of
from embassy_desk.store.types import ChoiceText, TimeText, time_text
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_BY_NAME = {entity_name(each): each for each in ENTITIES}


@dataclass(frozen=True)
class FieldChange:
    """One field's value before and after, as text of the log; nothing stands for empty."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class HistoryEntry:
    """One operation on a record or one of its parts.

    Attributes:
        nseq: Number of the operation on this device; 0 for what others did.
        transaction: Number of the first operation of the same transaction.
        at: When, by the device's clock.
        by: Staff member, or nothing for shipped data.
        via: By which route.
        entity: Table name of the record or part.
        row_id: Identity of the row.
        kind: `add`, `put` or `del`.
        changes: Fields that changed; empty when the content was erased.
    """

    nseq: int
    transaction: int
    at: datetime
    by: UUID | None
    via: str
    entity: str
    row_id: UUID
    kind: str
    changes: tuple[FieldChange, ...]


def history_of(work: UnitOfWork, record_id: UUID) -> tuple[HistoryEntry, ...]:
    """Return what happened to a record and its parts, here and elsewhere, newest first."""
    rows = work.raw.execute(
        "SELECT nseq, entity, row_id, operation, before, via FROM sync_op WHERE root_id = ?"
        " AND state <> 'moved' ORDER BY position DESC",
        (record_id.hex,),
    ).fetchall()
    own = [_entry(*row) for row in rows if row[3] is not None]
    pulled = work.raw.execute(
        "SELECT entity, row_id, kind, user, at_ms, fields, before FROM pulled_change"
        " WHERE root_id = ? ORDER BY position DESC",
        (record_id.hex,),
    ).fetchall()
    # Both are in order already; where times are equal, that order stays.
    return tuple(
        sorted([*own, *map(_pulled_entry, pulled)], key=lambda each: each.at, reverse=True)
    )


def _pulled_entry(row: tuple[Any, ...]) -> HistoryEntry:
    """Return a change that others made; it has no number here."""
    entity, row_id, kind, user, at_ms, fields, before = row
    after, replaced = json.loads(fields), json.loads(before)
    return HistoryEntry(
        nseq=0,
        transaction=0,
        at=datetime.fromtimestamp(at_ms / 1000, UTC),
        by=UUID(user) if user else None,
        via=Route.SYNC.value,
        entity=entity,
        row_id=UUID(row_id),
        kind=kind,
        changes=tuple(FieldChange(name, replaced.get(name), after[name]) for name in sorted(after)),
    )


def transactions(work: Reading, by: UUID | None) -> Iterator[int]:
    """Yield the numbers of a person's transactions on this device, newest first.

    Those of which every operation was erased are left out.
    """
    rows = work.raw.execute(
        "SELECT operation FROM sync_op WHERE node_no = ?"
        " AND operation IS NOT NULL AND json_extract(operation, '$.u') IS ?"
        " ORDER BY position DESC",
        (present_node(work.raw).no, by.hex if by else None),
    )
    last = None
    for (text,) in rows:
        operation = json.loads(text)
        number = int(operation.get("x", operation["n"]))
        if number != last:
            yield number
        last = number


def last_transaction(work: Reading, by: UUID | None) -> int | None:
    """Return the number of the newest transaction of a person on this device, or nothing."""
    return next(transactions(work, by), None)


def next_number(work: Reading) -> int:
    """Return the number that the next operation of this device will have."""
    (last,) = work.raw.execute(
        "SELECT nseq FROM sync_node WHERE no = ?", (present_node(work.raw).no,)
    ).fetchone()
    return int(last) + 1


def _entry(
    nseq: int, entity: str, row_id: str, text: str, before: str | None, via: str
) -> HistoryEntry:
    operation = json.loads(text)
    replaced = json.loads(before) if before else {}
    kind = operation["k"] if before is not None else "add"
    after = operation.get("f", {})
    names = after.keys() | (replaced.keys() if kind == "del" else set())
    return HistoryEntry(
        nseq=nseq,
        transaction=operation.get("x", nseq),
        at=datetime.fromtimestamp(operation["t"] / 1000, UTC),
        by=UUID(operation["u"]) if operation["u"] else None,
        via=via,
        entity=entity,
        row_id=UUID(row_id),
        kind=kind,
        changes=tuple(
            FieldChange(name, replaced.get(name), after.get(name)) for name in sorted(names)
        ),
    )


def undo(work: UnitOfWork, transaction: int) -> None:
    """Take back a transaction of this device, as a new change; nothing is erased from the log.

    Fields get their former values, removed parts come back, added parts go, added records are
    put in the trash, with the parts that they were added with.

    Args:
        work: A writing unit of work; the caller commits.
        transaction: Number of the first operation of the transaction.

    Raises:
        MissingError: There is no such transaction, or its content was erased.
        ConflictError: Something was changed again since.
    """
    rows = work.raw.execute(
        "SELECT nseq, entity, row_id, operation, before, via FROM sync_op WHERE node_no = ?"
        " AND nseq >= ? ORDER BY nseq",
        (present_node(work.raw).no, transaction),
    )
    entries: list[HistoryEntry] = []
    added: list[AddedRow] = []
    for nseq, entity, row_id, text, before, via in rows:
        if text is None:
            raise MissingError(N_("The content of this change was erased."))
        operation = json.loads(text)
        if operation.get("x", nseq) != transaction:
            break
        if before is None:
            added.append(AddedRow(entity, row_id, operation.get("f", {})))
        else:
            entries.append(_entry(nseq, entity, row_id, text, before, via))
    if not entries and not added:
        raise MissingError(N_("There is no such change."))
    for entry in reversed(entries):
        _take_back(work, entry)
    take_back_added(work, added)


def _take_back(work: UnitOfWork, entry: HistoryEntry) -> None:
    """Take back one operation that changed or removed a row."""
    entity = _BY_NAME[entry.entity]
    present = work.find(entity, entry.row_id)
    if entry.kind == "del":
        if present is not None:
            raise ConflictError(N_("This was added again since; remove it first."))
        values = {each.field: each.before for each in entry.changes}
        work.add_all([entity.made(id=entry.row_id, **values)])
        return
    if present is None:
        raise ConflictError(N_("This was removed in the meantime; there is nothing to take back."))
    _refuse_changed_since(present, entry)
    if entry.kind == "put":
        former = {each.field: each.before for each in entry.changes}
        work.save(present.changed(**_without_bookkeeping(former)))


def _refuse_changed_since(present: Entity, entry: HistoryEntry) -> None:
    """Refuse if a field no longer has the value that the entry gave it."""
    entity = type(present)
    given = {each.field: each.after for each in entry.changes}
    for name, value in _without_bookkeeping(given).items():
        if canonical_value(entity, name, getattr(present, name)) != value:
            raise ConflictError(N_("This was changed again since; undo the later change first."))


def _without_bookkeeping(fields: dict[str, Any]) -> dict[str, Any]:
    """Leave out when and by whom a record was changed last: it moves with every change."""
    return {name: value for name, value in fields.items() if name not in KEPT_ANEW}


def canonical_value(entity: type[Entity], name: str, value: Any) -> Any:
    """Return a field's value as the log writes it: null, flag, integer or text."""
    if value is None or (name in text_fields(entity) and value == ""):
        return None
    column = table_of(entity).c[name].type
    if isinstance(column, TimeText):
        return time_text(value)
    if isinstance(column, ChoiceText):
        return str(value)
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, bool | int | str):
        return value
    return value.isoformat()
