"""Attacks on updates: endless data, paths that leave, keys that are lost, stolen or too few."""

import io
import json
import random
import shutil
import zipfile
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
from embassy_desk.updates.sources import LineSource, Pace, carried_source
from makers.update_attacks import Attack, republished
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


def refused(attack: Attack, expected: type[DeskError]) -> None:
    """Try to update, expect a refusal, and see that the same version runs as before."""
    assert attack.refused(expected).code == expected.code


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
    refused(attack, UnprovedError)


def test_a_signed_manifest_that_leaves_the_folder_is_refused(attack: Attack, new: Path) -> None:
    def leave(told: str) -> str:
        return told.replace("_internal/lib1.so", "../../../planted.so")

    attack.place.publish(new, "0.3.0", change=leave)
    refused(attack, UnprovedError)
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
    refused(Attack(desk, place, "folder", tmp_path / "sticks"), UnprovedError)


def test_a_missing_piece_is_refused(attack: Attack) -> None:
    shutil.rmtree(attack.place.folder / "pieces")
    refused(attack, UnprovedError)


def test_a_place_with_nothing_is_said_to_have_nothing(attack: Attack) -> None:
    shutil.rmtree(attack.place.folder)
    attack.place.folder.mkdir()
    (attack.place.folder / "metadata").mkdir()
    refused(attack, NoUpdatesError)


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
    refused(attack, UnprovedError)


def test_one_custodian_who_signs_twice_counts_once(attack: Attack) -> None:
    place = attack.place
    place.repository.replace_keys(place.keys.trusted, place.keys.roots[:2], place.at)

    def twice(told: dict[str, Any]) -> None:
        told["signatures"][1] = {**told["signatures"][1], "sig": told["signatures"][0]["sig"]}

    attack.change("2.root.json", twice)
    refused(attack, UnprovedError)


def test_a_new_root_that_the_old_custodians_did_not_sign_is_refused(
    attack: Attack, tmp_path: Path
) -> None:
    thief = Place(tmp_path / "thief", present())
    thief.repository.replace_keys(thief.keys.trusted, thief.keys.roots, present())
    shutil.copy(
        thief.folder / "metadata" / "2.root.json", attack.place.folder / "metadata" / "2.root.json"
    )
    refused(attack, UnprovedError)


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
    assert attack.runs == "0.3.0"


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
    refused(attack, UnprovedError)


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
    refused(attack, StaleError)
    place.repository.renew_line(place.keys.line, present())
    attack.taken()
