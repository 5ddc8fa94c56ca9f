"""The service is killed while laptops exchange: nothing that it acknowledged is lost."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from makers.clusters import Cluster
from makers.senders import Sender, status_of
from makers.services import ServiceProcess, make_service

SEED = 20261122
KILLS = 2
LONGEST_BEFORE_KILL = 6


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    cluster = Cluster.started()
    yield cluster
    cluster.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> ServiceProcess:
    words: tuple[str, ...] = ()
    if request.param == "postgresql":
        words = ("--database", request.getfixturevalue("cluster").new_database())
    return make_service(tmp_path / "hq", *words)


@pytest.mark.e2e
def test_nothing_that_was_acknowledged_is_lost_when_the_service_is_killed(
    service: ServiceProcess,
) -> None:
    service.start("--plain", "--port", "0")
    keys = service.enrolled()
    status = status_of(service, keys)
    sender = Sender(service, keys, status["hub_id"])
    chance = random.Random(SEED)
    for _ in range(KILLS):
        wanted = sender.answers + chance.randint(1, LONGEST_BEFORE_KILL)
        thread = threading.Thread(target=sender.exchange_until_broken)
        thread.start()
        while sender.answers < wanted:
            thread.join(0.001)
        service.kill()
        thread.join()
        service.start("--plain", "--port", "0")
        with httpx2.Client() as client:
            before = sender.acked
            sender.exchange(client)
            assert sender.acked >= before
    assert service.stop() == 0
    found = service.run("verify", "--json")
    assert found["problems"] == []
    assert found["operations"] == sender.acked == len(sender.forms)
    (device,) = service.run("devices", "--json")
    assert device["last"] == sender.acked
