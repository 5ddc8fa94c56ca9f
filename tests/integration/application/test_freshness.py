"""An older store, a cut log, a page put back: found at opening, told in words; and no false alarm.

Every attack runs a second time without the mark, where it must slip through: so it is the mark
that finds it.
"""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.integration.application.conftest import PASSPHRASE, clock

from embassy_desk.application.office import perform
from embassy_desk.application.profile import Profile, open_profile
from embassy_desk.application.records import enter_record
from embassy_desk.domain.errors import DamageError
from embassy_desk.settings.places import MARK_FILE
from embassy_desk.store.standing import PAGE_BYTES
from embassy_desk.vault.protected import Protected
from makers.keyrings import KeptInMemory, Locked, Silent, Swapped

STORE, LOG = "store.db", "store.db-wal"
Attack = Callable[[Path, Path], None]


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "profile")
    return tmp_path / "profile"


def opened(folder: Path, *, is_accepted: bool = False, keyring: object = None) -> Profile:
    protected = Protected(keyring) if keyring else None  # type: ignore[arg-type]
    return open_profile(folder, PASSPHRASE, clock, protected=protected, is_accepted=is_accepted)


def is_fine(folder: Path) -> bool:
    """Return whether a store opens without a finding, and is whole."""
    profile = opened(folder)
    try:
        return not profile.verify().problems
    finally:
        profile.close()


def enter(profile: Profile, count: int) -> None:
    for number in range(count):
        values = {"family_name": "Đặng", "given_name": f"Hường {number}", "notes": "n" * 500}
        perform(profile.store, enter_record, "contact", values)


def save(folder: Path, count: int, *, keyring: object = None) -> None:
    profile = opened(folder, keyring=keyring)
    enter(profile, count)
    profile.close()


def crash(folder: Path, *counts: int) -> None:
    """Leave a store as a power cut does: the log beside it, nothing noted at the end."""
    profile = opened(folder)
    for count in counts:
        enter(profile, count)
        profile.freshness.note_use()
    shutil.copytree(folder, folder.with_name("crashed"))
    profile.close()
    shutil.rmtree(folder)
    folder.with_name("crashed").rename(folder)


def put_old_copy_back(folder: Path, old: Path) -> None:
    shutil.copy(old / STORE, folder / STORE)


def put_page_back(folder: Path, old: Path) -> None:
    """Put one old page, still authentic, into the newer file."""
    before, after = (old / STORE).read_bytes(), bytearray((folder / STORE).read_bytes())
    changed = [
        at
        for at in range(PAGE_BYTES, min(len(before), len(after)), PAGE_BYTES)
        if before[at : at + PAGE_BYTES] != after[at : at + PAGE_BYTES]
    ]
    at = changed[len(changed) // 2]
    after[at : at + PAGE_BYTES] = before[at : at + PAGE_BYTES]
    (folder / STORE).write_bytes(after)


@pytest.mark.parametrize("attack", [put_old_copy_back, put_page_back])
def test_older_content_is_found_and_told(folder: Path, tmp_path: Path, attack: Attack) -> None:
    save(folder, 5)
    shutil.copytree(folder, tmp_path / "old")
    save(folder, 20)
    attack(folder, tmp_path / "old")
    with pytest.raises(DamageError) as refusal:
        opened(folder)
    assert len(refusal.value.findings) == 2, "what is wrong, and how far it goes"
    assert "until" in refusal.value.findings[-1].message
    assert refusal.value.can_go_on


@pytest.mark.parametrize("attack", [put_old_copy_back, put_page_back])
def test_without_the_mark_older_content_slips_through(
    folder: Path, tmp_path: Path, attack: Attack
) -> None:
    save(folder, 5)
    shutil.copytree(folder, tmp_path / "old")
    save(folder, 20)
    attack(folder, tmp_path / "old")
    (folder / MARK_FILE).unlink()
    opened(folder).close()
    assert (folder / MARK_FILE).exists()


def test_missing_changes_are_counted(folder: Path, tmp_path: Path) -> None:
    save(folder, 5)
    shutil.copytree(folder, tmp_path / "old")
    save(folder, 20)
    put_old_copy_back(folder, tmp_path / "old")
    with pytest.raises(DamageError) as refusal:
        opened(folder)
    assert [each.count for each in refusal.value.findings][:1] == [20]


def test_whole_folder_put_back_is_found_by_the_keyring(folder: Path, tmp_path: Path) -> None:
    keyring = KeptInMemory()
    save(folder, 5, keyring=keyring)
    shutil.copytree(folder, tmp_path / "old")
    save(folder, 20, keyring=keyring)
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "old", folder)
    with pytest.raises(DamageError):
        opened(folder, keyring=keyring)
    opened(folder, keyring=KeptInMemory()).close()  # the control: another keyring knows nothing


