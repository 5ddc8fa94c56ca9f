"""Pages of a list: filtered, sorted in Vietnamese order, cut to what the screen shows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Join, Select, and_, func, not_, select, text, true
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
    query = replace(query, handlings=work.narrowed(query.handlings))
    table = table_of(kind_named(query.kind).entity)
    columns = [column_named(query.kind, name) for name in query.fields]
    entry = RECORD_ENTRY.c
    source = RECORD_ENTRY.join(table, entry.record_id == table.c.id)
    chosen = select(entry.record_id, entry.ref, entry.heading, entry.subtitle, *columns)
    if _is_ordered_by_index(query):
        # The keys of the page first: what is passed over is then never fetched.
        keys = _restricted(select(entry.no), query).order_by(*_order(query))
        page = keys.limit(query.limit).offset(query.offset).subquery("page")
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


def count_lines(work: UnitOfWork, query: ListQuery) -> int:
    """Return how many lines the list has without its limit.

    Raises:
        InvalidError: The query names a field that the kind does not have.
        MissingError: There is no such kind.
    """
    query = replace(query, handlings=work.narrowed(query.handlings))
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
    query = replace(query, handlings=work.narrowed(query.handlings))
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
