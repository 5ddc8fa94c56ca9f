"""Pages of a list: filtered, sorted in Vietnamese order, cut to what the screen shows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Join, Select, and_, func, not_, or_, select, text, true
from sqlalchemy.ext.compiler import compiles

from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.vietnamese import query_words
from embassy_desk.store.borders import translated
from embassy_desk.store.finders.conditions import (
    Comparison,
    Filter,
    column_named,
    condition_of,
)
from embassy_desk.store.finders.search import joined_number
from embassy_desk.store.laptop_tables import RECORD_ENTRY
from embassy_desk.store.record_entries import SHELF_ARCHIVED, SHELF_IN_USE, SHELF_TRASH
from embassy_desk.store.rows.base import table_of
from embassy_desk.store.work import UnitOfWork

__all__ = [
    "Comparison",
    "Filter",
    "Line",
    "ListQuery",
    "Shelf",
    "count_lines",
    "identities",
    "lines",
    "places_of",
]

_MOST_NAMES = 4_000
_NAMES_A_LINE = 20
"""How many names are looked at for each line wanted, before the other way is taken."""

_LONGEST_QUERY = 300
_MOST_WORDS = 12


class OrderedJoin(Join):
    """An inner join whose left side SQLite walks first; it never turns the two round.

    Walking the records in their own order and looking each line up beside them is some twenty
    times quicker than the other way, which reads the large records at random.
    """

    inherit_cache = True


@compiles(OrderedJoin, "sqlite")
def _cross_join(element: OrderedJoin, compiler: Any, **options: Any) -> str:
    """Write SQLite's word for a join that keeps its order."""
    options |= {"from_linter": None, "asfrom": True}
    left = compiler.process(element.left, **options)
    right = compiler.process(element.right, **options)
    options["asfrom"] = False
    condition = compiler.process(element.onclause, **options)
    return f"{left} CROSS JOIN {right} ON {condition}"


class Shelf(StrEnum):
    """Which records a list shows."""

    IN_USE = "in_use"
    ARCHIVED = "archived"
    TRASH = "trash"
    ALL = "all"


_SHELVES = {Shelf.IN_USE: SHELF_IN_USE, Shelf.ARCHIVED: SHELF_ARCHIVED, Shelf.TRASH: SHELF_TRASH}


@dataclass(frozen=True, kw_only=True)
class ListQuery:
    """What a list asks for.

    Attributes:
        kind: Name of the kind.
        fields: Stored fields to answer with, beside identity and heading.
        filters: All of them must hold.
        words: What was typed into the list's own search; empty for everything.
        sort: Field to sort by, or `heading`, or `family` (by family name).
        is_descending: Sort the other way round.
        shelf: Which records.
        handlings: Only records that are handled so.
        among: Only records with one of these identities; nothing for all.
        limit: At most so many lines; none for all.
        offset: Leave out so many lines.
    """

    kind: str
    fields: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    words: str = ""
    sort: str = "heading"
    is_descending: bool = False
    shelf: Shelf = Shelf.IN_USE
    handlings: frozenset[str] | None = None
    among: frozenset[UUID] | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True)
class Line:
    """One line of a list: a flat answer, no record."""

    id: UUID
    ref: str
    kind: str
    heading: str
    subtitle: str
    values: tuple[Any, ...] = ()


def lines(work: UnitOfWork, query: ListQuery) -> tuple[Line, ...]:
    """Return a page of a list.

    Raises:
        InvalidError: The query names a field that the kind does not have.
        MissingError: There is no such kind.
    """
    query = replace(query, handlings=work.narrowed(query.handlings, query.kind))
    table = table_of(kind_named(query.kind).entity)
    columns = [column_named(query.kind, name) for name in query.fields]
    entry = RECORD_ENTRY.c
    source = RECORD_ENTRY.join(table, entry.record_id == table.c.id)
    chosen = select(entry.record_id, entry.ref, entry.heading, entry.subtitle, *columns)
    keys = keys_of_page(work, query)
    if keys is not None:
        # The keys of the page first: what is passed over is then never fetched.
        statement = chosen.select_from(source).where(_numbered(keys)).order_by(*_order(query))
    elif _is_ordered_by_index(query):
        ordered_keys = _restricted(select(entry.no), query).order_by(*_order(query))
        page = ordered_keys.limit(query.limit).offset(query.offset).subquery("page")
        statement = chosen.select_from(source).where(entry.no.in_(select(page.c.no)))
        statement = statement.order_by(*_order(query))
    else:
        ordered = OrderedJoin(table, RECORD_ENTRY, entry.record_id == table.c.id)
        statement = _restricted(chosen.select_from(ordered), query)
        statement = statement.order_by(*_order(query)).limit(query.limit).offset(query.offset)
    with translated():
        rows = work.connection.execute(statement).all()
    return tuple(
        Line(UUID(row[0]), row[1], query.kind, row[2], row[3], tuple(row[4:])) for row in rows
    )


