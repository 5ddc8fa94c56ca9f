"""Keeps, for every record, the line that lists show and the words that the search finds.

Called by the unit of work with the records that a transaction touched, before it commits: index
and records are never apart.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from sqlcipher3.dbapi2 import Connection

from embassy_desk.domain.catalogue import GENERAL_PARTS, KINDS
from embassy_desk.domain.entity import Part, Record, searched_fields
from embassy_desk.domain.kind import Kind
from embassy_desk.domain.values import Search
from embassy_desk.domain.vietnamese import index_text
from embassy_desk.store.rows.base import entity_of_raw
from embassy_desk.store.rows.statements import select_text
from embassy_desk.store.screens import Root

SHELF_IN_USE, SHELF_ARCHIVED, SHELF_TRASH = 0, 1, 2

_AT_ONCE = 500  # records read and written together; more would only cost memory
_KINDS = {each.name: each for each in KINDS}
_COLUMNS = (
    "kind",
    "ref",
    "heading",
    "subtitle",
    "sort_key",
    "sort_key_family",
    "shelf",
    "handling",
    "text_digest",
)
_SELECT = f"SELECT record_id, no, {', '.join(_COLUMNS)} FROM record_entry"  # noqa: S608  our own
_INSERT = (
    f"INSERT INTO record_entry (no, record_id, {', '.join(_COLUMNS)})"  # noqa: S608  our own names
    f" VALUES (?, ?, {', '.join('?' * len(_COLUMNS))})"
)
_CHANGES = ", ".join(f"{each} = ?" for each in _COLUMNS)
_UPDATE = f"UPDATE record_entry SET {_CHANGES} WHERE no = ?"  # noqa: S608  our own names
_INSERT_WORDS = (
    "INSERT INTO search_index (rowid, exact_name, name, exact_text, text) VALUES (?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class Entry:
    """What lists show of a record and what the search finds it by.

    Attributes:
        record_id: Its identity, 32 hexadecimal digits.
        line: Values of the entry, in the order of the columns.
        names: Its names, to be searched.
        texts: Its other texts, to be searched.
    """

    record_id: str
    line: list[Any]
    names: str
    texts: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the index, in the order of its columns; computed when first asked for."""
        return (*index_text(self.names), *index_text(self.texts))


def entry_of(kind: Kind, record: Record, parts: Sequence[Part]) -> Entry:
    """Return the entry of a record with all of its parts, in whatever order they come."""
    order = _order_of_parts(kind)
    own = [each for each in parts if type(each) in order]
    own.sort(key=lambda each: (order[type(each)], each.id.int))
    names, texts = _searched_text(record, own)
    return Entry(record.id.hex, _line(kind, record, own, f"{names}\0{texts}"), names, texts)


def add_entries(connection: Connection, entries: Collection[Entry]) -> None:
    """Add the entries of records that are new in this transaction.

    Args:
        connection: The raw connection, inside the writing transaction.
        entries: Entries of records that have none yet.
    """
    if not entries:
        return
    index = _Index(connection)
    for entry in entries:
        index.add(entry)
    index.write()


def refresh(connection: Connection, roots: Iterable[Root]) -> None:
    """Bring entries and search words of these records up to date.

    Args:
        connection: The raw connection, inside the writing transaction.
        roots: Kind and identity of every record that was touched, or whose part was.
    """
    by_kind: dict[str, list[str]] = {}
    for name, record_id in sorted(roots):
        by_kind.setdefault(name, []).append(record_id)
    for name, ids in by_kind.items():
        # A general part may hang on a record of a kind that only a newer program knows.
        if (kind := _KINDS.get(name)) is not None:
            for start in range(0, len(ids), _AT_ONCE):
                _refresh(connection, kind, ids[start : start + _AT_ONCE])


