"""Every test of headquarters runs on both engines: encrypted SQLite and a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embassy_desk.headquarters.hub import Hub
from makers import identity
from makers.clusters import Cluster
from makers.hubs import HubClock, make_hub
from makers.lines import linked_desk, new_line
from makers.set_back import SetBackOffice

ANNA, BINH = identity("anna"), identity("binh")


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


@pytest.fixture
def office(
    hub: Hub, tmp_path: Path, request: pytest.FixtureRequest, database_url: str
) -> Iterator[SetBackOffice]:
    """Two desks of one mission, and a headquarters that can be set back to a backup."""
    databases = [""]
    if database_url:
        cluster: Cluster = request.getfixturevalue("cluster")
        databases = [cluster.new_database()]
    line = new_line(hub)
    desks = [
        linked_desk(tmp_path / name, hub, line, number=number, person=person)
        for number, (name, person) in enumerate({"anna": ANNA, "binh": BINH}.items(), start=1)
    ]
    office = SetBackOffice(hub, *desks, tmp_path, databases)
    yield office
    for each in desks:
        each.close()
    for each in office.later:
        each.close()
