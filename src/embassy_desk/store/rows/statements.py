"""The driver's side of an entity: its SQL texts, and its values as the columns hold them.

Saving one edit reads one row and writes one row. Going through the ORM for that costs several
times what the database itself needs, so the plain cases are written here, from the same fields.
Every name in these texts is one of ours; values always travel as parameters.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from embassy_desk.domain.catalogue import entity_name
from embassy_desk.domain.entity import Entity
from embassy_desk.store.types import time_text


@cache
def select_text(entity: type[Entity]) -> str:
    """Return the statement that reads every field, in order; conditions are put behind it."""
    columns = ", ".join(f'"{name}"' for name in entity.model_fields)
    return f"SELECT {columns} FROM {entity_name(entity)}"  # noqa: S608  our own names


@cache
def insert_text(entity: type[Entity]) -> str:
    """Return the statement that inserts a row, its values in the order of the fields."""
    columns = ", ".join(f'"{name}"' for name in entity.model_fields)
    places = ", ".join("?" * len(entity.model_fields))
    return f"INSERT INTO {entity_name(entity)} ({columns}) VALUES ({places})"  # noqa: S608


def update_text(entity: type[Entity], names: Iterable[str]) -> str:
    """Return the statement that writes some fields of the row whose identity comes last."""
    places = ", ".join(f'"{name}" = ?' for name in names)
    return f"UPDATE {entity_name(entity)} SET {places} WHERE id = ?"  # noqa: S608  our own names


@cache
def delete_text(entity: type[Entity]) -> str:
    """Return the statement that removes the row of an identity."""
    return f"DELETE FROM {entity_name(entity)} WHERE id = ?"  # noqa: S608  our own names


def raw_value(value: Any) -> Any:
    """Return a field's value as the column holds it; the inverse of `base.raw_loaders`."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def raw_values(entity: Entity) -> tuple[Any, ...]:
    """Return an entity's values as its row holds them, in the order of the fields."""
    values = entity.__dict__
    return tuple([raw_value(values[name]) for name in type(entity).model_fields])
