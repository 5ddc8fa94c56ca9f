"""The rush after an outage: many laptops exchange at once with the service on this machine.

Each pulls, pushes 20 changes and pulls again, over TLS on the loopback, as its own connection, and
tells each time how far it has read, as laptops do. Says how
long all took, the median and the slowest twentieth of a request, errors, and what was lost.

    python bench/rush.py [--laptops 960] [--postgresql | --database URL] [--processes 2]

With `--postgresql` a server of its own is made in a temporary folder, without `fsync`.
"""

import argparse
import asyncio
import json
import os
import resource
import secrets
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import insert

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.hub import Hub, init_hub, open_hub
from embassy_desk.headquarters.missions import add_mission
from embassy_desk.headquarters.settings import Deployment
from embassy_desk.headquarters.tables import HUB_NODE
from embassy_desk.headquarters.verifying import verify_hub
from embassy_desk.sealing.digests import CHAIN_START, chain_link, operation_digest
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.sealing.requests import signed_headers
from embassy_desk.sync.compression import compressed, decompressed
from embassy_desk.sync.exchange import EXCHANGE_PATH, LARGEST_TEXT_BYTES, PROTOCOL
from embassy_desk.sync.operations import Operation
from embassy_desk.sync.packing import packed
from makers.clusters import Cluster

MISSIONS = 96
CHANGES = 20
CONNECTIONS = 200
PATIENCE_S = 300.0
_OK = 200
_SERVER_ERROR = 500


def now() -> datetime:
    """Return the present time."""
    return datetime.now(UTC)  # noqa: TID251  the clock itself


@dataclass
class Laptop:
    """A device with its chain."""

    hub_id: str
    mission: str
    node: str = field(default_factory=lambda: secrets.token_hex(16))
    key: DeviceKey = field(default_factory=DeviceKey.made)
    cursors: dict[str, int] = field(default_factory=dict)

    def request(self, nseq: int, at: int, link: bytes, forms: list[dict[str, Any]]) -> bytes:
        """Return the body of an exchange."""
        told = {
            "proto": PROTOCOL, "hub_id": self.hub_id, "epoch": 1, "node": self.node,
            "schema_rev": "bench", "app": "bench", "now_ms": 1, "nseq": nseq, "at": at,
            "hash": link.hex(), "ops": list(packed(forms, at + 1)),
            "cursors": self.cursors,
        }  # fmt: skip
        return compressed(json.dumps(told).encode())

    def changes(self) -> tuple[list[dict[str, Any]], bytes]:
        """Return the forms of some changes, and the chain's link after them."""
        link, forms = CHAIN_START, []
        for number in range(1, CHANGES + 1):
            form = {
                "n": number,
                "t": number,
                "b": 0,
                "e": "contact",
                "r": secrets.token_hex(16),
                "k": "put",
                "f": {"family_name": "Lê", "notes": "x" * 40},
                "u": None,
            }
            forms.append(form)
            link = chain_link(link, operation_digest(Operation.read(form).canonical))
        return forms, link


