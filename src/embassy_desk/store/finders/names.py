"""Finds records by the names that people and scripts use, and names records for them."""

import json
from collections.abc import Iterable
from uuid import UUID

from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.domain.values import clean_text
from embassy_desk.store.borders import translated
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
