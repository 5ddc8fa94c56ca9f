"""A new store is there whole, or not at all, and never instead of another."""

import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from embassy_desk.domain.errors import StoreError
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.store.opening import STORE_FILE, Store, create_store, open_store
from embassy_desk.store.verifying import verify
from makers.stores import OWNER, TickingClock, make_store, reopened


def _create(folder: Path, key: StoreKey | None = None) -> Store:
    return create_store(
        folder, key or StoreKey.made(), TickingClock(), mission="PAR", owner=OWNER, is_demo=True
    )


def test_a_new_store_is_whole_and_empty(tmp_path: Path) -> None:
    with closing(_create(tmp_path)) as store:
        assert (store.identity.mission, store.identity.owner) == ("PAR", OWNER)
        assert store.identity.is_demo
        with store.reading() as work:
            result = verify(work.raw)
    assert (result.records, result.operations, result.problems) == (0, 0, ())


def test_only_the_store_itself_is_left_in_the_folder(tmp_path: Path) -> None:
    _create(tmp_path).close()
    assert [each.name for each in tmp_path.iterdir()] == [STORE_FILE]


def test_every_store_has_an_identity_of_its_own(tmp_path: Path) -> None:
    found = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        with closing(_create(tmp_path / name)) as store, store.reading() as work:
            node = work.raw.execute("SELECT node_id, signing_key FROM sync_node").fetchone()
            found.add((store.identity.store_id, *node))
    assert len({each for row in found for each in row}) == 6


def test_what_a_crash_left_is_cleared_away(tmp_path: Path) -> None:
    for name in ("store.db.new", "store.db.new-wal", "store.db.new-shm", "store.db.new-journal"):
        (tmp_path / name).write_bytes(b"half a store")
    _create(tmp_path).close()
    assert [each.name for each in tmp_path.iterdir()] == [STORE_FILE]


def test_a_store_is_never_made_over_another(tmp_path: Path) -> None:
    make_store(tmp_path).close()
    before = (tmp_path / STORE_FILE).read_bytes()
    with pytest.raises(StoreError, match="There is a store in"):
        _create(tmp_path)
    assert (tmp_path / STORE_FILE).read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        _create(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def test_the_key_that_made_a_store_opens_it(tmp_path: Path) -> None:
    key = StoreKey.made()
    _create(tmp_path, key).close()
    with closing(
        open_store(tmp_path, key, TickingClock(), before_upgrade=lambda *_: None)
    ) as store:
        assert store.identity.mission == "PAR"
    with pytest.raises(StoreError, match="wrong key"):
        reopened(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other permissions")
def test_the_store_is_its_owners_alone(tmp_path: Path) -> None:
    former = os.umask(0o022)
    try:
        with closing(_create(tmp_path)) as store, store.work() as work:
            work.set_reference_version(1)
            work.commit()
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    finally:
        os.umask(former)
    assert set(modes.values()) == {0o600}, modes