def keys_of_page(work: UnitOfWork, query: ListQuery) -> list[int] | None:
    """Return the numbers of the entries on a page, found by the cheaper of two ways.

    A list that is filtered or sorted by a field can be read along the names, looking each record
    up, or along the records, looking each name up. The first is the quicker one where most lines
    fit the filter, because it stops when the page is full; the second where few do. How common a
    value is shows on the first names. A list sorted by a field needs the names only of lines with
    the same value.

    Returns:
        The numbers, in any order; nothing where neither way is better than joining everything.
    """
    is_page = query.limit is not None and query.words.strip() == "" and query.among is None
    if not is_page or not all(_is_own_field(each) for each in query.filters):
        return None
    if query.sort in {"heading", "family"}:
        return _along_the_names(work, query) if query.filters else None
    if query.sort == "ref":
        return None
    return _among_equals(work, query)


def _is_own_field(each: Filter) -> bool:
    return "." not in each.field


def _along_the_names(work: UnitOfWork, query: ListQuery) -> list[int] | None:
    """Return the keys of a page sorted by name, if it fills up within the first names."""
    entry = RECORD_ENTRY.c
    table = table_of(kind_named(query.kind).entity)
    wanted = query.offset + (query.limit or 0)
    order = _order(query)
    name = entry.sort_key_family if query.sort == "family" else entry.sort_key
    bare = replace(query, filters=())
    walked = _restricted(select(entry.no, entry.record_id, name.label("name")), bare)
    walked = walked.order_by(*order)
    first = walked.limit(min(_MOST_NAMES, wanted * _NAMES_A_LINE)).subquery("first")
    conditions = [condition_of(query.kind, each) for each in query.filters]
    found = select(first.c.no).select_from(
        OrderedJoin(first, table, table.c.id == first.c.record_id)
    )
    found = found.where(and_(true(), *conditions)).order_by(
        first.c.name.desc() if query.is_descending else first.c.name, first.c.no
    )
    with translated():
        numbers = list(work.connection.execute(found).scalars())
    if len(numbers) < wanted:
        return None
    return numbers[query.offset : wanted]


def _among_equals(work: UnitOfWork, query: ListQuery) -> list[int] | None:
    """Return the keys of a page sorted by a field: the values first, then names among equals."""
    column = column_named(query.kind, query.sort)
    table = column.table
    unknown = column.is_(None)
    own = _own_conditions(table, query)
    values = select(column).where(*own)
    values = values.order_by(unknown, column.desc() if query.is_descending else column)
    values = values.limit(query.limit).offset(query.offset)
    with translated():
        page = list(work.connection.execute(values).scalars())
        if not page:
            return []
        first, last = page[0], page[-1]
        before = _count_before(work, table, column, own, query, first) if query.offset else 0
    within = [_between(column, first, last, is_descending=query.is_descending), *own]
    entry = RECORD_ENTRY.c
    start = query.offset - before
    if first == last:  # all of one value: the same as a list filtered by it
        test = Comparison.IS_EMPTY if first is None else Comparison.IS
        one = Filter(query.sort, test, first)
        same = replace(query, filters=(*query.filters, one), sort="heading", offset=start)
        if (numbers := _along_the_names(work, replace(same, is_descending=False))) is not None:
            return numbers
    joined = OrderedJoin(table, RECORD_ENTRY, entry.record_id == table.c.id)
    statement = select(entry.no).select_from(joined).where(*within).order_by(*_order(query))
    with translated():
        return list(work.connection.execute(statement.limit(query.limit).offset(start)).scalars())


def _own_conditions(table: Any, query: ListQuery) -> list[ColumnElement[bool]]:
    """Return what restricts a list, said of the record's own table alone."""
    archived, trashed = table.c.archived_at.is_not(None), table.c.trashed_at.is_not(None)
    shelves: dict[Shelf, list[ColumnElement[bool]]] = {
        Shelf.IN_USE: [not_(archived), not_(trashed)],
        Shelf.ARCHIVED: [archived, not_(trashed)],
        Shelf.TRASH: [trashed],
        Shelf.ALL: [],
    }
    conditions = shelves[query.shelf]
    if query.handlings is not None:
        conditions.append(table.c.handling.in_(sorted(query.handlings)))
    return [*conditions, *(condition_of(query.kind, each) for each in query.filters)]


def _count_before(
    work: UnitOfWork, table: Any, column: Any, own: list[Any], query: ListQuery, first: Any
) -> int:
    """Return how many lines stand before the first one with a value."""
    if first is None:
        earlier = column.is_not(None)
    else:
        earlier = column > first if query.is_descending else column < first
    statement = select(func.count()).select_from(table).where(earlier, *own)
    return int(work.connection.execute(statement).scalar_one())


def _between(column: Any, first: Any, last: Any, *, is_descending: bool) -> ColumnElement[bool]:
    """Return whether a value lies on a page that begins and ends with these."""
    if first is None:
        return column.is_(None)  # type: ignore[no-any-return]
    after = column <= first if is_descending else column >= first
    if last is None:
        return or_(after, column.is_(None))
    return and_(after, column >= last if is_descending else column <= last)


