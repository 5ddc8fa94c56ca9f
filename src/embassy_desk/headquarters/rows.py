"""Merged rows as they lie in the database, and a book of those that one transaction works on."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from embassy_desk.headquarters.tables import HUB_EXIT, HUB_PLACE, HUB_ROW, HUB_SCOPE
from embassy_desk.sealing.digests import NO_ROWS, digest_sum, row_digest
from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.chains import row_form
from embassy_desk.sync.conflicts import CONFLICT_ENTITY
from embassy_desk.sync.merging import Leaf, RowState, Version

Key = tuple[str, str]
"""Entity and identity of a row."""

ASKED_AT_ONCE = 500


def state_of(row: Row[Any]) -> RowState:
    """Return a stored row as the merge knows it."""
    fields, versions = json.loads(row.fields), json.loads(row.versions)
    known = [_version(each, row.scope) for each in versions["v"]]
    places = versions.get("c", {})

    def leaf(value: Any, at: list[int]) -> Leaf:
        return Leaf(value, known[at[0]], at[1])

    losers = {
        name: tuple(leaf(value, at) for value, *at in some)
        for name, some in versions.get("l", {}).items()
    }
    return RowState(
        entity=row.entity,
        row_id=row.row_id,
        scope=row.scope,
        created_sseq=row.created_sseq,
        head_sseq=row.head_sseq,
        deleted=known[versions["d"]] if "d" in versions else None,
        leaves={name: leaf(value, places.get(name, [0, 0])) for name, value in fields.items()},
        losers=losers,
    )


def stored(state: RowState, root: str | None) -> dict[str, Any]:
    """Return a row as it is stored: values, and versions only where they differ from the rest."""
    versions = _ordered_versions(state)
    at = {each: number for number, each in enumerate(versions)}
    places = {name: [at[each.version], each.since] for name, each in state.leaves.items()}
    told: dict[str, Any] = {"v": [_listed(each, state.scope) for each in versions]}
    exceptions = {name: place for name, place in places.items() if place != [0, 0]}
    if exceptions:
        told["c"] = exceptions
    if state.losers:
        told["l"] = {
            name: [[each.value, at[each.version], each.since] for each in some]
            for name, some in state.losers.items()
        }
    if state.deleted is not None:
        told["d"] = at[state.deleted]
    return {
        "entity": state.entity,
        "row_id": state.row_id,
        "scope": state.scope,
        "root": root,
        "created_sseq": state.created_sseq,
        "head_sseq": state.head_sseq,
        "is_deleted": int(state.deleted is not None),
        "digest": digest_of(state),
        "fields": canonical({name: each.value for name, each in state.leaves.items()}).decode(),
        "versions": json.dumps(told, separators=(",", ":")),
    }


def digest_of(state: RowState) -> bytes:
    """Return what a row counts in its scope's sum; a deleted one counts nothing."""
    if state.deleted is not None:
        return NO_ROWS
    return row_digest(row_form(state.entity, state.row_id, state.values))


def _ordered_versions(state: RowState) -> list[Version]:
    """Return every version of a row, the one of most fields first."""
    counted = Counter(each.version for each in state.leaves.values())
    counted.update(each.version for some in state.losers.values() for each in some)
    found = [version for version, _ in counted.most_common()]
    if state.deleted is not None and state.deleted not in counted:
        found.append(state.deleted)
    return found


def _listed(version: Version, scope: str) -> list[Any]:
    place = None if version.scope == scope else version.scope
    return [version.node, version.nseq, place, version.sseq, version.eff, version.user]


def _version(listed: list[Any], scope: str) -> Version:
    node, nseq, place, sseq, eff, user = listed
    return Version(node, nseq, place or scope, sseq, eff, user)


@dataclass
class _Head:
    """Where a scope ends, moved on by every operation."""

    head: int
    digest: bytes
    is_moved: bool = False


