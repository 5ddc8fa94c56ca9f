"""Turns what the triggers captured into operations of the hash-chained change log (SYNC 3.2, 3.6).

Runs as the last step of every writing transaction, so that an operation exists if and only if its
edit does.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, NamedTuple

from sqlcipher3.dbapi2 import Connection

from embassy_desk.domain.catalogue import ENTITIES, entity_name
from embassy_desk.domain.entity import Part, Route
from embassy_desk.sealing.digests import chain_link, operation_digest
from embassy_desk.store.capture import STAGED
from embassy_desk.store.nodes import present_node
from embassy_desk.store.screens import NOTHING_SEEN, Root, Screen
from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.clock import Stamp, next_stamp

LOCAL = "local"
"""Mode in which what is written becomes operations of this desk."""

NEUTRAL_CONTEXT = (LOCAL, None, Route.UNKNOWN.value, 0)
"""Mode, user, route and position between units of work: what nobody signed for is nobody's."""

_VERBS = frozenset({"resolve", "recover"})
"""Kinds of operation that no trigger makes; `note` writes them beside the captures."""

_Capture = tuple[str, str, str, str, str, str, str, str]
"""Entity, row, kind and identity of the record, what happened, values after, before, and mode."""

_PARENT_FIELDS = {
    entity_name(each): each.parent_field for each in ENTITIES if issubclass(each, Part)
}


class NewRow(NamedTuple):
    """A new row that no trigger captures, because a unit of work has made it ready with its log.

    Attributes:
        entity: Name of its table.
        row_id: Identity, 32 hexadecimal digits.
        root: Kind and identity of the record, which is new as well.
        fields: Canonical values; none of them is null.
    """

    entity: str
    row_id: str
    root: Root
    fields: dict[str, Any]


@dataclass(slots=True)
class _Change:
    """What one transaction did to one row, all captures joined."""

    entity: str
    row_id: str
    root: Root
    existed: bool
    exists: bool = True
    verb: str = ""
    is_staged: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def add(self, kind: str, root: Root, after: dict[str, Any], before: dict[str, Any]) -> None:
        """Fold one more capture of the same row into what is known of it."""
        self.root = root
        if kind in _VERBS:
            self.verb, self.after = kind, after
            return
        if self.existed and kind != "add":
            self.before = {**before, **self.before}
        if kind == "put":
            self.after.update(after)
        else:
            self.exists, self.after = kind == "add", after

    def settle(self) -> bool:
        """Keep only what differs in the end, and return whether anything does.

        Absent and null are the same. A new row keeps what it has, a removed one what it had.
        """
        if self.verb:
            return True
        if self.existed and self.exists:
            names = self.before.keys() | self.after.keys()
            changed = [each for each in names if self.before.get(each) != self.after.get(each)]
            self.before = {name: self.before.get(name) for name in changed}
            self.after = {name: self.after.get(name) for name in changed}
            return bool(changed)
        self.before, self.after = _present(self.before), _present(self.after)
        return self.existed or self.exists


