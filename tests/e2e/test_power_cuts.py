"""Power cuts, failing disks and flipped bits: the quick tier of `make soak`, controls included."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from embassy_desk.settings.places import STORE_FILE
from faults.controls import CONTROLS_OF_ERRORS, CONTROLS_OF_KILLS, CONTROLS_OF_POWER
from faults.deeds import BESIDE, PROFILE, key_of
from faults.errors import FORCING, let_fail
from faults.flips import backup_unpacked, store_checked, store_opened, turn_bits
from faults.found import table
from faults.kills import kill
from faults.known import DEEDS
from faults.power import cut_power
from faults.upgrade_deeds import DEEDS_OF_UPGRADES
from faults.watching import STRACE, Performer, performer

POINTS = 25
POINTS_OF_UPGRADES = 3
"""Of each earlier schema; they share the count of one operation."""
POINTS_OF_CONTROLS = {
    "erase a person, the mark not noted": 30,
    "change the passphrase in place": 400,
}
"""So many that the one in three, or in twenty, that is found out cannot be missed."""
FOUND_RARELY = "edit, the salt only in the file"
"""Seven in 800: only the full counts are sure to find it out."""
FLIPS = 100

pytestmark = pytest.mark.skipif(
    STRACE is None, reason="strace is needed to see what reaches the disk"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Performer]:
    """Performs deeds."""
    with performer(tmp_path_factory.mktemp("faults")) as made:
        yield made


@pytest.mark.parametrize("deed", DEEDS)
def test_a_power_cut_loses_nothing_that_was_acknowledged(desk: Performer, deed: str) -> None:
    points = POINTS_OF_UPGRADES if deed in DEEDS_OF_UPGRADES else POINTS
    found = cut_power(desk, deed, points)
    assert found.failures == []
    assert found.count == points


@pytest.mark.parametrize("deed", [each for each in CONTROLS_OF_POWER if each != FOUND_RARELY])
def test_a_careless_program_is_found_out(desk: Performer, deed: str) -> None:
    found = cut_power(desk, deed, POINTS_OF_CONTROLS.get(deed, 100))
    assert found.is_control
    assert len(found.failures) > 0


@pytest.mark.parametrize("deed", ["edit a contact", "enter an agreement"])
def test_what_was_acknowledged_is_kept_though_the_program_dies_at_that_word(
    desk: Performer, deed: str
) -> None:
    assert kill(desk, deed, 0).is_as_it_should_be


@pytest.mark.parametrize("deed", CONTROLS_OF_KILLS)
def test_a_promise_made_too_early_is_found_out_by_kills(desk: Performer, deed: str) -> None:
    assert len(kill(desk, deed, 0).failures) > 0


@pytest.mark.parametrize("deed", CONTROLS_OF_ERRORS)
def test_an_error_that_is_passed_over_is_found_out(desk: Performer, deed: str) -> None:
    found = let_fail(desk, deed, calls=("pwrite64",), most=4)
    assert found.is_control
    assert len(found.failures) > 0


@pytest.mark.parametrize("deed", ["edit a contact", "back up", "change the passphrase"])
def test_a_disk_that_does_not_force_is_told_in_words(desk: Performer, deed: str) -> None:
    assert let_fail(desk, deed, calls=FORCING, most=4).failures == []


@pytest.mark.parametrize("deed", ["edit a contact", "import a register"])
def test_a_full_disk_is_told_in_words(desk: Performer, deed: str) -> None:
    assert let_fail(desk, deed, calls=("pwrite64",), error="ENOSPC", most=4).failures == []


def test_flipped_bits_of_a_store_are_found(desk: Performer) -> None:
    folder = desk.begin("edit a contact")
    store = folder / PROFILE / STORE_FILE
    check = store_checked(key_of(folder))
    assert turn_bits("store", store, check, count=FLIPS).failures == []
    blind = turn_bits("store", store, store_opened(key_of(folder)), count=FLIPS)
    assert len(blind.failures) > FLIPS // 2


def test_flipped_bits_of_a_backup_are_found(desk: Performer, tmp_path: Path) -> None:
    folder = desk.begin("restore")
    look = backup_unpacked(key_of(folder), tmp_path / "scratch")
    found = turn_bits("backup", folder / BESIDE / "backup.zip", look, count=FLIPS)
    assert found.failures == []


def test_the_table_tells_controls_from_failures(desk: Performer) -> None:
    found = turn_bits("key file", desk.begin("back up") / "key", Path.read_bytes, count=3)
    assert not found.is_as_it_should_be
    assert replace(found, is_control=True).is_as_it_should_be
    assert "| bit flips: key file | 3 | 3 | 0 | **wrong** |" in table([found])
