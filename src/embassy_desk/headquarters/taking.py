"""Takes operations in: decides for each where it belongs, merges it, and writes what follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, insert

from embassy_desk.domain.catalogue import ENTITIES, entity_name
from embassy_desk.headquarters.contents import share_content
from embassy_desk.headquarters.offers import EpochHeads, lost_conflict, lost_part
from embassy_desk.headquarters.rows import Book, Key
from embassy_desk.headquarters.signing_in import Caller
from embassy_desk.headquarters.tables import HUB_OPERATION
from embassy_desk.sealing.digests import chain_link, operation_digest
from embassy_desk.sync.conflicts import CONFLICT_ENTITY, Conflict, ConflictKind
from embassy_desk.sync.contents import ATTACHMENT_ENTITY
from embassy_desk.sync.exchange import OperationResult
from embassy_desk.sync.merging import (
    NOBODY,
    Arrival,
    Leaf,
    Merged,
    RowState,
    Version,
    accepted,
    entered,
    limited_seen,
    merge,
    resolved,
    without_loser,
)
from embassy_desk.sync.operations import Operation, OperationKind
from embassy_desk.sync.problems import REJECTIONS, ResultCode
from embassy_desk.sync.scopes import (
    SCOPE_FIELDS,
    SHARED_SCOPE,
    home_scope,
    is_shared,
    mission_of,
    mission_scope,
    parent_of,
)

LARGEST_ROW = 4_000_000
"""Characters of all values of a row together."""

POLICY_ENTITY = "policy"
"""The signed policy of all desks; travels like reference data."""

KNOWN_ENTITIES = frozenset(entity_name(each) for each in ENTITIES) | {
    CONFLICT_ENTITY,
    POLICY_ENTITY,
}


@dataclass(frozen=True)
class Setting:
    """What is the same for all operations of one request.

    Attributes:
        caller: Whose operations they are.
        node: Identity under which they count; the caller's, or that of what was parked.
        nid: Its short number.
        ancestry: Nodes that this one continues, with the last number that counts.
        epoch: Headquarters' present generation.
        epoch_heads: Where scopes stood when generations began.
        now_ms: Headquarters' time.
        channel: `net` or `pouch`.
    """

    caller: Caller
    node: str
    nid: int
    ancestry: Mapping[str, int]
    epoch: int
    epoch_heads: EpochHeads
    now_ms: int
    channel: str = "net"


@dataclass
class Taking:
    """Takes the operations of one request, in order.

    Attributes:
        setting: What is the same for all of them.
        book: The rows worked on.
        results: What became of those that were not simply applied.
        lost_as: The kind of conflict that offers make which are not adopted.
        contested: Records with conflicts.
    """

    setting: Setting
    book: Book
    results: list[OperationResult] = field(default_factory=list)
    lost_as: ConflictKind = ConflictKind.SERVER_LOST
    contested: set[str] = field(default_factory=set)
    _logged: list[dict[str, Any]] = field(default_factory=list)

    def prepare(self, operations: Iterable[Operation]) -> None:
        """Lock the scopes that the operations touch, then read their rows."""
        keys: dict[Key, None] = {}
        parents: dict[Key, None] = {}
        homes = set()
        for each in operations:
            keys[each.e, each.r] = None
            parent = parent_of(each.e, each.f)
            if parent is not None:
                parents[parent] = None
            homes.add(_home(each.e, each.f, self.setting.caller.mission))
        self.book.find_places([*keys, *parents])
        touched = homes | {self.book.places[key] for key in keys if key in self.book.places}
        codes = {code for each in touched if (code := mission_of(each))}
        pairs = {mission_scope(code, is_restricted=yes) for code in codes for yes in (False, True)}
        self.book.lock((touched | pairs) & self.setting.caller.writes)
        # What was learnt before the lock may have changed.
        self.book.places.clear()
        self.book.find_places([*keys, *parents])
        self.book.load(keys)
        self.contested = self.book.contested({self.book.root_of(key) or key[1] for key in keys})

    def take(self, operation: Operation) -> None:
        """Take one operation; whatever it is, it counts as received."""
        if operation.k is OperationKind.RESOLVE:
            code, version = self._resolve(operation)
        elif operation.k is OperationKind.RECOVER and operation.e == CONFLICT_ENTITY:
            code, version = self._recover_conflict(operation)
        elif operation.k is OperationKind.RECOVER:
            row, heads = self.book.states.get((operation.e, operation.r)), self.setting.epoch_heads
            lost = lost_part(self.book.connection, operation, row, heads)
            code, version = self._merge(lost)
        else:
            code, version = self._merge(operation)
        if code is None and operation.e not in KNOWN_ENTITIES:
            code = ResultCode.DEFERRED
        if code is not None:
            self.results.append(OperationResult(n=operation.n, code=code))
        self._log(operation, code, version)

    def offer(self, operation: Operation) -> None:
        """Merge a `recover` that headquarters itself writes; it is in no node's chain."""
        self.setting = replace(self.setting, node=NOBODY)
        self._merge(operation)

    def finish(self, connection: Connection, chain: bytes) -> bytes:
        """Write rows and log; return the chain's link after the last operation.

        Args:
            connection: The transaction.
            chain: The link before the first one.
        """
        for each in self._logged:
            chain = chain_link(chain, each["digest"])
            each["chain"] = chain
        if self._logged:
            connection.execute(insert(HUB_OPERATION), self._logged)
        self.book.flush()
        return chain

    def _log(self, operation: Operation, code: ResultCode | None, version: Version | None) -> None:
        text = operation.canonical
        self._logged.append(
            {
                "nid": self.setting.nid,
                "nseq": operation.n,
                "scope": version.scope if version else min(self.setting.caller.writes, default=""),
                "sseq": version.sseq if version else 0,
                "entity": operation.e,
                "row_id": operation.r,
                "kind": operation.k.value,
                "operation": text.decode(),
                "digest": operation_digest(text),
                "code": code.value if code else "",
                "epoch": self.setting.epoch,
                "received_ms": self.setting.now_ms,
                "channel": self.setting.channel,
            }
        )

    def _merge(self, operation: Operation) -> tuple[ResultCode | None, Version | None]:
        key = (operation.e, operation.r)
        state = self.book.states.get(key)
        scope = self._scope_of(operation, state)
        code = self._refusal(operation, state, scope)
        if code is not None:
            return code, None
        version = self._accepted(operation, scope)
        merged = merge(state, self._arrival(operation, version), lost_as=self.lost_as)
        root = _root(merged.row)
        self.book.put(merged.row, root)
        self._tell_conflicts(merged, root, version)
        self._follow(merged.row, version, is_new=state is None)
        return None, version

    def _recover_conflict(self, operation: Operation) -> tuple[ResultCode | None, Version | None]:
        """Take back a conflict that was lost with a database; one that is known stays as it is."""
        conflict = lost_conflict(operation)
        if conflict is None or conflict.entity not in KNOWN_ENTITIES:
            return ResultCode.FORBIDDEN, None
        about = (conflict.entity, conflict.row_id)
        self.book.find_places([about])
        scope = self.book.places.get(about, conflict.scope)
        if not self.book.has_scope(scope):
            return ResultCode.FORBIDDEN, None
        version = self._accepted(operation, scope)
        if self.book.states.get((CONFLICT_ENTITY, conflict.id)) is None:
            self.book.load([about])
            root = self.book.root_of(about) or conflict.row_id
            found = conflict.model_copy(update={"scope": scope})
            self.book.put(conflict_row(found, None, version), root)
            self.contested.add(root)
        return None, version

    def _accepted(self, operation: Operation, scope: str) -> Version:
        sseq = self.book.next(scope)
        return accepted(operation, self.setting.node, scope, sseq, self.setting.now_ms)

    def _arrival(self, operation: Operation, version: Version) -> Arrival:
        heads = self.setting.epoch_heads.get(operation.s or "", ())
        seen = limited_seen(operation, self.setting.epoch, heads)
        return Arrival(operation, version, seen, self.setting.ancestry)

    def _scope_of(self, operation: Operation, state: RowState | None) -> str:
        """Return where an operation belongs: with its row, its parent, or where its fields say."""
        if state is not None:
            return state.scope
        key = (operation.e, operation.r)
        if key in self.book.places:
            return self.book.places[key]
        parent = parent_of(operation.e, operation.f)
        if parent is not None and parent in self.book.places:
            return self.book.places[parent]
        return _home(operation.e, operation.f, self.setting.caller.mission)

    def _refusal(
        self, operation: Operation, state: RowState | None, scope: str
    ) -> ResultCode | None:
        caller = self.setting.caller
        if _is_given(operation.e) and caller.officer is None:
            return ResultCode.SHARED
        if operation.e == CONFLICT_ENTITY or not self.book.has_scope(scope):
            return ResultCode.FORBIDDEN
        values = {**(state.values if state else {}), **operation.f}
        if SCOPE_FIELDS & operation.f.keys() and parent_of(operation.e, values) is None:
            home = _home(operation.e, values, mission_of(scope) or caller.mission)
            if home != scope and not self.book.has_scope(home):
                return ResultCode.FORBIDDEN
        if sum(len(each) for each in values.values() if isinstance(each, str)) > LARGEST_ROW:
            return ResultCode.TOO_LARGE
        return None

    def _tell_conflicts(self, merged: Merged, root: str | None, version: Version) -> None:
        """Write new conflicts, and mark open ones whose field was changed since."""
        about = root or merged.row.row_id
        self.book.load((CONFLICT_ENTITY, each.id) for each in merged.conflicts)
        fresh = set()
        for each in merged.conflicts:
            if self.book.states.get((CONFLICT_ENTITY, each.id)) is None:
                fresh.add(each.id)
                self.contested.add(about)
                self.book.put(conflict_row(each, None, version), about)
        if not merged.superseded or about not in self.contested:
            return
        for state in _conflicts_about(self.book, merged.row, about):
            conflict = Conflict.of_row(state.row_id, state.values)
            if (
                conflict.is_open
                and conflict.superseded_at is None
                and conflict.field in merged.superseded
                and conflict.id not in fresh
            ):
                later = conflict.model_copy(update={"superseded_at": version.at_ms})
                self.book.put(conflict_row(later, state, version), about)

    def _follow(self, row: RowState, version: Version, *, is_new: bool) -> None:
        """Let a record that changed its scope move, with its parts and conflicts.

        Parts of a new record may have come before it, and then lie where their sender's lie.
        """
        parent = parent_of(row.entity, row.values)
        if parent is not None:
            target = self.book.places.get(parent, row.scope)
        else:
            code = mission_of(row.scope) or self.setting.caller.mission
            target = _home(row.entity, row.values, code)
        is_elsewhere = is_new and target != mission_scope(self.setting.caller.mission)
        if not self.book.has_scope(target) or (target == row.scope and not is_elsewhere):
            return
        moving = [row] if parent is not None else [row, *self.book.load_children(row.row_id)]
        for each in moving:
            key = (each.entity, each.row_id)
            if each.scope == target:
                continue
            left = version.sseq if each.scope == version.scope else self.book.next(each.scope)
            self.book.leave(each.scope, key, left)
            root = self.book.root_of(key)
            self.book.put(entered(each, target, self.book.next(target)), root)
            _carry_content(self.book, each, target)

    def _resolve(self, operation: Operation) -> tuple[ResultCode | None, Version | None]:
        """Close a conflict; the value that was chosen travels as a put of its own."""
        key = (CONFLICT_ENTITY, operation.r)
        self.book.find_places([key])
        scope = self.book.places.get(key)
        if scope is None:
            return ResultCode.UNKNOWN_CONFLICT, None
        if not self.book.has_scope(scope):
            return ResultCode.FORBIDDEN, None
        self.book.load([key])
        state = self.book.states[key]
        if state is None:
            return ResultCode.UNKNOWN_CONFLICT, None
        version = self._accepted(operation, scope)
        conflict = Conflict.of_row(operation.r, state.values)
        closed = resolved(conflict, self._arrival(operation, version))
        if closed is None:
            return None, version
        about = (conflict.entity, conflict.row_id)
        self.book.put(conflict_row(closed, state, version), self.book.root_of(key))
        self.book.load([about])
        row = self.book.states[about]
        if row is not None and (left := without_loser(row, closed)) is not row:
            self.book.put(left, self.book.root_of(about))
        return None, version


