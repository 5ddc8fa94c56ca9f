"""A laptop that knows only the wire: writes operations, exchanges, keeps what it got."""

import json
from dataclasses import dataclass, field
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from embassy_desk.headquarters.hub import Hub
from embassy_desk.sealing.digests import (
    CHAIN_START,
    NO_ROWS,
    chain_link,
    digest_sum,
    operation_digest,
    row_digest,
)
from embassy_desk.sealing.requests import signed_headers
from embassy_desk.sync.chains import row_form
from embassy_desk.sync.compression import compressed
from embassy_desk.sync.exchange import EXCHANGE_PATH, PROTOCOL
from embassy_desk.sync.operations import Operation
from embassy_desk.sync.packing import long_id, packed, unpacked_rows
from makers.hubs import HubClock, Keys, approve_device, make_code

HOST = "http://testserver"
Form = dict[str, Any]


@dataclass
class Laptop:
    """One device.

    Attributes:
        client: The line to headquarters.
        clock: Its clock, headquarters' own by default.
        keys: Its identity and keys.
        rows: Confirmed rows by entity and identity.
        cursors: What it has read.
    """

    client: TestClient
    hub: Hub
    clock: HubClock
    keys: Keys = field(default_factory=Keys)
    epoch: int = 1
    operations: list[Form] = field(default_factory=list)
    links: list[bytes] = field(default_factory=lambda: [CHAIN_START])
    acked: int = 0
    rows: dict[tuple[str, str], Form] = field(default_factory=dict)
    cursors: dict[str, int] = field(default_factory=dict)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    pred: tuple[str, int] | None = None

    def signed(self, method: str, path: str, body: bytes = b"", **headers: str) -> Response:
        """Send a signed request."""
        url = HOST + path
        made = signed_headers(
            method, url, body, key=self.keys.signing, key_id=self.keys.node, created=self.clock()
        )
        return self.client.request(method, url, content=body, headers={**headers, **made})

    def write(
        self, row: str, entity: str = "contact", kind: str = "put", *, seen: str = "", **fields: Any
    ) -> Form:
        """Write an operation; what it saw is what the laptop has read of a scope."""
        form: Form = {
            "n": len(self.operations) + 1,
            "t": int(self.clock().timestamp() * 1000),
            "e": entity,
            "r": row,
            "k": kind,
            "u": self.keys.node,
            "b": 0,
        }
        scope = seen or "m:TOK"
        if self.cursors.get(scope):
            form |= {"b": self.cursors[scope], "s": scope}
        if self.epoch > 1 and form["b"]:
            form["g"] = self.epoch
        if kind not in {"del", "undel", "purge"}:
            form["f"] = fields
        return self.append(form)

    def append(self, form: Form) -> Form:
        """Add a form to the log."""
        digest = operation_digest(Operation.read(form).canonical)
        self.operations.append(form)
        self.links.append(chain_link(self.links[-1], digest))
        return form

    def request(self, *, at: int | None = None, **others: Any) -> Form:
        """Return what the next exchange sends."""
        at = self.acked if at is None else at
        told: Form = {
            "proto": PROTOCOL,
            "hub_id": self.hub.hub_id,
            "epoch": self.epoch,
            "node": self.keys.node,
            "schema_rev": "0001",
            "app": "test",
            "now_ms": int(self.clock().timestamp() * 1000),
            "nseq": len(self.operations),
            "at": at,
            "hash": self.links[at].hex(),
            "cursors": self.cursors,
            "ops": list(packed(self.operations[at:], at + 1)),
        }
        if self.pred is not None:
            told["pred"] = self.pred
        return {**told, **others}

    def post(self, told: Form, path: str = EXCHANGE_PATH) -> Response:
        """Send a form, compressed and signed."""
        body = compressed(json.dumps(told).encode())
        headers = {"content-encoding": "zstd", "content-type": "application/json"}
        return self.signed("POST", path, body, **headers)

    def exchange(self, **others: Any) -> Form:
        """Exchange until there is no more, apply what comes, and return the last answer."""
        while True:
            response = self.post(self.request(**others))
            assert response.status_code == 200, response.text
            told: Form = response.json()
            self.apply(told)
            if not any(page.get("more") for page in told["scopes"].values()):
                return told

    def apply(self, told: Form) -> None:
        """Take an answer in: what was acknowledged is confirmed, then the pages."""
        assert self.links[told["last"]].hex() == told["last_hash"]
        rejected = {each["n"] for each in told.get("results", ()) if each["code"] != "deferred"}
        for form in self.operations[self.acked : told["last"]]:
            if form["n"] not in rejected:
                self._confirm(form)
        self.acked = told["last"]
        for scope, page in told["scopes"].items():
            self._read(scope, page)

    def _confirm(self, form: Form) -> None:
        key = (form["e"], form["r"])
        if form["k"] == "del":
            self.rows.pop(key, None)
        elif form["k"] in {"put", "recover"}:
            self.rows.setdefault(key, {}).update(form["f"])
            self.places.setdefault(key, "m:TOK")

    def _read(self, scope: str, page: Form) -> None:
        assert page["from"] == self.cursors.get(scope, 0)
        for row in unpacked_rows(page.get("rows", [])):
            key = (row["e"], row["r"])
            if row.get("d"):
                self.rows.pop(key, None)
                continue
            if row.get("w"):
                self.rows[key] = {}
            self.rows.setdefault(key, {}).update(row["f"])
            self.places[key] = scope
        for gone in page.get("gone", []):
            key = (gone["e"], long_id(gone["r"]))
            if self.places.get(key) == scope:
                self.rows.pop(key, None)
        self.cursors[scope] = page["to"]
        if "digest" in page:
            assert self.digest(scope) == page["digest"], f"{scope} differs"

    def digest(self, scope: str) -> str:
        """Return the sum of the confirmed rows of a scope."""
        digests = [
            row_digest(row_form(*key, fields))
            for key, fields in self.rows.items()
            if self.places.get(key) == scope
        ]
        return digest_sum(NO_ROWS, added=digests).hex()

    def conflicts(self) -> list[Form]:
        """Return the conflicts it knows."""
        return [fields for (entity, _), fields in self.rows.items() if entity == "conflict"]


def make_laptop(client: TestClient, hub: Hub, mission: str = "TOK", **wanted: Any) -> Laptop:
    """Return an enrolled and approved laptop."""
    clock = hub.clock
    assert isinstance(clock, HubClock)
    laptop = Laptop(client, hub, clock)
    request = laptop.keys.request(make_code(hub, mission, **wanted))
    assert client.post("/enrol", content=request.model_dump_json()).status_code == 200
    approve_device(hub, laptop.keys.node)
    return laptop
