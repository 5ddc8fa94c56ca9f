"""Checks one value against its field, before the whole record is saved."""

from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from embassy_desk.domain.entity import Entity, invalid
from embassy_desk.texts import N_, Text


@cache
def _adapter(entity: type[Entity], field: str) -> TypeAdapter[Any]:
    known = entity.model_fields[field]
    annotated: Any = Annotated[known.annotation, known]
    return TypeAdapter(annotated)


def field_problem(entity: type[Entity], field: str, value: Any) -> Text | None:
    """Return what is wrong with a value by itself, or nothing.

    Args:
        entity: The class.
        field: Name of the field.
        value: What the form holds.
    """
    if value is None and entity.model_fields[field].is_required():
        return N_("This is needed.")
    try:
        _adapter(entity, field).validate_python(value)
    except ValidationError as error:
        return invalid(error).problems[0].text
    return None
