"""Backups that the desk makes by itself: proved, few, and never the last one thrown away."""

import random
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from tests.integration.application.conftest import NOW, PASSPHRASE, clock

from embassy_desk.application.backups import (
    Backup,
    Why,
    is_due,
    kept_of,
    local_backups,
    newest_backup,
    thin,
)
from embassy_desk.application.keys import choose_passphrase
from embassy_desk.application.profile import Profile
from embassy_desk.application.restoring import restore
from embassy_desk.application.rounds import make_rounds
from embassy_desk.domain.errors import StoreError
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.settings.reserve import RESERVE_FILE

NEW = "bảy con cò trắng trên sông Hồng"


def of_day(days_ago: float, why: Why = Why.DAILY) -> Backup:
    moment = NOW - timedelta(days=days_ago)
    return Backup(Path(f"{moment:%Y%m%d-%H%M%S}"), moment, why, 1, 1, 1)


def test_backup_is_proved_described_and_holds_no_keys(profile: Profile) -> None:
    made = profile.back_up_beside(Why.DAILY, NOW)
    assert made == newest_backup(profile.folder)
    assert (made.why, made.made_at, made.operations) == (Why.DAILY, NOW, 1)
    with zipfile.ZipFile(made.path) as archive:
        assert archive.namelist() == ["store.db", "about.json"]
    assert (profile.folder / "backups" / "store.key").is_file()


def test_one_backup_a_day_is_due(profile: Profile) -> None:
    assert is_due(profile.folder, NOW)
    profile.back_up_beside(Why.DAILY, NOW)
    assert not is_due(profile.folder, NOW + timedelta(hours=3))
    assert is_due(profile.folder, NOW + timedelta(days=1))


def test_what_is_due_is_done_once_a_day(profile: Profile) -> None:
    today = profile.store.clock()
    made = make_rounds(profile, today)
    assert made is not None
    assert made.why is Why.DAILY
    assert (profile.folder / RESERVE_FILE).is_file()
    assert make_rounds(profile, today) is None


def test_a_backup_is_made_before_many_records_are_taken_in(profile: Profile) -> None:
    assert profile.back_up_before_import(100, profile.store.clock()) is None
    made = profile.back_up_before_import(101, profile.store.clock())
    assert made is not None
    assert made.why is Why.BEFORE_IMPORT


def test_damaged_store_takes_the_place_of_no_backup(profile: Profile) -> None:
    before = profile.back_up_beside(Why.DAILY, NOW)
    with profile.store.work() as work:
        work.raw.execute("UPDATE sync_op SET digest = zeroblob(16) WHERE nseq = 1")
        work.commit()
    with pytest.raises(StoreError):
        profile.back_up_beside(Why.DAILY, NOW + timedelta(days=1))
    assert local_backups(profile.folder) == (before,)


def test_seven_days_four_weeks_and_three_months_are_kept() -> None:
    every_day = [of_day(days) for days in range(200)]
    kept = kept_of(every_day, NOW)
    assert set(every_day[:7]) <= kept
    assert len(kept) <= 7 + 4 + 3
    assert NOW - min(each.made_at for each in kept) > timedelta(days=30)
    assert len({each.made_at.isocalendar()[:2] for each in kept}) >= 4
    assert len({each.made_at.month for each in kept}) >= 3


def test_long_silence_throws_nothing_away() -> None:
    few = [of_day(days) for days in (400, 500, 600)]
    assert kept_of(few, NOW) == frozenset(few)


def test_backups_before_an_event_stay_for_a_week() -> None:
    same_day = [of_day(0.1), of_day(0.2, Why.BEFORE_IMPORT), of_day(0.3)]
    assert kept_of(same_day, NOW) == frozenset(same_day[:2])
    assert kept_of(same_day, NOW + timedelta(days=8)) == frozenset(same_day[:1])


def test_full_folder_keeps_the_newest_whatever_its_size(profile: Profile) -> None:
    for days in range(3):
        profile.back_up_beside(Why.DAILY, NOW + timedelta(days=days))
    newest = newest_backup(profile.folder)
    gone = thin(profile.folder, NOW + timedelta(days=2), most_bytes=1)
    assert len(gone) == 2
    assert local_backups(profile.folder) == (newest,)


def test_after_a_change_the_new_passphrase_opens_old_backups(
    profile: Profile, tmp_path: Path
) -> None:
    made = profile.back_up_beside(Why.DAILY, NOW)
    profile.close()
    choose_passphrase(profile.folder, PASSPHRASE, NEW, parameters=FLOOR)
    for each in (profile.folder / "backups").iterdir():
        assert each.name in {made.path.name, "store.key"}
    restore(tmp_path / "other computer", made.path, NEW, clock)
    with pytest.raises(Exception, match="passphrase is not right"):
        restore(tmp_path / "third computer", made.path, PASSPHRASE, clock)


def test_damaged_backup_is_passed_over(profile: Profile) -> None:
    first = profile.back_up_beside(Why.DAILY, NOW)
    second = profile.back_up_beside(Why.DAILY, NOW + timedelta(days=1))
    second.path.write_bytes(second.path.read_bytes()[:1000])
    assert newest_backup(profile.folder) == first


def test_flipped_bits_in_a_backup_never_give_another_store(
    profile: Profile, tmp_path: Path
) -> None:
    made = profile.back_up_beside(Why.DAILY, NOW)
    chain, whole = profile.verify().chain, made.path.read_bytes()
    profile.close()
    dice, refused = random.Random(2026), 0
    for number in range(10):
        damaged = bytearray(whole)
        damaged[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        made.path.write_bytes(damaged)
        try:
            found = restore(tmp_path / f"{number}", made.path, PASSPHRASE, clock).found
        except StoreError:
            refused += 1
        else:
            assert (found.chain, found.problems) == (chain, ())
    assert refused >= 9
    made.path.write_bytes(whole)
    assert restore(tmp_path / "whole", made.path, PASSPHRASE, clock).found.chain == chain
