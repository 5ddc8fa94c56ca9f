"""What shape the values of a field have, read off the class; the everyday editor follows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

from embassy_desk.desktop.kit.links import Link, link_of, list_of
from embassy_desk.domain.catalogue import entity_name
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.values import Codes, PartialDay, Prose
from embassy_desk.texts import LabelledEnum

DEFAULT_LENGTH = 300

_Several = tuple[Any, ...]


class Look(StrEnum):
    """How a value is shown and edited."""

    LINE = "line"
    PROSE = "prose"
    DAY = "day"
    PARTIAL_DAY = "partial_day"
    TIME = "time"
    CHOICE = "choice"
    CODE = "code"
    CODES = "codes"
    FLAG = "flag"
    NUMBER = "number"
    LINK = "link"
    RECURRENCE = "recurrence"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The shape of one field.

    Attributes:
        entity: Table name of the entity.
        field: Name of the field.
        look: How it is shown and edited.
        is_needed: Whether the class demands a value.
        may_be_empty: Whether nothing is a value.
        choices: Members of a closed choice.
        list_code: Controlled list that codes come from; empty for none.
        link: Where an identity leads.
        longest: Most characters of a text.
    """

    entity: str
    field: str
    look: Look
    is_needed: bool = False
    may_be_empty: bool = True
    choices: type[LabelledEnum] | None = None
    list_code: str = ""
    link: Link | None = None
    longest: int = DEFAULT_LENGTH


@cache
def shape_of(entity: type[Entity], field: str) -> Shape:
    """Return the shape of a field.

    Raises:
        KeyError: The class has no such field, or an identity leads nowhere known.
    """
    known = entity.model_fields[field]
    types, marks = _taken_apart(known.annotation, tuple(known.metadata))
    name = entity_name(entity)
    list_code = list_of(name, field) if str in types else ""
    look = _look(types, marks, field, list_code)
    link = link_of(name, field) if look is Look.LINK else None
    if look is Look.LINK and link is None:
        raise KeyError(f"{name}.{field} leads nowhere")
    return Shape(
        entity=name,
        field=field,
        look=look,
        is_needed=known.is_required(),
        may_be_empty=type(None) in types or str in types,
        choices=next((each for each in types if _is_choice(each)), None),
        list_code=list_code,
        link=link,
        longest=next((each.max_length for each in marks if _length(each)), DEFAULT_LENGTH),
    )


def _taken_apart(annotation: Any, marks: _Several) -> tuple[_Several, _Several]:
    """Return the plain types that an annotation allows, and everything it is marked with."""
    if hasattr(annotation, "__metadata__"):
        return _taken_apart(annotation.__origin__, (*marks, *annotation.__metadata__))
    if get_origin(annotation) not in (Union, UnionType):
        return (annotation,), marks
    types: _Several = ()
    for each in get_args(annotation):
        inner, more = _taken_apart(each, ())
        types, marks = (*types, *inner), (*marks, *more)
    return types, marks


_BY_TYPE = {
    datetime: Look.TIME,
    date: Look.DAY,
    UUID: Look.LINK,
    bool: Look.FLAG,
    int: Look.NUMBER,
}


def _look(types: _Several, marks: _Several, field: str, list_code: str) -> Look:
    for each in types:
        if each in _BY_TYPE:
            return _BY_TYPE[each]
        if _is_choice(each):
            return Look.CHOICE
    if field == "recurrence":
        return Look.RECURRENCE
    if any(isinstance(each, Prose) for each in marks):
        return Look.PROSE
    if list_code:
        return Look.CODES if _holds(marks, Codes) else Look.CODE
    return Look.PARTIAL_DAY if _holds(marks, PartialDay) else Look.LINE


def _holds(marks: _Several, annotated: Any) -> bool:
    """Say whether a field is marked as another annotated type is."""
    return all(each in marks for each in annotated.__metadata__)


def _is_choice(each: Any) -> bool:
    return isinstance(each, type) and issubclass(each, LabelledEnum)


def _length(mark: Any) -> bool:
    return getattr(mark, "max_length", None) is not None
