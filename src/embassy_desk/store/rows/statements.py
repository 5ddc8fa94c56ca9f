"""The plain statements of a row, compiled once from its table, and its values as columns hold them.

Saving one edit reads one row and writes one row. A session of the ORM costs several times what
the database needs for that, so the statements are compiled by SQLAlchemy from the SQLModel tables
and given to the driver as they are, with values turned by the types of the columns.
"""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Boolean, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from embassy_desk.domain.entity import Entity
from embassy_desk.store.rows.base import table_of

Turn = Callable[[Any], Any] | None
"""What a column's type does with a value; nothing where the value passes as it is."""

_DIALECT = SQLiteDialect_pysqlite(paramstyle="qmark")
_UPDATES_KEPT = 1000


def _text(statement: Any, places: Iterable[str] = ()) -> str:
    """Return the text of a statement whose parameters stand in the given order.

    Raises:
        LookupError: They do not.
    """
    names = list(places)
    compiled = statement.compile(dialect=_DIALECT)
    if list(compiled.positiontup or ()) != names:
        raise LookupError(f"{compiled.positiontup} are not {names}")
    return str(compiled.string)


@cache
def select_text(entity: type[Entity]) -> str:
    """Return the statement that reads every field, in order; conditions are put behind it."""
    table = table_of(entity)
    return _text(select(*(table.c[name] for name in entity.model_fields)))


@cache
def insert_text(entity: type[Entity]) -> str:
    """Return the statement that inserts a row, its values in the order of the fields."""
    values: dict[str, Any] = {name: bindparam(name) for name in entity.model_fields}
    return _text(insert(table_of(entity)).values(values), values)


@lru_cache(maxsize=_UPDATES_KEPT)
def update_text(entity: type[Entity], names: tuple[str, ...]) -> str:
    """Return the statement that writes some fields of the row whose identity comes last.

    Raises:
        LookupError: The fields are not in the order of the class.
    """
    table = table_of(entity)
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    statement = update(table).where(table.c.id == bindparam("identity")).values(values)
    return _text(statement, [*(f"new_{name}" for name in names), "identity"])


@cache
def delete_text(entity: type[Entity]) -> str:
    """Return the statement that removes the row of an identity."""
    table = table_of(entity)
    return _text(delete(table).where(table.c.id == bindparam("identity")), ["identity"])


@cache
def _turns_in(entity: type[Entity]) -> dict[str, Turn]:
    columns = table_of(entity).c
    return {
        name: columns[name].type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
        for name in entity.model_fields
    }


def raw_value(entity: type[Entity], name: str, value: Any) -> Any:
    """Return a field's value as its column holds it."""
    turn = _turns_in(entity)[name]
    return value if turn is None or value is None else turn(value)


def raw_values(entity: Entity) -> tuple[Any, ...]:
    """Return an entity's values as its row holds them, in the order of the fields."""
    values = entity.__dict__
    return tuple(
        [
            value if (value := values[name]) is None or turn is None else turn(value)
            for name, turn in _turns_in(type(entity)).items()
        ]
    )


@cache
def _logged_fields(entity: type[Entity]) -> tuple[tuple[str, bool], ...]:
    """Return the fields in the order of the class, each with whether it holds yes or no."""
    columns = table_of(entity).c
    return tuple((name, isinstance(columns[name].type, Boolean)) for name in entity.model_fields)


def logged_values(entity: type[Entity], raw: tuple[Any, ...]) -> dict[str, Any]:
    """Return what the log says of a new row: what the insert trigger would have captured.

    Args:
        entity: The class.
        raw: The row's values, as `raw_values` gives them.
    """
    return {
        name: bool(value) if is_flag else value
        for (name, is_flag), value in zip(_logged_fields(entity), raw, strict=True)
        if value is not None and value != "" and name != "id"
    }
