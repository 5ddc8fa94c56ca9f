"""Finds records by the names that people and scripts use, and names records for them."""

import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from embassy_desk.domain.catalogue import entity_name
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.domain.values import clean_text
from embassy_desk.store.borders import translated
from embassy_desk.store.reading import seen
from embassy_desk.store.record_entries import SHELF_ARCHIVED, SHELF_IN_USE
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_


def record_named(work: UnitOfWork, name: str) -> tuple[str, UUID]:
    """Return kind and identity of the record with a reference or an identity.

    Args:
        work: A unit of work.
        name: A reference such as `TOK-AGR-A7K2-0042`, or a UUID.

    Raises:
        MissingError: There is none.
        RefusedError: Two records carry this reference.
    """
    name = clean_text(name)
    rows = work.raw.execute(
        "SELECT kind, record_id FROM record_entry WHERE record_id = ?"
        " UNION SELECT kind, record_id FROM record_entry WHERE ref IN (?, ?)",
        (name.replace("-", "").lower(), name, name.upper()),
    ).fetchall()
    rows = [row for row in rows if work.sees_record(UUID(row[1]))]
    if not rows:
        raise MissingError(N_("There is no record “{name}”.", name=name))
    if len(rows) > 1:
        raise RefusedError(
            N_("Two records carry the reference “{name}”; use the identity.", name=name)
        )
    kind, record_id = rows[0]
    return kind, UUID(record_id)


def called(
    work: UnitOfWork, entity: type[Record], fields: Sequence[str] = ()
) -> list[tuple[UUID, tuple[str, ...]]]:
    """Return what records of a class are called: heading, then these fields; empty ones too.

    Those in the trash, and those that may not be seen, are left out. Records in use come before
    archived ones, and among those the newest change first.
    """
    table = entity_name(entity)
    allowed = sorted(work.handlings or ())
    seen = f" AND e.handling IN ({', '.join('?' * len(allowed))})" if allowed else ""
    columns = "".join(f", coalesce(t.\"{field}\", '')" for field in fields)
    with translated():
        rows = work.raw.execute(
            f"SELECT e.record_id, e.heading{columns} FROM record_entry e"  # noqa: S608  our own
            f" CROSS JOIN {table} t ON t.id = e.record_id"
            f" WHERE e.kind = ? AND e.shelf IN (?, ?){seen} ORDER BY e.shelf, e.no DESC",
            (table, SHELF_IN_USE, SHELF_ARCHIVED, *allowed),
        ).fetchall()
    return [(UUID(hex=row[0]), row[1:]) for row in rows]


def part_texts(work: UnitOfWork, part: type[Part], field: str) -> list[tuple[UUID, str]]:
    """Return a text of every row of a part, with the identity of the record it belongs to."""
    with translated():
        rows = work.raw.execute(
            f'SELECT "{part.parent_field}", "{field}" FROM {entity_name(part)} ORDER BY id'  # noqa: S608
        ).fetchall()
    return [(UUID(hex=row[0]), row[1]) for row in rows]


def headings(work: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return what records are called, by identity; those that do not exist are left out."""
    wanted = json.dumps([each.hex for each in ids if work.sees_record(each)])
    with translated():
        rows = work.raw.execute(
            "SELECT record_id, heading FROM record_entry"
            " WHERE record_id IN (SELECT value FROM json_each(?))",
            (wanted,),
        ).fetchall()
    return {UUID(record_id): heading for record_id, heading in rows}


def references(work: UnitOfWork) -> list[tuple[str, str, UUID]]:
    """Return reference, kind and identity of every record that may be seen, wherever it stands."""
    with translated():
        rows = work.raw.execute(
            f"SELECT e.ref, e.kind, e.record_id FROM record_entry e WHERE {seen(work, 'e')}"  # noqa: S608
        ).fetchall()
    return [(ref, kind, UUID(hex=record_id)) for ref, kind, record_id in rows]
