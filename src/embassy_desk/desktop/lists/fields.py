"""Which fields of a kind lists can be filtered by and shown with, and what they are called."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from embassy_desk.application.records import part_named
from embassy_desk.application.wishes import ON_LIST, ChipTest, entity_of_field
from embassy_desk.desktop.kit.links import Link
from embassy_desk.desktop.kit.plans import LINE_FIELDS, Column, TablePlan
from embassy_desk.desktop.kit.shapes import Look, Shape, shape_of
from embassy_desk.desktop.plans import PLANS
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.texts import N_, Text
from embassy_desk.texts.fields import field_word

_LEFT_OUT = frozenset({"id", "mission", "merged_into"})
_NO_COLUMNS = frozenset({Look.PROSE, Look.RECURRENCE})
_WIDTHS = {Look.DAY: 12, Look.TIME: 15, Look.FLAG: 10, Look.NUMBER: 10, Look.LINK: 20}
_OTHER_WIDTH = 18

_AMONG = (ChipTest.ANY_OF, ChipTest.NONE_OF)
_DAYS = (ChipTest.BETWEEN, ChipTest.NEXT_DAYS, ChipTest.LAST_DAYS, ChipTest.PAST)
_WORDS = (ChipTest.WORDS,)
_TESTS: dict[Look, tuple[ChipTest, ...]] = {
    Look.CHOICE: _AMONG,
    Look.CODE: _AMONG,
    Look.CODES: (ChipTest.ANY_OF,),
    Look.FLAG: (ChipTest.ANY_OF,),
    Look.LINK: _AMONG,
    Look.DAY: _DAYS,
    Look.TIME: _DAYS,
    Look.NUMBER: (ChipTest.BETWEEN,),
    Look.LINE: _WORDS,
    Look.PROSE: _WORDS,
    Look.PARTIAL_DAY: _WORDS,
    Look.RECURRENCE: (),
}
_EMPTINESS = (ChipTest.EMPTY, ChipTest.FILLED)


@dataclass(frozen=True)
class OfferedField:
    """A field that a chip may test.

    Attributes:
        name: A field of the kind, `part.field`, or `contact_list`.
        label: What it is called.
        shape: Its shape.
        tests: How it may be tested.
    """

    name: str
    label: Text
    shape: Shape
    tests: tuple[ChipTest, ...]


@cache
def offered_fields(kind: str) -> tuple[OfferedField, ...]:
    """Return the fields that chips of a kind may test: its own first, then those of its parts."""
    entity = kind_named(kind).entity
    own = (_offered(kind, name) for name in entity.model_fields if name not in _LEFT_OUT)
    lists = (_ON_LISTS,) if kind == "contact" else ()
    return (*own, *_of_parts(kind), *lists)


def offered_field(kind: str, name: str) -> OfferedField | None:
    """Return the field with a name, or nothing."""
    return next((each for each in offered_fields(kind) if each.name == name), None)


def _offered(kind: str, name: str, label: Text | None = None) -> OfferedField:
    entity, field = entity_of_field(kind, name)
    shape = shape_of(entity, field)
    may_be_empty = shape.may_be_empty or "." in name
    tests = (*_TESTS[shape.look], *(_EMPTINESS if may_be_empty else ()))
    return OfferedField(name, label or field_word(shape.entity, field), shape, tests)


def _of_parts(kind: str) -> Iterator[OfferedField]:
    for rows in PLANS[kind].form.rows:
        part = part_named(kind_named(kind), rows.part)
        for name in rows.fields:
            word = field_word(rows.part, name)
            label = N_("{table}: {field}", table=rows.title, field=word)
            whole = rows.title if len(rows.fields) == 1 else label
            if shape_of(part, name).look is not Look.LINK or name != "record_id":
                yield _offered(kind, f"{rows.part}.{name}", whole)


_ON_LISTS = OfferedField(
    ON_LIST,
    N_("Contact list"),
    Shape(entity="contact", field=ON_LIST, look=Look.LINK, link=Link("contact_list")),
    (ChipTest.ANY_OF,),
)


@cache
def columns_of(kind: str) -> dict[str, Column]:
    """Return every column that the list of a kind can show, by name; those of its plan first."""
    plan = PLANS[kind].table
    found = {each.field: each for each in plan.columns}
    for name in ("heading", "subtitle", "ref"):
        found.setdefault(name, Column(field=name))
    entity = kind_named(kind).entity
    for name in entity.model_fields:
        shape = None if name in _LEFT_OUT else shape_of(entity, name)
        if shape is not None and shape.look not in _NO_COLUMNS:
            found.setdefault(name, Column(field=name, width=_WIDTHS.get(shape.look, _OTHER_WIDTH)))
    return found


def arranged(kind: str, names: tuple[str, ...]) -> TablePlan:
    """Return the plan of a list with other columns; what the record is called always shows.

    Names that this version does not know are left out; none at all stands for the plan itself.
    """
    plan = PLANS[kind].table
    known = columns_of(kind)
    chosen = [known[name] for name in names if name in known]
    if not chosen:
        return plan
    if all(each.field != "heading" for each in chosen):
        chosen.insert(0, known["heading"])
    return TablePlan(
        columns=tuple(chosen),
        sort=plan.sort,
        is_descending=plan.is_descending,
        by_family=plan.by_family,
    )


def column_title(kind: str, column: Column) -> Text:
    """Return what a column is called."""
    return column.title or field_word(kind, column.field)


def is_sortable(kind: str, name: str) -> bool:
    """Say whether the store can sort by a column in an order that means something."""
    if name in LINE_FIELDS:
        return name != "subtitle"
    entity = kind_named(kind).entity
    return name in entity.model_fields and shape_of(entity, name).look is not Look.LINK
