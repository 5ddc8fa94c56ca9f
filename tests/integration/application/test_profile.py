"""Making, opening and backing up a profile."""

import shutil
import sqlite3
import stat
import zipfile
from pathlib import Path

import pytest
from tests.integration.application.conftest import PASSPHRASE, clock

from embassy_desk.application.office import answer
from embassy_desk.application.profile import Profile, create_profile, open_profile
from embassy_desk.domain.errors import InvalidError, RefusedError, SignInError, StoreError
from embassy_desk.domain.mission import Mission
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.staff import Staff
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.settings.places import MARK_FILE, STORE_FILE, is_set_up
from embassy_desk.store.work import UnitOfWork
from embassy_desk.vault.header import KEY_FILES


def test_new_profile_knows_its_owner_and_the_reference_data(profile: Profile) -> None:
    def owner(work: UnitOfWork) -> Staff:
        return work.get(Staff, profile.store.identity.owner)

    assert answer(profile.store, owner).heading == "Nguyễn Văn An"
    with profile.store.reading() as work:
        assert [each.code for each in work.all(Mission, code="TOK")] == ["TOK"]
        ministries = [each for each in work.all(Organisation) if each.short_name == "BTTTT"]
        assert [each.succeeded_on.isoformat() for each in ministries if each.succeeded_on]


def test_shipped_rows_write_no_operation(profile: Profile) -> None:
    found = profile.verify()
    assert found.problems == ()
    assert found.operations == 1  # the owner
    assert found.records > 500


def test_wrong_passphrase_is_refused_in_words(profile: Profile) -> None:
    with pytest.raises(SignInError) as refusal:
        open_profile(profile.folder, "another passphrase altogether", clock)
    assert "passphrase" in str(refusal.value)


def test_plain_sqlite_cannot_open_the_store(profile: Profile) -> None:
    connection = sqlite3.connect(profile.folder / "store.db")
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.close()


@pytest.mark.parametrize(
    ("passphrase", "mission", "person", "field"),
    [
        ("short", "TOK", "An", "passphrase"),
        (PASSPHRASE, "XQX", "An", "mission"),
        (PASSPHRASE, "TOK", "  ", "person"),
    ],
)
def test_refused_set_up_leaves_nothing_behind(
    tmp_path: Path, passphrase: str, mission: str, person: str, field: str
) -> None:
    with pytest.raises(InvalidError) as refusal:
        create_profile(
            tmp_path / "p", passphrase, clock, mission=mission, person=person, parameters=FLOOR
        )
    assert [each.field for each in refusal.value.problems] == [field]
    assert not is_set_up(tmp_path / "p")
    assert not list((tmp_path / "p").glob("*")) if (tmp_path / "p").exists() else True


def test_second_store_in_a_folder_is_refused(profile: Profile) -> None:
    with pytest.raises(RefusedError):
        create_profile(profile.folder, PASSPHRASE, clock, mission="TOK", person="An")


def test_no_store_is_made_where_one_was_lost(profile: Profile) -> None:
    profile.close()
    for name in (STORE_FILE, *KEY_FILES):
        (profile.folder / name).unlink()
    assert (profile.folder / MARK_FILE).exists()
    with pytest.raises(RefusedError, match="without their store"):
        create_profile(profile.folder, PASSPHRASE, clock, mission="TOK", person="An")


def test_crash_while_making_leaves_no_store_and_can_be_repeated(
    tmp_path: Path, template: Path
) -> None:
    folder = tmp_path / "p"
    shutil.copytree(template, folder / "unfinished")
    (folder / "store.key").write_bytes((template / "store.key").read_bytes())
    assert not is_set_up(folder)
    made = create_profile(folder, PASSPHRASE, clock, mission="TOK", person="An", parameters=FLOOR)
    made.close()
    assert not (folder / "unfinished").exists()
    open_profile(folder, PASSPHRASE, clock).close()


def test_opening_never_makes_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        open_profile(tmp_path / "nothing", PASSPHRASE, clock)
    assert not (tmp_path / "nothing").exists()


def test_backup_is_one_sealed_file_that_opens_with_the_passphrase(
    profile: Profile, tmp_path: Path
) -> None:
    target = tmp_path / "backup.zip"
    result = profile.back_up(target)
    assert result.problems == ()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with zipfile.ZipFile(target) as archive:
        assert {"store.db", "store.key", "store.key2"} <= set(archive.namelist())
        archive.extractall(tmp_path / "copy")
    copy = open_profile(tmp_path / "copy", PASSPHRASE, clock)
    assert copy.verify().chain == profile.verify().chain
    copy.close()


def test_failed_backup_leaves_the_former_one(profile: Profile, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        profile.back_up(tmp_path / "no such folder" / "backup.zip")
    assert not list(profile.folder.glob("backup-*"))
