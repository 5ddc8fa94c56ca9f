"""Takes over an answer of headquarters in one transaction (SYNC 3.10).

Acknowledged operations become confirmed, rows that others changed are written, beneath what is
still pending here; cursors, digests, history and clock move with them. After a crash either all of
it happened or nothing.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from embassy_desk.domain.catalogue import KINDS
from embassy_desk.domain.errors import RefusedError
from embassy_desk.sealing.digests import NO_ROWS
from embassy_desk.store.confirmed import (
    OwnOperation,
    RowName,
    ScopeSums,
    defer,
    displayed_fields,
    drop_shadow,
    folded,
    keep_shadow,
    operations_of,
    overlaid,
    present,
    shadow_of,
    undone,
)
from embassy_desk.store.fresh_rows import write_fresh
from embassy_desk.store.headquarters_link import headquarters_link, note_headquarters
from embassy_desk.store.outgoing import Node
from embassy_desk.store.sync_values import Fields, write_fields
from embassy_desk.store.types import time_text
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.conflicts import CONFLICT_ENTITY
from embassy_desk.sync.scopes import home_scope, parent_of
from embassy_desk.texts import N_

MOST_HIDDEN = 200
"""A takeover that hides more records than this stops and asks (decision 9)."""

LARGEST_HIDDEN_SHARE = 0.2
_FEW = 10  # of a handful of records, one is a large share and no accident
_MOMENTS_KEPT = 2_000
_KIND_NAMES = frozenset(kind.name for kind in KINDS)


class BrakeError(RefusedError):
    """So much would vanish that a person must agree first."""

    code = "brake"


@dataclass(frozen=True)
class ToldRow:
    """A row as headquarters tells it.

    Attributes:
        sid: The scope in which it is told.
        fields: Its values; all of them if `is_whole`.
        user: Who changed it last.
        at_ms: When, milliseconds since 1970.
        seen: Position up to which all its changes are in it; nothing for a repair.
    """

    sid: str
    entity: str
    row_id: str
    fields: Mapping[str, Any]
    user: str | None = None
    at_ms: int = 0
    is_whole: bool = False
    is_deleted: bool = False
    seen: int | None = None

    @property
    def name(self) -> RowName:
        """Table and identity."""
        return self.entity, self.row_id


@dataclass(frozen=True)
class ToldScope:
    """A scope as headquarters tells it: where it begins, ends, and its digest at the end."""

    sid: str
    since: int
    to: int
    head: int
    digest: bytes | None = None


@dataclass(frozen=True)
class Told:
    """Everything that one answer tells.

    Attributes:
        last: Number of our last operation that headquarters has.
        rejected: Numbers and codes of operations that are not in force.
        gone: Rows that left a scope: scope, table, identity.
        moves_cursors: False for a repair, which tells rows without moving on.
    """

    last: int
    rejected: Mapping[int, str] = field(default_factory=dict)
    scopes: tuple[ToldScope, ...] = ()
    rows: tuple[ToldRow, ...] = ()
    gone: tuple[tuple[str, str, str], ...] = ()


@dataclass
class Taken:
    """What a takeover did.

    Attributes:
        acknowledged: How many of our operations were acknowledged.
        rejected: How many of them are not in force.
        rows: How many rows of others were told.
        conflicts: How many conflicts were told.
        mismatched: Scopes whose digest differs from headquarters'.
        more: Whether there is more to fetch.
    """

    acknowledged: int = 0
    rejected: int = 0
    rows: int = 0
    conflicts: int = 0
    mismatched: tuple[str, ...] = ()
    more: bool = False

    def add(self, later: "Taken") -> None:
        """Count what a later portion of the same answer did."""
        self.acknowledged += later.acknowledged
        self.rejected += later.rejected
        self.rows += later.rows
        self.conflicts += later.conflicts
        self.mismatched, self.more = later.mismatched, later.more


class Takeover:
    """One answer, in one unit of work of mode `apply`; the caller commits."""

    def __init__(
        self, work: UnitOfWork, node: Node, told: Told, *, may_hide_many: bool = False
    ) -> None:
        """Prepare.

        Args:
            work: The unit of work.
            node: The identity to which the answer is.
            told: The answer.
            may_hide_many: A person has agreed that many records vanish.
        """
        self._work = work
        self._raw = work.raw
        self._node = node
        self._told = told
        self._may_hide_many = may_hide_many
        self._hidden = 0
        self._taken = Taken()
        for scope in told.scopes:
            self._raw.execute(
                "INSERT OR IGNORE INTO sync_scope (sid, cursor, head, digest) VALUES (?, 0, 0, ?)",
                (scope.sid, NO_ROWS),
            )
        self._sums = ScopeSums(self._raw)

    def take(self) -> Taken:
        """Do it.

        Raises:
            BrakeError: Too much would vanish; then nothing may be committed.
        """
        acked = operations_of(
            self._raw, self._node.no, after=self._node.acked, until=self._told.last
        )
        told = self._told_rows()
        names = [*dict.fromkeys([*acked, *(row.name for row in self._told.rows)])]
        names += [each[1:] for each in self._told.gone if each[1:] not in set(names)]
        remaining = self._remaining(names)
        touched = {*acked, *remaining, *(each[1:] for each in self._told.gone)}
        fresh = write_fresh(self._raw, self._sums, told, touched)
        for name in (each for each in names if each not in fresh):
            if name[0] == CONFLICT_ENTITY:
                self._take_conflict(name, told.get(name, []), name in remaining)
            else:
                own = acked.get(name, []), remaining.get(name, [])
                self._take_row(name, *own, told.get(name, []))
        self._brake()
        self._acknowledge(acked)
        self._sums.write()
        self._move_on()
        return self._taken

    def _told_rows(self) -> dict[RowName, list[ToldRow]]:
        told: dict[RowName, list[ToldRow]] = {}
        for row in self._told.rows:
            told.setdefault(row.name, []).append(row)
        return told

    def _remaining(self, names: Iterable[RowName]) -> dict[RowName, list[OwnOperation]]:
        """Return the operations that stay pending, of the rows that are touched."""
        if self._node.nseq <= self._told.last:
            return {}
        rows = [row_id for _, row_id in names]
        return operations_of(self._raw, self._node.no, after=self._told.last, rows=rows)

    def _take_row(
        self,
        name: RowName,
        acked: list[OwnOperation],
        remaining: list[OwnOperation],
        told: list[ToldRow],
    ) -> None:
        shown = displayed_fields(self._raw, name)
        has_shadow, shadow = shadow_of(self._raw, name)
        accepted = [each for each in acked if each.nseq not in self._told.rejected]
        if has_shadow:
            confirmed = folded(shadow, accepted)
        elif len(accepted) < len(acked):
            confirmed = folded(undone(shown, [*acked, *remaining]), accepted)
        else:
            confirmed = undone(shown, remaining)
        scopes = {row.sid for row in told} | self._scopes(name, confirmed)
        for row in told:
            confirmed = _after(confirmed, row)
        left = {sid for sid, *gone in self._told.gone if tuple(gone) == name}
        if left and scopes <= left:
            confirmed = None
        for sid in scopes | left:
            self._sums.set(sid, name, None if sid in left else confirmed, _seen(told, sid))
        if remaining:
            keep_shadow(self._raw, name, confirmed)
        elif has_shadow:
            drop_shadow(self._raw, name)
        self._show(name, shown, overlaid(confirmed, remaining), told)

    def _scopes(self, name: RowName, confirmed: Fields | None) -> set[str]:
        """Return where a row is confirmed; one that only we told is where its record is."""
        known = set(self._sums.scopes_of(name))
        if known or confirmed is None:
            return known
        parent = parent_of(name[0], confirmed)
        if parent is not None:
            of_parent = set(self._sums.scopes_of(parent))
            known = of_parent or {home_scope("", {}, self._work.author.mission)}
        else:
            known = {home_scope(name[0], confirmed, self._work.author.mission)}
        return {sid for sid in known if sid in self._sums.sums}

    def _show(
        self, name: RowName, before: Fields | None, after: Fields | None, told: list[ToldRow]
    ) -> None:
        """Write what people see, and the history of what others did."""
        if before == after:
            return
        if name[0] in _KIND_NAMES and before is not None and not before.get("trashed_at"):
            self._hidden += after is None or bool(after.get("trashed_at"))
        left = write_fields(self._raw, *name, _fitting(self._raw, name, before), after)
        kept = self._raw.execute(
            "SELECT 1 FROM sync_deferred WHERE entity = ? AND row_id = ? LIMIT 1", name
        ).fetchone()
        if left or kept:
            defer(self._raw, name, left, were_some=kept is not None)
        for row in told[-1:]:
            self._remember(row, before, after)

    def _remember(self, row: ToldRow, before: Fields | None, after: Fields | None) -> None:
        """Write an entry of the history for a change that was made elsewhere."""
        former, present_ = before or {}, after or {}
        names = sorted(former.keys() | present_.keys())
        changed = [each for each in names if former.get(each) != present_.get(each)]
        root = parent_of(row.entity, present_ or former) or row.name
        kind = "add" if before is None else "del" if after is None else "put"
        values = ({each: some.get(each) for each in changed} for some in (present_, former))
        self._raw.execute(
            "INSERT INTO pulled_change (entity, row_id, root_kind, root_id, user, at_ms, kind,"
            " fields, before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row.name, *root, row.user, row.at_ms, kind, *map(json.dumps, values)),
        )

    def _take_conflict(self, name: RowName, told: list[ToldRow], is_closing: bool) -> None:  # noqa: FBT001
        for row in told:
            fields = self._conflict_fields(row)
            is_open = fields.get("status") == "open" and not is_closing
            about = (fields.get("entity", ""), fields.get("row_id", ""))
            text = json.dumps(fields, ensure_ascii=False)
            self._raw.execute(
                "INSERT OR REPLACE INTO sync_conflict VALUES (?, ?, ?, ?, ?, ?)",
                (row.row_id, row.sid, *about, int(is_open), text),
            )
            self._sums.set(row.sid, name, fields, row.seen)
            self._taken.conflicts += 1
        for sid, entity, row_id in self._told.gone:
            if (entity, row_id) == name:
                self._sums.set(sid, name, None)
                if not self._sums.scopes_of(name):
                    self._raw.execute("DELETE FROM sync_conflict WHERE id = ?", (row_id,))

    def _conflict_fields(self, row: ToldRow) -> Fields:
        """Return all values of a conflict, of which only those that changed may have been told."""
        known = self._raw.execute(
            "SELECT fields FROM sync_conflict WHERE id = ?", (row.row_id,)
        ).fetchone()
        before = json.loads(known[0]) if known and not row.is_whole else {}
        return present({**before, **row.fields})

    def _brake(self) -> None:
        """Refuse what would hide too much at once.

        Raises:
            BrakeError: It would.
        """
        if self._may_hide_many or self._hidden <= _FEW:
            return
        (count,) = self._raw.execute("SELECT count(*) FROM record_entry").fetchone()
        if self._hidden > MOST_HIDDEN or self._hidden > LARGEST_HIDDEN_SHARE * count:
            raise BrakeError(
                N_(
                    "This exchange would remove {count} records at once. Nothing was changed."
                    " Ask headquarters whether that is meant, then allow it.",
                    count=self._hidden,
                )
            )

    def _acknowledge(self, acked: Mapping[RowName, list[OwnOperation]]) -> None:
        last = self._told.last
        self._taken.acknowledged = sum(map(len, acked.values()))
        self._taken.rejected = len(self._told.rejected)
        self._taken.rows = len(self._told.rows) - self._taken.conflicts
        if last > self._node.acked:
            no = self._node.no
            self._raw.execute("UPDATE sync_node SET acked = ? WHERE no = ?", (last, no))
            self._raw.execute(
                "UPDATE sync_op SET state = 'acked' WHERE node_no = ? AND nseq > ? AND nseq <= ?",
                (no, self._node.acked, last),
            )
        for nseq, code in self._told.rejected.items():
            place = (self._node.no, nseq)
            self._raw.execute(
                "INSERT OR REPLACE INTO sync_tray VALUES (?, ?, ?, ?)",
                (*place, code, time_text(self._work.at)),
            )
            self._raw.execute(
                "UPDATE sync_op SET state = 'rejected' WHERE node_no = ? AND nseq = ?", place
            )

    def _move_on(self) -> None:
        """Move cursors, moment and clock, and compare digests."""
        link = headquarters_link(self._raw)
        moment = 1 + (link.moment if link else 0)
        differing = []
        for scope in self._told.scopes:
            self._raw.execute(
                "UPDATE sync_scope SET cursor = ?, head = ? WHERE sid = ?",
                (scope.to, scope.head, scope.sid),
            )
            if scope.to == scope.head:
                self._raw.execute("UPDATE sync_scope SET base = cursor WHERE sid = ?", (scope.sid,))
                self._raw.execute(
                    "INSERT OR REPLACE INTO sync_moment (sid, moment, cursor) VALUES (?, ?, ?)",
                    (scope.sid, moment, scope.to),
                )
            if scope.digest is not None and scope.digest != self._sums.sums[scope.sid]:
                differing.append(scope.sid)
            self._taken.more |= scope.to < scope.head
        if any(scope.to != scope.since for scope in self._told.scopes):
            note_headquarters(self._raw, moment=moment)
            old = moment - _MOMENTS_KEPT
            self._raw.execute(
                "DELETE FROM sync_moment WHERE moment < ? AND moment < (SELECT max(moment) FROM"
                " sync_moment n WHERE n.sid = sync_moment.sid AND n.moment <= ?)",
                (old, old),
            )
        self._taken.mismatched = tuple(differing)
        latest = max((row.at_ms for row in self._told.rows), default=0)
        self._raw.execute(
            "UPDATE sync_node SET hlc_ms = ?, hlc_counter = 0 WHERE no = ? AND hlc_ms < ?",
            (latest, self._node.no, latest),
        )


def _seen(told: list[ToldRow], sid: str) -> int | None:
    return next((row.seen for row in told if row.sid == sid), None)


def _after(confirmed: Fields | None, row: ToldRow) -> Fields | None:
    if row.is_deleted:
        return None
    if row.is_whole:
        return present(row.fields)
    return present({**(confirmed or {}), **row.fields})


def _fitting(raw: Any, name: RowName, fields: Fields | None) -> Fields | None:
    """Return what of the displayed values lies in the table, if the row is there at all."""
    kept = raw.execute(
        "SELECT field FROM sync_deferred WHERE entity = ? AND row_id = ?", name
    ).fetchall()
    if fields is None or not kept:
        return fields
    rest = {each: value for each, value in fields.items() if (each,) not in kept}
    return rest or None
