"""Digests of what is confirmed, from the rows themselves (SYNC 3.15)."""

from typing import Any

from embassy_desk.sealing.digests import NO_ROWS, digest_sum, row_digest
from embassy_desk.store.confirmed import RowName, displayed_fields, operations_of, shadow_of, undone
from embassy_desk.store.outgoing import present_node
from embassy_desk.sync.chains import row_form
from embassy_desk.sync.conflicts import CONFLICT_ENTITY


def row_digests(raw: Any, sid: str) -> dict[RowName, bytes]:
    """Return the digest of every confirmed row of a scope, recomputed from what the tables hold.

    This finds what bit rot and writes past the log did, because kept digests are not believed.
    """
    node = present_node(raw)
    pending = operations_of(raw, node.no, after=node.acked)
    found: dict[RowName, bytes] = {}
    for entity, row_id, kept in raw.execute(
        "SELECT entity, row_id, digest FROM sync_row WHERE sid = ? ORDER BY entity, row_id", (sid,)
    ).fetchall():
        name = (entity, row_id)
        if entity == CONFLICT_ENTITY:
            found[name] = kept
            continue
        has_shadow, fields = shadow_of(raw, name)
        if not has_shadow:
            fields = undone(displayed_fields(raw, name), pending.get(name, []))
        if fields is not None:
            found[name] = row_digest(row_form(*name, fields))
    return found


def settle_digests(raw: Any, sid: str) -> dict[RowName, bytes]:
    """Write the digests of a scope's rows anew where those that were kept are wrong; return all.

    A sum that differs while every row is right can be mended only here.

    Args:
        raw: The raw connection, inside a writing transaction.
        sid: The scope.
    """
    found = row_digests(raw, sid)
    kept = raw.execute(
        "SELECT entity, row_id, digest FROM sync_row WHERE sid = ?", (sid,)
    ).fetchall()
    for entity, row_id, digest in kept:
        right = found.get((entity, row_id))
        place = (entity, row_id, sid)
        if right is None:
            raw.execute("DELETE FROM sync_row WHERE (entity, row_id, sid) = (?, ?, ?)", place)
        elif right != digest:
            raw.execute(
                "UPDATE sync_row SET digest = ? WHERE (entity, row_id, sid) = (?, ?, ?)",
                (right, *place),
            )
    total = digest_sum(NO_ROWS, added=found.values())
    raw.execute("UPDATE sync_scope SET digest = ? WHERE sid = ?", (total, sid))
    return found
