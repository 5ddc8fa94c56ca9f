"""Back from a backup: all of it or nothing, and what was there before is set aside."""

import shutil
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.integration.application.conftest import NOW, PASSPHRASE, clock

from embassy_desk.application.attachments import attach, read_attachment
from embassy_desk.application.backups import Why
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile, create_profile, open_profile
from embassy_desk.application.records import enter_record
from embassy_desk.application.restoring import (
    finish_restoring,
    restore,
    stores_set_aside,
    sweep_kept,
)
from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import DamageError, DeskError, MissingError, SignInError
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.store.work import UnitOfWork


def enter(profile: Profile, name: str) -> None:
    perform(profile.store, enter_record, "contact", {"given_name": name, "family_name": "Đặng"})


def names(profile: Profile) -> list[str]:
    def contacts(work: UnitOfWork) -> list[str]:
        return sorted(each.given_name for each in work.all(Contact))

    return answer(profile.store, contacts)


def reopened(folder: Path, passphrase: str = PASSPHRASE) -> Profile:
    return open_profile(folder, passphrase, clock)


def content(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and each.name != "store.lock"
    }


def test_restored_store_is_that_of_the_backup_and_the_present_one_is_kept(
    profile: Profile,
) -> None:
    enter(profile, "An")
    made = profile.back_up_beside(Why.DAILY, NOW)
    enter(profile, "Bình")
    profile.close()
    result = restore(profile.folder, made.path, PASSPHRASE, clock)
    assert result.found.operations == 2
    with_backup = reopened(profile.folder)
    assert names(with_backup) == ["An"]
    with_backup.close()
    assert result.kept is not None
    kept = reopened(result.kept)
    assert names(kept) == ["An", "Bình"]
    kept.close()


def test_store_that_was_set_aside_comes_back_with_its_files(
    profile: Profile, tmp_path: Path
) -> None:
    made = profile.back_up_beside(Why.DAILY, NOW)
    enter(profile, "An")
    letter = tmp_path / "letter.txt"
    letter.write_text("Kính gửi", encoding="utf-8")
    with profile.store.work() as work:
        (contact,) = work.all(Contact)
        attach(work, profile.store, contact, letter)
        work.commit()
    profile.close()
    assert stores_set_aside(profile.folder) == ()
    restore(profile.folder, made.path, PASSPHRASE, lambda: NOW)
    (aside,) = stores_set_aside(profile.folder)
    assert aside.at == NOW
    restore(profile.folder, aside.path, PASSPHRASE, lambda: NOW + timedelta(minutes=1))
    with closing(reopened(profile.folder)) as back:
        assert names(back) == ["An"]
        attached = answer(back.store, lambda work: work.all(Attachment)[0].id)
        found = answer(back.store, read_attachment, back.store, attached)
        assert found == "Kính gửi".encode()
    assert len(stores_set_aside(profile.folder)) == 2


