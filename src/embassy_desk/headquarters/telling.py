"""What a laptop is told: state that changed after its cursors, never history (SYNC 3.8, 3.10).

Everything is read in one unchanging state: head, rows and digest belong together. What the
laptop's own operations of this very request put in force is left out, for it has that already; but
where one of them did not win, it is told what did.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, select

from embassy_desk.headquarters.rows import ASKED_AT_ONCE, Book, Key, state_of
from embassy_desk.headquarters.signing_in import Caller
from embassy_desk.headquarters.tables import HUB_EXIT, HUB_ROW, HUB_SCOPE, HUB_STATE
from embassy_desk.sync.clock import Stamp
from embassy_desk.sync.conflicts import CONFLICT_ENTITY
from embassy_desk.sync.exchange import (
    ExchangeRequest,
    Gone,
    PackedRow,
    ScopePage,
    SnapshotOffer,
    Wanted,
)
from embassy_desk.sync.merging import Leaf, RowState
from embassy_desk.sync.operations import Operation, OperationKind
from embassy_desk.sync.packing import packed_rows, short_id
from embassy_desk.sync.scopes import SHARED_SCOPE

Form = dict[str, Any]

_PACKED = TypeAdapter(tuple[PackedRow, ...])

READ_AT_ONCE = 1000
LARGEST_PAGE_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_000
OVERHEAD_BYTES = 40
"""About what a row takes besides its fields."""

_WHOLE_AFTER = frozenset(
    {OperationKind.DEL, OperationKind.UNDEL, OperationKind.RECOVER, OperationKind.PURGE}
)


@dataclass(frozen=True)
class End:
    """Where a scope ends.

    Attributes:
        head: Its last position.
        digest: Sum of its rows there, hexadecimal.
    """

    head: int
    digest: str


@dataclass(frozen=True)
class Ends:
    """Where scopes end, in one state, and in which generation that is."""

    epoch: int
    scopes: Mapping[str, End]


def ends_of(connection: Connection, scopes: Iterable[str]) -> Ends:
    """Return where those of these scopes end that there are."""
    epoch = select(HUB_STATE.c.epoch).scalar_subquery().label("epoch")
    asked = select(HUB_SCOPE, epoch).where(HUB_SCOPE.c.scope.in_([SHARED_SCOPE, *sorted(scopes)]))
    found = connection.execute(asked).all()  # what is shared is always there
    ends = {each.scope: End(each.head, bytes(each.digest).hex()) for each in found}
    return Ends(found[0].epoch, ends)


@dataclass(frozen=True)
class Asker:
    """What is known of the laptop that is told.

    Attributes:
        node: Its identity.
        at: Number of its operation before the first one of this request: what comes after it may
            be echoed.
        touched: Fields that the request's operations wrote, by row; nothing for whole rows.
    """

    node: str
    at: int
    touched: Mapping[Key, frozenset[str] | None] = field(default_factory=dict)

    def echoes(self, leaf: Leaf, row: RowState) -> bool:
        """Return whether a value is in force because the laptop just said so."""
        version = leaf.version
        return (
            version.node == self.node
            and version.nseq > self.at
            and version.scope == row.scope
            and leaf.position(row) == version.sseq
        )


def asker_of(caller: Caller, at: int, operations: Iterable[Operation]) -> Asker:
    """Return what the operations of a request say about what its sender must be told."""
    touched: dict[Key, frozenset[str] | None] = {}
    for each in operations:
        key = (each.e, each.r)
        before = touched.get(key, frozenset())
        is_whole = each.k in _WHOLE_AFTER or before is None
        touched[key] = None if is_whole else frozenset(before or ()) | each.f.keys()
    return Asker(caller.node_id, at, touched)


def told_row(row: RowState, cursor: int, asker: Asker, *, base: int) -> Form | None:
    """Return what a reader is told of a row; nothing where that is nothing.

    Args:
        row: The row.
        cursor: How far the reader has come; while pages follow one another it runs ahead.
        asker: Who reads.
        base: Up to where the reader has everything: a row of a later page may have changed before
            the cursor, so what to tell of it goes by this.
    """
    if row.deleted is not None:
        if cursor == 0:
            return None  # who never had the row need not learn of it
        return _form(row, {}, is_whole=False)
    if row.entity == CONFLICT_ENTITY:
        return _form(row, row.leaves, is_whole=True)  # short, and nobody folds it by himself
    touched = asker.touched.get((row.entity, row.row_id), frozenset())
    is_new = row.created_sseq > base
    is_echo = bool(row.leaves) and all(asker.echoes(each, row) for each in row.leaves.values())
    if touched is None or (is_new and not is_echo):
        return _form(row, row.leaves, is_whole=True)
    leaves = {
        name: leaf
        for name, leaf in row.leaves.items()
        if not asker.echoes(leaf, row) and (leaf.position(row) > base or name in touched)
    }
    return _form(row, leaves, is_whole=False) if leaves else None


def told_stored_row(row: Row[Any], cursor: int, asker: Asker, *, base: int) -> Form | None:
    """Return the same of a row as it is stored; one that is plainly new is not taken apart."""
    is_new = not row.is_deleted and row.created_sseq > base
    if is_new and (row.entity, row.row_id) not in asker.touched:
        versions = json.loads(row.versions)
        writers = versions["v"]
        is_plain = versions.keys().isdisjoint({"l", "d"}) and writers
        if is_plain and all(node != asker.node for node, *_ in writers):
            eff, user = max((each[4:] for each in writers), key=itemgetter(0))
            fields = json.loads(row.fields)
            return {
                "e": row.entity,
                "r": row.row_id,
                "u": user,
                "t": Stamp.unpacked(eff).ms,
                "f": {name: value for name, value in fields.items() if value is not None},
                "w": True,
                "d": False,
            }
    return told_row(state_of(row), cursor, asker, base=base)


def _form(row: RowState, leaves: Mapping[str, Leaf], *, is_whole: bool) -> Form:
    versions = [each.version for each in leaves.values()]
    latest = max(versions, key=lambda each: each.eff, default=row.deleted)
    fields = {name: each.value for name, each in leaves.items()}
    if is_whole:
        fields = {name: value for name, value in fields.items() if value is not None}
    return {
        "e": row.entity,
        "r": row.row_id,
        "u": latest.user if latest else None,
        "t": latest.at_ms if latest else 0,
        "f": fields,
        "w": is_whole,
        "d": row.deleted is not None,
    }


@dataclass
class _Page:
    """Rows gathered until there are enough, cut where all rows of a position are told."""

    most_rows: int
    most_bytes: int
    rows: list[Form] = field(default_factory=list)
    size: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= self.most_rows or self.size >= self.most_bytes

    def add(self, form: Form) -> None:
        self.rows.append(form)
        fields = form["f"]
        self.size += OVERHEAD_BYTES + sum(
            len(name) + (len(value) if isinstance(value, str) else 4)
            for name, value in fields.items()
        )


def page_of(
    connection: Connection,
    scope: str,
    cursor: int,
    asker: Asker,
    *,
    base: int,
    wanted: Wanted,
    end: End,
    snapshot: SnapshotOffer | None = None,
) -> ScopePage:
    """Return the next page of a scope.

    Args:
        connection: A reading transaction of one unchanging state.
        scope: One that the laptop may read.
        cursor: How far it has come.
        asker: Who asks.
        base: Up to where it has everything.
        wanted: How much it wants.
        end: Where the scope ends, in the same state.
        snapshot: What it may take instead.
    """
    page = _Page(wanted.rows, wanted.bytes)
    to = end.head
    if snapshot is not None:
        to = cursor
    else:
        for late in _tell_late(connection, scope, cursor, asker):
            page.add(late)
        last = None
        for row in _changed(connection, scope, cursor) if to > cursor else ():
            if page.is_full and last is not None and row.head_sseq > last:
                to = last
                break
            last = row.head_sseq
            form = told_stored_row(row, cursor, asker, base=base)
            if form is not None:
                page.add(form)
    values: dict[str, Any] = {"from": cursor, "to": to, "head": end.head}
    if to < end.head:
        values["more"] = True
    else:
        values["digest"] = end.digest
    rows = _PACKED.validate_python(tuple(packed_rows(page.rows)))
    gone = _gone(connection, scope, cursor, to)
    optional = {"rows": rows, "gone": gone, "snapshot": snapshot}
    values.update({name: value for name, value in optional.items() if value})
    return ScopePage(**values)


def _changed(connection: Connection, scope: str, cursor: int) -> Iterator[Row[Any]]:
    """Yield the rows that changed after a cursor, in the order of their last change."""
    last: tuple[int, str, str] = (cursor, "", "")
    while True:
        found = connection.execute(
            select(HUB_ROW)
            .where(HUB_ROW.c.scope == scope, HUB_ROW.c.head_sseq > last[0])
            .order_by(HUB_ROW.c.head_sseq)
            .limit(READ_AT_ONCE)
        ).all()
        if len(found) < READ_AT_ONCE:
            yield from found
            return
        end = found[-1].head_sseq
        yield from (row for row in found if row.head_sseq < end)
        # All rows of the last position together, for the next statement starts behind it.
        rest = connection.execute(
            select(HUB_ROW).where(HUB_ROW.c.scope == scope, HUB_ROW.c.head_sseq == end)
        )
        yield from rest
        last = (end, "", "")


def _tell_late(connection: Connection, scope: str, cursor: int, asker: Asker) -> Iterator[Form]:
    """Yield whole rows on which an operation of the request had no effect, such as a lost `del`."""
    keys = [key for key, fields in asker.touched.items() if fields is None]
    book = Book(connection)
    for start in range(0, len(keys), ASKED_AT_ONCE):
        some = keys[start : start + ASKED_AT_ONCE]
        book.load(some)
        for key in some:
            row = book.states[key]
            if row is None or row.scope != scope or row.head_sseq > cursor:
                continue
            yield _form(row, row.leaves, is_whole=row.deleted is None)


def _gone(connection: Connection, scope: str, cursor: int, to: int) -> tuple[Gone, ...]:
    if cursor in {0, to}:
        return ()
    rows = connection.execute(
        select(HUB_EXIT)
        .where(HUB_EXIT.c.scope == scope, HUB_EXIT.c.sseq > cursor, HUB_EXIT.c.sseq <= to)
        .order_by(HUB_EXIT.c.sseq)
    )
    return tuple(Gone(e=row.entity, r=short_id(row.row_id)) for row in rows)


def pages(
    connection: Connection,
    caller: Caller,
    asked: ExchangeRequest,
    asker: Asker,
    offers: Mapping[str, SnapshotOffer],
    ends: Ends,
) -> dict[str, ScopePage]:
    """Return the next page of every scope that the laptop may read and asks for."""
    scopes: Sequence[str] = caller.scopes
    wanted = asked.want
    if wanted.sids is not None:
        scopes = [each for each in scopes if each in wanted.sids]
    found: dict[str, ScopePage] = {}
    left = Wanted(bytes=min(wanted.bytes, LARGEST_PAGE_BYTES), rows=min(wanted.rows, MOST_ROWS))
    for scope in scopes:
        if scope not in ends.scopes:
            continue
        page = page_of(
            connection,
            scope,
            asked.cursors.get(scope, 0),
            asker,
            base=asked.base(scope),
            wanted=left,
            end=ends.scopes[scope],
            snapshot=offers.get(scope),
        )
        found[scope] = page
        left = left.model_copy(update={"rows": max(1, left.rows - len(page.rows))})
    return found
