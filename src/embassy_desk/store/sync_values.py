"""Rows of the tables as the values that travel, and back (SYNC 3.2, 3.13).

What this version has no place for – a field it does not know, a value its column does not take –
is handed back to be deferred, never dropped.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import Boolean, Integer

from embassy_desk.domain.catalogue import ENTITIES, entity_name
from embassy_desk.domain.entity import Entity
from embassy_desk.store.rows.base import table_of, value_of_raw
from embassy_desk.store.rows.statements import (
    delete_text,
    insert_text,
    raw_value,
    select_text,
    update_text,
)

Fields = dict[str, Any]
"""Canonical values by field; empty ones are left out."""

_BY_NAME = {entity_name(each): each for each in ENTITIES}


def entity_named(name: str) -> type[Entity] | None:
    """Return the class of a table's rows, or nothing if only a newer version knows it."""
    return _BY_NAME.get(name)


def read_fields(raw: Any, entity: str, row_id: str) -> Fields | None:
    """Return the canonical values of a row in its table, or nothing if there is none."""
    cls = _BY_NAME.get(entity)
    if cls is None:
        return None
    row = raw.execute(f"{select_text(cls)} WHERE id = ?", (row_id,)).fetchone()
    return None if row is None else canonical_fields(cls, row)


def canonical_fields(cls: type[Entity], row: tuple[Any, ...]) -> Fields:
    """Return raw column values, in the order of the fields, as they travel."""
    flags = _flags(cls)
    return {
        name: bool(value) if name in flags else value
        for name, value in zip(cls.model_fields, row, strict=True)
        if name != "id" and value is not None and value != ""
    }


def write_fields(
    raw: Any, entity: str, row_id: str, before: Fields | None, after: Fields | None
) -> Fields:
    """Make a row hold these values, or remove it; return what has no place in it.

    Args:
        raw: The raw connection, inside a transaction.
        entity: The table's name.
        row_id: Identity, 32 hexadecimal digits.
        before: What `read_fields` returned.
        after: What it shall return afterwards, as far as there is place.
    """
    cls = _BY_NAME.get(entity)
    if cls is None:
        return dict(after or {})
    if after is None:
        if before is not None:
            raw.execute(delete_text(cls), (row_id,))
        return {}
    columns, left = _placed(cls, after)
    if before is None:
        values = _all_values(cls, row_id, columns)
        if values is None:
            return dict(after)  # a needed value is missing: the row waits whole
        raw.execute(insert_text(cls), values)
        return left
    present, _ = _placed(cls, before)
    changed = {
        name: columns[name]
        for name in cls.model_fields
        if name in columns and columns[name] != present.get(name)
    }
    if changed:
        raw.execute(update_text(cls, tuple(changed)), (*changed.values(), row_id))
    return left


def insert_values(cls: type[Entity], row_id: str, fields: Fields) -> list[Any] | None:
    """Return the values with which `insert_text` makes a row; nothing if it is not that simple.

    That is where a needed value is missing, or some value has no place.
    """
    columns, left = _placed(cls, fields)
    return None if left else _all_values(cls, row_id, columns)


def _all_values(cls: type[Entity], row_id: str, columns: Fields) -> list[Any] | None:
    if len(columns) != len(cls.model_fields) - 1:
        return None
    return [row_id if name == "id" else columns[name] for name in cls.model_fields]


def _placed(cls: type[Entity], fields: Mapping[str, Any]) -> tuple[Fields, Fields]:
    """Return column values for every field that can have one, and what has no place."""
    columns, left = dict(_empty(cls)), {}
    for name, value in fields.items():
        if value is None:
            continue
        if _fits(cls, name, value):
            columns[name] = value
        else:
            left[name] = value
    return columns, left


def _fits(cls: type[Entity], name: str, value: Any) -> bool:
    """Return whether a field takes a value and can be read back."""
    wanted = _wanted(cls).get(name)
    if wanted is None or type(value) is not wanted[0]:
        return False
    if wanted[1]:
        return True
    try:
        value_of_raw(cls, name, value)
    except ValueError:  # no day, no time, no identity
        return False
    return True


@cache
def _wanted(cls: type[Entity]) -> dict[str, tuple[type, bool]]:
    """Return what type each field's raw value has, and whether any value of it can be read."""
    columns = table_of(cls).c
    found: dict[str, tuple[type, bool]] = {}
    for name, field in cls.model_fields.items():
        kind = columns[name].type
        if isinstance(kind, Boolean):
            found[name] = bool, True
        elif isinstance(kind, Integer):
            found[name] = int, True
        else:
            found[name] = str, field.annotation is str
    found.pop("id")
    return found


@cache
def _flags(cls: type[Entity]) -> frozenset[str]:
    columns = table_of(cls).c
    return frozenset(name for name in cls.model_fields if isinstance(columns[name].type, Boolean))


@cache
def _empty(cls: type[Entity]) -> Fields:
    """Return what the columns hold of fields without a value; needed fields are left out."""
    columns = table_of(cls).c
    empty: Fields = {}
    for name, field in cls.model_fields.items():
        if name == "id":
            continue
        if columns[name].nullable:
            empty[name] = None
        elif field.default is not PydanticUndefined:
            empty[name] = raw_value(cls, name, field.default)
    return empty
