"""What the headquarters of the model tells a reader at a cursor."""

from typing import Any

from embassy_desk.sealing.digests import digest_sum, row_digest
from embassy_desk.sync.chains import row_form
from embassy_desk.sync.clock import Stamp
from embassy_desk.sync.conflicts import CONFLICT_ENTITY
from embassy_desk.sync.exchange import ExchangeRequest, Gone, PackedRow, ScopePage
from embassy_desk.sync.merging import Leaf, RowState, Version
from embassy_desk.sync.packing import packed_rows, short_id, unpacked
from model.kept import Kept, Mutations, RowName

_WHOLE_AFTER = frozenset({"del", "undel", "recover", "purge"})

Reader = tuple[str, int]
"""Who asks, and the number before the first operation sent: later ones are in this request."""


def _is_of(version: Version, reader: Reader) -> bool:
    """Return whether an operation is one of those that the reader sent just now."""
    return version.node == reader[0] and version.nseq > reader[1]


def digest_of(kept: Kept, sid: str) -> str:
    """Return the sum of all rows of a scope."""
    rows = [
        row_digest(row_form(row.entity, row.row_id, row.values))
        for row in kept.rows.values()
        if row.scope == sid and row.deleted is None
    ]
    conflicts = [
        row_digest(row_form(CONFLICT_ENTITY, each.conflict.id, each.conflict.fields))
        for each in kept.conflicts.values()
        if each.conflict.scope == sid
    ]
    return digest_sum(added=[*rows, *conflicts]).hex()


def page_of(kept: Kept, mutations: Mutations, sid: str, request: ExchangeRequest) -> ScopePage:
    cursor = request.cursors.get(sid, 0)
    head = kept.heads.get(sid, 0)
    base = cursor if mutations.fields_after_cursor else request.base(sid)
    items = items_of(kept, mutations, sid, (cursor, base), (request.node, request.at))
    taken = items[: request.want.rows]
    if len(taken) < len(items) and not mutations.page_splits_position:
        while len(taken) < len(items) and items[len(taken)][0] == taken[-1][0]:
            taken.append(items[len(taken)])
    to = head if len(taken) == len(items) else taken[-1][0]
    rows = [*_late(kept, sid, request), *(row for _, row, _ in taken if row is not None)]
    gone = [Gone(e=each[0], r=short_id(each[1])) for _, _, each in taken if each is not None]
    return ScopePage(
        since=cursor,
        to=to,
        head=head,
        more=to < head,
        digest=digest_of(kept, sid) if to == head else None,
        rows=tuple(PackedRow.model_validate(each) for each in packed_rows(rows)),
        gone=tuple(gone),
    )


def _late(kept: Kept, sid: str, request: ExchangeRequest) -> list[dict[str, Any]]:
    """Return rows on which an operation of the request had no effect, such as a lost offer."""
    forms = unpacked((each.short for each in request.ops), request.at + 1)
    names = dict.fromkeys((each["e"], each["r"]) for each in forms if each["k"] in _WHOLE_AFTER)
    rows = [kept.rows[name] for name in names if name in kept.rows]
    return [
        {"e": row.entity, "r": row.row_id, "u": None, "t": 0}
        | ({"f": {}, "d": True} if row.deleted is not None else {"f": row.values, "w": True})
        for row in rows
        if row.scope == sid and row.head_sseq <= request.cursors.get(sid, 0)
    ]


def items_of(
    kept: Kept, mutations: Mutations, sid: str, since: tuple[int, int], reader: Reader
) -> list[tuple[int, dict[str, Any] | None, RowName | None]]:
    """Return position, and row or name of a row that is gone, in order of position."""
    cursor, base = since
    items: list[tuple[int, dict[str, Any] | None, RowName | None]] = []
    for row in kept.rows.values():
        if row.scope == sid and row.head_sseq > cursor:
            told = _told(kept, mutations, row, base, reader)
            if told is not None:
                items.append((row.head_sseq, told, None))
    for each in kept.conflicts.values():
        if each.conflict.scope == sid and each.head_sseq > cursor:
            fields = each.conflict.fields
            told = {"e": CONFLICT_ENTITY, "r": each.conflict.id, "f": fields, "w": True}
            items.append((each.head_sseq, {**told, "u": None, "t": 0}, None))
    for (left, entity, row_id), sseq in kept.exits.items():
        if left == sid and sseq > cursor and not _is_in(kept, mutations, sid, entity, row_id):
            items.append((sseq, None, (entity, row_id)))
    return sorted(items, key=lambda each: each[0])


def _is_in(kept: Kept, mutations: Mutations, sid: str, entity: str, row_id: str) -> bool:
    if entity == CONFLICT_ENTITY:
        return kept.conflicts[row_id].conflict.scope == sid
    return kept.rows[(entity, row_id)].scope == sid


def _told(
    kept: Kept, mutations: Mutations, row: RowState, cursor: int, reader: Reader
) -> dict[str, Any] | None:
    """Return what a reader at a cursor must learn of a row; nothing if it wrote all of it."""
    latest = max(row.all_leaves(), key=lambda each: each.version.eff, default=None)
    about = {"e": row.entity, "r": row.row_id, "u": None, "t": 0}
    if latest is not None:
        about |= {"u": latest.version.user, "t": Stamp.unpacked(latest.version.eff).ms}
    if row.deleted is not None:
        own = _is_of(row.deleted, reader) and row.deleted.sseq > cursor
        return None if own else {**about, "f": {}, "d": True}
    new = {
        name: leaf
        for name, leaf in row.leaves.items()
        if leaf.position(row) > cursor and not _is_echo(kept, mutations, leaf, row, reader)
    }
    if row.created_sseq > cursor:
        return (
            {**about, "f": row.values, "w": True}
            if new or not _is_own(kept, mutations, row, reader)
            else None
        )
    if not new:
        return None
    return {**about, "f": {name: leaf.value for name, leaf in new.items()}}


def _is_own(kept: Kept, mutations: Mutations, row: RowState, reader: Reader) -> bool:
    """Return whether a reader made a row here by its own operation, and has all of it.

    One that moved here, or came back to life, it must be told whole.
    """
    positions = [leaf.position(row) for leaf in row.leaves.values()]
    return min(positions, default=0) == row.created_sseq and all(
        _is_echo(kept, mutations, leaf, row, reader) for leaf in row.leaves.values()
    )


def _is_echo(kept: Kept, mutations: Mutations, leaf: Leaf, row: RowState, reader: Reader) -> bool:
    """Return whether a reader's own operation put a value in force when it was accepted."""
    if not _is_of(leaf.version, reader):
        return False
    return mutations.echo_by_author or (
        leaf.version.scope == row.scope and leaf.position(row) == leaf.version.sseq
    )
