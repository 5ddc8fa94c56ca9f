"""A store opens with its key, whole, or not at all; and nothing is made where one is expected."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import DeskError, SignInError, StoreError
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.store import opening
from embassy_desk.store.connections import connect, create_file
from embassy_desk.store.opening import STORE_FILE, Store, open_store
from embassy_desk.store.verifying import verify
from makers import make_contact
from makers.stores import KEY, TickingClock, make_store, operations_of, reopened

OTHER_KEY = StoreKey(bytes(48 * [7]))


def _open(folder: Path, key: StoreKey = KEY) -> Store:
    return open_store(folder, key, TickingClock(), before_upgrade=_never)


def _never(path: Path, key: StoreKey) -> None:
    raise AssertionError("no backup is needed here")


def _refused(folder: Path, key: StoreKey = KEY) -> str:
    """Open what cannot be opened, and return why; the folder stays as it was."""
    before = _content(folder)
    with pytest.raises(StoreError) as caught:
        _open(folder, key)
    assert _content(folder) == before
    return str(caught.value)


def _content(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The folder of a store with one contact, closed."""
    with closing(make_store(tmp_path)) as store, store.work() as work:
        work.save(make_contact())
        work.commit()
    return tmp_path


def test_what_was_saved_is_there_after_opening_again(closed: Path) -> None:
    with closing(_open(closed)) as store, store.reading() as work:
        assert work.all(Contact) == (make_contact(),)


def test_another_key_opens_nothing(closed: Path) -> None:
    assert "wrong key" in _refused(closed, OTHER_KEY)


def test_a_key_with_another_salt_opens_nothing(closed: Path) -> None:
    salted = StoreKey(bytes(range(32)) + bytes(16))
    assert "wrong key" in _refused(closed, salted)


def test_a_wiped_key_opens_nothing(closed: Path) -> None:
    wiped = StoreKey(bytes(range(48)))
    wiped.wipe()
    with pytest.raises(SignInError):
        _open(closed, wiped)


def test_nothing_is_made_where_there_is_no_store(tmp_path: Path) -> None:
    assert "There is no store" in _refused(tmp_path)
    assert "There is no store" in _refused_connection(tmp_path / STORE_FILE)
    assert list(tmp_path.iterdir()) == []


def _refused_connection(path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        connect(path, KEY)
    return str(caught.value)


def test_an_empty_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / STORE_FILE).touch()
    assert "The file of the store is empty" in _refused(tmp_path)


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    (tmp_path / STORE_FILE).mkdir()
    with pytest.raises(StoreError, match="There is no store"):
        _open(tmp_path)


def test_a_plain_database_is_no_store(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / STORE_FILE)) as plain:
        plain.execute("CREATE TABLE store_identity (store_id TEXT)")
        plain.commit()
    assert "wrong key, or a damaged file" in _refused(tmp_path)


@pytest.mark.parametrize(
    "statements",
    [
        [],
        ["CREATE TABLE contact (id TEXT)"],
        ["CREATE TABLE store_identity (x)"],
    ],
)
def test_an_encrypted_file_of_something_else_is_no_store(
    tmp_path: Path, statements: list[str]
) -> None:
    with closing(create_file(tmp_path / STORE_FILE, KEY)) as foreign:
        foreign.execute("CREATE TABLE something (x)")
        for each in statements:
            foreign.execute(each)
    assert "is not a store of this program" in _refused(tmp_path)


def test_a_store_without_identity_is_refused(closed: Path) -> None:
    with closing(connect(closed / STORE_FILE, KEY)) as raw:
        raw.execute("DELETE FROM store_identity")
    assert "damaged" in _refused(closed)


@pytest.mark.parametrize("cut", [1, 100, 4096, 10_000])
def test_a_cut_file_is_refused(closed: Path, cut: int) -> None:
    path = closed / STORE_FILE
    path.write_bytes(path.read_bytes()[:cut])
    assert _refused(closed)


