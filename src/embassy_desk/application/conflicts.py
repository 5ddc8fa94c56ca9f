"""What waits for a decision: two unseen values of one field, a deletion against a change."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.domain.errors import ConflictError, MissingError, RefusedError
from embassy_desk.domain.rights import Role
from embassy_desk.store.change_log import note
from embassy_desk.store.sync_values import entity_named
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.conflicts import (
    CONFLICT_ENTITY,
    WHOLE_ROW,
    Conflict,
    ConflictKind,
    Resolution,
)
from embassy_desk.sync.scopes import parent_of
from embassy_desk.texts import N_

Keep = Literal["mine", "theirs"]

_DECIDE_LAW = frozenset({Role.HEAD_OF_MISSION, Role.DEPUTY})


@dataclass(frozen=True)
class OpenConflict:
    """A conflict as lists show it.

    Attributes:
        conflict: What headquarters told.
        kind: Name of the kind of record it is about.
        record_id: The record; nothing if it is not here.
        ref: Its reference, empty if it is not here.
        heading: What it is called, empty if it is not here.
        is_winner_mine: Whether the value in force is of the person at this desk.
    """

    conflict: Conflict
    kind: str
    record_id: UUID | None
    ref: str
    heading: str
    is_winner_mine: bool


def open_conflicts(work: UnitOfWork) -> tuple[OpenConflict, ...]:
    """Return the conflicts that wait for somebody and may be seen, the oldest first."""
    rows = work.raw.execute("SELECT id, fields FROM sync_conflict WHERE is_open").fetchall()
    found = [
        _open_conflict(work, Conflict.of_row(row_id, json.loads(text))) for row_id, text in rows
    ]
    seen = [each for each in found if _is_seen(work, each)]
    return tuple(sorted(seen, key=lambda each: (each.conflict.loser_at, each.conflict.id)))


def conflicts_of(work: UnitOfWork, record_id: UUID) -> tuple[OpenConflict, ...]:
    """Return the open conflicts of a record and its parts; for the marks at its fields."""
    return tuple(each for each in open_conflicts(work) if each.record_id == record_id)


def _is_seen(work: UnitOfWork, found: OpenConflict) -> bool:
    """Say whether the person may see what a conflict is about; if nobody can tell, only if all."""
    if work.handlings is None:
        return True
    return found.record_id is not None and work.sees_record(found.record_id)


def _open_conflict(work: UnitOfWork, conflict: Conflict) -> OpenConflict:
    kind, record_id = _root(work, conflict)
    row = work.raw.execute(
        "SELECT ref, heading FROM record_entry WHERE record_id = ?", (record_id,)
    ).fetchone()
    ref, heading = row or ("", "")
    return OpenConflict(
        conflict,
        kind,
        UUID(record_id) if record_id else None,
        ref,
        heading,
        is_winner_mine=_is_winner_mine(work, conflict),
    )


def _root(work: UnitOfWork, conflict: Conflict) -> tuple[str, str | None]:
    """Return kind and identity of the record that a conflict is about."""
    cls = entity_named(conflict.entity)
    if cls is None:
        return conflict.entity, None
    if issubclass(cls, Record):
        return conflict.entity, conflict.row_id
    part = work.find(cls, UUID(conflict.row_id))
    if not isinstance(part, Part):
        return conflict.entity, None
    fields = {
        part.parent_field: part.parent_id.hex,
        "record_kind": getattr(part, "record_kind", ""),
    }
    return parent_of(conflict.entity, fields) or (conflict.entity, None)


def _is_winner_mine(work: UnitOfWork, conflict: Conflict) -> bool:
    """Return whether this desk's person wrote what is in force; if both or neither, yes."""
    own = work.author.staff_id.hex if work.author.staff_id else None
    return conflict.winner_user == own or conflict.loser_user != own


