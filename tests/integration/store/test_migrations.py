"""The schema from migrations is the schema from metadata, up from nothing and back."""

import ast
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlcipher3 import dbapi2
from sqlmodel import SQLModel

from embassy_desk.domain.catalogue import ENTITIES
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import StoreError
from embassy_desk.store import opening, schema
from embassy_desk.store.connections import connect, create_file
from embassy_desk.store.finders.search import search
from embassy_desk.store.laptop_tables import LAPTOP, SEARCH_INDEX_DDL
from embassy_desk.store.opening import STORE_FILE, open_store
from embassy_desk.store.rows.base import table_of
from embassy_desk.store.schema import (
    HEAD_REVISION,
    MIGRATIONS,
    downgrade,
    migration_config,
    revision_of,
    upgrade,
)
from embassy_desk.store.verifying import verify
from makers import make_contact
from makers.stores import KEY, TickingClock, make_store, operations_of, reopened

DIALECT = "sqlite"


@pytest.fixture
def raw(tmp_path: Path) -> Iterator[Any]:
    """A connection to an encrypted file without tables."""
    with closing(create_file(tmp_path / "empty.db", KEY)) as connection:
        yield connection


def _from_metadata() -> Iterator[str]:
    tables = [table_of(entity) for entity in ENTITIES]
    for table in (*tables, *LAPTOP.sorted_tables):
        yield str(CreateTable(table).compile())
        for index in table.indexes:
            yield str(CreateIndex(index).compile())
    yield SEARCH_INDEX_DDL


def _schema(raw: Any) -> dict[str, Any]:
    """Return columns and indexes of every table, and the search index's own text."""
    tables = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        " AND name <> 'alembic_version'"
    ).fetchall()
    found: dict[str, Any] = {}
    for name, text in tables:
        if text.startswith("CREATE VIRTUAL"):
            found[name] = "".join(text.split())
            continue
        columns = raw.execute(f"PRAGMA table_info({name})").fetchall()
        found[name] = {
            "columns": {each[1:] for each in columns},
            "indexes": set(_indexes(raw, name)),
        }
    return found


def _indexes(raw: Any, table: str) -> Iterator[tuple[Any, ...]]:
    for _, name, is_unique, origin, _ in raw.execute(f"PRAGMA index_list({table})").fetchall():
        columns = tuple(row[2] for row in raw.execute(f"PRAGMA index_info({name})").fetchall())
        yield ("" if origin != "c" else name, is_unique, origin, columns)


def test_migrations_and_metadata_make_the_same_schema(raw: Any) -> None:
    upgrade(raw)
    with closing(dbapi2.connect(":memory:")) as fresh:
        for statement in _from_metadata():
            fresh.execute(statement)
        assert _schema(raw) == _schema(fresh)


def test_every_table_of_the_metadata_is_an_entitys() -> None:
    known = {table_of(entity).name for entity in ENTITIES}
    assert set(SQLModel.metadata.tables) == known


def test_going_up_down_and_up_again_gives_the_same_schema(raw: Any) -> None:
    empty = _schema(raw)
    upgrade(raw)
    made = _schema(raw)
    assert revision_of(raw) == HEAD_REVISION
    downgrade(raw, "base")
    assert _schema(raw) == empty
    assert revision_of(raw) is None
    upgrade(raw)
    assert _schema(raw) == made


def test_every_step_goes_up_and_down_by_itself(raw: Any) -> None:
    steps = [each.revision for each in _script().walk_revisions()][::-1]
    schemas = [_schema(raw)]
    for step in steps:
        upgrade(raw, step)
        schemas.append(_schema(raw))
    for before in reversed(schemas[:-1]):
        downgrade(raw, "-1")
        assert _schema(raw) == before


def test_going_up_where_the_store_is_already_changes_nothing(raw: Any) -> None:
    upgrade(raw)
    before = _schema(raw)
    upgrade(raw)
    assert _schema(raw) == before


def test_the_newest_revision_is_the_one_the_program_knows() -> None:
    assert _script().get_heads() == [HEAD_REVISION]


def test_migrations_import_nothing_of_the_program() -> None:
    sources = list(MIGRATIONS.rglob("*.py"))
    assert sources
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0
                names = [node.module or ""]
            assert not [each for each in names if each.startswith("embassy_desk")], source


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The folder of a store with one contact, closed."""
    with closing(make_store(tmp_path)) as store, store.work() as work:
        work.save(make_contact())
        work.commit()
    return tmp_path


def _migrate(folder: Path, *statements: str) -> None:
    """Run statements on a store as a step of a migration runs them."""

    def step(config: Config, _revision: str) -> None:
        for each in statements:
            config.attributes["connection"].exec_driver_sql(each)

    with closing(connect(folder / STORE_FILE, KEY)) as raw:
        schema._migrate(raw, step, "")


def test_what_a_migration_writes_is_indexed_but_makes_no_operation(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _migrate(closed, "UPDATE contact SET alias = 'Hoa Sen'")
    monkeypatch.setattr(opening, "HEAD_REVISION", "one that does not exist yet")
    with closing(open_store(closed, KEY, TickingClock(), before_upgrade=lambda *_: None)) as store:
        assert len(operations_of(store)) == 1
        with store.reading() as work:
            assert [each.heading for each in search(work, "sen")] == ["Đặng Thị Hường"]
            assert verify(work.raw).problems == ()


def test_edits_after_a_migration_are_logged_again(closed: Path) -> None:
    _migrate(closed, "SELECT 1")
    with closing(reopened(closed)) as store:
        with store.work() as work:
            work.save(make_contact(notes="x"))
            work.commit()
        assert len(operations_of(store)) == 2


def test_a_migration_whose_rows_contradict_each_other_changes_nothing(closed: Path) -> None:
    with pytest.raises(StoreError, match="nothing was changed"):
        _migrate(
            closed,
            "CREATE TABLE child (contact TEXT REFERENCES contact (id))",
            "INSERT INTO child VALUES ('nobody')",
            "DELETE FROM contact",
        )
    with closing(reopened(closed)) as store, store.reading() as work:
        assert work.count(Contact) == 1
        assert verify(work.raw).problems == ()


def test_a_migration_that_fails_changes_nothing(closed: Path) -> None:
    with pytest.raises(DBAPIError):
        _migrate(closed, "DELETE FROM contact", "DROP TABLE spaceship")
    with closing(reopened(closed)) as store, store.reading() as work:
        assert work.count(Contact) == 1


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(migration_config())