def test_log_cut_after_a_crash_is_found(folder: Path) -> None:
    crash(folder, 5, 5)
    (folder / LOG).unlink()
    with pytest.raises(DamageError) as refusal:
        opened(folder)
    assert [each.count for each in refusal.value.findings][:1] == [10]


def test_flipped_bits_in_a_log_are_found(folder: Path, tmp_path: Path) -> None:
    crash(folder, 5, 5)
    whole, dice = (folder / LOG).read_bytes(), random.Random(2026)
    for number in range(10):
        copy = tmp_path / f"{number}"
        shutil.copytree(folder, copy)
        damaged = bytearray(whole)
        damaged[dice.randrange(32, len(whole))] ^= 1 << dice.randrange(8)
        (copy / LOG).write_bytes(damaged)
        with pytest.raises(DamageError):
            opened(copy)
    (folder / MARK_FILE).unlink()
    (folder / LOG).write_bytes(damaged)
    opened(folder).close()  # the control: without the mark the loss is silent


def test_crash_alone_is_no_finding(folder: Path) -> None:
    crash(folder, 5, 5)
    profile = opened(folder)
    assert profile.verify().operations == 11
    profile.close()


def test_log_planted_beside_a_closed_store_hides_nothing(folder: Path, tmp_path: Path) -> None:
    save(folder, 5)
    shutil.copytree(folder, tmp_path / "old")
    save(folder, 20)
    put_page_back(folder, tmp_path / "old")
    (folder / LOG).write_bytes(b"planted")
    with pytest.raises(DamageError):
        opened(folder)


def test_empty_and_missing_files_are_told_apart(folder: Path, tmp_path: Path) -> None:
    save(folder, 1)
    (folder / STORE).write_bytes(b"")
    with pytest.raises(DamageError, match="is empty"):
        opened(folder)
    (folder / STORE).unlink()
    with pytest.raises(DamageError, match="is missing"):
        opened(folder)
    assert not (folder / STORE).exists(), "a store was made where one was expected"


def test_accepted_store_opens_and_counts_as_the_newest(folder: Path, tmp_path: Path) -> None:
    save(folder, 5)
    shutil.copytree(folder, tmp_path / "old")
    save(folder, 20)
    put_old_copy_back(folder, tmp_path / "old")
    opened(folder, is_accepted=True).close()
    save(folder, 1)
    assert is_fine(folder)


def test_two_processes_at_once_raise_no_alarm(folder: Path) -> None:
    first = opened(folder)
    enter(first, 3)
    second = opened(folder)
    enter(second, 3)
    second.close()
    enter(first, 3)
    third = opened(folder)
    first.close()
    enter(third, 3)
    third.close()
    assert is_fine(folder)


@pytest.mark.parametrize("keyring", [Locked(), Swapped()], ids=["locked", "swapped"])
def test_strange_keyring_costs_nothing(folder: Path, keyring: object) -> None:
    save(folder, 3, keyring=keyring)
    save(folder, 3, keyring=keyring)
    assert is_fine(folder)


def test_silent_keyring_costs_nothing(folder: Path) -> None:
    silent = Silent()
    protected = Protected(silent, patience_s=0.05)
    open_profile(folder, PASSPHRASE, clock, protected=protected).close()
    silent.is_over.set()
    assert is_fine(folder)


def test_mark_of_a_stranger_is_not_believed(folder: Path, tmp_path: Path) -> None:
    save(folder, 3)
    text = (folder / MARK_FILE).read_text(encoding="utf-8")
    (folder / MARK_FILE).write_text(text.replace('"changes":', '"changes":9'), encoding="utf-8")
    assert is_fine(folder)


def test_every_flipped_bit_is_found_at_the_latest_by_the_daily_check(folder: Path) -> None:
    save(folder, 3)
    whole, dice, found = (folder / STORE).read_bytes(), random.Random(2026), 0
    for _ in range(20):
        damaged = bytearray(whole)
        damaged[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        (folder / STORE).write_bytes(damaged)
        found += is_seen(folder)
    (folder / STORE).write_bytes(whole)
    assert (found, is_seen(folder)) == (20, False)


def is_seen(folder: Path) -> bool:
    """Return whether opening or checking a store tells that it is damaged."""
    try:
        profile = opened(folder, is_accepted=True)
    except DamageError:
        return True
    try:
        return bool(profile.verify().problems)
    except DamageError:
        return True
    finally:
        profile.close()
