"""Keeps, for every record, the line that lists show and the words that the search finds.

Called by the unit of work with the records that a transaction touched, before it commits: index
and records are never apart.
"""

import hashlib
from collections.abc import Iterable
from functools import cache

from sqlcipher3.dbapi2 import Connection

from embassy_desk.domain.catalogue import GENERAL_PARTS, KINDS
from embassy_desk.domain.entity import Part, Record, searched_fields
from embassy_desk.domain.kind import Kind
from embassy_desk.domain.values import Search
from embassy_desk.domain.vietnamese import index_text
from embassy_desk.store.change_log import Root
from embassy_desk.store.rows.base import entity_of_raw
from embassy_desk.store.rows.statements import select_text

SHELF_IN_USE, SHELF_ARCHIVED, SHELF_TRASH = 0, 1, 2

_KINDS = {each.name: each for each in KINDS}


@cache
def _record_statement(kind: Kind) -> tuple[type[Record], str]:
    return kind.entity, f"{select_text(kind.entity)} WHERE id = ?"


@cache
def _part_statements(kind: Kind) -> tuple[tuple[type[Part], str], ...]:
    return tuple(
        (part, _part_statement(kind, part))
        for part in (*kind.parts, *GENERAL_PARTS)
        if searched_fields(part)
    )


def _part_statement(kind: Kind, part: type[Part]) -> str:
    by_kind = f" AND record_kind = '{kind.name}'" if part.hangs_on_any_kind() else ""
    return f'{select_text(part)} WHERE "{part.parent_field}" = ?{by_kind} ORDER BY id'


def refresh(connection: Connection, roots: Iterable[Root]) -> None:
    """Bring entries and search words of these records up to date.

    Args:
        connection: The raw connection, inside the writing transaction.
        roots: Kind and identity of every record that was touched, or whose part was.
    """
    for name, record_id in sorted(roots):
        # A general part may hang on a record of a kind that only a newer program knows.
        if (kind := _KINDS.get(name)) is not None:
            _refresh(connection, kind, record_id)


def _refresh(connection: Connection, kind: Kind, record_id: str) -> None:
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
    parts = [
        entity_of_raw(part, each)
        for part, text in _part_statements(kind)
        for each in connection.execute(text, (record_id,))
    ]
    _write(connection, kind, record, parts, known)


def _write(
    connection: Connection,
    kind: Kind,
    record: Record,
    parts: list[Part],
    known: tuple[int, bytes] | None,
) -> None:
    names, texts = _searched_text(record, parts)
    digest = hashlib.blake2b(f"{names}\0{texts}".encode(), digest_size=16).digest()
    by_given, by_family = record.sort_keys
    line = (
        kind.name,
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


def _searched_text(record: Record, parts: list[Part]) -> tuple[str, str]:
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