@dataclass
class Outcome:
    """What happened to everybody."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    refused: int = 0


async def _exchanged(
    client: httpx2.AsyncClient, url: str, laptop: Laptop, body: bytes, outcome: Outcome
) -> None:
    headers = signed_headers("POST", url, body, key=laptop.key, key_id=laptop.node, created=now())
    started = time.monotonic()
    answer = await client.post(
        url,
        content=body,
        headers={"content-encoding": "zstd", "accept-encoding": "zstd", **headers},
    )
    outcome.seconds.append(time.monotonic() - started)
    outcome.errors += answer.status_code >= _SERVER_ERROR
    outcome.refused += answer.status_code != _OK and answer.status_code < _SERVER_ERROR
    if answer.status_code == _OK:
        pages = json.loads(decompressed(answer.content, LARGEST_TEXT_BYTES))["scopes"]
        laptop.cursors = {scope: page["to"] for scope, page in pages.items()}


async def _rush(url: str, root: Path, laptops: list[Laptop]) -> Outcome:
    outcome = Outcome()
    context = ssl.create_default_context(cafile=str(root))
    limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx2.AsyncClient(verify=context, timeout=PATIENCE_S, limits=limits) as client:

        async def one(laptop: Laptop) -> None:
            forms, link = laptop.changes()
            for nseq, at, base, some in (
                (0, 0, CHAIN_START, []),
                (CHANGES, 0, CHAIN_START, forms),
                (CHANGES, CHANGES, link, []),
            ):
                body = laptop.request(nseq, at, base, some)
                await _exchanged(client, url, laptop, body, outcome)

        await asyncio.gather(*(one(each) for each in laptops))
    return outcome


def _made(home: Path, database: str, count: int) -> list[Laptop]:
    """Make headquarters and let laptops in, past the enrolment."""
    deployment = Deployment(address="", hosts=("localhost", "127.0.0.1"), database=database)
    init_hub(home, deployment, now, os.environ)
    hub = open_hub(home, now, os.environ)
    codes = [f"{chr(65 + number // 26)}{chr(65 + number % 26)}X" for number in range(MISSIONS)]
    laptops = [Laptop(hub.hub_id, codes[each % MISSIONS]) for each in range(count)]
    with hub.database.writing([EVERY_SCOPE]) as connection:
        for code in codes:
            add_mission(connection, code, "", hub.now_ms)
        connection.execute(insert(HUB_NODE), [_row(hub, each) for each in laptops])
    hub.close()
    return laptops


def _row(hub: Hub, laptop: Laptop) -> dict[str, Any]:
    texts = dict.fromkeys(
        ("person", "device", "recipient", "words", "schema_rev", "app", "system", "pouch_digest"),
        "",
    )
    numbers = dict.fromkeys(("last_nseq", "durable_nseq", "backlog", "pouch_out"), 0)
    return {
        **texts, **numbers, "node_id": laptop.node, "mission": laptop.mission,
        "receives_restricted": 1, "signing_key": laptop.key.public, "status": "active",
        "chain": CHAIN_START, "cursors": "{}", "enrolled_ms": hub.now_ms,
    }  # fmt: skip


def main() -> int:
    """Run the rush and print its figures; 1 when something was lost or went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--laptops", type=int, default=960)
    parser.add_argument("--database", default="")
    parser.add_argument("--postgresql", action="store_true", help="make a server for this run")
    parser.add_argument("--processes", type=int, default=1, help="of the service")
    words = parser.parse_args()
    if not words.postgresql:
        return _measured(words.laptops, words.database, words.processes)
    cluster = Cluster.started()
    try:
        return _measured(words.laptops, cluster.new_database(), words.processes)
    finally:
        cluster.stop()


def _measured(count: int, database: str, processes: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "hq"
        laptops = _made(home, database, count)
        program = [sys.executable, "-m", "embassy_desk.cli.hq", "--home", str(home), "--language",
                   "en", "serve", "--port", "0", "--processes", str(processes)]  # fmt: skip
        service = subprocess.Popen(program, stderr=subprocess.PIPE, text=True)
        try:
            line = service.stderr.readline() if service.stderr else ""
            address = line.strip().removesuffix(".").rpartition(" ")[2]
            started, began = time.monotonic(), time.process_time()
            url = f"https://{address}{EXCHANGE_PATH}"
            outcome = asyncio.run(_rush(url, home / "keys" / "root.pem", laptops))
            took = time.monotonic() - started
        finally:
            service.terminate()
            service.wait()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"the service used {used.ru_utime + used.ru_stime:.1f} s of processor,", end=" ")
        print(f"the laptops {time.process_time() - began:.1f} s")
        return _tell(home, count, took, outcome)


def _tell(home: Path, count: int, took: float, outcome: Outcome) -> int:
    hub = open_hub(home, now, os.environ)
    with hub.database.reading([EVERY_SCOPE]) as connection:
        found = verify_hub(hub, connection)
    hub.close()
    lost = count * CHANGES - found.operations
    p95 = statistics.quantiles(outcome.seconds, n=20)[-1]
    print(f"{count} laptops, {len(outcome.seconds)} requests: {took:.1f} s in all")
    print(f"p50 {statistics.median(outcome.seconds):.2f} s, p95 {p95:.2f} s")
    print(f"5xx {outcome.errors}, refused {outcome.refused}, lost {lost}")
    print(f"problems {len(found.problems)}")
    return int(bool(lost or outcome.errors or outcome.refused or found.problems))


if __name__ == "__main__":
    sys.exit(main())
