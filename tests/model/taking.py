"""Applies operations to what the headquarters of the model keeps."""

from dataclasses import replace

from embassy_desk.sync.conflicts import CONFLICT_ENTITY, Conflict, ConflictKind
from embassy_desk.sync.merging import (
    Arrival,
    Leaf,
    Merged,
    RowState,
    accepted,
    entered,
    limited_seen,
    merge,
    resolved,
    without_loser,
)
from embassy_desk.sync.operations import Operation, OperationKind
from embassy_desk.sync.problems import ResultCode
from embassy_desk.sync.scopes import home_scope, is_shared, mission_scope, parent_of
from model.kept import ConflictRow, Kept, Mutations, RowName


class Taking:
    """Takes operations one by one, at one moment."""

    def __init__(self, kept: Kept, mutations: Mutations, now_ms: int) -> None:
        self._kept = kept
        self._mutations = mutations
        self._now_ms = now_ms

    def apply(
        self,
        operation: Operation,
        node: str,
        mission: str,
        ancestry: dict[str, int],
        lost_as: ConflictKind = ConflictKind.SERVER_LOST,
    ) -> ResultCode | None:
        if is_shared(operation.e):
            return ResultCode.SHARED
        if operation.k is OperationKind.RESOLVE:
            return self._resolve(operation, node, ancestry)
        if operation.e == CONFLICT_ENTITY:
            self._recover_conflict(operation)
            return None
        name = (operation.e, operation.r)
        row = self._kept.rows.get(name)
        scope = row.scope if row else self._first_scope(operation, mission)
        arrival = self._arrival(operation, node, scope, ancestry)
        merged = self._merged(row, arrival, lost_as)
        self._kept.rows[name] = merged.row
        self._tell(merged, arrival)
        self._put_in_place(name, mission)
        return None

    def _arrival(
        self, operation: Operation, node: str, scope: str, ancestry: dict[str, int]
    ) -> Arrival:
        sseq = self._kept.heads.get(scope, 0) + 1
        self._kept.heads[scope] = sseq
        heads = (
            []
            if self._mutations.seen_unlimited
            else [(epoch, each.get(operation.s, 0)) for epoch, each in self._kept.epoch_heads]
        )
        return Arrival(
            operation,
            accepted(operation, node, scope, sseq, self._now_ms),
            limited_seen(operation, self._kept.epoch, heads),
            ancestry,
        )

    def _merged(self, row: RowState | None, arrival: Arrival, lost_as: ConflictKind) -> Merged:
        mutations = self._mutations
        if row and (mutations.clock_alone or mutations.last_arrival_wins):
            return _without_causality(row, arrival, is_by_clock=mutations.clock_alone)
        if row and mutations.delete_beats_edit and arrival.operation.k is OperationKind.DEL:
            gone = replace(row, deleted=arrival.version, head_sseq=arrival.version.sseq)
            return Merged(gone)
        return merge(row, arrival, lost_as=lost_as)

    def _tell(self, merged: Merged, arrival: Arrival) -> None:
        sseq = arrival.version.sseq
        about = (merged.row.entity, merged.row.row_id)
        fresh = {each.id for each in merged.conflicts}
        for row in self._kept.conflicts.values():
            conflict = row.conflict
            if (
                (conflict.entity, conflict.row_id) == about
                and conflict.field in merged.superseded
                and conflict.is_open
                and conflict.id not in fresh
            ):
                at = arrival.version.at_ms
                row.conflict = conflict.model_copy(update={"superseded_at": at})
                row.head_sseq = sseq
        for conflict in merged.conflicts:
            self._kept.conflicts.setdefault(conflict.id, ConflictRow(conflict, sseq, sseq))

    def _resolve(
        self, operation: Operation, node: str, ancestry: dict[str, int]
    ) -> ResultCode | None:
        row = self._kept.conflicts.get(operation.r)
        if row is None:
            return ResultCode.UNKNOWN_CONFLICT
        arrival = self._arrival(operation, node, row.conflict.scope, ancestry)
        closed = resolved(row.conflict, arrival)
        if closed is not None:
            row.conflict, row.head_sseq = closed, arrival.version.sseq
            name = (closed.entity, closed.row_id)
            self._kept.rows[name] = without_loser(self._kept.rows[name], closed)
        return None

    def _recover_conflict(self, operation: Operation) -> None:
        """Adopt a conflict that a restored headquarters had told and no longer knows."""
        if operation.r in self._kept.conflicts:
            return
        conflict = Conflict.of_row(operation.r, operation.f)
        row = self._kept.rows.get((conflict.entity, conflict.row_id))
        scope = row.scope if row else conflict.scope
        sseq = self._kept.heads.get(scope, 0) + 1
        self._kept.heads[scope] = sseq
        moved = conflict.model_copy(update={"scope": scope})
        self._kept.conflicts[operation.r] = ConflictRow(moved, sseq, sseq)

    def _first_scope(self, operation: Operation, mission: str) -> str:
        parent = parent_of(operation.e, operation.f)
        if parent in self._kept.rows:
            return self._kept.rows[parent].scope
        if parent is not None:
            return mission_scope(mission)
        return home_scope(operation.e, operation.f, mission)

    def _put_in_place(self, name: RowName, mission: str) -> None:
        """Move a record whose scope changed, and parts that are not where their record is."""
        row = self._kept.rows[name]
        parent = parent_of(row.entity, row.values)
        if row.deleted is None and parent is None:
            self._move(name, home_scope(row.entity, row.values, mission))
        if parent in self._kept.rows:
            self._move(name, self._kept.rows[parent].scope)
        for other, each in list(self._kept.rows.items()):
            if parent_of(each.entity, each.values) == name:
                self._move(other, self._kept.rows[name].scope)

    def _move(self, name: RowName, scope: str) -> None:
        row = self._kept.rows[name]
        if row.scope == scope:
            return
        left = self._kept.heads.get(row.scope, 0)
        if not self._mutations.move_is_silent:
            left = self._kept.heads.get(row.scope, 0) + 1
            self._kept.heads[row.scope] = left
            self._kept.exits[(row.scope, *name)] = left
        sseq = self._kept.heads.get(scope, 0) + 1
        self._kept.heads[scope] = sseq
        self._kept.rows[name] = entered(row, scope, sseq)
        for each in self._kept.conflicts.values():
            if (each.conflict.entity, each.conflict.row_id) == name:
                self._kept.exits[(row.scope, CONFLICT_ENTITY, each.conflict.id)] = left
                each.conflict = each.conflict.model_copy(update={"scope": scope})
                each.created_sseq = each.head_sseq = sseq


def _without_causality(row: RowState, arrival: Arrival, *, is_by_clock: bool) -> Merged:
    """Merge as many products do: the clock decides, or whoever comes last, and nothing is kept."""
    leaves = dict(row.leaves)
    if arrival.operation.k is OperationKind.DEL:
        return Merged(replace(row, deleted=arrival.version, head_sseq=arrival.version.sseq))
    for name, value in arrival.operation.f.items():
        known = leaves.get(name)
        if known is None or not is_by_clock or known.version.eff <= arrival.version.eff:
            leaves[name] = Leaf(value, arrival.version)
    back = replace(row, deleted=None, leaves=leaves, head_sseq=arrival.version.sseq)
    return Merged(back)
