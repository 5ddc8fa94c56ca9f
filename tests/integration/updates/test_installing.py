"""A desk is brought up to date, by the line and by sticks."""

import random
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from embassy_desk.domain.errors import RefusedError, StoppedError, StoreError
from embassy_desk.updates.errors import BrokenUpdateError, ClockError, UnreachableError
from embassy_desk.updates.installation import confirm_here, installation_here
from embassy_desk.updates.installing import go_back, install, is_meant, look
from embassy_desk.updates.names import program_of
from embassy_desk.updates.releasing import Described, manifest_of
from embassy_desk.updates.sources import LineSource, Pace, Source
from embassy_desk.updates.trust import newest_offer
from makers.updates import PLATFORM, Desk, Place, bundle, served


def started(desk: Desk, *words: str) -> str:
    """Return what the starter starts."""
    done = subprocess.run(
        [desk.home.root / "embassy-desk", *words], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_desk_is_brought_up_to_date_by_every_road(desk: Desk, source: Source) -> None:
    assert started(desk, "--version") == "Embassy Desk 0.1.0"
    outcome = desk.install(source)
    assert outcome is not None
    assert outcome.version == "0.2.0"
    assert started(desk, "--version") == "Embassy Desk 0.2.0"
    assert (desk.home.folder("0.2.0") / "_internal" / "lib.so").is_symlink()
    assert desk.backups == [desk.at]


def test_only_what_changed_is_fetched(desk: Desk, source: Source) -> None:
    outcome = desk.install(source)
    assert outcome is not None
    assert outcome.fetched.files == 5  # the program and every third of twelve libraries


def test_the_change_to_an_older_file_is_fetched_instead_of_the_file(
    tmp_path: Path, desk: Desk, old: Path, new: Path, place: Place
) -> None:
    for each in (old, new, desk.home.folder("0.1.0")):
        noise = bytes((each_byte * 7919 + each_byte // 251) % 256 for each_byte in range(200_000))
        ending = b"one line" if each == new else b"other"
        (each / "_internal" / "large.bin").write_bytes(noise + ending)
    newer = bundle(tmp_path / "newer", "0.3.0")
    (newer / "_internal" / "large.bin").write_bytes(
        (old / "_internal" / "large.bin").read_bytes() + b"!"
    )
    place.publish(newer, "0.3.0", earlier=(old,))
    with place.reached_by("folder", tmp_path / "sticks") as source:
        outcome = desk.install(source)
    assert outcome is not None
    assert outcome.fetched.byte_count < 3_000
    made = (desk.home.folder("0.3.0") / "_internal" / "large.bin").read_bytes()
    assert made == (newer / "_internal" / "large.bin").read_bytes()


def test_a_desk_that_is_up_to_date_stays_and_makes_no_backup(desk: Desk, source: Source) -> None:
    desk.install(source)
    assert desk.install(source) is None
    assert len(desk.backups) == 1


def test_a_version_that_does_not_run_is_not_switched_to(
    tmp_path: Path, desk: Desk, place: Place, road: str
) -> None:
    broken = bundle(tmp_path / "broken", "0.3.0", probe="echo no Qt >&2; exit 3")
    place.publish(broken, "0.3.0")
    with (
        place.reached_by(road, tmp_path / "sticks") as source,
        pytest.raises(BrokenUpdateError) as refusal,
    ):
        desk.install(source)
    assert "no Qt" in refusal.value.detail
    assert started(desk, "--version") == "Embassy Desk 0.1.0"


def test_a_version_that_says_it_is_another_is_not_switched_to(
    tmp_path: Path, desk: Desk, place: Place
) -> None:
    place.publish(bundle(tmp_path / "other", "0.2.9"), "0.3.0")
    with (
        place.reached_by("folder", tmp_path / "sticks") as source,
        pytest.raises(BrokenUpdateError),
    ):
        desk.install(source)
    assert desk.home.current == "0.1.0"


def test_without_a_backup_nothing_is_fetched(desk: Desk, place: Place) -> None:
    def refuse() -> None:
        raise StoppedError

    asked: list[tuple[str, str]] = []
    with (
        served(place.folder, asked=asked) as url,
        httpx.Client() as client,
        pytest.raises(StoppedError),
    ):
        install(desk.asker, LineSource(client, url, Pace()), refuse, lambda _done, _all: None)
    assert [name for name, _ in asked if name.startswith("targets/")]
    assert not [name for name, _ in asked if name.startswith("pieces/")]
    assert desk.home.current == "0.1.0"


def test_a_version_that_never_stands_is_left_after_three_starts(desk: Desk, source: Source) -> None:
    desk.install(source)
    assert [started(desk) for _ in range(4)] == ["window of 0.2.0"] * 3 + ["window of 0.1.0"]
    assert started(desk, "--version") == "Embassy Desk 0.1.0"


def test_a_version_that_stood_once_stays(desk: Desk, source: Source) -> None:
    desk.install(source)
    assert started(desk) == "window of 0.2.0"
    confirm_here(desk.home.folder("0.2.0") / "embassy-desk")
    assert {started(desk) for _ in range(5)} == {"window of 0.2.0"}


def test_there_is_a_way_back_to_the_version_before(desk: Desk, source: Source) -> None:
    desk.install(source)
    assert go_back(desk.home) == "0.1.0"
    assert started(desk) == "window of 0.1.0"


def test_only_the_version_before_is_kept(
    tmp_path: Path, desk: Desk, place: Place, source: Source
) -> None:
    desk.install(source)
    place.publish(bundle(tmp_path / "newest", "0.3.0"), "0.3.0")
    with place.reached_by("folder", tmp_path / "other sticks") as later:
        desk.install(later)
    assert {each.name for each in (desk.home.root / "versions").iterdir()} == {"0.2.0", "0.3.0"}


def test_a_cut_line_goes_on_where_it_was_cut(desk: Desk, tmp_path: Path, place: Place) -> None:
    newer = bundle(tmp_path / "newer", "0.3.0")
    (newer / "_internal" / "noise.bin").write_bytes(random.Random(1).randbytes(300_000))
    place.publish(newer, "0.3.0")
    asked: list[tuple[str, str]] = []
    cuts = [70_000]

    def cut(name: str, content: bytes) -> bytes:
        is_large = name.startswith("pieces/") and len(content) > 100_000
        return content[: cuts.pop()] if is_large and cuts else content

    with served(place.folder, cut, asked) as url, httpx.Client(timeout=5) as client:
        with pytest.raises(UnreachableError):
            desk.install(LineSource(client, url, Pace()))
        assert started(desk, "--version") == "Embassy Desk 0.1.0"
        assert desk.install(LineSource(client, url, Pace())) is not None
    assert [told for _, told in asked if told] == ["bytes=65536-"]


def test_stopping_keeps_what_came_and_the_old_version(desk: Desk, place: Place) -> None:
    def stop(done: int, _all: int) -> None:
        if done == 4:
            raise StoppedError

    asked: list[tuple[str, str]] = []
    with served(place.folder, asked=asked) as url, httpx.Client() as client:
        with pytest.raises(StoppedError):
            desk.install(LineSource(client, url, Pace()), stop)
        assert desk.home.current == "0.1.0"
        assert desk.install(LineSource(client, url, Pace())) is not None
    pieces = [name for name, _ in asked if name.startswith("pieces/")]
    assert len(pieces) == len(set(pieces)) == 5


def test_the_line_is_used_no_faster_than_it_may_be(desk: Desk, place: Place) -> None:
    waits: list[float] = []
    pace = Pace(1_000, clock=lambda: sum(waits), sleep=waits.append)
    with served(place.folder) as url, httpx.Client() as client:
        outcome = desk.install(LineSource(client, url, pace))
    assert outcome is not None
    assert sum(waits) >= outcome.fetched.byte_count / 1_000


@pytest.mark.parametrize("share", [0, 10, 50, 100])
def test_a_share_of_the_devices_has_a_version_first(
    place: Place, share: int, desk: Desk, tmp_path: Path
) -> None:
    with place.reached_by("line", tmp_path) as source:
        offer = newest_offer(source, tmp_path / "state", place.root, PLATFORM)
    assert offer is not None
    meant = replace(offer, share=share)
    chosen = [is_meant(meant, str(each), "") for each in range(2_000)]
    assert abs(sum(chosen) / 20 - share) < 4
    later = replace(offer, share=min(100, share + 10))
    assert all(is_meant(later, str(n), "") for n, each in enumerate(chosen) if each)


def test_a_version_reaches_its_share_by_the_line_and_everybody_by_stick(
    desk: Desk, new: Path, place: Place, tmp_path: Path
) -> None:
    place.publish(new, "0.2.0", share=0)
    with place.reached_by("line", tmp_path) as source:
        assert look(desk.asker, source) is None
    with place.reached_by("folder", tmp_path / "sticks") as source:
        assert look(desk.asker, source) is not None
    place.publish(new, "0.2.0", share=0, missions=["TOK"])
    with place.reached_by("line", tmp_path) as source:
        assert look(desk.asker, source) is not None


def test_a_clock_that_was_set_back_is_noticed(desk: Desk, source: Source) -> None:
    look(desk.asker, source)
    with pytest.raises(ClockError):
        desk.install(source, at=desk.at - timedelta(days=2))


def test_a_program_of_the_system_is_left_to_the_site(tmp_path: Path) -> None:
    program = tmp_path / "usr" / "lib" / "embassy-desk" / "embassy-desk"
    with pytest.raises(RefusedError, match="tools of your site"):
        installation_here(program)


def test_two_updates_at_once_are_refused(desk: Desk, source: Source) -> None:
    with desk.home.alone(), pytest.raises(RefusedError, match="already under way"):
        desk.install(source)


@pytest.mark.parametrize("state", ["", "[]", "{}", '{"seen_at": 5}', '{"seen_at": "2026-01-01"}'])
def test_a_damaged_note_of_the_time_stops_no_update(desk: Desk, source: Source, state: str) -> None:
    desk.home.updates.mkdir()
    (desk.home.updates / "state.json").write_text(state)
    assert desk.install(source) is not None


def test_a_folder_where_nothing_can_be_kept_is_said_to_be_the_reason(
    desk: Desk, source: Source
) -> None:
    desk.home.updates.mkdir()
    (desk.home.updates / "metadata" / "root.json").mkdir(parents=True)
    (desk.home.updates / "stick" / "root.json").mkdir(parents=True)
    with pytest.raises(StoreError):
        desk.install(source)


def test_a_version_for_windows_answers_through_its_console(tmp_path: Path, place: Place) -> None:
    """A bundle that came from Windows has lost what made its programs programs."""
    built = bundle(tmp_path / "built", "0.2.0")
    for name in ("embassy-desk.exe", "embassy-desk-cli.exe"):
        (built / name).write_bytes(b"MZ" + name.encode())
        (built / name).chmod(0o644)
    about = Described("0.2.0", "windows-x86_64", program_of("windows-x86_64"))
    manifest = manifest_of(place.repository, built, about, [], 3)
    assert manifest.program == "embassy-desk-cli.exe"
    assert {each.path for each in manifest.files if each.is_program} >= {
        "embassy-desk.exe",
        "embassy-desk-cli.exe",
    }
