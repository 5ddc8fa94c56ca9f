"""Conditions on the fields of a kind and of its parts, as SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, false, func, not_, or_, select

from embassy_desk.domain.catalogue import GENERAL_PARTS, entity_name, kind_named
from embassy_desk.domain.entity import Entity, text_fields
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.domain.values import clean_text
from embassy_desk.domain.vietnamese import query_words
from embassy_desk.store.laptop_tables import RECORD_ENTRY
from embassy_desk.store.rows.base import table_of
from embassy_desk.texts import N_


class Comparison(StrEnum):
    """How a filter compares."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    CONTAINS = "contains"
    HOLDS_WORDS = "holds_words"
    IS_EMPTY = "is_empty"
    IS_FILLED = "is_filled"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    HAS_CODES = "has_codes"


@dataclass(frozen=True)
class Filter:
    """One condition on one stored field.

    Attributes:
        field: Name of a field of the kind, or of a part's behind the part's name and a dot:
            `position.organisation_id`. Such a condition holds when some row of the part fulfils
            it; `is_not`, `none_of` and `is_empty` hold when no row does otherwise.
        test: How to compare. `holds_words` looks for the beginnings of words without regard to
            marks; `has_codes` for one of several codes in a field that holds several.
        value: A value of the field's type; several for `any_of`, `none_of` and `has_codes`; for
            `between` the first and the last, either may be nothing.
    """

    field: str
    test: Comparison = Comparison.IS
    value: Any = None


_OPPOSITES = {
    Comparison.IS_NOT: Comparison.IS,
    Comparison.NONE_OF: Comparison.ANY_OF,
    Comparison.IS_EMPTY: Comparison.IS_FILLED,
}


def column_named(kind: str, name: str) -> Any:
    """Return the column of a field of a kind.

    Raises:
        InvalidError: The kind has no such field.
    """
    return _column(table_of(kind_named(kind).entity), kind, name)


def _column(table: Table, kind: str, name: str) -> Any:
    if name not in table.c:
        raise InvalidError([Problem(name, N_("“{kind}” has no such field.", kind=kind))])
    return table.c[name]


def condition_of(kind: str, each: Filter) -> ColumnElement[bool]:
    """Return the condition on the table of a kind and on `record_entry`.

    Raises:
        InvalidError: The kind has no such field or part.
    """
    if "." in each.field:
        return _part_condition(kind, each)
    entity = kind_named(kind).entity
    return _compared(entity, column_named(kind, each.field), each)


def _part_condition(kind: str, each: Filter) -> ColumnElement[bool]:
    name, _, field = each.field.partition(".")
    known = (*kind_named(kind).parts, *GENERAL_PARTS)
    part = next((one for one in known if entity_name(one) == name), None)
    if part is None:
        raise InvalidError([Problem(each.field, N_("“{kind}” has no such field.", kind=kind))])
    table = table_of(part)
    positive = Filter(field, _OPPOSITES.get(each.test, each.test), each.value)
    condition = _compared(part, _column(table, kind, field), positive)
    if part.hangs_on_any_kind():
        condition = condition & (table.c.record_kind == kind)
    found = RECORD_ENTRY.c.record_id.in_(select(table.c[part.parent_field]).where(condition))
    return not_(found) if each.test in _OPPOSITES else found


def _compared(entity: type[Entity], column: Any, each: Filter) -> ColumnElement[bool]:
    value = _as_stored(each.value)
    if each.test in {Comparison.IS_EMPTY, Comparison.IS_FILLED}:
        is_text = column.name in text_fields(entity)
        empty = or_(column.is_(None), column == "") if is_text else column.is_(None)
        return empty if each.test is Comparison.IS_EMPTY else not_(empty)
    if each.test is Comparison.HOLDS_WORDS:
        return _holds_words(column, str(value))
    if each.test is Comparison.HAS_CODES:
        padded = " " + column + " "
        return or_(false(), *(padded.contains(f" {one} ", autoescape=True) for one in value))
    if each.test is Comparison.BETWEEN:
        first, last = each.value
        bounds = [column >= first] if first is not None else []
        return and_(column.is_not(None), *bounds, *([column <= last] if last is not None else []))
    if each.test is Comparison.ANY_OF:
        return column.in_([_as_stored(one) for one in value])  # type: ignore[no-any-return]
    if each.test is Comparison.NONE_OF:
        among = column.in_([_as_stored(one) for one in value])
        return or_(column.is_(None), not_(among))
    return _COMPARED[each.test](column, value)


_COMPARED: dict[Comparison, Callable[[Any, Any], ColumnElement[bool]]] = {
    Comparison.IS: lambda column, value: column == value,
    Comparison.IS_NOT: lambda column, value: column.is_distinct_from(value),
    Comparison.AT_LEAST: lambda column, value: column >= value,
    Comparison.AT_MOST: lambda column, value: column <= value,
    Comparison.CONTAINS: lambda column, value: column.contains(str(value), autoescape=True),
}


def _holds_words(column: Any, typed: str) -> ColumnElement[bool]:
    """Return whether a text holds the beginnings of all these words; see `connections`."""
    folded = " ".join(word for _, word in query_words(typed))
    return func.holds_words(column, folded) == 1 if folded else false()


def _as_stored(value: Any) -> Any:
    """Return a typed text as entities keep it, so that it equals what is stored."""
    return clean_text(value) if type(value) is str else value
