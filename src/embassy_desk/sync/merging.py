"""The one rule by which headquarters merges operations into rows (SYNC 3.4). Pure.

Per field a row keeps its *leaves*: values that nobody has replaced knowingly. Normally there is
one. An operation replaces the leaves that its author had seen; the others stay, one leaf wins, and
every other one of a different value is written down in a conflict. Different fields never meet.

    covers(y, x)   x stood in the log at or below the position that y's screen was based on,
                   or x is an earlier operation of y's own node or of one it continues
    winner         the latest by (stamp limited to headquarters' clock, node, number);
                   for legal fields the one accepted first
    del            hides a row only if it covers every leaf; otherwise it stays, with a conflict
    put            on a deleted row: one that saw the deletion makes the row anew; one that did not
                   brings it back as it was, with a conflict
    trash          a `put` of `trashed_at` is a deletion to people: it hides a record only if it
                   covers all that was written in it, and a change that did not see it brings the
                   record back; both with a conflict
    recover        is adopted where nothing is; otherwise a conflict; it never wins

Headquarters calls `merge` for each operation in order, with the row as it stands, and writes back
what it returns. Positions are compared within one scope only: where a row came from another scope,
what was accepted before counts as standing at the position where the row entered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from embassy_desk.sync.clock import Stamp
from embassy_desk.sync.conflicts import (
    WHOLE_ROW,
    Conflict,
    ConflictKind,
    ConflictStatus,
    Resolution,
    conflict_id,
)
from embassy_desk.sync.operations import Operation, OperationKind, Value
from embassy_desk.sync.scopes import QUIET_FIELDS, TRASH_FIELDS, is_legal

NOBODY = ""
"""Writes what headquarters offers of operations that it received and that nobody claimed.

Their author may live on under the same identity and have given their numbers to other words, so
under his name they would look like an echo of what he sends, and like what he had seen.
"""

_KEEPS_FIELDS = frozenset({OperationKind.DEL, OperationKind.UNDEL, OperationKind.PURGE})


@dataclass(frozen=True, slots=True)
class Version:
    """Which operation wrote something, and where headquarters' log has it.

    Attributes:
        node: Identity of the writing node, or `NOBODY`.
        nseq: Number of the operation on that node.
        scope: Scope in whose log it was accepted.
        sseq: Its position there.
        eff: Its packed stamp, limited to headquarters' clock at acceptance.
        user: Who wrote it.
    """

    node: str
    nseq: int
    scope: str
    sseq: int
    eff: int
    user: str | None = None

    @property
    def name(self) -> str:
        """What conflicts call the operation."""
        return f"{self.node}.{self.nseq}"

    @property
    def at_ms(self) -> int:
        """When it was written, milliseconds since 1970."""
        return Stamp.unpacked(self.eff).ms


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value in force or lost, and who wrote it.

    Attributes:
        since: Position from which readers must be told, if that is not its acceptance: where it
            last stood against another value, or won again because what had won was replaced.
    """

    value: Value
    version: Version
    since: int = 0

    def position(self, row: "RowState") -> int:
        """Return from where, in the log of the row's present scope, readers must be told the value.

        A reader whose cursor is below this does not have it. It echoes the reader's own operation
        only if `version` is the reader's and this is `version.sseq` in the same scope.
        """
        if self.version.scope != row.scope:
            return max(self.since, row.created_sseq)
        return max(self.since, self.version.sseq)


@dataclass(frozen=True)
class RowState:
    """A row at headquarters.

    Attributes:
        scope: The scope it is in.
        created_sseq: Where it entered the scope, or last came back to life: readers below this
            position get the whole row.
        head_sseq: Where it changed last.
        deleted: The operation that hid it.
        leaves: The leaf in force of every field that was ever written.
        losers: Further leaves of a field; rare.
    """

    entity: str
    row_id: str
    scope: str
    created_sseq: int = 0
    head_sseq: int = 0
    deleted: Version | None = None
    leaves: Mapping[str, Leaf] = field(default_factory=dict)
    losers: Mapping[str, tuple[Leaf, ...]] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Value]:
        """Its fields that are not empty, as digests and whole rows have them."""
        return {name: leaf.value for name, leaf in self.leaves.items() if leaf.value is not None}

    def all_leaves(self) -> list[Leaf]:
        """Return every leaf of every field."""
        return [*self.leaves.values(), *(each for some in self.losers.values() for each in some)]


