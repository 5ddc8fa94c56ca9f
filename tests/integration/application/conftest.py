"""A fresh store with reference data for every test, copied from one made per session."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from embassy_desk.application.profile import Profile, create_profile, open_profile
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.store.opening import Store

PASSPHRASE = "six quiet words are more than enough"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


class TickingClock:
    """A clock that is a second later whenever it is asked."""

    def __init__(self) -> None:
        self._asked = 0

    def __call__(self) -> datetime:
        self._asked += 1
        return NOW + timedelta(seconds=self._asked)


clock = TickingClock()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "profile"
    profile = create_profile(
        folder, PASSPHRASE, clock, mission="TOK", person="Nguyễn Văn An", parameters=FLOOR
    )
    profile.close()
    return folder


@pytest.fixture
def profile(template: Path, tmp_path: Path) -> Iterator[Profile]:
    folder = tmp_path / "profile"
    shutil.copytree(template, folder)
    opened = open_profile(folder, PASSPHRASE, clock)
    yield opened
    opened.close()


@pytest.fixture
def store(profile: Profile) -> Store:
    return profile.store
