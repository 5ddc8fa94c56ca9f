"""What the search for duplicates looks up: who shares an address or number, how records look."""

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from embassy_desk.store.borders import translated
from embassy_desk.store.work import UnitOfWork


class Face(NamedTuple):
    """What tells a record from others at a glance."""

    ref: str
    heading: str
    subtitle: str


def people_sharing(
    work: UnitOfWork, addresses: Collection[str], numbers: Collection[str]
) -> set[UUID]:
    """Return the contacts that bear one of these e-mail addresses or telephone numbers.

    Args:
        work: A reading unit of work.
        addresses: E-mail addresses in small letters.
        numbers: Telephone numbers in E.164.
    """
    if not (addresses or numbers):
        return set()
    with translated():
        rows = work.raw.execute(
            "SELECT contact_id FROM contact_email"
            " WHERE lower(address) IN (SELECT value FROM json_each(?))"
            " UNION SELECT contact_id FROM contact_phone"
            " WHERE e164 IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(addresses)), json.dumps(sorted(numbers))),
        ).fetchall()
    return {UUID(hex=each) for (each,) in rows}


def faces(work: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, Face]:
    """Return how records look in a line, by identity; those that may not be seen are left out."""
    wanted = json.dumps([each.hex for each in ids if work.sees_record(each)])
    with translated():
        rows = work.raw.execute(
            "SELECT record_id, ref, heading, subtitle FROM record_entry"
            " WHERE record_id IN (SELECT value FROM json_each(?))",
            (wanted,),
        ).fetchall()
    return {UUID(hex=row[0]): Face(*row[1:]) for row in rows}
