"""What a restored headquarters has lost and this store still has (SYNC 3.12)."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from embassy_desk.store.change_log import drain, note
from embassy_desk.store.confirmed import (
    OwnOperation,
    RowName,
    displayed_fields,
    folded,
    operations_of,
    shadow_of,
    told_conflict,
    undone,
)
from embassy_desk.store.headquarters_link import headquarters_link, note_headquarters
from embassy_desk.store.outgoing import Node
from embassy_desk.store.sync_values import Fields
from embassy_desk.store.takeover import ToldRow
from embassy_desk.sync.conflicts import CONFLICT_ENTITY
from embassy_desk.sync.scopes import QUIET_FIELDS, parent_of


def offer_lost(
    raw: Any,
    node: Node,
    told: Iterable[ToldRow],
    missing: Iterable[RowName],
    *,
    wall_ms: int,
    sent_again: Mapping[RowName, Sequence[OwnOperation]] = MappingProxyType({}),
) -> int:
    """Write `recover` operations of what headquarters lacks; return of how many rows.

    It adopts them where it has nothing; where it has something else, that stays, and people are
    asked. They name what was seen in the generation before, so it can tell what it never lost.

    Args:
        raw: The raw connection, inside a writing transaction.
        node: The present identity.
        told: Rows that it has otherwise.
        missing: Rows that it does not have.
        wall_ms: The device's clock.
        sent_again: Operations that go before the offers; what they say need not be offered.
    """
    rows = {row.name: row.fields for row in told} | dict.fromkeys(missing)
    pending = operations_of(raw, node.no, after=node.acked, rows=[row_id for _, row_id in rows])
    offers: list[tuple[RowName, tuple[str, str], Fields]] = []
    for name, theirs in rows.items():
        own = pending.get(name, [])
        fields = _confirmed(raw, name, own) or {}
        if theirs is not None:
            fields = {
                each: value
                for each, value in fields.items()
                if each not in QUIET_FIELDS and theirs.get(each) != value
            }
        said = folded(None, sent_again.get(name, ())) or {}
        fields = {each: value for each, value in fields.items() if said.get(each) != value}
        is_closed = name[0] == CONFLICT_ENTITY and theirs is not None
        if fields and not is_closed and not any(each.kind == "recover" for each in own):
            offers.append((name, _root(name, fields), fields))
    for name, root, fields in sorted(offers, key=lambda each: each[0] != each[1]):
        note(raw, "recover", *name, root, fields)
    drain(raw, wall_ms=wall_ms)
    return len(offers)


def begin_generation(raw: Any, epoch: int, positions: Mapping[str, int]) -> None:
    """Go on in a new generation of headquarters; positions of the old one say nothing in it.

    Args:
        raw: The raw connection, inside a writing transaction.
        epoch: The generation.
        positions: Where each scope was found equal.
    """
    link = headquarters_link(raw)
    moment = 1 + (link.moment if link else 0)
    raw.execute("UPDATE sync_row SET seen = 0 WHERE seen > 0")
    raw.execute("DELETE FROM sync_moment")
    for sid, sseq in positions.items():
        raw.execute(
            "UPDATE sync_scope SET cursor = ?1, base = ?1, head = ?1 WHERE sid = ?2", (sseq, sid)
        )
        raw.execute("INSERT INTO sync_moment VALUES (?, ?, ?)", (sid, moment, sseq))
    note_headquarters(raw, epoch=epoch, moment=moment, durable=0)


def _confirmed(raw: Any, name: RowName, pending: list[Any]) -> Fields | None:
    if name[0] == CONFLICT_ENTITY:
        return told_conflict(raw, name[1])
    is_kept, fields = shadow_of(raw, name)
    return fields if is_kept else undone(displayed_fields(raw, name), pending)


def _root(name: RowName, fields: Mapping[str, Any]) -> tuple[str, str]:
    if name[0] == CONFLICT_ENTITY:
        return str(fields.get("entity", "")), str(fields.get("row_id", ""))
    return parent_of(name[0], fields) or name
