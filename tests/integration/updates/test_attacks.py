"""The attacks on updates, each by the line and by sticks: the old version stays and runs.

The names are those of The Update Framework: arbitrary software, rollback, freeze, fast-forward,
mix and match, endless data, wrong software, and keys that are lost or too few.
"""

import io
import json
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from embassy_desk.domain.errors import DeskError, RefusedError
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.updates.errors import (
    NoUpdatesError,
    StaleError,
    UnprovedError,
    UnreachableError,
)
from embassy_desk.updates.installing import look
from embassy_desk.updates.repository import Repository
from embassy_desk.updates.signing import Trusted
from embassy_desk.updates.sources import LineSource, Pace, Source, carried_source
from makers.updates import (
    PLATFORM,
    Desk,
    Keys,
    Place,
    bundle,
    installation,
    long_ago,
    present,
    served,
)


@dataclass
class Attack:
    """Who stands between a desk and headquarters."""

    desk: Desk
    place: Place
    road: str
    scratch: Path

    @contextmanager
    def source(self) -> Iterator[Source]:
        """Give the place as it is now."""
        with self.place.reached_by(self.road, self.scratch) as found:
            yield found

    def refused(self, expected: type[DeskError]) -> DeskError:
        """Try to update, expect a refusal, and see that the old version runs as before."""
        version = self.desk.home.current
        with self.source() as source, pytest.raises(expected) as refusal:
            self.desk.install(source)
        self.old_runs(version)
        return refusal.value

    def old_runs(self, version: str) -> None:
        """See that a version is started, and no other lies beside it."""
        done = subprocess.run(
            [self.desk.home.root / "embassy-desk", "--version"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout == f"Embassy Desk {version}\n"

    def taken(self) -> None:
        """Update, as nobody is in between."""
        with self.source() as source:
            assert self.desk.install(source) is not None

    def change(self, name: str, act: Callable[[dict[str, Any]], object]) -> None:
        """Change signed words without the key, in every copy of them."""
        for each in self.place.folder.rglob(name):
            told = json.loads(each.read_bytes())
            act(told)
            each.write_bytes(json.dumps(told).encode())


@pytest.fixture
def attack(desk: Desk, place: Place, road: str, tmp_path: Path) -> Attack:
    """An attack by one road."""
    (tmp_path / "sticks").mkdir()
    return Attack(desk, place, road, tmp_path / "sticks")


def republished(place: Place, tmp_path: Path, version: str = "0.3.0") -> None:
    """Publish one more version."""
    place.publish(bundle(tmp_path / version, version), version)


def test_a_tampered_piece_is_refused(attack: Attack) -> None:
    for each in (attack.place.folder / "pieces").iterdir():
        content = bytearray(each.read_bytes())
        content[len(content) // 2] ^= 1
        each.write_bytes(content)
    attack.refused(UnprovedError)


def test_a_tampered_manifest_is_refused(attack: Attack) -> None:
    for each in (attack.place.folder / "targets").rglob("*.json"):
        each.write_bytes(each.read_bytes().replace(b"0.2.0", b"9.9.9"))
    attack.refused(UnprovedError)


@pytest.mark.parametrize("role", ["targets", "snapshot", "timestamp"])
def test_signed_words_that_were_changed_are_refused(attack: Attack, role: str) -> None:
    def later(told: dict[str, Any]) -> None:
        told["signed"]["expires"] = "2099-01-01T00:00:00Z"

    attack.change(f"*{role}.json", later)
    attack.refused(UnprovedError)


@pytest.mark.parametrize("role", ["targets", "snapshot", "timestamp"])
def test_words_without_a_signature_are_refused(attack: Attack, role: str) -> None:
    attack.change(f"*{role}.json", lambda told: told.update(signatures=[]))
    attack.refused(UnprovedError)


def test_a_place_with_another_root_is_refused(attack: Attack, tmp_path: Path) -> None:
    attack.place = Place(tmp_path / "strangers", present())
    republished(attack.place, tmp_path)
    attack.refused(UnprovedError)


def test_a_key_of_the_line_makes_nobody_run_anything(attack: Attack, tmp_path: Path) -> None:
    place = attack.place
    place.keys.release, kept = place.keys.line, place.keys.release
    with pytest.raises(RefusedError, match="not the key"):
        republished(place, tmp_path)
    # Not even by going round our own maker.
    thief = Repository(place.folder)
    thief._write_release(thief.targets, place.keys.line, place.keys.line, place.at)
    place.keys.release = kept
    attack.refused(UnprovedError)


def test_an_older_time_stamp_than_was_seen_is_refused(attack: Attack, tmp_path: Path) -> None:
    shutil.copytree(attack.place.folder, tmp_path / "yesterday")
    republished(attack.place, tmp_path)
    attack.taken()
    shutil.rmtree(attack.place.folder)
    shutil.copytree(tmp_path / "yesterday", attack.place.folder)
    attack.refused(UnprovedError)


def test_an_older_version_that_is_signed_is_not_installed(attack: Attack, tmp_path: Path) -> None:
    republished(attack.place, tmp_path)
    attack.taken()
    republished(attack.place, tmp_path, "0.2.5")
    with attack.source() as source:
        assert attack.desk.install(source) is None
    attack.old_runs("0.3.0")


def test_a_snapshot_that_lost_a_version_is_refused(attack: Attack, tmp_path: Path) -> None:
    republished(attack.place, tmp_path)
    attack.taken()
    metadata = attack.place.folder / "metadata"
    newest = max(metadata.glob("*.snapshot.json"), key=lambda each: int(each.name.split(".")[0]))
    shutil.copy(metadata / "2.snapshot.json", newest)
    attack.place.repository.renew_line(attack.place.keys.line, attack.place.at)
    (attack.desk.home.updates / "metadata" / "snapshot.json").unlink(missing_ok=True)
    (attack.desk.home.updates / "stick" / "snapshot.json").unlink(missing_ok=True)
    attack.refused(UnprovedError)


def test_a_place_that_is_frozen_is_refused_after_its_day(attack: Attack, tmp_path: Path) -> None:
    attack.place.at = long_ago(200)
    republished(attack.place, tmp_path)
    attack.refused(StaleError)
    attack.place.at = present()
    attack.place.renew()
    attack.taken()  # never a lock-out


def test_a_stick_lives_longer_than_the_line(desk: Desk, place: Place, tmp_path: Path) -> None:
    place.at = long_ago(100)
    republished(place, tmp_path)
    Attack(desk, place, "line", tmp_path / "none").refused(StaleError)
    (tmp_path / "sticks").mkdir()
    Attack(desk, place, "folder", tmp_path / "sticks").taken()


def test_the_time_stamp_of_a_stick_does_not_hold_on_the_line(
    desk: Desk, place: Place, tmp_path: Path
) -> None:
    place.folder = place.as_stick(tmp_path / "stick")
    Attack(desk, place, "line", tmp_path / "none").refused(UnprovedError)


def test_a_root_that_has_ended_is_no_update_and_no_lock_out(attack: Attack) -> None:
    place = attack.place
    place.repository.replace_keys(place.keys.trusted, place.keys.roots, long_ago(366))
    attack.refused(StaleError)
    place.repository.replace_keys(place.keys.trusted, place.keys.roots, present())
    attack.taken()


def test_parts_of_two_releases_are_not_mixed(attack: Attack, tmp_path: Path) -> None:
    republished(attack.place, tmp_path)
    metadata = attack.place.folder / "metadata"
    shutil.copy(metadata / "2.targets.json", metadata / "3.targets.json")
    attack.refused(UnprovedError)


def test_a_snapshot_of_another_release_is_not_mixed_in(attack: Attack, tmp_path: Path) -> None:
    republished(attack.place, tmp_path)
    metadata = attack.place.folder / "metadata"
    shutil.copy(metadata / "2.snapshot.json", metadata / "3.snapshot.json")
    attack.refused(UnprovedError)


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


@pytest.mark.parametrize("role", ["root", "timestamp", "snapshot", "targets"])
def test_endless_metadata_is_not_read_to_its_end(desk: Desk, place: Place, role: str) -> None:
    def grow(name: str, content: bytes) -> bytes:
        if role == "root" and name.endswith("2.root.json"):
            return b" " * 80_000_000
        if f"{role}.json" not in name:
            return content
        return content + b" " * 80_000_000

    if role == "root":
        (place.folder / "metadata" / "2.root.json").write_bytes(b"{}")
    with (
        served(place.folder, grow) as url,
        httpx.Client(timeout=20) as client,
        pytest.raises(UnprovedError),
    ):
        desk.install(LineSource(client, url, Pace()))
    kept = sum(each.stat().st_size for each in desk.home.updates.rglob("*") if each.is_file())
    assert kept < 100_000


def test_an_endless_piece_is_not_read_to_its_end(desk: Desk, place: Place) -> None:
    def grow(name: str, content: bytes) -> bytes:
        return content + b"0" * 80_000_000 if name.startswith("pieces/") else content

    with (
        served(place.folder, grow) as url,
        httpx.Client(timeout=20) as client,
        pytest.raises(UnprovedError),
    ):
        desk.install(LineSource(client, url, Pace()))
    assert max(each.stat().st_size for each in desk.home.updates.rglob("*")) < 200_000


def test_endless_files_on_a_stick_are_not_read_to_their_end(
    desk: Desk, place: Place, tmp_path: Path
) -> None:
    stick = place.as_stick(tmp_path / "stick")
    for each in (stick / "pieces").iterdir():
        with each.open("r+b") as stream:
            stream.truncate(10_000_000_000)  # a hole, no bytes on the disk
    with pytest.raises(UnprovedError):
        desk.install(carried_source(stick))


def test_a_piece_that_swells_is_refused(attack: Attack, tmp_path: Path) -> None:
    """A signed manifest that says less than its piece holds, as a bomb would."""
    new = bundle(tmp_path / "bomb", "0.3.0")
    (new / "_internal" / "bomb.bin").write_bytes(b"\0" * 50_000_000)

    def lie(told: str) -> str:
        return told.replace('"size":50000000', '"size":1000')

    attack.place.publish(new, "0.3.0", change=lie)
    attack.refused(UnprovedError)


def test_a_signed_manifest_that_leaves_the_folder_is_refused(attack: Attack, new: Path) -> None:
    def leave(told: str) -> str:
        return told.replace("_internal/lib1.so", "../../../planted.so")

    attack.place.publish(new, "0.3.0", change=leave)
    attack.refused(UnprovedError)
    assert not list(attack.scratch.parent.rglob("planted.so"))


def test_members_of_a_file_that_leave_the_folder_are_never_unpacked(
    desk: Desk, place: Place, tmp_path: Path
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        stick = place.as_stick(tmp_path / "stick")
        for each in stick.rglob("*"):
            archive.write(each, each.relative_to(stick))
        archive.writestr("../../planted", "x")
        archive.writestr("/planted", "x")
    file = tmp_path / "one.embassy-update"
    file.write_bytes(packed.getvalue())
    assert desk.install(carried_source(file)) is not None
    assert not list(tmp_path.rglob("planted"))


def test_a_link_on_a_stick_to_something_endless_is_not_followed_for_ever(
    desk: Desk, place: Place, tmp_path: Path
) -> None:
    stick = place.as_stick(tmp_path / "stick")
    (stick / "metadata" / "timestamp.json").unlink()
    (stick / "metadata" / "timestamp.json").symlink_to("/dev/zero")
    with pytest.raises(NoUpdatesError):
        desk.install(carried_source(stick))


def test_a_version_of_another_platform_is_refused(
    desk: Desk, new: Path, place: Place, tmp_path: Path
) -> None:
    place.publish(new, "0.3.0", change=lambda told: told.replace(PLATFORM, "windows-amd64"))
    (tmp_path / "sticks").mkdir()
    Attack(desk, place, "folder", tmp_path / "sticks").refused(UnprovedError)


def test_a_missing_piece_is_refused(attack: Attack) -> None:
    shutil.rmtree(attack.place.folder / "pieces")
    attack.refused(UnprovedError)


def test_a_place_with_nothing_is_said_to_have_nothing(attack: Attack) -> None:
    shutil.rmtree(attack.place.folder)
    attack.place.folder.mkdir()
    (attack.place.folder / "metadata").mkdir()
    attack.refused(NoUpdatesError)


def test_a_line_that_is_down_is_said_to_be_down(desk: Desk, place: Place) -> None:
    with served(place.folder) as url:
        gone = url
    with httpx.Client() as client, pytest.raises(UnreachableError):
        desk.install(LineSource(client, gone, Pace()))


def test_one_custodian_alone_signs_no_root(place: Place) -> None:
    with pytest.raises(RefusedError, match="2 are needed"):
        place.repository.replace_keys(place.keys.trusted, place.keys.roots[:1], place.at)


def test_a_root_signed_by_too_few_is_refused(attack: Attack) -> None:
    place = attack.place
    place.repository.replace_keys(place.keys.trusted, place.keys.roots[:2], place.at)
    attack.change("2.root.json", lambda told: told["signatures"].pop())
    attack.refused(UnprovedError)


def test_one_custodian_who_signs_twice_counts_once(attack: Attack) -> None:
    place = attack.place
    place.repository.replace_keys(place.keys.trusted, place.keys.roots[:2], place.at)

    def twice(told: dict[str, Any]) -> None:
        told["signatures"][1] = {**told["signatures"][1], "sig": told["signatures"][0]["sig"]}

    attack.change("2.root.json", twice)
    attack.refused(UnprovedError)


def test_a_new_root_that_the_old_custodians_did_not_sign_is_refused(
    attack: Attack, tmp_path: Path
) -> None:
    thief = Place(tmp_path / "thief", present())
    thief.repository.replace_keys(thief.keys.trusted, thief.keys.roots, present())
    shutil.copy(
        thief.folder / "metadata" / "2.root.json", attack.place.folder / "metadata" / "2.root.json"
    )
    attack.refused(UnprovedError)


def test_a_desk_two_roots_behind_follows_both_changes_of_keys(
    attack: Attack, tmp_path: Path
) -> None:
    place = attack.place
    for _ in range(2):
        before = place.keys
        place.keys = Keys(roots=[DeviceKey.made(), *before.roots[:2]])
        place.repository.replace_keys(
            place.keys.trusted, [*place.keys.roots, *before.roots], place.at
        )
    republished(place, tmp_path)
    attack.taken()
    attack.old_runs("0.3.0")


def test_a_key_that_was_replaced_signs_nothing_any_more(attack: Attack, tmp_path: Path) -> None:
    place, stolen = attack.place, attack.place.keys.release
    shutil.copytree(place.folder, tmp_path / "thief")
    place.keys.release = DeviceKey.made()
    place.repository.replace_keys(place.keys.trusted, place.keys.roots, place.at)
    place.renew()
    root = json.loads((place.folder / "metadata" / "2.root.json").read_bytes())
    assert stolen.public.hex() not in json.dumps(root)
    with attack.source() as source:
        assert look(attack.desk.asker, source) is not None
    thief = Repository(tmp_path / "thief")
    for version in (5, 6):
        targets = thief.targets
        targets.version = version
        thief._write_release(targets, stolen, place.keys.line, place.at)
    for name in ("stick", "metadata"):
        shutil.copytree(thief.folder / name, place.folder / name, dirs_exist_ok=True)
    attack.refused(UnprovedError)


def test_a_thousand_flipped_bytes_install_nothing_else(
    old: Path, place: Place, tmp_path: Path
) -> None:
    """Anywhere on a stick; the desk takes the true version or none."""
    chance = random.Random(8)
    desk = Desk(installation(tmp_path / "flipped", old, "0.1.0"), place.root, place.at)
    stick = place.as_stick(tmp_path / "stick")
    files = sorted(each for each in stick.rglob("*") if each.is_file())
    outcomes = []
    for _ in range(100):
        path = chance.choice(files)
        whole = path.read_bytes()
        spoilt = bytearray(whole)
        for _ in range(10):
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        path.write_bytes(spoilt)
        try:
            found = look(desk.asker, carried_source(stick))
        except DeskError as error:
            outcomes.append(error.code)
        else:
            outcomes.append("offered" if found is not None else "none")
            assert found is None or found.manifest.version == "0.2.0"
        path.write_bytes(whole)
        shutil.rmtree(desk.home.updates)
    assert outcomes.count("update_unproved") > 10


def test_the_keys_of_a_place_are_those_its_root_names(place: Place) -> None:
    trusted = place.repository.trusted
    assert isinstance(trusted, Trusted)
    assert trusted.release == place.keys.release.public
    assert trusted.line == place.keys.line.public
    assert set(trusted.roots) == {each.public for each in place.keys.roots}


def test_the_line_is_renewed_without_the_key_of_releases(
    desk: Desk, place: Place, tmp_path: Path
) -> None:
    place.at = long_ago(40)
    republished(place, tmp_path)
    attack = Attack(desk, place, "line", tmp_path / "none")
    attack.refused(StaleError)
    place.repository.renew_line(place.keys.line, present())
    attack.taken()
