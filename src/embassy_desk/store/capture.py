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

from embassy_desk.domain.entity import Entity, Part
from embassy_desk.store.rows.base import table_of
from embassy_desk.sync.canonical import LARGEST_INTEGER

TRIGGERS = "capture_*"
"""What the names of all our triggers look like, for GLOB."""

STAGED = "staged"
"""Mode in which new rows are not captured: the unit of work that sets it logs them itself."""


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
    """Return the triggers of a table; short texts, because every connection parses them all.

    A merge with the empty object leaves out what is null. The names are ours; no value is here.
    """
    table = table_of(entity)
    names = [name for name in entity.model_fields if name != "id"]
    flags = [name for name in names if isinstance(table.c[name].type, Boolean)]
    after = {event: _event(table, event) for event in ("insert", "update", "delete")}
    both = [f'\'{name}\', NEW."{name}", OLD."{name}"' for name in names]
    rows = f"SELECT NULL f, NULL n, NULL o UNION ALL VALUES ({'), ('.join(both)})"
    return (
        f"""{after["insert"]}
  INSERT INTO sync_capture (entity, row_id, root_kind, root_id, kind, patch, before, mode)
  SELECT '{table.name}', NEW.id, {_root(entity, table, "NEW")}, 'add',
    json_patch('{{}}', json_object({_pairs(names, flags, "NEW")})), '{{}}',
    (SELECT mode FROM sync_ctx) WHERE (SELECT mode FROM sync_ctx) IS NOT '{STAGED}';\
{_refusal(table, names)}
END""",  # noqa: S608
        f"""{after["update"]}
  INSERT INTO sync_capture (entity, row_id, root_kind, root_id, kind, patch, before, mode)
  SELECT '{table.name}', NEW.id, {_root(entity, table, "NEW")}, 'put',
    json_group_object(f, json({_json("n", flags)})),
    json_group_object(f, json({_json("o", flags)})),
    (SELECT mode FROM sync_ctx)
  FROM ({rows}) WHERE n IS NOT o HAVING count(*) > 0;
  SELECT RAISE(ABORT, '{table.name}.id never changes') WHERE NEW.id IS NOT OLD.id;
{_refusal(table, names)}
END""",  # noqa: S608
        f"""{after["delete"]}
  INSERT INTO sync_capture (entity, row_id, root_kind, root_id, kind, patch, before, mode)
  SELECT '{table.name}', OLD.id, {_root(entity, table, "OLD")}, 'del', '{{}}',
    json_patch('{{}}', json_object({_pairs(names, flags, "OLD")})),
    (SELECT mode FROM sync_ctx);
END""",  # noqa: S608
    )


def _event(table: Table, event: str) -> str:
    return (
        f"CREATE TRIGGER capture_{table.name}_{event} AFTER {event.upper()} ON {table.name} BEGIN"
    )


def _root(entity: type[Entity], table: Table, row: str) -> str:
    if not issubclass(entity, Part):
        return f"'{table.name}', {row}.id"
    if entity.hangs_on_any_kind():
        return f'{row}.record_kind, {row}."{entity.parent_field}"'
    return f"'{entity.parent_field.removesuffix('_id')}', {row}.\"{entity.parent_field}\""


def _pairs(names: list[str], flags: list[str], row: str) -> str:
    """Return names and values for `json_object`: empty texts null, flags true and false."""
    columns = {name: f'{row}."{name}"' for name in names}
    values = {
        name: f"json({_flag(column)})" if name in flags else f"nullif({column}, '')"
        for name, column in columns.items()
    }
    return ", ".join(f"'{name}', {value}" for name, value in values.items())


def _json(value: str, flags: list[str]) -> str:
    """Return the JSON text of the value of field `f`."""
    plain = f"json_quote(nullif({value}, ''))"
    if not flags:
        return plain
    quoted = ", ".join(f"'{name}'" for name in flags)
    return f"CASE WHEN f IN ({quoted}) THEN {_flag(value)} ELSE {plain} END"


def _flag(value: str) -> str:
    return f"CASE {value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END"


def _refusal(table: Table, names: list[str]) -> str:
    """Return a statement that refuses values without canonical form (SYNC 3.2), if need be.

    They are refused right where they are written: in the table, they would make every later drain
    fail. Bytes are refused by the JSON functions.
    """
    wrong = []
    for name in names:
        column, kind = f'NEW."{name}"', table.c[name].type
        if isinstance(kind, Boolean):
            wrong.append(f"{column} NOT IN (0, 1)")
        elif isinstance(kind, Integer):
            wrong.append(f"typeof({column}) NOT IN ('integer', 'null')")
            wrong.append(f"{column} NOT BETWEEN -{LARGEST_INTEGER} AND {LARGEST_INTEGER}")
    if not wrong:
        return ""
    message = f"{table.name} holds a value that cannot travel"
    return f"\n  SELECT RAISE(ABORT, '{message}') WHERE {' OR '.join(wrong)};"