def _numbered(numbers: Iterable[int]) -> Any:
    condition = "record_entry.no IN (SELECT value FROM json_each(:numbers))"
    return text(condition).bindparams(numbers=json.dumps(list(numbers)))


def count_lines(work: UnitOfWork, query: ListQuery) -> int:
    """Return how many lines the list has without its limit.

    Raises:
        InvalidError: The query names a field that the kind does not have.
        MissingError: There is no such kind.
    """
    query = replace(query, handlings=work.narrowed(query.handlings, query.kind))
    table = table_of(kind_named(query.kind).entity)
    source = RECORD_ENTRY.join(table, RECORD_ENTRY.c.record_id == table.c.id)
    statement: Select[Any] = select(func.count()).select_from(
        source if query.filters else RECORD_ENTRY
    )
    with translated():
        return int(work.connection.execute(_restricted(statement, query)).scalar_one())


def identities(
    work: UnitOfWork, query: ListQuery, spans: Iterable[tuple[int, int]]
) -> tuple[UUID, ...]:
    """Return the records that stand at some places of a list, in its order.

    Args:
        work: A unit of work.
        query: The list; its own limit and offset do not count.
        spans: First and last place of each span, counted from 0.

    Raises:
        InvalidError: The query names a field that the kind does not have.
    """
    found = _in_order(work, query)
    return tuple(UUID(each) for first, last in spans for each in found[first : last + 1])


def places_of(
    work: UnitOfWork, query: ListQuery, ids: Iterable[UUID]
) -> tuple[tuple[int, int], ...]:
    """Return at which places of a list records stand, as spans of first and last place.

    Raises:
        InvalidError: The query names a field that the kind does not have.
    """
    wanted = {each.hex for each in ids}
    spans: list[tuple[int, int]] = []
    for place, record_id in enumerate(_in_order(work, query)):
        if record_id in wanted:
            if spans and spans[-1][1] == place - 1:
                spans[-1] = (spans[-1][0], place)
            else:
                spans.append((place, place))
    return tuple(spans)


def _in_order(work: UnitOfWork, query: ListQuery) -> list[str]:
    """Return the identities of all records of a list in its order."""
    query = replace(query, handlings=work.narrowed(query.handlings, query.kind))
    table = table_of(kind_named(query.kind).entity)
    entry = RECORD_ENTRY.c
    statement: Select[Any] = select(entry.record_id)
    if query.filters or query.sort not in {"heading", "family", "ref"}:
        ordered = OrderedJoin(table, RECORD_ENTRY, entry.record_id == table.c.id)
        statement = statement.select_from(ordered)
    statement = _restricted(statement, query).order_by(*_order(query))
    with translated():
        return list(work.connection.execute(statement).scalars())


def _is_ordered_by_index(query: ListQuery) -> bool:
    """Say whether the entries alone tell which lines stand on the page."""
    is_page = query.limit is not None and not query.filters
    return is_page and query.sort in {"heading", "family"}


def _restricted(statement: Select[Any], query: ListQuery) -> Select[Any]:
    entry = RECORD_ENTRY.c
    conditions: list[ColumnElement[bool]] = [entry.kind == query.kind]
    if query.shelf is not Shelf.ALL:
        conditions.append(entry.shelf == _SHELVES[query.shelf])
    if query.handlings is not None:
        conditions.append(entry.handling.in_(sorted(query.handlings)))
    if query.among is not None:
        conditions.append(_among(query.among))
    conditions.extend(condition_of(query.kind, each) for each in query.filters)
    if query.words.strip():
        conditions.append(_contains_words(query.words))
    return statement.where(and_(true(), *conditions))


def _among(ids: Iterable[UUID]) -> Any:
    wanted = json.dumps([each.hex for each in ids])
    condition = "record_entry.record_id IN (SELECT value FROM json_each(:among))"
    return text(condition).bindparams(among=wanted)


def _contains_words(typed: str) -> Any:
    words = query_words(typed[:_LONGEST_QUERY])[:_MOST_WORDS]
    if not words:
        return not_(true())
    match = " AND ".join(f'"{folded}"*' for _, folded in words)
    if number := joined_number(words):
        match = f'({match}) OR "{number}"*'
    return text(
        "record_entry.no IN (SELECT rowid FROM search_index WHERE search_index MATCH :match)"
    ).bindparams(match=f"{{name text}} : ({match})")


def _order(query: ListQuery) -> list[Any]:
    """Return what to sort by; equal lines keep the order in which they were indexed."""
    entry = RECORD_ENTRY.c
    sort_keys = {"heading": entry.sort_key, "family": entry.sort_key_family, "ref": entry.ref}
    column = (
        sort_keys[query.sort] if query.sort in sort_keys else column_named(query.kind, query.sort)
    )
    if query.sort in {"heading", "family"}:
        return [column.desc() if query.is_descending else column, entry.no]
    # What is not known comes last in either direction.
    is_unknown = column.is_(None)
    return [is_unknown, column.desc() if query.is_descending else column, entry.sort_key, entry.no]
