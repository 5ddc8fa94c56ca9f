"""What a table of a kind may hold: its columns, and what each cell stands for.

Columns carry the names of the entity's fields. Beside them stand columns for what is not one field:
a person's whole name, e-mail addresses, parties. What the desk itself keeps of a record (who made
it, when, its identity) may stand in a file that was exported before; it is passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

from embassy_desk.domain.agreement import LinkKind, PartySide
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.entity import Entity, Record
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.required import CountryCode
from embassy_desk.domain.values import Codes, PartialDay
from embassy_desk.texts import N_, LabelledEnum

KINDS_READ = ("agreement", "contact", "organisation", "task")
"""Kinds of which a register can be read from a table."""


@dataclass(frozen=True)
class Link:
    """A field that names another record: an identity in the store, a name in a file.

    Attributes:
        field: The field that holds the identity.
        kind: What the other record is.
    """

    field: str
    kind: str


LINKS: Mapping[str, Mapping[str, Link]] = {
    "agreement": {
        "lead_ministry_now": Link("lead_ministry_id", "organisation"),
        "partner_lead_now": Link("partner_lead_id", "organisation"),
    },
    "contact": {},
    "organisation": {
        "parent": Link("parent_id", "organisation"),
        "succeeded_by": Link("succeeded_by_id", "organisation"),
    },
    "task": {
        "assignee": Link("assignee", "staff"),
        "delegated_by": Link("delegated_by", "staff"),
        "completed_by": Link("completed_by", "staff"),
        "waiting_on_contact": Link("waiting_on_contact_id", "contact"),
    },
}
"""Values of a candidate that name another record, by kind; the application finds it or not."""

KEPT_BY_THE_DESK = frozenset(
    name for name in Record.model_fields if name not in {"ref", "handling", "source", "verified_on",
                                                         "review_on"}
)  # fmt: skip
"""Columns that are passed over: they say what happened to a record here, not what it is."""


class Shape(StrEnum):
    """What a cell stands for."""

    TEXT = "text"
    DAY = "day"
    PARTIAL_DAY = "partial_day"
    MOMENT = "moment"
    WHOLE = "whole"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CODES = "codes"
    COUNTRY = "country"
    LIST = "list"
    """Several texts in one cell, one a line or with a semicolon between."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a register.

    Attributes:
        name: Its heading and, mostly, the field it fills.
        shape: What its cells stand for.
        choices: The choice a cell makes, for `Shape.CHOICE`.
        part: Part that each entry of a list becomes, or the one part the column belongs to.
        part_field: Field of the part that the text fills.
        fixed: What else every such part says, such as the side of a party.
    """

    name: str
    shape: Shape = Shape.TEXT
    choices: type[LabelledEnum] | None = None
    part: str = ""
    part_field: str = ""
    fixed: tuple[tuple[str, str], ...] = ()


def _list(name: str, part: str, part_field: str, **fixed: str) -> Column:
    return Column(
        name=name, shape=Shape.LIST, part=part, part_field=part_field, fixed=tuple(fixed.items())
    )


def _of_position(name: str, part_field: str) -> Column:
    return Column(name=name, part="position", part_field=part_field)


_TAGS = _list("tags", "tag", "label")

_BESIDE_THE_FIELDS: Mapping[str, tuple[Column, ...]] = {
    "agreement": (
        _list("our_parties", "agreement_party", "name", side=PartySide.OURS.value),
        _list("partner_parties", "agreement_party", "name", side=PartySide.THEIRS.value),
        _list("third_parties", "agreement_party", "name", side=PartySide.THIRD.value),
        *(_list(each.value, "agreement_link", "to", kind=each.value) for each in LinkKind),
        _TAGS,
    ),
    "contact": (
        Column(name="full_name"),
        _of_position("organisation", "organisation_name"),
        _of_position("position", "title_original"),
        _of_position("position_vi", "title_vi"),
        _of_position("position_en", "title_en"),
        _of_position("unit", "unit"),
        _list("emails", "contact_email", "address"),
        _list("phones", "contact_phone", "typed"),
        _TAGS,
    ),
    "organisation": (
        _list("aliases", "organisation_alias", "alias"),
        _TAGS,
    ),
    "task": (
        _list("checklist", "checklist_item", "text"),
        _list("about", "task_parent", "record"),
        _TAGS,
    ),
}


@cache
def register(kind: str) -> Mapping[str, Column]:
    """Return the columns that a table of a kind may have, by name, in the order of the class.

    Raises:
        RefusedError: No register of that kind can be read.
        MissingError: There is no such kind.
    """
    entity = kind_named(kind).entity
    if kind not in KINDS_READ:
        raise RefusedError(
            N_("A table of “{kind}” cannot be imported.", kind=kind_named(kind).plural)
        )
    columns = {}
    for name, field in entity.model_fields.items():
        if name in KEPT_BY_THE_DESK:
            continue
        column = _column(name, field.annotation, field.metadata)
        if column is not None:
            columns[name] = column
    links = (Column(name=name) for name in LINKS[kind])
    return columns | {column.name: column for column in (*_BESIDE_THE_FIELDS[kind], *links)}


def _column(name: str, annotation: Any, metadata: list[Any]) -> Column | None:
    """Return the column of a field; nothing for one that holds an identity."""
    plain = _plain_type(annotation)
    if plain is UUID:
        return None
    if isinstance(plain, type) and issubclass(plain, LabelledEnum):
        return Column(name=name, shape=Shape.CHOICE, choices=plain)
    if plain is str:
        return Column(name=name, shape=_shape_of_text(metadata))
    shapes = {date: Shape.DAY, datetime: Shape.MOMENT, int: Shape.WHOLE, bool: Shape.YES_NO}
    return Column(name=name, shape=shapes[plain])


@cache
def identity_fields(entity: type[Entity]) -> frozenset[str]:
    """Return the fields of an entity that hold identities, which mean nothing elsewhere."""
    return frozenset(
        name for name, field in entity.model_fields.items() if _plain_type(field.annotation) is UUID
    )


def _plain_type(annotation: Any) -> Any:
    """Return the type that an optional or annotated one is made of."""
    if get_origin(annotation) is Annotated:
        return _plain_type(get_args(annotation)[0])
    if get_origin(annotation) in {UnionType, Union}:
        return _plain_type(next(each for each in get_args(annotation) if each is not NoneType))
    return annotation


def _shape_of_text(metadata: list[Any]) -> Shape:
    """Tell codes and partial days from other texts by the marks their types carry."""
    if any(mark is each for mark in metadata for each in get_args(PartialDay)):
        return Shape.PARTIAL_DAY
    if any(mark is each for mark in metadata for each in get_args(Codes)):
        return Shape.CODES
    if any(mark is each for mark in metadata for each in get_args(CountryCode)):
        return Shape.COUNTRY
    return Shape.TEXT
