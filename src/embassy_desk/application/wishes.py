"""What a person wants of a list, and what that asks of the store on a day.

Chips keep what was meant, not what it came to: “mine” stays mine for whoever opens the view, and
“within 30 days” moves with the calendar.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Any, get_args
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from embassy_desk.application.findings import finding_named
from embassy_desk.application.records import part_named
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.contact_list import ListMember
from embassy_desk.domain.days import days_after
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.errors import InvalidError, MissingError, Problem
from embassy_desk.domain.values import Codes
from embassy_desk.store.finders.lines import Comparison, Filter, ListQuery, Shelf
from embassy_desk.store.finders.names import headings
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, LabelledEnum

ME = "me"
"""Stands in a chip for the person at the desk."""

ON_LIST = "contact_list"
"""Field of a chip that asks for the contacts on a list."""


class ChipTest(LabelledEnum):
    """How a chip tests its field."""

    ANY_OF = "any_of", N_("is")
    NONE_OF = "none_of", N_("is not")
    WORDS = "words", N_("contains")
    BETWEEN = "between", N_("from … to …")
    NEXT_DAYS = "next_days", N_("within the next days")
    LAST_DAYS = "last_days", N_("within the last days")
    PAST = "past", N_("before today")
    EMPTY = "empty", N_("is empty")
    FILLED = "filled", N_("is filled in")
    HOLDS = "holds", N_("holds")


@dataclass(frozen=True)
class Chip:
    """One condition as a person sees it.

    Attributes:
        field: A field of the kind, `part.field`, `contact_list`, or the name of a finding.
        test: How it is tested; `holds` for findings.
        value: Of plain types, so that it can be kept: a tuple of choices, codes, flags or
            identities in hexadecimal; words; a pair of days or numbers, either may be nothing; a
            number of days.
    """

    field: str
    test: ChipTest
    value: Any = None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a person wants of a list.

    Attributes:
        kind: Name of the kind.
        chips: All of them must hold.
        words: What was typed into the list's own search.
        shelf: Records in use, archived ones, or the trash.
        columns: Names of columns from left to right; none for those of the plan.
        widths: Widths of columns in pixels, where the person has set them.
        sort: Field to sort by, or `heading`, or `family`.
        is_descending: Whether the highest comes first.
    """

    kind: str
    chips: tuple[Chip, ...] = ()
    words: str = ""
    shelf: Shelf = Shelf.IN_USE
    columns: tuple[str, ...] = ()
    widths: tuple[tuple[str, int], ...] = ()
    sort: str = "heading"
    is_descending: bool = False


@dataclass(frozen=True)
class Resolved:
    """A wish on a day.

    Attributes:
        query: What the store is asked for; without limit.
        names: What the records that chips name are called.
        unread: Chips that this version cannot read; they hide nothing.
    """

    query: ListQuery
    names: Mapping[UUID, str]
    unread: frozenset[Chip] = frozenset()


def resolved(work: UnitOfWork, wish: Wish, *, on: date, zone: tzinfo) -> Resolved:
    """Return what a wish asks of the store.

    Args:
        work: A unit of work.
        wish: What the person wants.
        on: The day of asking.
        zone: Zone in which days begin for points in time.

    Raises:
        MissingError: There is no such kind.
    """
    filters: list[Filter] = []
    among: frozenset[UUID] | None = None
    unread = set()
    for chip in wish.chips:
        try:
            ids = _identities(work, wish.kind, chip, on)
            if ids is None:
                filters.extend(_filters(work, wish.kind, chip, on, zone))
            else:
                among = ids if among is None else among & ids
        except (InvalidError, MissingError, TypeError, ValueError):  # from another version
            unread.add(chip)
    query = ListQuery(
        kind=wish.kind,
        filters=tuple(filters),
        words=wish.words,
        sort=wish.sort,
        is_descending=wish.is_descending,
        shelf=wish.shelf,
        among=among,
    )
    named = {one for each in filters for one in _named_by(each)}
    named |= {one for each in wish.chips if each not in unread for one in _lists_in(each)}
    return Resolved(query, headings(work, named), frozenset(unread))


def _named_by(each: Filter) -> Iterator[UUID]:
    values = each.value if isinstance(each.value, tuple) else (each.value,)
    return (one for one in values if isinstance(one, UUID))


def _lists_in(chip: Chip) -> Iterator[UUID]:
    return (UUID(one) for one in chip.value) if chip.field == ON_LIST else iter(())


