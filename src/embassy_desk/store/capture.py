"""Triggers that see every write, made from the metadata (SYNC 3.6).

A trigger writes what changed into `sync_capture` in the same transaction, whichever way the write
came: through the ORM, in bulk, or as plain SQL. The unit of work drains the captures into
operations before it commits.
"""

import hashlib
from collections.abc import Iterable
from functools import cache

from sqlalchemy import Boolean, Integer, Table
from sqlcipher3.dbapi2 import Connection

from embassy_desk.domain.entity import Entity, Part, text_fields
from embassy_desk.store.rows.base import table_of
from embassy_desk.sync.canonical import LARGEST_INTEGER

TRIGGERS = "capture_*"
"""What the names of all our triggers look like, for GLOB."""


def trigger_statements(entities: Iterable[type[Entity]]) -> list[str]:
    """Return the statements that create the triggers of every table, in a stable order."""
    return [statement for entity in _in_order(entities) for statement in _triggers(entity)]


def trigger_names(entities: Iterable[type[Entity]]) -> list[str]:
    """Return the names of the triggers of every table, in the order of the statements."""
    return [
        f"capture_{table_of(entity).name}_{event}"
        for entity in _in_order(entities)
        for event in ("insert", "update", "delete")
    ]


def are_installed(connection: Connection, entities: Iterable[type[Entity]]) -> bool:
    """Return whether the file has exactly these triggers, to the letter."""
    rows = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB ?", (TRIGGERS,)
    )
    return sorted(text for (text,) in rows) == sorted(trigger_statements(entities))


def trigger_digest(entities: Iterable[type[Entity]]) -> str:
    """Return the SHA-256 of all trigger texts, to notice when they are not up to date."""
    return hashlib.sha256("\n".join(trigger_statements(entities)).encode()).hexdigest()


def _in_order(entities: Iterable[type[Entity]]) -> list[type[Entity]]:
    return sorted(entities, key=lambda each: table_of(each).name)


@cache
def _triggers(entity: type[Entity]) -> tuple[str, str, str]:
    table = table_of(entity)
    names = [name for name in entity.model_fields if name != "id"]
    new = [(name, _canonical(table, entity, name, "NEW")) for name in names]
    old = [(name, _canonical(table, entity, name, "OLD")) for name in names]
    after = {event: _event(table, event) for event in ("insert", "update", "delete")}
    changed = "\n    UNION ALL ".join(
        f'SELECT \'{name}\' f, {n} n, {o} o WHERE NEW."{name}" IS NOT OLD."{name}"'
        for (name, n), (_, o) in zip(new, old, strict=True)
    )

    return (
        f"""{after["insert"]}
  INSERT INTO sync_capture (entity, row_id, root_kind, root_id, kind, patch, before, mode)
  SELECT '{table.name}', NEW.id, {_root(entity, table, "NEW")}, 'add',
    json_patch('{{}}', json_object({_pairs(new)})), '{{}}', (SELECT mode FROM sync_ctx);
END""",  # noqa: S608
        f"""{after["update"]}
  INSERT INTO sync_capture (entity, row_id, root_kind, root_id, kind, patch, before, mode)
  SELECT '{table.name}', NEW.id, {_root(entity, table, "NEW")}, 'put',
    json_group_object(f, json(n)), json_group_object(f, json(o)), (SELECT mode FROM sync_ctx)
  FROM (
    {changed}
  ) HAVING count(*) > 0;
  SELECT RAISE(ABORT, '{table.name}.id never changes') WHERE NEW.id IS NOT OLD.id;
END""",  # noqa: S608
        f"""{after["delete"]}
  INSERT INTO sync_capture (entity, row_id, root_kind, root_id, kind, patch, before, mode)
  SELECT '{table.name}', OLD.id, {_root(entity, table, "OLD")}, 'del',
    '{{}}', json_patch('{{}}', json_object({_pairs(old)})), (SELECT mode FROM sync_ctx);
END""",  # noqa: S608
    )


def _event(table: Table, event: str) -> str:
    return (
        f"CREATE TRIGGER capture_{table.name}_{event} AFTER {event.upper()} ON {table.name} BEGIN"
    )


def _pairs(values: list[tuple[str, str]]) -> str:
    return ", ".join(f"'{name}', json({value})" for name, value in values)


def _root(entity: type[Entity], table: Table, row: str) -> str:
    if not issubclass(entity, Part):
        return f"'{table.name}', {row}.id"
    if entity.hangs_on_any_kind():
        return f'{row}.record_kind, {row}."{entity.parent_field}"'
    return f"'{entity.parent_field.removesuffix('_id')}', {row}.\"{entity.parent_field}\""


def _canonical(table: Table, entity: type[Entity], name: str, row: str) -> str:
    """Return the SQL of a value as JSON text: empty texts are null, flags are true and false.

    A value without canonical form (SYNC 3.2) is refused right where it is written: once in the
    table, it would make every later drain fail.
    """
    column = f'{row}."{name}"'
    kind = table.c[name].type
    refused = f"RAISE(ABORT, '{table.name}.{name} cannot travel')"
    if isinstance(kind, Boolean):
        return (
            f"CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false'"
            f" ELSE iif({column} IS NULL, 'null', {refused}) END"
        )
    if isinstance(kind, Integer):
        return (
            f"CASE WHEN {column} IS NULL THEN 'null' WHEN typeof({column}) = 'integer'"
            f" AND {column} BETWEEN -{LARGEST_INTEGER} AND {LARGEST_INTEGER}"
            f" THEN json_quote({column}) ELSE {refused} END"
        )
    if name in text_fields(entity):
        return f"json_quote(nullif({column}, ''))"
    return f"json_quote({column})"
