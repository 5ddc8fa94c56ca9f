"""S1: who may ask what. Every route of the application, every kind of caller, every identity in it.

What belongs to another mission is answered as what nobody has, byte for byte; and whatever was
refused has changed nothing. A route without a line in the table fails.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.devices import revoke
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.tables import HUB, HUB_NONCE
from embassy_desk.sealing.keys import DeviceKey
from makers.hubs import make_code
from makers.laptops import Laptop, make_laptop

ROW, FILE = "0" * 31 + "1", "0" * 31 + "2"
NOBODY = "f" * 32
CONTENT = b"what the file says"
DIGEST = sha256(CONTENT).hexdigest()
CONTENT_OF = "/sync/v1/content/{row}/{digest}"


@dataclass(frozen=True)
class Question:
    """A request about somebody's things.

    Attributes:
        path: With the identities in it.
        form: The body, for those that send JSON.
        body: The body as bytes.
    """

    path: str
    form: dict[str, Any] | None = None
    body: bytes = b""


@dataclass(frozen=True)
class About:
    """Whose things a request is about."""

    mission: str
    node: str
    row: str
    file: str


Ask = Callable[[About], Question]

OPEN: dict[tuple[str, str], Question] = {
    ("GET", "/sync/v1/health"): Question("/sync/v1/health"),
    ("GET", "/enrol/root.pem"): Question("/enrol/root.pem"),
    ("POST", "/enrol"): Question("/enrol", {"secret": "0" * 25}),
}
"""Routes that nobody signs for."""

SIGNED: dict[tuple[str, str], Ask] = {
    ("GET", "/enrol/status"): lambda _: Question("/enrol/status"),
    ("POST", "/sync/v1/exchange"): lambda about: Question(
        "/sync/v1/exchange", {"cursors": {f"m:{about.mission}": 0}}
    ),
    ("POST", "/sync/v1/digest"): lambda about: Question(
        "/sync/v1/digest", {"scope": f"m:{about.mission}", "buckets": []}
    ),
    ("POST", "/sync/v1/rows"): lambda about: Question(
        "/sync/v1/rows", {"scope": f"m:{about.mission}", "rows": []}
    ),
    ("POST", "/sync/v1/chain"): lambda about: Question(
        "/sync/v1/chain", {"node": about.node, "first": 0, "last": 1}
    ),
    ("POST", "/sync/v1/reidentify"): lambda about: Question(
        "/sync/v1/reidentify",
        {
            "node": "e" * 32,
            "public_key": DeviceKey.made().public.hex(),
            "pred": [about.node, 0],
            "hash": "0" * 32,
        },
    ),
    ("GET", "/sync/v1/snapshot/{scope}"): lambda about: Question(
        f"/sync/v1/snapshot/m:{about.mission}"
    ),
    ("GET", "/sync/v1/snapshot/{scope}/{name}"): lambda about: Question(
        f"/sync/v1/snapshot/m:{about.mission}/{DIGEST}"
    ),
    ("PUT", CONTENT_OF): lambda about: Question(
        f"/sync/v1/content/{about.file}/{DIGEST}?start=0", body=CONTENT
    ),
    ("GET", CONTENT_OF): lambda about: Question(
        f"/sync/v1/content/{about.file}/{DIGEST}?start=0&most=100"
    ),
}
"""Routes that take a signature, each with a request about somebody's things."""


@dataclass
class World:
    """A headquarters with what two missions have, and devices of every kind."""

    hub: Hub
    client: TestClient
    tokyo: Laptop
    paris: Laptop
    pending: Laptop
    revoked: Laptop

    @property
    def tokyos(self) -> About:
        """What belongs to Tokyo."""
        return About("TOK", self.tokyo.keys.node, ROW, FILE)

    def digest(self) -> str:
        """Return a digest of everything that is kept, but for nonces and who was here when."""
        told = []
        with self.hub.database.reading([EVERY_SCOPE]) as connection:
            for table in HUB.sorted_tables:
                if table is HUB_NONCE:
                    continue
                columns = [each for each in table.c if each.name != "seen_ms"]
                rows = connection.execute(select(*columns)).all()
                told += sorted(str((table.name, *row)) for row in rows)
        return sha256("\n".join(told).encode()).hexdigest()


NOBODYS = About("XXX", NOBODY, NOBODY, NOBODY)


@pytest.fixture
def world(hub: Hub) -> Iterator[World]:
    with TestClient(build_app(hub)) as client:
        tokyo, paris = make_laptop(client, hub), make_laptop(client, hub, "PAR")
        pending, revoked = make_laptop(client, hub, "PAR"), make_laptop(client, hub, "PAR")
        waiting = pending.keys.__class__()
        request = waiting.request(make_code(hub, "PAR"))
        assert client.post("/enrol", content=request.model_dump_json()).status_code == 200
        pending.keys = waiting
        with hub.database.writing([EVERY_SCOPE]) as connection:
            revoke(hub, connection, revoked.keys.node)
        tokyo.write(ROW, family_name="Lê")
        tokyo.write(FILE, "attachment", name="a.pdf", digest=DIGEST, size_bytes=len(CONTENT))
        tokyo.exchange()
        yield World(hub, client, tokyo, paris, pending, revoked)