@dataclass
class Book:
    """The rows, heads and exits that one writing transaction works on; written at its end.

    Attributes:
        connection: The transaction.
        states: Rows by key; nothing for one that was never heard of.
        places: Scopes of rows, also of those that may not be read.
    """

    connection: Connection
    states: dict[Key, RowState | None] = field(default_factory=dict)
    places: dict[Key, str] = field(default_factory=dict)
    _roots: dict[Key, str | None] = field(default_factory=dict)
    _heads: dict[str, _Head] = field(default_factory=dict)
    _stored: dict[Key, tuple[str, bytes]] = field(default_factory=dict)
    _changed: dict[Key, None] = field(default_factory=dict)
    _exits: dict[tuple[str, Key], int] = field(default_factory=dict)

    def lock(self, scopes: Iterable[str]) -> None:
        """Lock the heads of scopes, in order, before any row of theirs is read."""
        rows = self.connection.execute(
            select(HUB_SCOPE)
            .where(HUB_SCOPE.c.scope.in_(sorted(scopes)))
            .order_by(HUB_SCOPE.c.scope)
            .with_for_update()
        )
        self._heads.update({row.scope: _Head(row.head, row.digest) for row in rows})

    def find_places(self, keys: Iterable[Key]) -> None:
        """Learn in which scopes rows are."""
        for entity, row_ids in _asked([key for key in keys if key not in self.places]):
            found = self.connection.execute(
                select(HUB_PLACE).where(
                    HUB_PLACE.c.entity == entity, HUB_PLACE.c.row_id.in_(row_ids)
                )
            )
            self.places.update({(row.entity, row.row_id): row.scope for row in found})

    def load(self, keys: Iterable[Key]) -> None:
        """Read rows that are not known yet."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self.states]
        self.states.update(dict.fromkeys(wanted))
        for entity, row_ids in _asked(wanted):
            found = self.connection.execute(
                select(HUB_ROW).where(HUB_ROW.c.entity == entity, HUB_ROW.c.row_id.in_(row_ids))
            )
            for row in found:
                self._keep(row)

    def load_children(self, root: str) -> list[RowState]:
        """Return the parts of a record and the conflicts about all of them."""
        for row in self.connection.execute(select(HUB_ROW).where(HUB_ROW.c.root == root)):
            if self.states.get((row.entity, row.row_id)) is None:
                self._keep(row)
        return [
            state
            for key, state in self.states.items()
            if state is not None and self._roots.get(key) == root
        ]

    def contested(self, roots: Iterable[str]) -> set[str]:
        """Return which of these records have conflicts about them or their parts."""
        return {
            str(root)
            for _, some in _asked(("", root) for root in roots)
            for (root,) in self.connection.execute(
                select(HUB_ROW.c.root)
                .where(HUB_ROW.c.entity == CONFLICT_ENTITY, HUB_ROW.c.root.in_(some))
                .distinct()
            )
        }

    def _keep(self, row: Row[Any]) -> None:
        key = (row.entity, row.row_id)
        self.states[key] = state_of(row)
        self.places[key] = row.scope
        self._roots[key] = row.root
        self._stored[key] = (row.scope, row.digest)

    def has_scope(self, scope: str) -> bool:
        """Return whether a scope was locked."""
        return scope in self._heads

    def next(self, scope: str) -> int:
        """Return the next position of a locked scope."""
        head = self._heads[scope]
        head.head += 1
        head.is_moved = True
        return head.head

    def root_of(self, key: Key) -> str | None:
        """Return the identity of the record that a known row belongs to; nothing for a record."""
        return self._roots.get(key)

    def put(self, state: RowState, root: str | None) -> None:
        """Keep a row to be written."""
        key = (state.entity, state.row_id)
        self.states[key], self.places[key], self._roots[key] = state, state.scope, root
        self._changed[key] = None

    def leave(self, scope: str, key: Key, sseq: int) -> None:
        """Note that a row left a scope."""
        self._exits[scope, key] = sseq

    def flush(self) -> None:
        """Write everything."""
        fresh: list[dict[str, Any]] = []
        known: list[dict[str, Any]] = []
        places: list[tuple[Key, str, bool]] = []
        for key in self._changed:
            state = self.states[key]
            if state is None:
                continue
            values = stored(state, self._roots[key])
            self._count(key, state.scope, values["digest"])
            before = self._stored.get(key)
            (fresh if before is None else known).append(values)
            if before is None or before[0] != state.scope:
                places.append((key, state.scope, before is None))
        self._write(fresh, known, places)
        self._write_exits()
        for scope, head in self._heads.items():
            if head.is_moved:
                self.connection.execute(
                    update(HUB_SCOPE)
                    .where(HUB_SCOPE.c.scope == scope)
                    .values(head=head.head, digest=head.digest)
                )

    def _count(self, key: Key, scope: str, digest: bytes) -> None:
        if key in self._stored:
            old_scope, old_digest = self._stored[key]
            old = self._heads[old_scope]
            old.is_moved = True
            old.digest = digest_sum(old.digest, removed=[old_digest])
        new = self._heads[scope]
        new.is_moved = True
        new.digest = digest_sum(new.digest, added=[digest])

    def _write(
        self,
        fresh: list[dict[str, Any]],
        known: list[dict[str, Any]],
        places: list[tuple[Key, str, bool]],
    ) -> None:
        if fresh:
            self.connection.execute(insert(HUB_ROW), fresh)
        for values in known:
            self.connection.execute(
                update(HUB_ROW)
                .where(HUB_ROW.c.entity == values["entity"], HUB_ROW.c.row_id == values["row_id"])
                .values(values)
            )
        for (entity, row_id), scope, is_new in places:
            if not is_new:
                self.connection.execute(
                    update(HUB_PLACE)
                    .where(HUB_PLACE.c.entity == entity, HUB_PLACE.c.row_id == row_id)
                    .values(scope=scope)
                )
        named = [
            {"entity": entity, "row_id": row_id, "scope": scope}
            for (entity, row_id), scope, is_new in places
            if is_new
        ]
        if named:
            self.connection.execute(insert(HUB_PLACE), named)

    def _write_exits(self) -> None:
        for (scope, (entity, row_id)), sseq in self._exits.items():
            values = {"scope": scope, "entity": entity, "row_id": row_id}
            chosen = [HUB_EXIT.c[name] == value for name, value in values.items()]
            self.connection.execute(delete(HUB_EXIT).where(*chosen))
            self.connection.execute(insert(HUB_EXIT).values(**values, sseq=sseq))


def _asked(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    """Yield identities by entity, so many at once that a statement stays short."""
    by_entity: dict[str, list[str]] = {}
    for entity, row_id in keys:
        by_entity.setdefault(entity, []).append(row_id)
    for entity, row_ids in by_entity.items():
        rest = iter(row_ids)
        while some := list(islice(rest, ASKED_AT_ONCE)):
            yield entity, some
