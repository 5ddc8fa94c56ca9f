"""Lists: what a person typed as a filter becomes a condition, and a list its lines."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from embassy_desk.application.records import find_record
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.entity import invalid, text_fields
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.store.finders.lines import (
    Comparison,
    Filter,
    Line,
    ListQuery,
    Shelf,
    count_lines,
    lines,
)
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

__all__ = [
    "Comparison",
    "Filter",
    "Line",
    "ListQuery",
    "Shelf",
    "count_lines",
    "lines",
    "typed_filter",
]

_SIGNS = {
    "!=": Comparison.IS_NOT,
    ">=": Comparison.AT_LEAST,
    "<=": Comparison.AT_MOST,
    "~": Comparison.CONTAINS,
    "=": Comparison.IS,
}


def typed_filter(work: UnitOfWork, kind: str, text: str) -> Filter:
    """Return the condition that a text such as `state=in_force` or `due_on<=2026-12-31` says.

    Nothing behind the sign asks for empty fields. A field that names another record takes its
    reference.

    Raises:
        InvalidError: The text is no condition, names no field, or its value cannot be read.
    """
    place, sign = min(
        ((text.find(each), each) for each in _SIGNS if each in text),
        key=lambda found: (found[0], -len(found[1])),
        default=(-1, ""),
    )
    if place < 1:
        raise InvalidError([Problem("", N_("“{text}” is no condition.", text=text))])
    name, value = text[:place].strip(), text[place + len(sign) :].strip()
    entity = kind_named(kind).entity
    if name not in entity.model_fields:
        raise InvalidError([Problem(name, N_("“{kind}” has no such field.", kind=kind))])
    if not value:
        return Filter(name, Comparison.IS_EMPTY)
    if _SIGNS[sign] is Comparison.CONTAINS or name in text_fields(entity):
        return Filter(name, _SIGNS[sign], value)
    return Filter(name, _SIGNS[sign], _typed(work, kind, name, value))


def _typed(work: UnitOfWork, kind: str, name: str, value: str) -> Any:
    annotation: Any = kind_named(kind).entity.model_fields[name].annotation
    if "UUID" in str(annotation):
        return find_record(work, value).id
    adapter: TypeAdapter[Any] = TypeAdapter(annotation)
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        raise InvalidError(Problem(name, each.text) for each in invalid(error).problems) from error
