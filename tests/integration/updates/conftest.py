"""A place with version 0.2.0 and a desk at 0.1.0."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embassy_desk.updates.sources import Source
from makers.update_attacks import Attack
from makers.updates import ROADS, Desk, Place, bundle, installation, present


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The bundle of 0.1.0."""
    return bundle(tmp_path / "old", "0.1.0")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The bundle of 0.2.0."""
    return bundle(tmp_path / "new", "0.2.0")


@pytest.fixture
def place(tmp_path: Path, new: Path) -> Place:
    """A place with version 0.2.0."""
    made = Place(tmp_path / "place", present())
    made.publish(new, "0.2.0")
    return made


@pytest.fixture
def desk(tmp_path: Path, old: Path, place: Place) -> Desk:
    """A desk at version 0.1.0."""
    return Desk(installation(tmp_path / "program", old, "0.1.0"), place.root, place.at)


@pytest.fixture(params=ROADS)
def road(request: pytest.FixtureRequest) -> str:
    """The line, a folder on a stick, one file on a stick."""
    return str(request.param)


@pytest.fixture
def source(place: Place, road: str, tmp_path: Path) -> Iterator[Source]:
    """The place, reached by each road."""
    with place.reached_by(road, tmp_path / "sticks") as found:
        yield found


@pytest.fixture
def attack(desk: Desk, place: Place, road: str, tmp_path: Path) -> Attack:
    """An attack by one road."""
    (tmp_path / "sticks").mkdir()
    return Attack(desk, place, road, tmp_path / "sticks")