def sent(laptop: Laptop, method: str, question: Question) -> tuple[int, bytes]:
    """Send a signed request and return status and body."""
    if question.form is None:
        answer = laptop.signed(method, question.path, question.body)
    else:
        form = question.form
        if question.path == "/sync/v1/exchange":
            form = laptop.request(**form)
        answer = laptop.post(form, question.path)
    return answer.status_code, answer.content


def sent_unsigned(
    client: TestClient, method: str, question: Question, **headers: str
) -> tuple[int, str]:
    """Send a request without a signature and return status and code."""
    body = question.body if question.form is None else json.dumps(question.form).encode()
    answer = client.request(method, question.path, content=body, headers=headers)
    return answer.status_code, answer.json().get("type", "").rpartition(":")[2]


def test_every_route_has_a_line_in_the_table(world: World) -> None:
    paths = world.client.get("/openapi.json").json()["paths"]
    routes = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert routes == OPEN.keys() | SIGNED.keys()


GARBAGE = {
    "signature": "desk=:AAAA:",
    "signature-input": 'desk=("@method");created=1;keyid="x";nonce="y";tag="embassy-desk"',
}


def test_who_is_not_an_active_device_is_refused_everywhere(world: World) -> None:
    before = world.digest()
    stranger = make_stranger(world)
    found = {}
    for route, ask in SIGNED.items():
        method, question = route[0], ask(world.tokyos)
        found[route] = (
            sent_unsigned(world.client, method, question),
            sent_unsigned(world.client, method, question, **GARBAGE),
            sent(stranger, method, question)[0],
            sent(world.pending, method, question)[0],
            sent(world.revoked, method, question)[0],
        )
    unsigned = (401, "unsigned")
    expected = dict.fromkeys(SIGNED, (unsigned, unsigned, 401, 403, 403))
    expected["GET", "/enrol/status"] = (unsigned, unsigned, 401, 200, 200)
    assert found == expected
    assert world.digest() == before


def make_stranger(world: World) -> Laptop:
    """Return a device that names Tokyo's identity and signs with a key of its own."""
    stranger = Laptop(world.client, world.hub, world.tokyo.clock)
    stranger.keys.node = world.tokyo.keys.node
    return stranger


FOREIGN = {each: ask for each, ask in SIGNED.items() if each[1] != "/enrol/status"}
EXCHANGE = ("POST", "/sync/v1/exchange")
TOLD_FIRST = {("POST", "/sync/v1/reidentify"), ("GET", "/sync/v1/snapshot/{scope}/{name}")}
"""Routes that need a name, or a link, that was told first."""


def test_what_is_another_missions_is_answered_as_what_nobody_has(world: World) -> None:
    world.paris.exchange()
    before = world.digest()
    for route, ask in FOREIGN.items():
        status, told = sent(world.paris, route[0], ask(world.tokyos))
        for own, other in ((b"TOK", b"XXX"), (world.tokyo.keys.node.encode(), NOBODY.encode())):
            told = told.replace(own, other)
        assert (status, told) == sent(world.paris, route[0], ask(NOBODYS)), route
        if route == EXCHANGE:  # notes which cursors were told, and nothing else
            before = world.digest()
        else:
            assert status in {400, 404, 409}, route
            assert world.digest() == before, route


def test_control_the_owner_is_answered_otherwise(world: World) -> None:
    """The table asks for things that are there: their owner gets them."""
    for route, ask in FOREIGN.items():
        if route not in TOLD_FIRST:
            assert sent(world.tokyo, route[0], ask(world.tokyos))[0] == 200, route


def test_words_about_a_record_of_another_mission_are_refused_and_leave_it(world: World) -> None:
    world.paris.exchange()
    world.paris.write(ROW, family_name="forged")
    told = world.paris.exchange()
    assert [each["code"] for each in told["results"]] == ["forbidden"]
    world.tokyo.exchange()
    assert world.tokyo.rows["contact", ROW]["family_name"] == "Lê"
    assert ("contact", ROW) not in world.paris.rows or (
        world.paris.rows["contact", ROW].get("family_name") != "Lê"
    )


def test_a_foreign_mission_in_a_body_gives_nothing(world: World) -> None:
    """A record that names another mission does not become that mission's."""
    world.paris.exchange()
    world.paris.write("0" * 31 + "9", family_name="smuggled", mission="TOK")
    told = world.paris.exchange()
    assert [each["code"] for each in told.get("results", [])] == ["forbidden"]
    world.tokyo.exchange()
    assert ("contact", "0" * 31 + "9") not in world.tokyo.rows