def test_damaged_store_that_was_set_aside_is_refused_and_changes_nothing(profile: Profile) -> None:
    made = profile.back_up_beside(Why.DAILY, NOW)
    profile.close()
    restore(profile.folder, made.path, PASSPHRASE, clock)
    (aside,) = stores_set_aside(profile.folder)
    damaged = bytearray(aside.path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    aside.path.unlink()  # it may be one file with the backup's
    aside.path.write_bytes(damaged)
    before = content(profile.folder)
    with pytest.raises(DamageError):
        restore(profile.folder, aside.path, PASSPHRASE, clock)
    assert content(profile.folder) == before


def test_backup_by_hand_brings_a_new_computer_to_life(profile: Profile, tmp_path: Path) -> None:
    enter(profile, "An")
    profile.back_up(tmp_path / "stick.zip")
    profile.close()
    shutil.rmtree(profile.folder)
    result = restore(tmp_path / "new" / "profile", tmp_path / "stick.zip", PASSPHRASE, clock)
    assert result.kept is None
    opened = reopened(tmp_path / "new" / "profile")
    assert names(opened) == ["An"]
    assert opened.verify().problems == ()
    opened.close()


def test_wrong_passphrase_changes_nothing(profile: Profile) -> None:
    made = profile.back_up_beside(Why.DAILY, NOW)
    profile.close()
    before = content(profile.folder)
    with pytest.raises(SignInError):
        restore(profile.folder, made.path, "another passphrase altogether", clock)
    assert content(profile.folder) == before


@pytest.mark.parametrize(
    "names_inside",
    [[], ["other.txt"], ["store.db", "../evil"], ["store.db", "attachments/../../evil"]],
)
def test_what_is_no_backup_is_refused_and_changes_nothing(
    profile: Profile, tmp_path: Path, names_inside: list[str]
) -> None:
    profile.close()
    with zipfile.ZipFile(tmp_path / "foreign.zip", "w") as archive:
        for each in names_inside:
            archive.writestr(each, b"x" * 5000)
    before = content(profile.folder)
    with pytest.raises(DamageError):
        restore(profile.folder, tmp_path / "foreign.zip", PASSPHRASE, clock)
    assert content(profile.folder) == before
    assert not list(tmp_path.rglob("evil"))


def test_missing_file_is_named(profile: Profile, tmp_path: Path) -> None:
    profile.close()
    with pytest.raises(MissingError, match=r"gone\.zip"):
        restore(profile.folder, tmp_path / "gone.zip", PASSPHRASE, clock)


def test_backup_of_a_colleague_does_not_open_with_our_passphrase(
    profile: Profile, tmp_path: Path
) -> None:
    other = create_profile(
        tmp_path / "other", "bảy con cò trắng trên sông", clock,
        mission="TOK", person="Bình", parameters=FLOOR,
    )  # fmt: skip
    other.back_up(tmp_path / "other.zip")
    other.close()
    profile.close()
    with pytest.raises(SignInError):
        restore(profile.folder, tmp_path / "other.zip", PASSPHRASE, clock)


def test_damaged_present_store_does_not_stand_in_the_way(profile: Profile) -> None:
    enter(profile, "An")
    made = profile.back_up_beside(Why.DAILY, NOW)
    profile.close()
    (profile.folder / "store.db").write_bytes(b"")
    with pytest.raises(DamageError):
        reopened(profile.folder)
    restore(profile.folder, made.path, PASSPHRASE, clock)
    opened = reopened(profile.folder)
    assert names(opened) == ["An"]
    opened.close()


def test_lost_key_files_come_back_with_the_backup(profile: Profile) -> None:
    made = profile.back_up_beside(Why.DAILY, NOW)
    profile.close()
    for name in ("store.key", "store.key2"):
        (profile.folder / name).unlink()
    restore(profile.folder, made.path, PASSPHRASE, clock)
    opened = reopened(profile.folder)
    assert opened.verify().problems == ()
    opened.close()


def test_restore_cut_off_before_it_was_ready_changes_nothing(profile: Profile) -> None:
    enter(profile, "An")
    profile.close()
    (profile.folder / "restoring").mkdir()
    (profile.folder / "restoring" / "store.db").write_bytes(b"half")
    opened = reopened(profile.folder)
    assert names(opened) == ["An"]
    opened.close()


@pytest.mark.parametrize("moved", [(), ("store.key",), ("store.key", "store.key2", "store.db")])
def test_restore_cut_off_when_it_was_ready_goes_on(
    profile: Profile, tmp_path: Path, moved: tuple[str, ...]
) -> None:
    enter(profile, "An")
    profile.back_up(tmp_path / "stick.zip")
    enter(profile, "Bình")
    profile.close()
    making = profile.folder / "restoring"
    with zipfile.ZipFile(tmp_path / "stick.zip") as archive:
        archive.extractall(making)
    (making / "about.json").unlink(missing_ok=True)
    (making / "ready").write_bytes(b"")
    for name in moved:
        (making / name).replace(profile.folder / name)
    finish_restoring(profile.folder)
    opened = open_profile(profile.folder, PASSPHRASE, clock, is_accepted=True)
    assert names(opened) == ["An"]
    opened.close()
    assert not making.exists()


def test_attachments_come_back_from_backups_beside_the_store(
    profile: Profile, tmp_path: Path
) -> None:
    (tmp_path / "note.pdf").write_bytes(b"%PDF-1.7 made up")
    record = perform(profile.store, enter_record, "contact", {"given_name": "An"})[0]
    file = tmp_path / "note.pdf"
    attachment, _ = perform(profile.store, attach, profile.store, record, file)
    made = profile.back_up_beside(Why.DAILY, NOW)
    profile.close()
    restore(tmp_path / "new", made.path, PASSPHRASE, clock)
    opened = reopened(tmp_path / "new")
    found = answer(opened.store, read_attachment, opened.store, attachment.id)
    assert found == b"%PDF-1.7 made up"
    opened.close()


def test_stores_set_aside_go_after_a_month(profile: Profile) -> None:
    made = profile.back_up_beside(Why.DAILY, NOW)
    profile.close()
    result = restore(profile.folder, made.path, PASSPHRASE, lambda: NOW)
    assert result.kept is not None
    assert sweep_kept(profile.folder, NOW + timedelta(days=29)) == ()
    assert sweep_kept(profile.folder, NOW + timedelta(days=31)) == (result.kept,)
    assert not result.kept.exists()


def test_no_refusal_is_a_bug(profile: Profile, tmp_path: Path) -> None:
    profile.close()
    for number, junk in enumerate(
        (b"", b"PK\x03\x04", b"\x00" * 10_000, b"PK\x05\x06" + b"\0" * 18)
    ):
        file = tmp_path / f"{number}.zip"
        file.write_bytes(junk)
        with pytest.raises(DeskError):
            restore(profile.folder, file, PASSPHRASE, clock)