@dataclass(frozen=True)
class Arrival:
    """An operation at the moment of its acceptance.

    Attributes:
        operation: The operation.
        version: Under which node, number, position and stamp it is accepted: see `accepted`.
        seen: Scope and position that its author's screen was based on, after `limited_seen`.
        ancestry: For each node that the author's node continues, the last number of it that
            belongs to the same past.
    """

    operation: Operation
    version: Version
    seen: tuple[str | None, int] = (None, 0)
    ancestry: Mapping[str, int] = field(default_factory=dict)

    def covers(self, version: Version, row: RowState) -> bool:
        """Return whether the author had seen, or had written before, what a version wrote."""
        own = version.node == self.version.node and version.nseq < self.version.nseq
        if own or version.nseq <= self.ancestry.get(version.node, 0):
            return True
        scope, position = self.seen
        if version.scope == scope:
            return version.sseq <= position
        return row.scope == scope and row.created_sseq <= position


@dataclass(frozen=True)
class Merged:
    """What an operation did.

    Attributes:
        row: The row afterwards.
        conflicts: New ones. One whose identity is known already was told before: leave that as
            it is, whatever its status.
        superseded: Fields whose open conflicts get `superseded_at`.
        is_changed: Whether readers have something to learn; if not, `head_sseq` stayed.
    """

    row: RowState
    conflicts: tuple[Conflict, ...] = ()
    superseded: tuple[str, ...] = ()
    is_changed: bool = True


def accepted(operation: Operation, node: str, scope: str, sseq: int, now_ms: int) -> Version:
    """Return the version of an operation accepted at a position, at headquarters' time.

    A clock ahead of headquarters' is limited to it, so that it poisons nobody else's.
    """
    stamp = operation.stamp if operation.t <= now_ms else Stamp(now_ms)
    return Version(node, operation.n, scope, sseq, stamp.packed, operation.u)


def limited_seen(
    operation: Operation, present_epoch: int, heads: Iterable[tuple[int, int]]
) -> tuple[str | None, int]:
    """Return what the author had seen, limited to what survived restorations of headquarters.

    Args:
        operation: The operation.
        present_epoch: Headquarters' epoch. Positions of an epoch it does not know count nothing.
        heads: For the operation's scope, each epoch after the first and the head of the log when
            that epoch began.
    """
    if operation.b == 0 or not operation.s or operation.g > present_epoch:
        return (None, 0)
    later = [head for epoch, head in heads if epoch > operation.g]
    return operation.s, min([operation.b, *later])


def merge(
    row: RowState | None, arrival: Arrival, *, lost_as: ConflictKind = ConflictKind.SERVER_LOST
) -> Merged:
    """Return the row after an operation, and what people must decide.

    Args:
        row: The row as it stands; nothing if it was never heard of.
        arrival: The operation. `resolve` is not for rows: see `resolved`.
        lost_as: The kind of conflict that a `recover` makes where it is not adopted.

    Raises:
        ValueError: The operation resolves a conflict.
    """
    kind = arrival.operation.k
    if kind is OperationKind.RESOLVE:
        raise ValueError("a conflict is resolved by resolved()")
    if row is None:
        row = RowState(arrival.operation.e, arrival.operation.r, arrival.version.scope)
        if kind in _KEEPS_FIELDS:
            return _never_known(row, arrival)
        return _put(replace(row, created_sseq=arrival.version.sseq), arrival)
    if kind is OperationKind.RECOVER:
        return _recover(row, arrival, lost_as)
    if kind is OperationKind.DEL:
        return _delete(row, arrival)
    if kind is OperationKind.PURGE:
        return _purge(row, arrival)
    if row.deleted is not None:
        return _revive(row, arrival)
    return _put(row, arrival)


def entered(row: RowState, scope: str, sseq: int) -> RowState:
    """Return a row that moved to another scope: its readers get it whole from there.

    The old scope tells its readers that the row is gone.
    """
    return replace(row, scope=scope, created_sseq=sseq, head_sseq=sseq)


def resolved(conflict: Conflict, arrival: Arrival) -> Conflict | None:
    """Return a conflict as a `resolve` closes it, or nothing if somebody else was first."""
    if not conflict.is_open:
        return None
    wanted = arrival.operation.f.get("resolution")
    known = Resolution(wanted) if wanted in set(Resolution) else Resolution.KEPT
    return conflict.model_copy(
        update={
            "status": ConflictStatus.RESOLVED,
            "resolution": known,
            "resolved_by": arrival.operation.u,
            "resolved_at": arrival.version.at_ms,
        }
    )


def without_loser(row: RowState, conflict: Conflict) -> RowState:
    """Return the row without the leaf that a closed conflict was about; the conflict keeps it."""
    losers = row.losers.get(conflict.field, ())
    left = tuple(each for each in losers if each.version.name != conflict.loser_op)
    if len(left) == len(losers):
        return row
    return replace(row, losers=_with(row.losers, conflict.field, left))


