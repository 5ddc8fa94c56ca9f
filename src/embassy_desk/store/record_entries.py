"""Keeps, for every record, the line that lists show and the words that the search finds.

Called by the unit of work with the records that a transaction touched, before it commits: index
and records are never apart.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlcipher3.dbapi2 import Connection

from embassy_desk.domain.catalogue import GENERAL_PARTS, entity_name, kind_named
from embassy_desk.domain.entity import Entity, Part, Record, searched_fields
from embassy_desk.domain.values import Search
from embassy_desk.domain.vietnamese import index_text
from embassy_desk.store.change_log import Root
from embassy_desk.store.rows.base import entity_of_raw

SHELF_IN_USE, SHELF_ARCHIVED, SHELF_TRASH = 0, 1, 2

_Statement = tuple[type[Entity], str]


@cache
def _record_statement(kind: str) -> _Statement:
    entity = kind_named(kind).entity
    columns = ", ".join(f'"{name}"' for name in entity.model_fields)
    return entity, f"SELECT {columns} FROM {kind} WHERE id = ?"


@cache
def _part_statements(kind: str) -> tuple[_Statement, ...]:
    return tuple(
        statement
        for part in (*kind_named(kind).parts, *GENERAL_PARTS)
        if (statement := _part_statement(kind, part)) is not None
    )


def _part_statement(kind: str, part: type[Part]) -> _Statement | None:
    if not searched_fields(part):
        return None
    columns = ", ".join(f'"{name}"' for name in part.model_fields)
    by_kind = f" AND record_kind = '{kind}'" if "record_kind" in part.model_fields else ""
    return (
        part,
        f"SELECT {columns} FROM {entity_name(part)}"
        f' WHERE "{part.parent_field}" = ?{by_kind} ORDER BY id',
    )


def refresh(connection: Connection, roots: Iterable[Root]) -> None:
    """Bring entries and search words of these records up to date.

    Args:
        connection: The raw connection, inside the writing transaction.
        roots: Kind and identity of every record that was touched, or whose part was.
    """
    for kind, record_id in sorted(roots):
        _refresh(connection, kind, record_id)


def _refresh(connection: Connection, kind: str, record_id: str) -> None:
    known = connection.execute(
        "SELECT no, text_digest FROM record_entry WHERE record_id = ?", (record_id,)
    ).fetchone()
    entity, statement = _record_statement(kind)
    values = connection.execute(statement, (record_id,)).fetchone()
    if values is None:
        if known is not None:
            connection.execute("DELETE FROM search_index WHERE rowid = ?", (known[0],))
            connection.execute("DELETE FROM record_entry WHERE no = ?", (known[0],))
        return
    record = entity_of_raw(entity, values)
    if not isinstance(record, Record):  # the catalogue names records only
        raise TypeError(kind)
    parts = [
        entity_of_raw(part, each)
        for part, text in _part_statements(kind)
        for each in connection.execute(text, (record_id,))
    ]
    _write(connection, kind, record, parts, known)


def _write(
    connection: Connection,
    kind: str,
    record: Record,
    parts: list[Any],
    known: tuple[int, bytes] | None,
) -> None:
    names, texts = _searched_text(record, parts)
    digest = hashlib.blake2b(f"{names}\0{texts}".encode(), digest_size=16).digest()
    by_given, by_family = record.sort_keys
    line = (
        kind,
        record.ref,
        record.heading,
        record.subtitle(parts),
        by_given,
        by_family,
        shelf_of(record),
        str(record.handling),
        digest,
    )
    if known is not None and known[1] == digest:
        connection.execute(
            "UPDATE record_entry SET kind = ?, ref = ?, heading = ?, subtitle = ?, sort_key = ?,"
            " sort_key_family = ?, shelf = ?, handling = ?, text_digest = ? WHERE no = ?",
            (*line, known[0]),
        )
        return
    if known is not None:
        connection.execute("DELETE FROM search_index WHERE rowid = ?", (known[0],))
    # A changed record gets the highest number: the search walks backwards, newest first.
    no = connection.execute(
        "INSERT OR REPLACE INTO record_entry (kind, ref, heading, subtitle, sort_key,"
        " sort_key_family, shelf, handling, text_digest, record_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*line, record.id.hex),
    ).lastrowid
    exact_names, folded_names = index_text(names)
    exact_texts, folded_texts = index_text(texts)
    connection.execute(
        "INSERT INTO search_index (rowid, exact_name, name, exact_text, text)"
        " VALUES (?, ?, ?, ?, ?)",
        (no, exact_names, folded_names, exact_texts, folded_texts),
    )


def shelf_of(record: Record) -> int:
    """Return where a record stands: in use, archived, or in the trash."""
    if record.is_trashed:
        return SHELF_TRASH
    return SHELF_ARCHIVED if record.is_archived else SHELF_IN_USE


def _searched_text(record: Record, parts: list[Any]) -> tuple[str, str]:
    """Return the names and the other texts of a record and its parts."""
    names = [record.heading]
    texts = [record.ref]
    for each in (record, *parts):
        for field, mark in searched_fields(type(each)).items():
            value = getattr(each, field)
            if value:
                (names if mark is Search.NAME else texts).append(value)
        texts.extend(each.search_words)
    return "\n".join(names), "\n".join(texts)
