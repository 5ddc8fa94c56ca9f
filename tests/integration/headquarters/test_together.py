"""Several processes serve one headquarters: what one used up is used up, and they end together."""

import fcntl
import json
import os
import select
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from embassy_desk.domain.errors import RefusedError
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.enrolling import enrol
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.serving import Listening, serve_hub
from embassy_desk.headquarters.turns import Turns
from embassy_desk.headquarters.verifying import verify_hub
from embassy_desk.sealing.digests import CHAIN_START, chain_link, operation_digest
from embassy_desk.sync.exchange import EXCHANGE_PATH, PROTOCOL
from embassy_desk.sync.operations import Operation
from embassy_desk.sync.packing import packed
from makers.clusters import Cluster
from makers.hubs import Keys, approve_device, make_code, make_hub
from makers.services import DEADLINE_S, ServiceProcess, signed_now

CONNECTIONS = 8
"""So many, each new, reach one process alone once in a hundred times; what is said here holds
then too, and proves less."""


@pytest.fixture
def shared(tmp_path: Path, cluster: Cluster) -> Iterator[Hub]:
    """A headquarters on PostgreSQL."""
    hub = make_hub(tmp_path / "hq", database=cluster.new_database())
    yield hub
    hub.close()


@pytest.fixture
def service(shared: Hub) -> Iterator[ServiceProcess]:
    """Two processes that serve it."""
    service = ServiceProcess(shared.home)
    service.start("--plain", "--port", "0", "--processes", "2")
    yield service
    if service.process is not None:
        service.stop()


def let_in(hub: Hub) -> Keys:
    keys, secret = Keys(), make_code(hub)
    with hub.database.writing([EVERY_SCOPE]) as connection:
        enrol(hub, connection, keys.request(secret))
    approve_device(hub, keys.node)
    return keys


def body_of(hub: Hub, keys: Keys, numbers: int) -> tuple[bytes, bytes]:
    """Return a request with so many operations, and the chain's link after them."""
    link, forms = CHAIN_START, []
    for number in range(1, numbers + 1):
        form = {"n": number, "t": number, "b": 0, "e": "contact", "r": f"{number:032x}",
                "k": "put", "f": {"family_name": "Lê"}, "u": None}  # fmt: skip
        forms.append(form)
        link = chain_link(link, operation_digest(Operation.read(form).canonical))
    told = {
        "proto": PROTOCOL, "hub_id": hub.hub_id, "epoch": 1, "node": keys.node,
        "schema_rev": "0001", "app": "test", "now_ms": 1, "nseq": numbers, "at": 0,
        "hash": CHAIN_START.hex(), "ops": list(packed(forms, 1)),
    }  # fmt: skip
    return json.dumps(told).encode(), link


def posted(service: ServiceProcess, body: bytes, headers: dict[str, str]) -> httpx2.Response:
    """Send a request over a connection of its own."""
    return httpx2.post(service.url(EXCHANGE_PATH), content=body, headers=headers)


def processes_of(service: ServiceProcess) -> list[int]:
    """Return descriptors of its processes, the first one first."""
    assert service.process is not None
    first = service.process.pid
    told = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii")
    return [os.pidfd_open(each) for each in (first, *map(int, told.split()))]


def assert_ends(descriptor: int) -> None:
    """Wait until a process is gone."""
    ended, _, _ = select.select([descriptor], [], [], DEADLINE_S)
    os.close(descriptor)
    assert ended, "a process of the service went on alone"


def test_a_request_counts_once_whichever_process_hears_it(
    service: ServiceProcess, shared: Hub
) -> None:
    keys = let_in(shared)
    body, link = body_of(shared, keys, numbers=3)
    headers = signed_now(keys, "POST", service.url(EXCHANGE_PATH), body)
    first = posted(service, body, headers)
    assert (first.status_code, first.json()["last_hash"]) == (200, link.hex())
    for _ in range(CONNECTIONS):
        again = posted(service, body, headers)
        assert again.json()["type"].endswith("replayed")
    for _ in range(CONNECTIONS):  # the same operations, signed anew: known by both, and kept once
        anew = signed_now(keys, "POST", service.url(EXCHANGE_PATH), body)
        assert posted(service, body, anew).json()["last_hash"] == link.hex()
    with shared.database.writing([EVERY_SCOPE]) as connection:
        connection.exec_driver_sql("UPDATE hub_node SET status = 'revoked'")
    for _ in range(CONNECTIONS):  # at once, whatever a process had read before
        anew = signed_now(keys, "POST", service.url(EXCHANGE_PATH), body)
        assert posted(service, body, anew).json()["type"].endswith("revoked")
    assert service.stop() == 0
    with shared.database.reading([EVERY_SCOPE]) as connection:
        found = verify_hub(shared, connection)
    assert (found.operations, found.problems) == (3, [])


def test_they_end_together(service: ServiceProcess) -> None:
    first, *others = processes_of(service)
    assert len(others) == 2
    signal.pidfd_send_signal(others[0], signal.SIGKILL)
    for each in (first, *others):
        assert_ends(each)
    assert service.stop() == 1, "nobody would begin the service anew"


def test_none_goes_on_without_the_first(service: ServiceProcess) -> None:
    first, *others = processes_of(service)
    service.kill()
    for each in (first, *others):
        assert_ends(each)


def test_several_processes_on_a_file_are_refused(tmp_path: Path) -> None:
    hub = make_hub(tmp_path / "hq")
    with pytest.raises(RefusedError, match="PostgreSQL"):
        serve_hub(hub, Listening(port=0, processes=2), announce=pytest.fail)
    hub.close()


def test_a_turn_shuts_out_every_other_process(tmp_path: Path) -> None:
    turns, other = Turns(tmp_path / "turns"), os.open(tmp_path / "turns", os.O_CREAT | os.O_RDWR)
    with turns.mine(), pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)
