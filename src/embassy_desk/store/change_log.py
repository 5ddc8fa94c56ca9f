"""Turns what the triggers captured into operations of the hash-chained change log (SYNC 3.2, 3.6).

Runs as the last step of every writing transaction, so that an operation exists if and only if its
edit does.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlcipher3.dbapi2 import Connection

from embassy_desk.sealing.digests import chain_link, operation_digest
from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.clock import Stamp, next_stamp

Root = tuple[str, str]
"""Kind and identity (32 hexadecimal digits) of a record."""


@dataclass
class _Change:
    """What one transaction did to one row, all captures joined."""

    entity: str
    row_id: str
    root: Root
    is_local: bool
    existed: bool
    exists: bool
    before: dict[str, Any]
    after: dict[str, Any]

    def operation_kind(self) -> str | None:
        """Return `put`, `del`, or nothing when the row is as it was."""
        if self.exists:
            is_same = self.existed and self.before == self.after
            return None if is_same else "put"
        return "del" if self.existed else None

    def patch(self) -> dict[str, Any]:
        """Return the fields whose value differs from before; absent and null are the same."""
        names = self.after.keys() | self.before.keys()
        return {
            name: self.after.get(name)
            for name in names
            if self.after.get(name) != self.before.get(name)
        }


def _joined(captures: list[tuple[Any, ...]]) -> list[_Change]:
    changes: dict[tuple[str, str], _Change] = {}
    for entity, row_id, root_kind, root_id, kind, patch, before, mode in captures:
        change = changes.get((entity, row_id))
        if change is None:
            change = changes[entity, row_id] = _Change(
                entity=entity,
                row_id=row_id,
                root=(root_kind, root_id),
                is_local=mode == "local",
                existed=kind != "add",
                exists=True,
                before={},
                after={},
            )
        _add(change, kind, json.loads(patch), json.loads(before))
    return list(changes.values())


def _add(change: _Change, kind: str, patch: dict[str, Any], before: dict[str, Any]) -> None:
    """Fold one more capture of the same row into what is known of it."""
    if kind == "del":
        if change.existed:
            change.before = {**before, **change.before}
        change.exists, change.after = False, {}
        return
    if kind == "add":
        change.exists, change.after = True, patch
        return
    if change.existed:
        change.before = {**before, **change.before}
    change.after.update(patch)


def drain(connection: Connection, *, wall_ms: int) -> tuple[int, set[Root]]:
    """Write the operations of this transaction and empty the captures.

    Args:
        connection: The raw connection, inside the writing transaction.
        wall_ms: The device's clock, milliseconds since 1970.

    Returns:
        How many operations were written, and which records were touched by any route.
    """
    captures = connection.execute(
        "SELECT entity, row_id, root_kind, root_id, kind, patch, before, mode"
        " FROM sync_capture ORDER BY position"
    ).fetchall()
    if not captures:
        return 0, set()
    connection.execute("DELETE FROM sync_capture")
    changes = _joined(captures)
    local = [each for each in changes if each.is_local and each.operation_kind() is not None]
    if local:
        _write(connection, local, wall_ms)
    return len(local), {each.root for each in changes}


def _write(connection: Connection, changes: list[_Change], wall_ms: int) -> None:
    user, via, seen = connection.execute("SELECT user, via, seen FROM sync_ctx").fetchone()
    no, nseq, chain, hlc_ms, hlc_counter = connection.execute(
        "SELECT no, nseq, chain, hlc_ms, hlc_counter FROM sync_node ORDER BY no DESC LIMIT 1"
    ).fetchone()
    stamp = Stamp(hlc_ms, hlc_counter)
    first = nseq + 1
    rows = []
    for change in changes:
        nseq += 1
        stamp = next_stamp(stamp, wall_ms)
        operation = _operation(change, nseq=nseq, stamp=stamp, user=user, seen=seen)
        if len(changes) > 1:
            operation["x"] = first
        text = canonical(operation)
        digest = operation_digest(text)
        chain = chain_link(chain, digest)
        before = json.dumps(_replaced(change), ensure_ascii=False) if change.existed else None
        rows.append(
            (no, nseq, change.entity, change.row_id, *change.root, text.decode(), before)
            + (via, digest, chain, "pending")
        )
    connection.executemany(
        "INSERT INTO sync_op (node_no, nseq, entity, row_id, root_kind, root_id, operation, before,"
        " via, digest, chain, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    connection.execute(
        "UPDATE sync_node SET nseq = ?, chain = ?, hlc_ms = ?, hlc_counter = ? WHERE no = ?",
        (nseq, chain, stamp.ms, stamp.counter, no),
    )


def _operation(
    change: _Change, *, nseq: int, stamp: Stamp, user: str | None, seen: int
) -> dict[str, Any]:
    kind = change.operation_kind()
    operation: dict[str, Any] = {
        "n": nseq,
        "t": stamp.ms,
        "b": seen,
        "e": change.entity,
        "r": change.row_id,
        "k": kind,
        "u": user,
    }
    if stamp.counter:
        operation["c"] = stamp.counter
    if kind == "put":
        patch = change.patch()
        operation["f"] = (
            patch
            if change.existed
            else {name: value for name, value in patch.items() if value is not None}
        )
    return operation


def _replaced(change: _Change) -> dict[str, Any]:
    """Return the values that this change replaced: all of them for a removed row."""
    if not change.exists:
        return {name: value for name, value in change.before.items() if value is not None}
    return {name: change.before.get(name) for name in change.patch()}