def resolve_conflict(work: UnitOfWork, conflict_id: str, keep: Keep) -> OpenConflict:
    """Close a conflict: what is kept stays or comes into force, the rest stays in its record.

    Args:
        work: A writing unit of work.
        conflict_id: Identity of the conflict, or the first digits of it that no other has.
        keep: The value of the person at this desk, or the other one.

    Raises:
        MissingError: There is no such open conflict, or its row is not here any more.
        ConflictError: Several begin with these digits.
        RefusedError: It is about the law, and this person may not decide that.
        InvalidError: The other value does not fit the record as it stands.
    """
    found = _named(work, conflict_id)
    if (keep == "mine") == found.is_winner_mine:
        close_conflict(work, found, Resolution.KEPT)
    else:
        _take_other(work, found.conflict)
        close_conflict(work, found, Resolution.OTHER)
    return found


def close_conflict(work: UnitOfWork, found: OpenConflict, resolution: Resolution) -> None:
    """Note that a conflict was decided; the chosen value is saved by the caller, if it differs."""
    conflict = found.conflict
    root = (found.kind, found.record_id.hex if found.record_id else conflict.row_id)
    fields: dict[str, Any] = {"resolution": resolution.value}
    note(work.raw, "resolve", CONFLICT_ENTITY, conflict.id, root, fields)
    work.raw.execute("UPDATE sync_conflict SET is_open = 0 WHERE id = ?", (conflict.id,))


def _named(work: UnitOfWork, name: str) -> OpenConflict:
    """Return the open conflict with an identity, or that alone begins with it."""
    digits = name.strip().lower().replace("-", "")
    found = [each for each in open_conflicts(work) if each.conflict.id.startswith(digits)]
    if not found or not digits:
        raise MissingError(N_("There is no open conflict “{name}”.", name=name))
    if len(found) > 1:
        raise ConflictError(N_("Several conflicts begin with “{name}”.", name=name))
    if found[0].conflict.is_legal and not may_decide_law(work):
        raise RefusedError(
            N_("This is law of an agreement: the head of mission or headquarters decides about it.")
        )
    return found[0]


def may_decide_law(work: UnitOfWork) -> bool:
    """Return whether the person may decide conflicts about legal fields."""
    grant = work.rights.grant
    return grant is None or grant.role in _DECIDE_LAW


def _take_other(work: UnitOfWork, conflict: Conflict) -> None:
    """Bring the losing value into force, as an ordinary change of this person."""
    cls = entity_named(conflict.entity)
    if cls is None:
        raise MissingError(N_("This program is too old for this conflict; update it."))
    present = work.find(cls, UUID(conflict.row_id))
    if present is None:
        raise MissingError(N_("There is no such record any more."))
    if conflict.field == WHOLE_ROW:
        _remove(work, present, conflict)
        return
    work.save(present.changed(**{conflict.field: conflict.loser_value}))


def _remove(work: UnitOfWork, present: Entity, conflict: Conflict) -> None:
    if conflict.kind is ConflictKind.DEL_VS_EDIT and isinstance(present, Part):
        work.remove(present)
    elif isinstance(present, Record):
        work.save(present.changed(trashed_at=work.at, trashed_by=work.author.staff_id))


def plain_conflict(found: OpenConflict) -> dict[str, Any]:
    """Return a conflict for scripts: who, when, and both values."""
    conflict = found.conflict
    winner = {"value": conflict.winner_value, "user": conflict.winner_user}
    loser = {"value": conflict.loser_value, "user": conflict.loser_user}
    winner["at"], loser["at"] = _time(conflict.winner_at), _time(conflict.loser_at)
    mine, theirs = (winner, loser) if found.is_winner_mine else (loser, winner)
    return {
        "id": conflict.id,
        "kind": conflict.kind.value,
        "record_kind": found.kind,
        "record_id": str(found.record_id) if found.record_id else None,
        "ref": found.ref,
        "title": found.heading,
        "entity": conflict.entity,
        "row_id": str(UUID(conflict.row_id)),
        "field": conflict.field,
        "before": conflict.base_value,
        "kept": winner,
        "other": loser,
        "mine": mine,
        "theirs": theirs,
        "is_legal": conflict.is_legal,
    }


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")
