"""Turns what the triggers captured into operations of the hash-chained change log (SYNC 3.2, 3.6).

Runs as the last step of every writing transaction, so that an operation exists if and only if its
edit does.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlcipher3.dbapi2 import Connection

from embassy_desk.domain.catalogue import ENTITIES, entity_name
from embassy_desk.domain.entity import Part, Route
from embassy_desk.sealing.digests import chain_link, operation_digest
from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.clock import Stamp, next_stamp

Root = tuple[str, str]
"""Kind and identity (32 hexadecimal digits) of a record."""

NEUTRAL_CONTEXT = ("local", None, Route.UNKNOWN.value, 0)
"""Mode, user, route and position between units of work: what nobody signed for is nobody's."""

_Capture = tuple[str, str, str, str, str, str, str, str]

_PARENT_FIELDS = {
    entity_name(each): each.parent_field for each in ENTITIES if issubclass(each, Part)
}


@dataclass
class _Change:
    """What one transaction did to one row, all captures joined."""

    entity: str
    row_id: str
    root: Root
    is_local: bool
    existed: bool
    exists: bool = True
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def add(self, kind: str, root: Root, patch: dict[str, Any], before: dict[str, Any]) -> None:
        """Fold one more capture of the same row into what is known of it."""
        self.root = root
        if self.existed and kind != "add":
            self.before = {**before, **self.before}
        if kind == "del":
            self.exists, self.after = False, {}
        elif kind == "add":
            self.exists, self.after = True, patch
        else:
            self.after.update(patch)

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

    def replaced(self) -> dict[str, Any]:
        """Return the values that this change replaced: all of them for a removed row."""
        if not self.exists:
            return {name: value for name, value in self.before.items() if value is not None}
        return {name: self.before.get(name) for name in self.patch()}


def has_captures(connection: Connection) -> bool:
    """Return whether the triggers saw writes that nobody has drained."""
    return connection.execute("SELECT 1 FROM sync_capture LIMIT 1").fetchone() is not None


def sign_off(connection: Connection) -> None:
    """Bring the triggers' context back to where nobody signs, within the transaction."""
    connection.execute("UPDATE sync_ctx SET mode = ?, user = ?, via = ?, seen = ?", NEUTRAL_CONTEXT)


def drain(connection: Connection, *, wall_ms: int) -> tuple[int, set[Root]]:
    """Write the operations of this transaction and empty the captures.

    Args:
        connection: The raw connection, inside the writing transaction.
        wall_ms: The device's clock, milliseconds since 1970.

    Returns:
        How many operations were written, and which records were touched by any route.

    Raises:
        InvalidError: Some value cannot travel.
    """
    captures: list[_Capture] = connection.execute(
        "SELECT entity, row_id, root_kind, root_id, kind, patch, before, mode"
        " FROM sync_capture ORDER BY position"
    ).fetchall()
    if not captures:
        return 0, set()
    connection.execute("DELETE FROM sync_capture")
    roots: set[Root] = set()
    changes = [each for each in _joined(captures, roots) if each.is_local]
    local = [each for each in changes if each.operation_kind() is not None]
    if local:
        _write(connection, local, wall_ms)
    return len(local), roots


def _joined(captures: Iterable[_Capture], roots: set[Root]) -> list[_Change]:
    """Return one change per row, and add every record that was touched to the roots."""
    changes: dict[tuple[str, str], _Change] = {}
    for entity, row_id, root_kind, root_id, kind, patch, before, mode in captures:
        root = (root_kind, root_id)
        change = changes.get((entity, row_id))
        if change is None:
            change = changes[entity, row_id] = _Change(
                entity, row_id, root, is_local=mode == "local", existed=kind != "add"
            )
        replaced = json.loads(before)
        change.add(kind, root, json.loads(patch), replaced)
        roots.add(root)
        roots.add(_former_root(entity, root, replaced))
    return list(changes.values())


def _former_root(entity: str, root: Root, replaced: dict[str, Any]) -> Root:
    """Return the record that a row belonged to before, when the row changed hands."""
    parent_field = _PARENT_FIELDS.get(entity)
    if parent_field is None:
        return root
    kind = replaced.get("record_kind", root[0]) if parent_field == "record_id" else root[0]
    return kind, replaced.get(parent_field, root[1])


@dataclass
class _Head:
    """Where this device's log ends, moved on by every operation."""

    node_no: int
    nseq: int
    chain: bytes
    stamp: Stamp

    def next(self, wall_ms: int) -> None:
        """Take the next number and time."""
        self.nseq += 1
        self.stamp = next_stamp(self.stamp, wall_ms)

    def link(self, text: bytes) -> bytes:
        """Add the operation's digest to the chain, and return it."""
        digest = operation_digest(text)
        self.chain = chain_link(self.chain, digest)
        return digest


def _write(connection: Connection, changes: list[_Change], wall_ms: int) -> None:
    no, nseq, chain, *last = connection.execute(
        "SELECT no, nseq, chain, hlc_ms, hlc_counter FROM sync_node ORDER BY no DESC LIMIT 1"
    ).fetchone()
    context = connection.execute("SELECT user, via, seen FROM sync_ctx").fetchone()
    head = _Head(no, nseq, chain, Stamp(*last))
    connection.executemany(
        "INSERT INTO sync_op (node_no, nseq, entity, row_id, root_kind, root_id, operation, before,"
        " via, digest, chain, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _rows(changes, head, context, wall_ms),
    )
    connection.execute(
        "UPDATE sync_node SET nseq = ?, chain = ?, hlc_ms = ?, hlc_counter = ? WHERE no = ?",
        (head.nseq, head.chain, head.stamp.ms, head.stamp.counter, no),
    )


def _rows(
    changes: list[_Change], head: _Head, context: tuple[str | None, str, int], wall_ms: int
) -> Iterator[tuple[Any, ...]]:
    """Yield the row of each operation; the head moves with it."""
    user, via, seen = context
    shared: dict[str, Any] = {"u": user, "b": seen}
    if len(changes) > 1:
        shared["x"] = head.nseq + 1
    for change in changes:
        head.next(wall_ms)
        text = canonical(_operation(change, head) | shared)
        digest = head.link(text)
        before = json.dumps(change.replaced(), ensure_ascii=False) if change.existed else None
        place = (head.node_no, head.nseq, change.entity, change.row_id, *change.root)
        yield (*place, text.decode(), before, via, digest, head.chain, "pending")


def _operation(change: _Change, head: _Head) -> dict[str, Any]:
    kind = change.operation_kind()
    operation: dict[str, Any] = {
        "n": head.nseq,
        "t": head.stamp.ms,
        "e": change.entity,
        "r": change.row_id,
        "k": kind,
    }
    if head.stamp.counter:
        operation["c"] = head.stamp.counter
    if kind == "put":
        patch = change.patch()
        operation["f"] = (
            patch
            if change.existed
            else {name: value for name, value in patch.items() if value is not None}
        )
    return operation
