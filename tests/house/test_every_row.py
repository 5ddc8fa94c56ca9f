"""Every entity has a row and a table: forget one, and it is named."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlcipher3 import dbapi2

from embassy_desk.domain.catalogue import ENTITIES, entity_name
from embassy_desk.domain.entity import Entity
from embassy_desk.store.rows.base import ROWS, table_of
from embassy_desk.store.rows.catalogue import registered_rows
from embassy_desk.store.schema import HEAD_REVISION, migration_config, upgrade
from house.sources import PACKAGE, ROOT

EVERY_ENTITY = pytest.mark.parametrize("entity", ENTITIES, ids=entity_name)


@pytest.fixture(scope="module")
def migrated() -> Iterator[Any]:
    """An empty file at the schema that the migrations make."""
    with closing(dbapi2.connect(":memory:", isolation_level=None)) as raw:
        upgrade(raw)
        yield raw


@EVERY_ENTITY
def test_every_entity_has_a_row(entity: type[Entity]) -> None:
    registered_rows()
    assert entity in ROWS, f"store/rows has no row for {entity_name(entity)}"
    assert table_of(entity).name == entity_name(entity)
    assert set(table_of(entity).c.keys()) == set(entity.model_fields)


@EVERY_ENTITY
def test_every_entity_has_a_table_with_every_field(migrated: Any, entity: type[Entity]) -> None:
    columns = {row[1] for row in migrated.execute(f"PRAGMA table_info({entity_name(entity)})")}
    assert columns, f"no migration makes the table {entity_name(entity)}"
    assert columns == set(entity.model_fields)


def test_program_knows_its_newest_migration() -> None:
    heads = ScriptDirectory.from_config(migration_config()).get_heads()
    assert heads == [HEAD_REVISION], "set HEAD_REVISION in store/schema.py to the newest one"


def test_every_folder_of_the_program_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / PACKAGE).rglob("*.py")}
    bare = {"migrations", "versions"}  # alembic reads these as files
    missing = [
        str(each.relative_to(ROOT))
        for each in folders
        if not (each / "__init__.py").is_file() and each.name not in bare
    ]
    assert missing == []
