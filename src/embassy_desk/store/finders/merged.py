"""Which records were merged, and what still leads to them."""

import json
from collections.abc import Iterable
from uuid import UUID

from embassy_desk.domain.catalogue import entity_name, kind_named
from embassy_desk.domain.merge import Reference
from embassy_desk.store.borders import translated
from embassy_desk.store.work import UnitOfWork


def merged_records(work: UnitOfWork, kind: str) -> dict[UUID, UUID]:
    """Return into which record each merged one of a kind went."""
    table = entity_name(kind_named(kind).entity)
    with translated():
        rows = work.raw.execute(
            f"SELECT id, merged_into FROM {table} WHERE merged_into IS NOT NULL"  # noqa: S608  ours
        ).fetchall()
    return {UUID(hex=one): UUID(hex=other) for one, other in rows}


def rows_leading_to(
    work: UnitOfWork, kind: str, reference: Reference, ids: Iterable[UUID]
) -> list[tuple[UUID, UUID]]:
    """Return the rows of a table that name one of some records, each with the record it names."""
    table, field = entity_name(reference.entity), reference.field
    of_kind = " AND record_kind = ?" if reference.of_any_kind else ""
    values = [json.dumps([each.hex for each in ids]), *([kind] if of_kind else [])]
    with translated():
        rows = work.raw.execute(
            f'SELECT id, "{field}" FROM {table}'  # noqa: S608  names are ours
            f' WHERE "{field}" IN (SELECT value FROM json_each(?)){of_kind} ORDER BY id',
            values,
        ).fetchall()
    return [(UUID(hex=row), UUID(hex=named)) for row, named in rows]