def _present(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def has_captures(connection: Connection) -> bool:
    """Return whether the triggers saw writes that nobody has drained."""
    return connection.execute("SELECT 1 FROM sync_capture LIMIT 1").fetchone() is not None


def sign_off(connection: Connection) -> None:
    """Bring the triggers' context back to where nobody signs, within the transaction."""
    connection.execute("UPDATE sync_ctx SET mode = ?, user = ?, via = ?, seen = ?", NEUTRAL_CONTEXT)


@contextmanager
def uncaptured(connection: Connection) -> Iterator[None]:
    """Let the triggers pass over new rows of this desk whose log is ready (`NewRow`)."""
    connection.execute("UPDATE sync_ctx SET mode = ?", (STAGED,))
    try:
        yield
    finally:
        connection.execute("UPDATE sync_ctx SET mode = ?", (LOCAL,))


def note(
    connection: Connection, verb: str, entity: str, row_id: str, root: Root, fields: dict[str, Any]
) -> None:
    """Note an operation that is no write to a table: the drain gives it number and stamp.

    Args:
        connection: The raw connection, inside the writing transaction.
        verb: `resolve` or `recover`.
        entity: What it is about, with its identity and the record that it belongs to.
        row_id: Identity, 32 hexadecimal digits.
        root: Kind and identity of the record.
        fields: Canonical values.
    """
    connection.execute(
        "INSERT INTO sync_capture (entity, row_id, root_kind, root_id, kind, patch, before, mode)"
        " VALUES (?, ?, ?, ?, ?, ?, '{}', 'local')",
        (entity, row_id, *root, verb, json.dumps(fields)),
    )


def drain(
    connection: Connection, *, wall_ms: int, staged: Sequence[NewRow] = ()
) -> tuple[int, set[Root]]:
    """Write the operations of this transaction and empty the captures.

    Args:
        connection: The raw connection, inside the writing transaction.
        wall_ms: The device's clock, milliseconds since 1970.
        staged: New rows that were not captured; what was captured of them came later.

    Returns:
        How many operations were written, and which records were touched by any route.

    Raises:
        InvalidError: Some value cannot travel.
    """
    captures: list[_Capture] = connection.execute(
        "SELECT entity, row_id, root_kind, root_id, kind, patch, before, mode"
        " FROM sync_capture ORDER BY position"
    ).fetchall()
    if captures:
        connection.execute("DELETE FROM sync_capture")
    by_row: dict[tuple[str, str], list[_Capture]] = {}
    for capture in captures:
        by_row.setdefault(capture[:2], []).append(capture)
    roots = {each.root for each in staged}
    changes = chain(_staged_changes(staged), _changes(by_row.values(), roots))
    return _write(connection, changes, wall_ms), roots


def _staged_changes(staged: Iterable[NewRow]) -> Iterator[_Change]:
    for entity, row_id, root, fields in staged:
        yield _Change(entity, row_id, root, existed=False, is_staged=True, after=fields)


def _changes(rows: Iterable[list[_Capture]], roots: set[Root]) -> Iterator[_Change]:
    """Yield what was changed here, row by row; add every record that was touched to the roots.

    One at a time, because an import may touch a hundred thousand rows.
    """
    for captures in rows:
        entity, row_id, root_kind, root_id, first, patch, _, mode = captures[0]
        if first == "add" and len(captures) == 1:  # as most rows of an import
            root = (root_kind, root_id)
            roots.add(root)
            if mode == "local":
                yield _Change(entity, row_id, root, existed=False, after=json.loads(patch))
            continue
        change = _Change(entity, row_id, (root_kind, root_id), existed=first != "add")
        for _, _, root_kind, root_id, kind, after, before, _ in captures:
            root, replaced = (root_kind, root_id), json.loads(before)
            change.add(kind, root, json.loads(after), replaced)
            roots.add(root)
            roots.add(_former_root(entity, root, replaced))
        if mode == "local" and change.settle():
            yield change


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


def _write(connection: Connection, changes: Iterator[_Change], wall_ms: int) -> int:
    """Write an operation for each change; return how many."""
    begun = list(islice(changes, 2))
    if not begun:
        return 0
    no = present_node(connection).no
    nseq, link, *last = connection.execute(
        "SELECT nseq, chain, hlc_ms, hlc_counter FROM sync_node WHERE no = ?", (no,)
    ).fetchone()
    user, via, moment = connection.execute("SELECT user, via, seen FROM sync_ctx").fetchone()
    head = _Head(no, nseq, link, Stamp(*last))
    last_before = head.nseq
    shared: dict[str, Any] = {"u": user}
    screen = Screen(connection, moment)
    if len(begun) > 1:
        shared["x"] = last_before + 1
    all_changes = chain(begun, changes)
    connection.executemany(
        "INSERT INTO sync_op (node_no, nseq, entity, row_id, root_kind, root_id, operation, before,"
        " via, digest, chain, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (_row(each, head, {**shared, **_seen(screen, each)}, via, wall_ms) for each in all_changes),
    )
    connection.execute(
        "UPDATE sync_node SET nseq = ?, chain = ?, hlc_ms = ?, hlc_counter = ? WHERE no = ?",
        (head.nseq, head.chain, head.stamp.ms, head.stamp.counter, no),
    )
    return head.nseq - last_before


def _seen(screen: Screen, change: _Change) -> dict[str, Any]:
    if change.is_staged:
        return dict(NOTHING_SEEN)
    return screen.seen(change.entity, change.row_id, change.root)


def _row(
    change: _Change, head: _Head, shared: dict[str, Any], via: str, wall_ms: int
) -> tuple[Any, ...]:
    """Return the row of a change's operation; the head moves on."""
    head.next(wall_ms)
    text = canonical(_operation(change, head, shared))
    digest = head.link(text)
    before = json.dumps(change.before, ensure_ascii=False) if change.existed else None
    place = (head.node_no, head.nseq, change.entity, change.row_id, *change.root)
    return (*place, text.decode(), before, via, digest, head.chain, "pending")


def _operation(change: _Change, head: _Head, shared: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        **shared,
        "n": head.nseq,
        "t": head.stamp.ms,
        "e": change.entity,
        "r": change.row_id,
        "k": change.verb or ("put" if change.exists else "del"),
    }
    if head.stamp.counter:
        operation["c"] = head.stamp.counter
    if change.exists or change.verb:
        operation["f"] = change.after
    return operation
