"""A copy is proven before it counts, and what could not be finished leaves nothing behind."""

import os
import shutil
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import StoppedError, StoreError
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.store.backups import back_up, copy_store, unpack
from embassy_desk.store.connections import connect
from embassy_desk.store.opening import STORE_FILE, Store
from embassy_desk.store.verifying import verify
from makers import identity, make_contact
from makers.stores import KEY, operations_of, reopened

_BACK_UP_ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from embassy_desk.domain.errors import StoreError
from embassy_desk.store.backups import back_up, copy_store
from makers.stores import KEY
path, target = Path(sys.argv[1]), Path(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
for copy in (lambda: copy_store(path, KEY, target), lambda: back_up(path, KEY, [], target)):
    try:
        copy()
    except StoreError as error:
        print(error)
"""


@pytest.fixture
def store_with_contacts(store: Store) -> Store:
    """A store with a hundred contacts, its last changes still in the write-ahead log."""
    with store.work() as work:
        work.add_all([make_contact(id=identity(f"{n}"), ref="") for n in range(100)])
        work.commit()
    return store


def test_a_copy_opens_with_the_key_and_holds_everything(
    store_with_contacts: Store, tmp_path: Path
) -> None:
    target = tmp_path / "copies"
    target.mkdir()
    result = copy_store(store_with_contacts.path, KEY, target / STORE_FILE)
    assert (result.records, result.operations, result.problems) == (100, 100, ())
    with closing(reopened(target)) as copy:
        assert operations_of(copy) == operations_of(store_with_contacts)
        with copy.reading() as work:
            assert work.count(Contact) == 100
            assert verify(work.raw) == result


def test_a_copy_is_one_file_and_opens_with_no_other_key(
    store_with_contacts: Store, tmp_path: Path
) -> None:
    target = tmp_path / "copies"
    target.mkdir()
    copy_store(store_with_contacts.path, KEY, target / "copy.db")
    assert [each.name for each in target.iterdir()] == ["copy.db"]
    with pytest.raises(StoreError, match="wrong key"):
        connect(target / "copy.db", StoreKey.made())


def test_a_copy_made_while_somebody_writes_is_of_one_moment(
    store_with_contacts: Store, tmp_path: Path
) -> None:
    with store_with_contacts.work() as work:
        work.save(make_contact(id=identity("half"), ref=""))
        result = copy_store(store_with_contacts.path, KEY, tmp_path / "copy.db")
        work.commit()
    assert (result.records, result.operations) == (100, 100)


def test_a_backup_holds_store_header_and_attachments(
    store_with_contacts: Store, tmp_path: Path
) -> None:
    (tmp_path / "header.json").write_text("{}")
    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments" / "ab12").write_bytes(b"sealed")
    back_up(store_with_contacts.path, KEY, [tmp_path / "header.json"], tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        assert archive.namelist() == [STORE_FILE, "header.json", "attachments/ab12"]
        assert archive.read("attachments/ab12") == b"sealed"
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
        archive.extract(STORE_FILE, tmp_path / "restored")
    with closing(reopened(tmp_path / "restored")) as restored:
        assert operations_of(restored) == operations_of(store_with_contacts)


def test_a_backup_leaves_nothing_else_in_the_folder(
    store_with_contacts: Store, tmp_path: Path
) -> None:
    before = {each.name for each in tmp_path.iterdir()}
    back_up(store_with_contacts.path, KEY, [], tmp_path / "backup.zip")
    assert {each.name for each in tmp_path.iterdir()} == before | {"backup.zip"}


def test_what_a_crash_left_of_an_older_backup_is_removed(
    store_with_contacts: Store, tmp_path: Path
) -> None:
    old, young, foreign = (tmp_path / name for name in ("backup-old", "backup-young", "other"))
    for folder in (old, young, foreign):
        folder.mkdir()
        (folder / STORE_FILE).write_bytes(b"half a copy")
    two_days_ago = young.stat().st_mtime - 2 * 24 * 3600
    for folder in (old, foreign):
        os.utime(folder, (two_days_ago, two_days_ago))
    back_up(store_with_contacts.path, KEY, [], tmp_path / "backup.zip")
    assert [each.exists() for each in (old, young, foreign)] == [False, True, True]


def test_a_new_backup_takes_the_place_of_the_old_one(
    store_with_contacts: Store, tmp_path: Path
) -> None:
    target = tmp_path / "backup.zip"
    target.write_bytes(b"the backup of yesterday")
    back_up(store_with_contacts.path, KEY, [], target)
    assert zipfile.is_zipfile(target)


def test_a_copy_never_touches_a_file_that_is_there(
    store_with_contacts: Store, tmp_path: Path
) -> None:
    target = tmp_path / "precious.db"
    target.write_bytes(b"precious")
    with pytest.raises(StoreError, match="a file at"):
        copy_store(store_with_contacts.path, KEY, target)
    assert target.read_bytes() == b"precious"


@pytest.mark.parametrize("wrong", ["missing", "missing/deeper", "store.db"])
def test_a_target_that_cannot_be_written_is_named(
    store_with_contacts: Store, tmp_path: Path, wrong: str
) -> None:
    before = {each.name for each in tmp_path.iterdir()}
    for copy in (
        lambda target: copy_store(store_with_contacts.path, KEY, target),
        lambda target: back_up(store_with_contacts.path, KEY, [], target),
    ):
        with pytest.raises(StoreError):
            copy(tmp_path / wrong / "copy.db")
    assert {each.name for each in tmp_path.iterdir()} == before


class WipedSoon(StoreKey):
    """A key that a lock wipes as soon as both connections are open."""

    used = 0

    def hex96(self) -> str:
        digits = super().hex96()
        self.used += 1
        if self.used == 2:
            self.wipe()
        return digits


def test_no_turned_bit_of_the_directory_makes_a_part_of_a_backup_vanish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _file: None)  # nothing here outlives the test
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        for name in ("store.db", "store.key", "store.key2", "attachments/" + 32 * "a"):
            archive.writestr(name, name)
    content, damaged = whole.read_bytes(), tmp_path / "damaged.zip"
    begins = content.index(b"PK\x01\x02")
    for bit in range(8 * begins, 8 * len(content)):
        turned = bytearray(content)
        turned[bit // 8] ^= 1 << bit % 8
        damaged.unlink(missing_ok=True)  # written over, it would be brought to the disk each time
        damaged.write_bytes(turned)
        found = tmp_path / "found"
        found.mkdir()
        try:
            unpack(damaged, found)
            assert len([each for each in found.rglob("*") if each.is_file()]) == 4, f"bit {bit}"
        except StoreError:
            assert bit > 0
        shutil.rmtree(found)


def test_a_lock_ends_a_backup_and_nothing_of_it_stays(store: Store, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    key = WipedSoon(bytes(range(48)))
    with pytest.raises(StoppedError):
        back_up(store.path, key, [], tmp_path / "stopped.zip")
    assert key.is_wiped
    assert sorted(tmp_path.iterdir()) == before


def test_a_damaged_store_is_not_copied_as_if_it_were_whole(
    store_with_contacts: Store, tmp_path: Path
) -> None:
    with closing(connect(store_with_contacts.path, KEY)) as raw:
        raw.execute("UPDATE sync_op SET digest = zeroblob(16) WHERE nseq = 50")
    with pytest.raises(StoreError, match="Change 50 in the log was altered"):
        copy_store(store_with_contacts.path, KEY, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_stray_write_does_not_keep_a_backup_from_being_made(
    store_with_contacts: Store, tmp_path: Path
) -> None:
    with closing(connect(store_with_contacts.path, KEY)) as raw:
        raw.execute("UPDATE contact SET notes = 'stray' WHERE id = ?", (identity("7").hex,))
    assert copy_store(store_with_contacts.path, KEY, tmp_path / "copy.db").strays == 1


def test_another_key_copies_nothing(store_with_contacts: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="wrong key"):
        copy_store(store_with_contacts.path, StoreKey.made(), tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows limits no file's size")
@pytest.mark.parametrize("limit", [4096, 100_000, 400_000])
def test_a_full_disk_leaves_no_half_copy(
    store_with_contacts: Store, tmp_path: Path, limit: int
) -> None:
    assert store_with_contacts.path.stat().st_size > limit
    folder = tmp_path / "disk"
    folder.mkdir()
    before = {each.name for each in tmp_path.iterdir()}
    arguments = [str(store_with_contacts.path), str(folder / "copy.db"), str(limit)]
    child = subprocess.run(
        [sys.executable, "-c", _BACK_UP_ON_A_FULL_DISK, *arguments],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert len(child.stdout.splitlines()) == 2, child.stdout
    assert list(folder.iterdir()) == []
    assert {each.name for each in tmp_path.iterdir()} == before
    with store_with_contacts.reading() as work:
        assert verify(work.raw).problems == ()
