"""The attacks on updates, each by the line and by sticks: the old version stays and runs.

The names are those of The Update Framework: arbitrary software, rollback, freeze, fast-forward,
mix and match, endless data, wrong software, and keys that are lost or too few.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.domain.errors import DeskError, RefusedError
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.updates.errors import (
    StaleError,
    UnprovedError,
)
from embassy_desk.updates.repository import Repository
from makers.update_attacks import Attack, republished
from makers.updates import (
    Desk,
    Place,
    long_ago,
    present,
)


def refused(attack: Attack, expected: type[DeskError]) -> None:
    """Try to update, expect a refusal, and see that the same version runs as before."""
    assert attack.refused(expected).code == expected.code


def test_a_tampered_piece_is_refused(attack: Attack) -> None:
    for each in (attack.place.folder / "pieces").iterdir():
        content = bytearray(each.read_bytes())
        content[len(content) // 2] ^= 1
        each.write_bytes(content)
    refused(attack, UnprovedError)


def test_a_tampered_manifest_is_refused(attack: Attack) -> None:
    for each in (attack.place.folder / "targets").rglob("*.json"):
        each.write_bytes(each.read_bytes().replace(b"0.2.0", b"9.9.9"))
    refused(attack, UnprovedError)


@pytest.mark.parametrize("role", ["targets", "snapshot", "timestamp"])
def test_signed_words_that_were_changed_are_refused(attack: Attack, role: str) -> None:
    def later(told: dict[str, Any]) -> None:
        told["signed"]["expires"] = "2099-01-01T00:00:00Z"

    attack.change(f"*{role}.json", later)
    refused(attack, UnprovedError)


@pytest.mark.parametrize("role", ["targets", "snapshot", "timestamp"])
def test_words_without_a_signature_are_refused(attack: Attack, role: str) -> None:
    attack.change(f"*{role}.json", lambda told: told.update(signatures=[]))
    refused(attack, UnprovedError)


def test_a_place_with_another_root_is_refused(attack: Attack, tmp_path: Path) -> None:
    attack.place = Place(tmp_path / "strangers", present())
    republished(attack.place, tmp_path)
    refused(attack, UnprovedError)


def test_a_key_of_the_line_makes_nobody_run_anything(attack: Attack, tmp_path: Path) -> None:
    place = attack.place
    place.keys.release, kept = place.keys.line, place.keys.release
    with pytest.raises(RefusedError, match="not the key"):
        republished(place, tmp_path)
    # Not even by going round our own maker.
    thief = Repository(place.folder)
    thief._write_release(thief.targets, place.keys.line, place.keys.line, place.at)
    place.keys.release = kept
    refused(attack, UnprovedError)


def test_an_older_time_stamp_than_was_seen_is_refused(attack: Attack, tmp_path: Path) -> None:
    shutil.copytree(attack.place.folder, tmp_path / "yesterday")
    republished(attack.place, tmp_path)
    attack.taken()
    shutil.rmtree(attack.place.folder)
    shutil.copytree(tmp_path / "yesterday", attack.place.folder)
    refused(attack, UnprovedError)


def test_an_older_version_that_is_signed_is_not_installed(attack: Attack, tmp_path: Path) -> None:
    republished(attack.place, tmp_path)
    attack.taken()
    republished(attack.place, tmp_path, "0.2.5")
    with attack.source() as source:
        assert attack.desk.install(source) is None
    assert attack.runs == "0.3.0"


def test_a_snapshot_that_lost_a_version_is_refused(attack: Attack, tmp_path: Path) -> None:
    republished(attack.place, tmp_path)
    attack.taken()
    metadata = attack.place.folder / "metadata"
    newest = max(metadata.glob("*.snapshot.json"), key=lambda each: int(each.name.split(".")[0]))
    shutil.copy(metadata / "2.snapshot.json", newest)
    attack.place.repository.renew_line(attack.place.keys.line, attack.place.at)
    (attack.desk.home.updates / "metadata" / "snapshot.json").unlink(missing_ok=True)
    (attack.desk.home.updates / "stick" / "snapshot.json").unlink(missing_ok=True)
    refused(attack, UnprovedError)


def test_a_place_that_is_frozen_is_refused_after_its_day(attack: Attack, tmp_path: Path) -> None:
    attack.place.at = long_ago(200)
    republished(attack.place, tmp_path)
    refused(attack, StaleError)
    attack.place.at = present()
    attack.place.renew()
    attack.taken()  # never a lock-out


def test_a_stick_lives_longer_than_the_line(desk: Desk, place: Place, tmp_path: Path) -> None:
    place.at = long_ago(100)
    republished(place, tmp_path)
    refused(Attack(desk, place, "line", tmp_path / "none"), StaleError)
    (tmp_path / "sticks").mkdir()
    Attack(desk, place, "folder", tmp_path / "sticks").taken()


def test_the_time_stamp_of_a_stick_does_not_hold_on_the_line(
    desk: Desk, place: Place, tmp_path: Path
) -> None:
    place.folder = place.as_stick(tmp_path / "stick")
    refused(Attack(desk, place, "line", tmp_path / "none"), UnprovedError)


def test_a_root_that_has_ended_is_no_update_and_no_lock_out(attack: Attack) -> None:
    place = attack.place
    place.repository.replace_keys(place.keys.trusted, place.keys.roots, long_ago(366))
    refused(attack, StaleError)
    place.repository.replace_keys(place.keys.trusted, place.keys.roots, present())
    attack.taken()


def test_parts_of_two_releases_are_not_mixed(attack: Attack, tmp_path: Path) -> None:
    republished(attack.place, tmp_path)
    metadata = attack.place.folder / "metadata"
    shutil.copy(metadata / "2.targets.json", metadata / "3.targets.json")
    refused(attack, UnprovedError)


def test_a_snapshot_of_another_release_is_not_mixed_in(attack: Attack, tmp_path: Path) -> None:
    republished(attack.place, tmp_path)
    metadata = attack.place.folder / "metadata"
    shutil.copy(metadata / "2.snapshot.json", metadata / "3.snapshot.json")
    refused(attack, UnprovedError)


def test_a_number_driven_up_by_a_thief_is_forgotten_with_his_key(
    attack: Attack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fast-forward: the stolen key signed number 1,000,002; the new key begins where it was."""
    place = attack.place
    stamps = [place.folder / "metadata/timestamp.json", place.folder / "stick/timestamp.json"]
    kept = [each.read_bytes() for each in stamps]
    thief = Repository(place.folder)
    with monkeypatch.context() as stolen:
        stolen.setattr("embassy_desk.updates.repository._stamps", lambda _path: 1_000_001)
        thief._write_release(thief.targets, place.keys.release, place.keys.line, place.at)
    attack.taken()
    for path, content in zip(stamps, kept, strict=True):
        path.write_bytes(content)
    place.keys.line, place.keys.release = DeviceKey.made(), DeviceKey.made()
    place.repository.replace_keys(place.keys.trusted, place.keys.roots, place.at)
    republished(place, tmp_path)
    attack.taken()
    assert attack.runs == "0.3.0"