def _never_known(row: RowState, arrival: Arrival) -> Merged:
    """Keep a deletion of a row that never came; later operations on it may still come."""
    if arrival.operation.k is not OperationKind.DEL:
        return Merged(row, is_changed=False)
    sseq = arrival.version.sseq
    return Merged(replace(row, created_sseq=sseq, head_sseq=sseq, deleted=arrival.version))


def _put(row: RowState, arrival: Arrival) -> Merged:
    """Merge field by field; putting a record in the trash deletes it, as people see it."""
    fields = arrival.operation.f
    if fields.get("trashed_at"):
        unseen = [
            leaf
            for leaf in _contents(row)
            if leaf.value is not None and not arrival.covers(leaf.version, row)
        ]
        return _keep_from_trash(row, arrival, unseen) if unseen else _fields(row, arrival, fields)
    merged = _fields(row, arrival, fields)
    trashed = row.leaves.get("trashed_at")
    if trashed is None or trashed.value is None or arrival.covers(trashed.version, row):
        return merged
    if fields.keys() <= QUIET_FIELDS | TRASH_FIELDS:
        return merged
    return _take_from_trash(merged, arrival, trashed)


def _contents(row: RowState) -> Iterable[Leaf]:
    """Yield every leaf that somebody wrote on purpose, as deleting does not."""
    for name, leaf in row.leaves.items():
        if name not in QUIET_FIELDS | TRASH_FIELDS:
            yield from (leaf, *row.losers.get(name, ()))


def _keep_from_trash(row: RowState, arrival: Arrival, unseen: Iterable[Leaf]) -> Merged:
    """Leave a record where it is, because who deleted it had not seen all of it, and ask."""
    fields = arrival.operation.f
    latest = max(unseen, key=lambda each: _rank(each.version))
    others = {name: value for name, value in fields.items() if name not in TRASH_FIELDS}
    merged = _fields(row, arrival, others)
    leaves = dict(merged.row.leaves)
    for name in TRASH_FIELDS & fields.keys():  # its author, who shows it deleted, must be told
        present = leaves.get(name, Leaf(None, latest.version))
        leaves[name] = replace(present, since=arrival.version.sseq)
    told = _conflict(
        ConflictKind.DEL_VS_EDIT,
        row,
        WHOLE_ROW,
        latest,
        Leaf(True, arrival.version),  # noqa: FBT003  the value of a deletion
    )
    after = replace(merged.row, leaves=leaves)
    return replace(merged, row=after, conflicts=(*merged.conflicts, told))


def _take_from_trash(merged: Merged, arrival: Arrival, trashed: Leaf) -> Merged:
    """Bring a record back that somebody changed without seeing that it was deleted, and ask."""
    back = Leaf(None, arrival.version)
    leaves = {**merged.row.leaves, **dict.fromkeys(TRASH_FIELDS, back)}
    told = _conflict(
        ConflictKind.DEL_VS_EDIT,
        merged.row,
        WHOLE_ROW,
        back,
        replace(trashed, value=True),
    )
    after = replace(merged.row, leaves=leaves)
    return replace(merged, row=after, conflicts=(*merged.conflicts, told))


def _fields(row: RowState, arrival: Arrival, fields: Mapping[str, Value]) -> Merged:
    """Merge some fields of an operation, one by one."""
    leaves, losers = dict(row.leaves), dict(row.losers)
    conflicts: list[Conflict] = []
    superseded: list[str] = []
    for name, value in fields.items():
        known = [leaves[name], *losers.get(name, ())] if name in leaves else []
        fresh = Leaf(value, arrival.version)
        kept = [each for each in known if not arrival.covers(each.version, row)]
        winner = _winner(row.entity, name, [*kept, fresh])
        others = tuple(each for each in [*kept, fresh] if each is not winner)
        if winner is not fresh:  # its author, who shows what he wrote, must be told
            winner = replace(winner, since=arrival.version.sseq)
        leaves[name] = winner
        is_quiet = name in QUIET_FIELDS or _is_deleted_twice(name, [*kept, fresh])
        losers = _with(losers, name, () if is_quiet else others)
        if not is_quiet:
            conflicts += _told(row, name, winner, others)
            if known:
                superseded.append(name)
    after = replace(row, leaves=leaves, losers=losers, head_sseq=arrival.version.sseq)
    return Merged(after, tuple(conflicts), tuple(superseded))


def _is_deleted_twice(name: str, leaves: Iterable[Leaf]) -> bool:
    """Return whether several people put the same record in the trash: that is no question."""
    return name in TRASH_FIELDS and all(each.value is not None for each in leaves)


def _winner(entity: str, name: str, leaves: list[Leaf]) -> Leaf:
    if is_legal(entity, name):
        return leaves[0]  # the one in force stands first, the newly arrived last
    return max(leaves, key=lambda each: _rank(each.version))


