"""Whether the country codes of a record stand in the reference data."""

from collections.abc import Iterable
from functools import cache
from typing import get_args

from embassy_desk.domain.country import Country
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.domain.required import CountryCode
from embassy_desk.store.borders import translated
from embassy_desk.store.reading import Reading
from embassy_desk.texts import N_


def known_countries(work: Reading) -> frozenset[str]:
    """Return the codes of every country in the reference data, alpha-2 in capitals."""
    with translated():
        rows = work.raw.execute("SELECT alpha2 FROM country WHERE trashed_at IS NULL").fetchall()
    return frozenset(code for (code,) in rows)


def refuse_unknown_countries(
    entity: Entity, known: frozenset[str], names: Iterable[str] | None = None
) -> None:
    """Refuse a record or part with a country that the reference data does not have.

    Args:
        entity: The record or part.
        known: What `known_countries` returns; where it is empty, nothing is refused.
        names: Only these fields, such as those that have changed; all of them by default.

    Raises:
        InvalidError: Some code is unknown.
    """
    fields = country_fields(type(entity))
    if not fields:
        return
    asked = fields if names is None else fields.intersection(names)
    codes = {name: getattr(entity, name) for name in sorted(asked)}
    problems = [
        Problem(name, N_("There is no country “{code}” in the reference data.", code=code))
        for name, code in codes.items()
        if code and code not in known
    ]
    if problems and known:
        raise InvalidError(problems)


@cache
def country_fields(entity: type[Entity]) -> frozenset[str]:
    """Return the fields that hold the code of a country; none of the countries themselves."""
    (mark,) = get_args(CountryCode)[1:]
    if entity is Country:
        return frozenset()
    return frozenset(name for name, field in entity.model_fields.items() if mark in field.metadata)
