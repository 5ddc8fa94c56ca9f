"""Turns what a person typed into values that a kind takes: references become identities."""

from collections.abc import Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

from embassy_desk.application.records import find_record
from embassy_desk.domain.entity import Entity, text_fields
from embassy_desk.domain.errors import InvalidError, MissingError, Problem
from embassy_desk.store.work import UnitOfWork


def typed_values(
    work: UnitOfWork, entity: type[Entity], typed: Mapping[str, str]
) -> dict[str, Any]:
    """Return typed texts as values for `entity.made`.

    A field that names another record takes its reference or identity; nothing typed clears an
    optional field. Fields the entity does not have pass as they are, to be refused by name.

    Raises:
        InvalidError: A reference leads nowhere.
    """
    values: dict[str, Any] = {}
    problems = []
    for name, text in typed.items():
        field = entity.model_fields.get(name)
        if field is None or name in text_fields(entity):
            values[name] = text
        elif not text.strip():
            values[name] = None if field.default is None else field.default
        elif _is_identity(field.annotation):
            try:
                values[name] = find_record(work, text).id
            except MissingError as error:
                problems.append(Problem(name, error.text))
        else:
            values[name] = text.strip()
    if problems:
        raise InvalidError(problems)
    return values


def _is_identity(annotation: Any) -> bool:
    if get_origin(annotation) in (Union, UnionType):
        return any(_is_identity(each) for each in get_args(annotation))
    return annotation is UUID
