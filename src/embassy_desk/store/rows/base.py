"""What every row has in common, and how an entity becomes a row and comes back."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin
from uuid import UUID

from sqlalchemy import Index, Table
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.declarative import DeferredReflection
from sqlmodel import Field, SQLModel

from embassy_desk.domain.entity import Entity
from embassy_desk.store.types import ChoiceText, TimeText

RowClass = TypeVar("RowClass", bound=type["StoreRow"])
EntityType = TypeVar("EntityType", bound=Entity)

ROWS: dict[type[Entity], type["StoreRow"]] = {}
"""Which row stores which entity; filled by `stored`."""


class StoreRow(DeferredReflection, SQLModel):
    """A row of the store; never leaves it.

    Rows are never validated, entities are: what would validate rows is not built. Statements are
    made from the tables, so that mappers are not built either; who wants a session of the ORM
    calls `StoreRow.prepare` first.
    """

    model_config = {"defer_build": True}

    id: UUID = Field(primary_key=True)


def value_type(annotation: Any) -> Any:
    """Return the plain type behind `X`, `X | None` or `Annotated[X, …]`."""
    if hasattr(annotation, "__metadata__"):
        return value_type(annotation.__origin__)
    if get_origin(annotation) in (Union, UnionType):
        return value_type(next(each for each in get_args(annotation) if each is not type(None)))
    return annotation


def stored(entity: type[Entity], *indexes: str) -> Callable[[RowClass], RowClass]:
    """Register a row class for an entity, give its columns our types and add indexes.

    Args:
        entity: The frozen class whose fields the row inherits.
        indexes: Columns that lists look up by, each in an index of its own; several joined by a
            comma share one.
    """

    def finish(row: RowClass) -> RowClass:
        row.model_config["frozen"] = False  # SQLModel's metaclass takes no such keyword
        table = table_of_row(row)
        for name, field in entity.model_fields.items():
            kind = value_type(field.annotation)
            if isinstance(kind, type) and issubclass(kind, Enum):
                table.c[name].type = ChoiceText(kind)
            elif kind is datetime:
                table.c[name].type = TimeText()
        for names in indexes:
            columns = names.split(",")
            Index(f"ix_{table.name}_{'_'.join(columns)}", *(table.c[each] for each in columns))
        ROWS[entity] = row
        return row

    return finish


def table_of_row(row: type[StoreRow]) -> Table:
    """Return the table behind a row class."""
    return cast("Table", row.__table__)  # type: ignore[attr-defined]  # made by SQLModel's metaclass


def table_of(entity: type[Entity]) -> Table:
    """Return the table in which an entity lies."""
    return table_of_row(ROWS[entity])


@cache
def _turns_out(entity: type[Entity]) -> dict[str, Callable[[Any], Any] | None]:
    """Return, per field, what its column's type does with a raw value."""
    dialect = SQLiteDialect_pysqlite()
    columns = table_of(entity).c
    return {
        name: columns[name].type.dialect_impl(dialect).result_processor(dialect, None)
        for name in entity.model_fields
    }


def value_of_raw(entity: type[Entity], name: str, value: Any) -> Any:
    """Return one field's value of its raw column value.

    Raises:
        ValueError: The column's type cannot read it.
    """
    turn = _turns_out(entity)[name]
    return value if turn is None or value is None else turn(value)


def entity_of_raw(entity: type[EntityType], values: tuple[Any, ...]) -> EntityType:
    """Return the frozen value of raw column values, given in the order of the fields.

    Values were validated when they were saved; a choice from a newer version passes as text
    instead of making its whole record unreadable.
    """
    made = entity.model_construct(
        **{
            name: value if turn is None or value is None else turn(value)
            for (name, turn), value in zip(_turns_out(entity).items(), values, strict=True)
        }
    )
    return cast("EntityType", made)