def test_a_file_with_a_flipped_bit_does_not_pass(closed: Path) -> None:
    path = closed / STORE_FILE
    content = bytearray(path.read_bytes())
    for place in range(100, len(content), len(content) // 20):
        damaged = content.copy()
        damaged[place] ^= 1
        path.write_bytes(damaged)
        assert _is_noticed(closed), place


def _is_noticed(folder: Path) -> bool:
    try:
        with closing(_open(folder)) as store, store.reading() as work:
            return verify(work.raw).problems != ()
    except DeskError:
        return True


def test_other_programs_cannot_read_the_file(closed: Path) -> None:
    with (
        closing(sqlite3.connect(closed / STORE_FILE)) as plain,
        pytest.raises(sqlite3.DatabaseError, match="not a database"),
    ):
        plain.execute("SELECT * FROM sqlite_master")


def test_a_store_of_a_newer_program_is_refused_unharmed(closed: Path) -> None:
    with closing(connect(closed / STORE_FILE, KEY)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer version of the program" in _refused(closed)


def test_an_older_schema_is_upgraded_after_a_backup(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []

    def back_up(path: Path, key: StoreKey) -> None:
        with closing(connect(path, key)) as raw:
            steps.append(raw.execute("SELECT count(*) FROM contact").fetchone())

    with closing(connect(closed / STORE_FILE, KEY)) as raw:
        raw.execute("DROP TRIGGER capture_contact_update")  # as rebuilding a table does
    monkeypatch.setattr(opening, "HEAD_REVISION", "one that does not exist yet")
    with (
        closing(open_store(closed, KEY, TickingClock(), before_upgrade=back_up)) as store,
        store.reading() as work,
    ):
        assert verify(work.raw).problems == ()
    assert steps == [(1,)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store_identity SET trigger_digest = 'of an older program'",
        "UPDATE store_identity SET trigger_digest = ''",
    ],
)
def test_triggers_that_are_not_up_to_date_are_made_anew(closed: Path, statement: str) -> None:
    with closing(connect(closed / STORE_FILE, KEY)) as raw:
        raw.execute("DROP TRIGGER capture_contact_update")
        raw.execute(
            "CREATE TRIGGER capture_of_the_past AFTER UPDATE ON contact BEGIN SELECT 1; END"
        )
        raw.execute(statement)
    with closing(_open(closed)) as store:
        with store.work() as work:
            work.save(make_contact(notes="captured"))
            work.commit()
        assert operations_of(store)[-1]["f"]["notes"] == "captured"
        with store.reading() as work:
            old = "SELECT 1 FROM sqlite_master WHERE name = 'capture_of_the_past'"
            assert work.raw.execute(old).fetchone() is None


def test_triggers_that_somebody_altered_are_reported_and_made_anew(
    closed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(connect(closed / STORE_FILE, KEY)) as raw:
        raw.execute("DROP TRIGGER capture_contact_update")
    with closing(_open(closed)) as store, store.reading() as work:
        assert verify(work.raw).problems == ()
    assert [each.getMessage() for each in caplog.records] == [
        "the triggers were altered; writes may have gone unlogged"
    ]


def test_the_identity_says_what_store_it_is(closed: Path) -> None:
    with closing(_open(closed)) as store:
        identity = store.identity
        assert (identity.mission, identity.is_demo, identity.reference_version) == ("TOK", False, 0)
        with store.work() as work:
            work.set_reference_version(7)
            work.commit()
        store.reread_identity()
        assert store.identity.reference_version == 7
    with closing(_open(closed)) as store:
        assert store.identity.store_id == identity.store_id


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("temp_store", 2),
        ("mmap_size", 0),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("recursive_triggers", 1),
    ],
)
def test_every_connection_is_set_for_safety(store: Store, pragma: str, value: object) -> None:
    for begin in (store.work, store.reading):
        with begin() as work:
            (found,) = work.raw.execute(f"PRAGMA {pragma}").fetchone() or (0,)
            assert found == value


@pytest.mark.parametrize("name", ["thư mục", "a?mode=memory", "a#b", "a%20b", "a'b"])
def test_the_folder_may_be_called_anything(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    make_store(folder).close()
    with closing(reopened(folder)) as store:
        assert store.identity.mission == "TOK"
    assert [each.name for each in tmp_path.iterdir()] == [name]


def _uses() -> list[Callable[[Store], Any]]:
    return [
        lambda store: store.work().__enter__(),
        lambda store: store.reading().__enter__(),
        lambda store: store.data_version(),
        lambda store: store.reread_identity(),
    ]


@pytest.mark.parametrize("use", _uses())
def test_a_closed_store_stays_closed(tmp_path: Path, use: Callable[[Store], Any]) -> None:
    store = make_store(tmp_path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="The store is closed"):
        use(store)


def test_opening_a_store_loads_nothing_that_only_migrations_need() -> None:
    code = "import sys, embassy_desk.store.opening; print('alembic' in sys.modules)"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert child.stdout.split() == [b"False"]


def test_closing_leaves_one_file(closed: Path) -> None:
    assert [each.name for each in closed.iterdir()] == [STORE_FILE]


def test_closing_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    with store.work() as work:
        work.save(make_contact())
        store.close()
        work.commit()
    assert [each.name for each in tmp_path.iterdir()] == [STORE_FILE]
    with closing(_open(tmp_path)) as again, again.reading() as reader:
        assert reader.count(Contact) == 1


def test_closing_does_not_wait_for_a_reader(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    with store.reading() as reader:
        assert reader.count(Contact) == 0
        with store.work() as work:
            work.save(make_contact())
            work.commit()
        store.close()
        assert reader.count(Contact) == 0
    assert [each.name for each in tmp_path.iterdir()] == [STORE_FILE]
    with closing(_open(tmp_path)) as again, again.reading() as work:
        assert work.count(Contact) == 1
