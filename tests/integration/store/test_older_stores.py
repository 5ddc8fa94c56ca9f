"""Stores of every earlier schema, as their programs left them, come up to date with every row."""

from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from embassy_desk.domain.contact import Contact
from embassy_desk.store.connections import connect
from embassy_desk.store.opening import STORE_FILE, open_store
from embassy_desk.store.schema import HEAD_REVISION, migration_config
from embassy_desk.store.verifying import verify
from faults.contents import content_of, difference
from makers.old_stores import CONTACTS, encrypt_store, kept_schemas, make_plain, unpack_stores
from makers.stores import KEY, TickingClock


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all stores that were kept."""
    folder = tmp_path_factory.mktemp("kept")
    unpack_stores(folder)
    return folder


def test_a_store_of_every_earlier_schema_is_kept() -> None:
    script = ScriptDirectory.from_config(migration_config())
    earlier = {each.revision for each in script.walk_revisions()} - {HEAD_REVISION}
    missing = earlier - set(kept_schemas())
    assert not missing, "run makers.old_stores with the program before the migration"


@pytest.mark.parametrize("schema", kept_schemas())
def test_every_row_of_an_older_store_is_there_after_the_upgrade(
    schema: str, kept: Path, tmp_path: Path
) -> None:
    encrypt_store(kept / schema, tmp_path / STORE_FILE, KEY)
    with closing(connect(tmp_path / STORE_FILE, KEY)) as raw:
        before = content_of(raw)
    backups: list[Path] = []
    opened = open_store(
        tmp_path, KEY, TickingClock(), before_upgrade=lambda path, _: backups.append(path)
    )
    with closing(opened) as store:
        with store.reading() as work:
            assert work.count(Contact) == CONTACTS
            assert verify(work.raw).problems == ()
            assert difference(work.raw, before) == ""
        with store.work() as work:
            work.raw.execute("UPDATE contact SET alias = 'another' WHERE alias = ''")
            assert difference(work.raw, before) == "the rows of contact are not the same"
    assert len(backups) == (schema != HEAD_REVISION)


def test_the_present_program_makes_a_store_that_can_be_kept(tmp_path: Path) -> None:
    make_plain(tmp_path, tmp_path / "plain")
    (tmp_path / "again").mkdir()
    encrypt_store(tmp_path / "plain", tmp_path / "again" / STORE_FILE, KEY)
    with closing(connect(tmp_path / "again" / STORE_FILE, KEY)) as raw:
        assert verify(raw).problems == ()