def _refresh(connection: Connection, kind: Kind, ids: list[str]) -> None:
    known = {row[0]: row[1:] for row in _rows(connection, _SELECT, "record_id", ids)}
    records = {
        row[0]: entity_of_raw(kind.entity, row)
        for row in _rows(connection, select_text(kind.entity), "id", ids)
    }
    parts = _parts_of(connection, kind, ids)
    index = _Index(connection)
    for record_id in ids:
        no, *former = known.get(record_id, (None,))
        record = records.get(record_id)
        if record is None:
            if former and former[0] == kind.name:
                index.remove(no)
            continue
        entry = entry_of(kind, record, parts.get(record_id, []))
        if former and former[-1] == entry.line[-1]:
            if former != entry.line:
                index.change(no, entry.line)
            continue
        # A changed record gets the highest number: the search walks backwards, newest first.
        index.remove(no)
        index.add(entry)
    index.write()


def _rows(
    connection: Connection, select: str, column: str, ids: list[str], condition: str = ""
) -> list[tuple[Any, ...]]:
    """Return the rows, by identity, whose column holds one of these identities."""
    if len(ids) == 1:
        test, value = "= ?", ids[0]
    else:
        test, value = "IN (SELECT value FROM json_each(?))", json.dumps(ids)
    rows: list[tuple[Any, ...]] = connection.execute(
        f'{select} WHERE {condition}"{column}" {test} ORDER BY 1', (value,)
    ).fetchall()
    return rows


@cache
def _searched_parts(kind: Kind) -> tuple[tuple[type[Part], str, int], ...]:
    """Return the parts that the search reads: class, condition, and the parent field's place."""
    return tuple(
        (
            part,
            f"record_kind = '{kind.name}' AND " if part.hangs_on_any_kind() else "",
            list(part.model_fields).index(part.parent_field),
        )
        for part in (*kind.parts, *GENERAL_PARTS)
        if searched_fields(part)
    )


@cache
def _order_of_parts(kind: Kind) -> dict[type[Part], int]:
    return {part: place for place, (part, *_) in enumerate(_searched_parts(kind))}


def _parts_of(connection: Connection, kind: Kind, ids: list[str]) -> dict[str, list[Part]]:
    """Return the searched parts of these records, class by class in the order of making."""
    found: dict[str, list[Part]] = {}
    for part, condition, place in _searched_parts(kind):
        for row in _rows(connection, select_text(part), part.parent_field, ids, condition):
            found.setdefault(row[place], []).append(entity_of_raw(part, row))
    return found


def _line(kind: Kind, record: Record, parts: list[Part], text: str) -> list[Any]:
    """Return the values of a record's entry, in the order of the columns."""
    by_given, by_family = record.sort_keys
    return [
        kind.name,
        record.ref,
        record.heading,
        record.subtitle(parts),
        by_given,
        by_family,
        shelf_of(record),
        str(record.handling),
        hashlib.blake2b(text.encode(), digest_size=16).digest(),
    ]


class _Index:
    """Entries and search words that are to be removed, changed and added together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._removed: list[tuple[int]] = []
        self._changed: list[list[Any]] = []
        self._added: list[list[Any]] = []
        self._words: list[tuple[Any, ...]] = []
        (self._last_no,) = connection.execute(
            "SELECT coalesce(max(no), 0) FROM record_entry"
        ).fetchone()

    def remove(self, no: int | None) -> None:
        """Remove an entry and its words, if there is one."""
        if no is not None:
            self._removed.append((no,))

    def change(self, no: int, line: list[Any]) -> None:
        """Change an entry whose words stay."""
        self._changed.append([*line, no])

    def add(self, entry: Entry) -> None:
        """Add an entry and its words."""
        self._last_no += 1
        self._added.append([self._last_no, entry.record_id, *entry.line])
        self._words.append((self._last_no, *entry.words))

    def write(self) -> None:
        """Do all of it."""
        for statement, rows in (
            ("DELETE FROM search_index WHERE rowid = ?", self._removed),
            ("DELETE FROM record_entry WHERE no = ?", self._removed),
            (_UPDATE, self._changed),
            (_INSERT, self._added),
            (_INSERT_WORDS, self._words),
        ):
            if rows:
                self._connection.executemany(statement, rows)


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
