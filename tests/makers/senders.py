"""Laptops that send operations without end, and remember which ones were acknowledged."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx2

from embassy_desk.sealing.digests import CHAIN_START, chain_link, operation_digest
from embassy_desk.sync.compression import compressed
from embassy_desk.sync.exchange import EXCHANGE_PATH, PROTOCOL
from embassy_desk.sync.operations import Operation
from embassy_desk.sync.packing import packed
from makers.hubs import Keys
from makers.services import ServiceProcess, signed_now

OPERATIONS_AT_ONCE = 5


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
        """Write operations on rows that all senders share."""
        for _ in range(count):
            number = len(self.forms) + 1
            fields = {"name": f"number {number}"}
            form = {"n": number, "t": number, "b": 0, "e": "contact", "r": f"{number % 7:032x}",
                    "k": "put", "f": fields, "u": None}  # fmt: skip
            digest = operation_digest(Operation.read(form).canonical)
            self.forms.append(form)
            self.links.append(chain_link(self.links[-1], digest))

    def exchange(self, client: httpx2.Client) -> None:
        """Send what is not acknowledged; every acknowledgement must be of what was sent."""
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


def status_of(service: ServiceProcess, keys: Keys) -> dict[str, Any]:
    """Return what headquarters says of a device."""
    url = service.url("/enrol/status")
    answer = httpx2.get(url, headers=signed_now(keys, "GET", url, b""))
    told: dict[str, Any] = answer.json()
    return told
