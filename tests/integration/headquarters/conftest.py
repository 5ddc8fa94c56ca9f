"""Every test of headquarters runs on both engines: encrypted SQLite and a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embassy_desk.headquarters.hub import Hub
from makers.clusters import Cluster
from makers.hubs import HubClock, make_hub


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server for this run of the tests."""
    cluster = Cluster.started()
    yield cluster
    cluster.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database: nothing for the file in the home."""
    if request.param == "sqlite":
        return ""
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.new_database()


@pytest.fixture
def clock() -> HubClock:
    """Headquarters' clock."""
    return HubClock()


@pytest.fixture
def hub(tmp_path: Path, database_url: str, clock: HubClock) -> Iterator[Hub]:
    """An open headquarters with the missions TOK and PAR."""
    hub = make_hub(tmp_path / "hq", database=database_url, clock=clock)
    yield hub
    hub.close()