def _carry_content(book: Book, row: RowState, target: str) -> None:
    """Let the content of a file go along with its record."""
    digest = row.values.get("digest")
    if row.entity == ATTACHMENT_ENTITY and isinstance(digest, str):
        share_content(book.connection, digest, row.scope, target)


def _root(row: RowState) -> str | None:
    parent = parent_of(row.entity, row.values)
    return parent[1] if parent else None


def _conflicts_about(book: Book, row: RowState, about: str) -> list[RowState]:
    """Return the known conflicts about a row."""
    return [
        each
        for each in book.load_children(about)
        if each.entity == CONFLICT_ENTITY and each.values.get("row_id") == row.row_id
    ]


def conflict_row(conflict: Conflict, before: RowState | None, version: Version) -> RowState:
    """Return a conflict as a row, with what changed standing at the version's position."""
    own = replace(version, node="", nseq=0, user=None)
    old = before.leaves if before else {}
    leaves = {
        name: old[name] if name in old and old[name].value == value else Leaf(value, own)
        for name, value in conflict.fields.items()
    }
    return RowState(
        entity=CONFLICT_ENTITY,
        row_id=conflict.id,
        scope=before.scope if before else version.scope,
        created_sseq=before.created_sseq if before else version.sseq,
        head_sseq=version.sseq,
        leaves=leaves,
    )


def _is_given(entity: str) -> bool:
    """Return whether rows of an entity come from headquarters alone."""
    return entity == POLICY_ENTITY or is_shared(entity)


def _home(entity: str, fields: Mapping[str, Any], mission: str) -> str:
    return SHARED_SCOPE if _is_given(entity) else home_scope(entity, fields, mission)


def is_rejected(result: OperationResult) -> bool:
    """Return whether an operation is not in force."""
    return result.code in REJECTIONS
