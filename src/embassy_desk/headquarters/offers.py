"""What laptops offer after headquarters was restored: which of it was lost indeed (SYNC 3.12).

A laptop offers what it holds and headquarters has otherwise. Most of that was never lost: the
laptop is only behind, or somebody changed it since. The offer names up to where its author had
read, and in which generation; headquarters' own log says the rest.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Row, select

from embassy_desk.headquarters.tables import HUB_OPERATION
from embassy_desk.sync.conflicts import Conflict, conflict_id
from embassy_desk.sync.merging import RowState, Version
from embassy_desk.sync.operations import Operation
from embassy_desk.sync.problems import REJECTIONS

EpochHeads = Mapping[str, Sequence[tuple[int, int]]]
"""For each scope, every epoch after the first and the head of the log when it began."""


def lost_part(
    connection: Connection, offer: Operation, row: RowState | None, heads: EpochHeads
) -> Operation:
    """Return an offer with only those fields that headquarters may have lost.

    Whoever had read no further than to where the backup goes holds nothing that was lost. Of the
    others' values those are known that the log has from after the restoration, and those that it
    has from before where what is in force came after it: people replaced them since.

    Args:
        connection: The transaction.
        offer: A `recover`.
        row: The row as it stands.
        heads: Where generations began.
    """
    if row is None:
        return offer
    restored_at = _began_at(heads, offer.s or "", offer.g)
    if offer.b and restored_at is not None and offer.b <= restored_at:
        return offer.model_copy(update={"f": {}})
    told = _told_values(connection, row, heads, offer.g)
    kept = {}
    for name, value in offer.f.items():
        is_later = told.get(_key(name, value))
        if is_later is None or not (is_later or _is_later(_standing(row, name), heads, offer.g)):
            kept[name] = value
    return offer.model_copy(update={"f": kept})


def lost_conflict(offer: Operation) -> Conflict | None:
    """Return the conflict that a `recover` brings back, or nothing if it is none."""
    try:
        conflict = Conflict.of_row(offer.r, offer.f)
    except ValidationError:
        return None
    known = conflict_id(
        conflict.kind, conflict.row_id, conflict.field, conflict.loser_op, conflict.loser_value
    )
    return conflict if known == conflict.id else None


def _standing(row: RowState, name: str) -> Version | None:
    """Return what decided how a field stands."""
    if row.deleted is not None:
        return row.deleted
    leaf = row.leaves.get(name)
    return None if leaf is None else leaf.version


def _is_later(place: Version | Row[Any, Any, Any] | None, heads: EpochHeads, epoch: int) -> bool:
    """Return whether something was accepted after the generation that followed an epoch began."""
    if place is None:
        return False
    began_at = _began_at(heads, place.scope, epoch)
    return began_at is not None and place.sseq > began_at


def _began_at(heads: EpochHeads, scope: str, epoch: int) -> int | None:
    return next((head for later, head in heads.get(scope, ()) if later > epoch), None)


def _told_values(
    connection: Connection, row: RowState, heads: EpochHeads, epoch: int
) -> dict[tuple[str, str], bool]:
    """Return every value that accepted operations gave the row, and whether one came later."""
    found: dict[tuple[str, str], bool] = {}
    for each in connection.execute(
        select(HUB_OPERATION.c.operation, HUB_OPERATION.c.scope, HUB_OPERATION.c.sseq).where(
            HUB_OPERATION.c.entity == row.entity,
            HUB_OPERATION.c.row_id == row.row_id,
            HUB_OPERATION.c.operation.is_not(None),
            HUB_OPERATION.c.code.not_in([each.value for each in REJECTIONS]),
        )
    ):
        for name, value in Operation.model_validate_json(each.operation).f.items():
            key = _key(name, value)
            found[key] = found.get(key, False) or _is_later(each, heads, epoch)
    return found


def _key(name: str, value: Any) -> tuple[str, str]:
    """Return a value so that true and 1 differ."""
    return name, repr(value)
