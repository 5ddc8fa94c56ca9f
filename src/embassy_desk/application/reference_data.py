"""Applies the shipped reference data: the same rows with the same identities in every store.

They are taken over, not authored: no operation is written and nothing is ever pushed.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from embassy_desk.domain.catalogue import entity_name, kind_named
from embassy_desk.domain.country import CountryGrouping, CountryTier
from embassy_desk.domain.entity import Entity, Handling, Record, Route
from embassy_desk.settings.places import resources
from embassy_desk.store.opening import Store

REFERENCE_NAMESPACE = UUID("6f1d1f3a-9a55-5a6e-8b52-2f0c7f3f6a11")
"""Under which the identities of shipped rows are made; never changes."""

SHARED_MISSION = "HQ"
_FILES = {
    "countries.json": "country",
    "missions.json": "mission",
    "accreditations.json": "accreditation",
    "list_entries.json": "list_entry",
    "policy_goals.json": "policy_goal",
    "organisations_reference.json": "organisation",
}


def shipped_version(folder: Path | None = None) -> int:
    """Return the version of the reference data that came with the program."""
    path = (folder or resources() / "reference") / "version.json"
    return int(json.loads(path.read_text(encoding="utf-8"))["version"])


def reference_id(kind: str, key: str) -> UUID:
    """Return the identity of a shipped row; equal in every store."""
    return uuid5(REFERENCE_NAMESPACE, f"{kind}/{key}")


def apply_reference_data(store: Store, folder: Path | None = None) -> int:
    """Bring the store's reference rows to the shipped version, in one transaction.

    Rows that somebody at the mission has edited since are left as they are.

    Args:
        store: An open store.
        folder: Where the tables lie; by default those shipped with the program.

    Returns:
        How many rows were written; 0 when the store has this version already.
    """
    folder = folder or resources() / "reference"
    version = shipped_version(folder)
    if store.identity.reference_version >= version:
        return 0
    author = replace(store.author, staff_id=None, via=Route.REFERENCE, mode="apply")
    written = 0
    with store.work(author) as work:
        fresh: list[Entity] = []
        for entity in _shipped(folder):
            known = work.find(type(entity), entity.id)
            if known is None:
                fresh.append(entity)
            elif known != entity and getattr(known, "changed_by", None) is None:
                work.save(entity)
                written += 1
        work.add_all(fresh)
        work.set_reference_version(version)
        work.commit()
    store.reread_identity()
    return written + len(fresh)


def _shipped(folder: Path) -> Iterator[Entity]:
    for file, kind in _FILES.items():
        for row in _rows(folder / file):
            yield _record(kind, row)
    for file, part in (
        ("country_tiers.json", CountryTier),
        ("country_groupings.json", CountryGrouping),
    ):
        for row in _rows(folder / file):
            values = {name: value for name, value in row.items() if name in part.model_fields}
            yield part.made(
                id=reference_id(entity_name(part), row["key"]),
                **{**values, "country_id": reference_id("country", row["country"])},
            )


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _record(kind: str, row: dict[str, Any]) -> Record:
    known = kind_named(kind)
    values = {name: value for name, value in row.items() if name not in {"key", "succeeded_by"}}
    if "succeeded_by" in row:
        values["succeeded_by_id"] = reference_id(kind, row["succeeded_by"])
    return known.entity.made(
        id=reference_id(kind, row["key"]),
        ref=f"{SHARED_MISSION}-{known.code}-{row['key']}",
        mission=SHARED_MISSION,
        handling=Handling.PUBLIC,
        created_via=Route.REFERENCE,
        **values,
    )