def _rank(version: Version) -> tuple[int, str, int]:
    return version.eff, version.node, version.nseq


def _told(row: RowState, name: str, winner: Leaf, others: Iterable[Leaf]) -> list[Conflict]:
    return [
        _conflict(ConflictKind.EDIT, row, name, winner, each)
        for each in others
        if not _is_same(each.value, winner.value)
    ]


def _is_same(one: Value, other: Value) -> bool:
    """Return whether two values are the same; true and 1 are not."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _conflict(kind: ConflictKind, row: RowState, name: str, winner: Leaf, loser: Leaf) -> Conflict:
    return Conflict(
        id=conflict_id(kind, row.row_id, name, loser.version.name, loser.value),
        scope=row.scope,
        entity=row.entity,
        row_id=row.row_id,
        field=name,
        kind=kind,
        winner_op=winner.version.name,
        winner_value=winner.value,
        winner_user=winner.version.user,
        winner_at=winner.version.at_ms,
        loser_op=loser.version.name,
        loser_value=loser.value,
        loser_user=loser.version.user,
        loser_at=loser.version.at_ms,
        is_legal=name != WHOLE_ROW and is_legal(row.entity, name),
    )


def _delete(row: RowState, arrival: Arrival) -> Merged:
    """Hide a row of which the author saw everything; otherwise ask."""
    if row.deleted is not None:
        return Merged(row, is_changed=False)
    unseen = [each for each in row.all_leaves() if not arrival.covers(each.version, row)]
    if not unseen:
        return Merged(replace(row, deleted=arrival.version, head_sseq=arrival.version.sseq))
    latest = max(unseen, key=lambda each: _rank(each.version))
    loser = Leaf(True, arrival.version)  # noqa: FBT003  the value of a deletion
    told = _conflict(ConflictKind.DEL_VS_EDIT, row, WHOLE_ROW, latest, loser)
    # Its author has hidden the row already and must get it back whole.
    sseq = arrival.version.sseq
    return Merged(replace(row, created_sseq=sseq, head_sseq=sseq), (told,))


def _revive(row: RowState, arrival: Arrival) -> Merged:
    """Bring a deleted row back: anew for who saw that it was deleted, else as it was and ask."""
    deleted = row.deleted
    if deleted is None:
        raise ValueError("the row is not deleted")
    sseq = arrival.version.sseq
    back = replace(row, deleted=None, created_sseq=sseq, head_sseq=sseq)
    if arrival.operation.k is OperationKind.UNDEL:
        return Merged(back)
    if arrival.covers(deleted, row):
        return _put(replace(back, leaves={}, losers={}), arrival)
    merged = _put(replace(back, created_sseq=row.created_sseq), arrival)
    after = replace(merged.row, created_sseq=sseq)
    winner = Leaf(None, arrival.version)
    told = _conflict(ConflictKind.DEL_VS_EDIT, row, WHOLE_ROW, winner, Leaf(True, deleted))  # noqa: FBT003
    return replace(merged, row=after, conflicts=(*merged.conflicts, told))


def _recover(row: RowState, arrival: Arrival, lost_as: ConflictKind) -> Merged:
    """Adopt what is not there; what is there otherwise stays, with a conflict."""
    leaves = dict(row.leaves)
    conflicts: list[Conflict] = []
    for name, value in arrival.operation.f.items():
        fresh = Leaf(value, arrival.version)
        present = leaves.get(name)
        if row.deleted is None and (present is None or present.value is None):
            leaves[name] = fresh
        elif name not in QUIET_FIELDS and (
            present is None or row.deleted is not None or not _is_same(present.value, value)
        ):
            stands = present or Leaf(None, row.deleted or arrival.version)
            conflicts.append(_conflict(lost_as, row, name, stands, fresh))
    if leaves == row.leaves:
        return Merged(row, tuple(conflicts), is_changed=False)
    return Merged(replace(row, leaves=leaves, head_sseq=arrival.version.sseq), tuple(conflicts))


def _purge(row: RowState, arrival: Arrival) -> Merged:
    """Erase the content of a row that is deleted; one that lives is left alone."""
    if row.deleted is None or not row.leaves:
        return Merged(row, is_changed=False)
    return Merged(replace(row, leaves={}, losers={}, head_sseq=arrival.version.sseq))


def _with(
    losers: Mapping[str, tuple[Leaf, ...]], name: str, some: tuple[Leaf, ...]
) -> dict[str, tuple[Leaf, ...]]:
    """Return the losers with those of one field replaced; fields without any are left out."""
    others = {each: leaves for each, leaves in losers.items() if each != name}
    return {**others, name: some} if some else others
