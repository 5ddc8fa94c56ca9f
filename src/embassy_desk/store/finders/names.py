"""Finds records by the names that people and scripts use, and names records for them."""

from collections.abc import Iterable
from uuid import UUID

from embassy_desk.domain.errors import MissingError, RefusedError
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
    name = name.strip()
    rows = work.raw.execute(
        "SELECT kind, record_id FROM record_entry WHERE record_id = ?"
        " UNION SELECT kind, record_id FROM record_entry WHERE ref IN (?, ?)",
        (name.replace("-", "").lower(), name, name.upper()),
    ).fetchall()
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
    found: dict[UUID, str] = {}
    for each in dict.fromkeys(ids):
        row = work.raw.execute(
            "SELECT heading FROM record_entry WHERE record_id = ?", (each.hex,)
        ).fetchone()
        if row is not None:
            found[each] = row[0]
    return found


def is_reference_known(work: UnitOfWork, ref: str) -> bool:
    """Return whether some record carries a reference."""
    row = work.raw.execute("SELECT 1 FROM record_entry WHERE ref = ? LIMIT 1", (ref,)).fetchone()
    return row is not None