def _identities(work: UnitOfWork, kind: str, chip: Chip, on: date) -> frozenset[UUID] | None:
    """Return the records that a computed chip leaves; nothing when the store can ask itself."""
    if chip.field == ON_LIST:
        lists = {UUID(one) for one in chip.value}
        rows = (each for one in lists for each in work.all(ListMember, contact_list_id=one))
        return frozenset(each.contact_id for each in rows)
    if chip.test is not ChipTest.HOLDS:
        return None
    finding = finding_named(kind, chip.field)
    if finding is None:
        raise InvalidError([Problem(chip.field, N_("“{kind}” has no such field.", kind=kind))])
    return frozenset(finding.find(work, on))


def entity_of_field(kind: str, field: str) -> tuple[type[Entity], str]:
    """Return the class and the name of a field that a chip or column names.

    Raises:
        InvalidError: There is no such field.
        MissingError: There is no such part.
    """
    name, _, rest = field.partition(".")
    known = kind_named(kind)
    entity: type[Entity] = part_named(known, name) if rest else known.entity
    if (rest or name) not in entity.model_fields:
        raise InvalidError([Problem(field, N_("“{kind}” has no such field.", kind=kind))])
    return entity, rest or name


@cache
def _adapter(entity: type[Entity], name: str) -> TypeAdapter[Any]:
    annotation: Any = entity.model_fields[name].annotation
    return TypeAdapter(annotation)


def _filters(work: UnitOfWork, kind: str, chip: Chip, on: date, zone: tzinfo) -> Iterator[Filter]:
    entity, name = entity_of_field(kind, chip.field)
    if chip.test in _SINGLE:
        yield Filter(chip.field, _SINGLE[chip.test])
    elif chip.test is ChipTest.WORDS:
        yield Filter(chip.field, Comparison.HOLDS_WORDS, str(chip.value))
    elif chip.test in _AMONG:
        values = tuple(_typed(work, entity, name, one) for one in chip.value)
        several = chip.test is ChipTest.ANY_OF and holds_several(entity, name)
        yield Filter(chip.field, Comparison.HAS_CODES if several else _AMONG[chip.test], values)
    else:
        yield Filter(chip.field, Comparison.BETWEEN, _bounds(entity, name, chip, on, zone))


def holds_several(entity: type[Entity], name: str) -> bool:
    """Say whether a field holds several codes in one text."""
    return all(mark in entity.model_fields[name].metadata for mark in get_args(Codes)[1:])


def _bounds(entity: type[Entity], name: str, chip: Chip, on: date, zone: tzinfo) -> tuple[Any, Any]:
    first, last = _span(chip, on)
    if "datetime" not in str(entity.model_fields[name].annotation):
        least, most = (None if one is None else _value(entity, name, one) for one in (first, last))
        return least, most
    return (
        None if first is None else _begins(_day(name, first), zone),
        None if last is None else _ends(_day(name, last), zone),
    )


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidError([Problem(name, _UNREADABLE)]) from error


_SINGLE = {ChipTest.EMPTY: Comparison.IS_EMPTY, ChipTest.FILLED: Comparison.IS_FILLED}
_AMONG = {ChipTest.ANY_OF: Comparison.ANY_OF, ChipTest.NONE_OF: Comparison.NONE_OF}


def _span(chip: Chip, on: date) -> tuple[Any, ...]:
    """Return first and last value of a span, days as ISO 8601; nothing for an open end."""
    if chip.test is ChipTest.NEXT_DAYS:
        return on.isoformat(), days_after(on, int(chip.value)).isoformat()
    if chip.test is ChipTest.LAST_DAYS:
        return days_after(on, -int(chip.value)).isoformat(), on.isoformat()
    if chip.test is ChipTest.PAST:
        return None, days_after(on, -1).isoformat()
    return tuple(chip.value)


def _begins(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone)


def _ends(day: date, zone: tzinfo) -> datetime:
    return _begins(days_after(day, 1), zone) - timedelta(milliseconds=1)


def _typed(work: UnitOfWork, entity: type[Entity], name: str, value: Any) -> Any:
    if value == ME and "UUID" in str(entity.model_fields[name].annotation):
        return work.author.staff_id
    return _value(entity, name, value)


def _value(entity: type[Entity], name: str, value: Any) -> Any:
    try:
        return _adapter(entity, name).validate_python(value)
    except ValidationError as error:
        raise InvalidError([Problem(name, _UNREADABLE)]) from error


_UNREADABLE = N_("A condition of this list cannot be read any more; remove it.")
