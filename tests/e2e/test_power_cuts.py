"""Power cuts, failing disks and flipped bits: the quick tier of `make soak`, controls included."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from embassy_desk.settings.places import STORE_FILE
from faults.deeds import BESIDE, CONTROLS, DEEDS, PROFILE, key_of
from faults.errors import FORCING, let_fail
from faults.flips import backup_unpacked, store_checked, store_opened, turn_bits
from faults.found import table
from faults.power import cut_power
from faults.watching import STRACE, Performer, performer

POINTS = 25
POINTS_OF_CONTROLS = 100
FLIPS = 100

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(STRACE is None, reason="strace is needed to see what reaches the disk"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Performer]:
    """Performs deeds."""
    with performer(tmp_path_factory.mktemp("faults")) as made:
        yield made


@pytest.mark.parametrize("deed", DEEDS)
def test_a_power_cut_loses_nothing_that_was_acknowledged(desk: Performer, deed: str) -> None:
    found = cut_power(desk, deed, POINTS)
    assert found.failures == []
    assert found.count == POINTS


@pytest.mark.parametrize("deed", CONTROLS)
def test_a_careless_program_is_found_out(desk: Performer, deed: str) -> None:
    found = cut_power(desk, deed, POINTS_OF_CONTROLS)
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
