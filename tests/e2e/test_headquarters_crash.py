"""The service is killed while laptops exchange: nothing that it acknowledged is lost."""

import json
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from embassy_desk.sealing.digests import CHAIN_START, chain_link, operation_digest
from embassy_desk.sync.compression import compressed
from embassy_desk.sync.exchange import EXCHANGE_PATH, PROTOCOL
from embassy_desk.sync.operations import Operation
from embassy_desk.sync.packing import packed
from makers.clusters import Cluster
from makers.hubs import Keys
from makers.services import ServiceProcess, make_service, signed_now

SEED = 20261122
KILLS = 3
OPERATIONS_AT_ONCE = 5
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


@dataclass
class Sender:
    """A laptop that writes without end and remembers what was acknowledged."""

    service: ServiceProcess
    keys: Keys
    hub_id: str
    forms: list[dict[str, Any]] = field(default_factory=list)
    links: list[bytes] = field(default_factory=lambda: [CHAIN_START])
    acked: int = 0
    answers: int = 0

    def write(self, count: int) -> None:
        for _ in range(count):
            number = len(self.forms) + 1
            fields = {"name": f"number {number}"}
            form = {"n": number, "t": number, "b": 0, "e": "contact", "r": f"{number % 7:032x}",
                    "k": "put", "f": fields, "u": None}  # fmt: skip
            digest = operation_digest(Operation.read(form).canonical)
            self.forms.append(form)
            self.links.append(chain_link(self.links[-1], digest))

    def exchange(self, client: httpx2.Client) -> None:
        told = {
            "proto": PROTOCOL, "hub_id": self.hub_id, "epoch": 1, "node": self.keys.node,
            "schema_rev": "0001", "app": "test", "now_ms": 1, "nseq": len(self.forms),
            "at": self.acked, "hash": self.links[self.acked].hex(),
            "ops": list(packed(self.forms[self.acked :], self.acked + 1)),
        }  # fmt: skip
        url, body = self.service.url(EXCHANGE_PATH), compressed(json.dumps(told).encode())
        headers = signed_now(self.keys, "POST", url, body)
        answer = client.post(url, content=body, headers={"content-encoding": "zstd", **headers})
        assert answer.status_code == 200, answer.text
        last = answer.json()["last"]
        assert self.links[last].hex() == answer.json()["last_hash"]
        self.acked = last
        self.answers += 1

    def exchange_until_broken(self) -> None:
        """Write and exchange until the line breaks, as it does when the service is killed."""
        with httpx2.Client() as client:
            while True:
                self.write(OPERATIONS_AT_ONCE)
                try:
                    self.exchange(client)
                except httpx2.HTTPError:
                    return


@pytest.mark.e2e
def test_nothing_that_was_acknowledged_is_lost_when_the_service_is_killed(
    service: ServiceProcess,
) -> None:
    service.start("--plain", "--port", "0")
    keys = service.enrolled()
    status = _status(service, keys)
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


def _status(service: ServiceProcess, keys: Keys) -> dict[str, Any]:
    url = service.url("/enrol/status")
    answer = httpx2.get(url, headers=signed_now(keys, "GET", url, b""))
    told: dict[str, Any] = answer.json()
    return told
