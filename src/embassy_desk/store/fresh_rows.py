"""Rows that headquarters tells and of which nothing is here yet, written many at a time.

A first fetch is made of nothing else. What `Takeover` asks for each row by itself – whether it is
here, pending, deferred, in which scope – is asked once for all of them; whatever is not simply new
is left to it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from embassy_desk.domain.entity import Entity
from embassy_desk.store.confirmed import RowName, ScopeSums, present
from embassy_desk.store.rows.base import table_of
from embassy_desk.store.rows.statements import insert_text
from embassy_desk.store.sync_values import entity_named, insert_values
from embassy_desk.sync.conflicts import CONFLICT_ENTITY
from embassy_desk.sync.scopes import parent_of

FEWEST = 20
"""Fewer rows are as quick one by one."""

_KNOWN = (
    "SELECT row_id FROM sync_row WHERE row_id IN (SELECT value FROM json_each(?1))"
    " UNION SELECT row_id FROM sync_shadow WHERE row_id IN (SELECT value FROM json_each(?1))"
    " UNION SELECT row_id FROM sync_deferred WHERE row_id IN (SELECT value FROM json_each(?1))"
)
_INSERT_HISTORY = (
    "INSERT INTO pulled_change (entity, row_id, root_kind, root_id, user, at_ms, kind, fields,"
    " before) VALUES (?, ?, ?, ?, ?, ?, 'add', ?, ?)"
)


@dataclass
class _Writing:
    """What is to be written."""

    rows: dict[type[Entity], list[list[Any]]] = field(default_factory=dict)
    history: list[tuple[Any, ...]] = field(default_factory=list)
    confirmed: list[tuple[str, RowName, Mapping[str, Any], int | None]] = field(
        default_factory=list
    )

    def add(
        self, cls: type[Entity], values: list[Any], row: Any, fields: Mapping[str, Any]
    ) -> None:
        names = sorted(fields)
        root = parent_of(row.entity, fields) or row.name
        shown = json.dumps({each: fields[each] for each in names})
        before = json.dumps(dict.fromkeys(names))
        self.rows.setdefault(cls, []).append(values)
        self.history.append((*row.name, *root, row.user, row.at_ms, shown, before))
        self.confirmed.append((row.sid, row.name, fields, row.seen))


def write_fresh(
    raw: Any, sums: ScopeSums, told: Mapping[RowName, list[Any]], touched: Iterable[RowName]
) -> set[RowName]:
    """Write the rows of which nothing is here, and return which ones those were.

    Args:
        raw: The raw connection, inside a writing transaction.
        sums: The sums of confirmed rows.
        told: Rows as headquarters tells them (`takeover.ToldRow`), by name.
        touched: Rows that own operations touch, or that leave a scope.
    """
    if len(told) < FEWEST:
        return set()
    candidates = _candidates(told, set(touched))
    known = _known(raw, candidates)
    writing = _Writing()
    written: set[RowName] = set()
    for name, row in candidates.items():
        cls = entity_named(name[0])
        if cls is None or name[1] in known:
            continue
        fields = present(row.fields)
        values = insert_values(cls, name[1], fields)
        if values is not None:
            writing.add(cls, values, row, fields)
            written.add(name)
    for cls, rows in writing.rows.items():
        raw.executemany(insert_text(cls), rows)
    raw.executemany(_INSERT_HISTORY, writing.history)
    sums.add_fresh(writing.confirmed)
    return written


def _candidates(told: Mapping[RowName, list[Any]], touched: set[RowName]) -> dict[RowName, Any]:
    """Return the rows that are told once, whole and alive."""
    found = {}
    for name, rows in told.items():
        row = rows[0]
        is_plain = len(rows) == 1 and row.is_whole and not row.is_deleted
        if is_plain and name not in touched and name[0] != CONFLICT_ENTITY:
            found[name] = row
    return found


def _known(raw: Any, candidates: Iterable[RowName]) -> set[str]:
    """Return the identities of which something is here."""
    by_class: dict[type[Entity], list[str]] = {}
    for entity, row_id in candidates:
        cls = entity_named(entity)
        if cls is not None:
            by_class.setdefault(cls, []).append(row_id)
    every = json.dumps([row_id for ids in by_class.values() for row_id in ids])
    known = {row_id for (row_id,) in raw.execute(_KNOWN, (every,))}
    for cls, ids in by_class.items():
        found = raw.execute(
            f"SELECT id FROM {table_of(cls).name} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608  our own names
            (json.dumps(ids),),
        )
        known |= {row_id for (row_id,) in found}
    return known
