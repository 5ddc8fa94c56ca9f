"""S10: bodies that cost more to refuse than to send are refused before they cost anything."""

import json
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from embassy_desk.headquarters.app import build_app
from embassy_desk.headquarters.bodies import GRACE_S, MOST_KEYS, body_of, model_of
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.sync.exchange import EXCHANGE_PATH, MOST_OPERATIONS, ExchangeRequest
from embassy_desk.sync.problems import ProblemCode
from makers.laptops import HOST, Laptop, make_laptop

MANY = 60_000


@pytest.fixture
def laptop(hub: Hub) -> Iterator[Laptop]:
    with TestClient(build_app(hub)) as client:
        yield make_laptop(client, hub)


def keys(count: int) -> str:
    return "{" + ",".join(f'"k{each}":1' for each in range(count)) + "}"


CROWDED = {
    "unknown keys": keys(MANY),
    "unknown keys within": f'{{"want":{keys(MANY)}}}',
    "scopes": f'{{"cursors":{keys(MANY)}}}',
    "fields": f'{{"ops":[{{"f":{keys(MANY)}}}]}}',
    "operations": '{"ops":[' + ",".join(["{}"] * MANY) + "]}",
    "wrong operations": '{"ops":[' + ",".join(["1"] * MOST_OPERATIONS) + "]}",
    "files": '{"blobs_have":[' + ",".join(["1"] * MANY) + "]}",
    "depth": "[" * MANY + "]" * MANY,
}


@pytest.mark.parametrize("text", CROWDED.values(), ids=list(CROWDED))
def test_what_is_crowded_is_refused_and_takes_no_memory(text: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(Refusal) as refused:
            model_of(ExchangeRequest, text.encode())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.code is ProblemCode.MALFORMED
    assert peak < 60 * len(text)


def test_the_most_that_is_allowed_is_read() -> None:
    class Anything(BaseModel):
        f: dict[str, str]

    body = json.dumps({"f": {f"k{each}": "x" * 200 for each in range(MOST_KEYS)}}).encode()
    assert len(model_of(Anything, body).f) == MOST_KEYS


def test_large_bodies_of_strangers_are_not_read(laptop: Laptop) -> None:
    taken = []

    def body() -> Iterator[bytes]:
        for _ in range(40):
            taken.append(len(taken))
            yield b"x" * 1024

    answer = laptop.client.post(HOST + EXCHANGE_PATH, content=body())
    assert answer.status_code == 401
    stranger = {"signature": "desk=:AA==:", "signature-input": f'desk=();keyid="{"ab" * 16}"'}
    answer = laptop.client.post(HOST + EXCHANGE_PATH, content=b"x" * 500_000, headers=stranger)
    assert answer.status_code == 401
    assert answer.json()["type"].endswith("unsigned")


class Stalling:
    """A request whose body comes a byte at a time, by a clock of its own."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.now = 0.0

    def timer(self) -> float:
        return self.now

    async def stream(self) -> AsyncIterator[bytes]:
        while True:
            self.now += 1
            yield b"x"


@pytest.mark.asyncio
async def test_a_body_that_dribbles_is_given_up() -> None:
    request: Any = Stalling()
    with pytest.raises(Refusal) as refused:
        await body_of(request, timer=request.timer)
    assert refused.value.status == 408
    assert request.now <= GRACE_S + 1
