"""What laptops offer after headquarters was restored: which of it was lost indeed (SYNC 3.12).

A laptop offers what it holds and headquarters has otherwise. Most of that was never lost: the
laptop is only behind, or somebody changed it since. The offer names up to where its author had
read, and in which generation; headquarters' own log says the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Row, select

from embassy_desk.headquarters.tables import HUB_OPERATION
from embassy_desk.sync.clock import Stamp
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
    others' values those are known that the log has from after the restoration, and those that were
    in force in the backup where what is in force came after it: people replaced them since.

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
    log = _Told()
    for each in _accepted(connection, row):
        log.add(each, is_later=_is_later(each, heads, offer.g))
    kept = {
        name: value
        for name, value in offer.f.items()
        if (name, repr(value)) not in log.later
        and not (
            log.may_stand_in_backup(name, value) and _is_later(_standing(row, name), heads, offer.g)
        )
    }
    return offer.model_copy(update={"f": kept})


@dataclass
class _Told:
    """What the log says of a row.

    Attributes:
        later: Names and values that were told after the restoration.
        last: For each field the last value before it, and where that stands.
        newest: For each field the value of the newest stamp before it.
    """

    later: set[tuple[str, str]] = field(default_factory=set)
    last: dict[str, tuple[int, str]] = field(default_factory=dict)
    newest: dict[str, tuple[Stamp, str]] = field(default_factory=dict)

    def add(self, accepted: Row[Any, Any, Any], *, is_later: bool) -> None:
        """Note what an accepted operation gave; texts tell true from 1."""
        operation = Operation.model_validate_json(accepted.operation)
        for name, each in operation.f.items():
            value = repr(each)
            if is_later:
                self.later.add((name, value))
                continue
            place, stamp = (accepted.sseq, value), (operation.stamp, value)
            self.last[name] = max(place, self.last.get(name, place))
            self.newest[name] = max(stamp, self.newest.get(name, stamp))

    def may_stand_in_backup(self, name: str, value: Any) -> bool:
        """Return whether a value was in force when the backup was made, or may have been.

        Of values that stood against each other the newest stamp wins, otherwise the last one.
        """
        known = (self.last.get(name), self.newest.get(name))
        return repr(value) in {each[1] for each in known if each is not None}


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


def _accepted(connection: Connection, row: RowState) -> Iterable[Row[Any, Any, Any]]:
    """Return the operations on a row that were accepted and not erased."""
    return connection.execute(
        select(HUB_OPERATION.c.operation, HUB_OPERATION.c.scope, HUB_OPERATION.c.sseq).where(
            HUB_OPERATION.c.entity == row.entity,
            HUB_OPERATION.c.row_id == row.row_id,
            HUB_OPERATION.c.operation.is_not(None),
            HUB_OPERATION.c.code.not_in([each.value for each in REJECTIONS]),
        )
    )
