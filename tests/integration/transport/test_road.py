"""The road to headquarters: what it sends, what it trusts, and how troubles are told."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest
from pydantic import BaseModel

from embassy_desk.domain.errors import RefusedError
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.sealing.requests import verified_signature
from embassy_desk.sync.compression import compressed, decompressed
from embassy_desk.sync.problems import PROBLEM_TYPE, ProblemCode
from embassy_desk.transport.errors import RequestRefusedError, RoadError
from embassy_desk.transport.road import MOST_TRIES, Road, RoadTimes, Signer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY = DeviceKey.made()
SIGNER = Signer("a" * 32, KEY)
Handler = Callable[[httpx.Request], httpx.Response]


class Told(BaseModel):
    """What the answers of these tests say."""

    word: str


class Waits:
    """Remembers for how long it was asked to sleep."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def road(handler: Handler, waits: Waits | None = None) -> Road:
    times = RoadTimes(lambda: NOW, waits or Waits(), lambda: 0.5)
    return Road("http://127.0.0.1:1", "", times, transport=httpx.MockTransport(handler))


def ask(handler: Handler, waits: Waits | None = None) -> Told:
    with road(handler, waits) as opened:
        return opened.ask("/x", b"body " * 100, Told, SIGNER)


def made(status: int, body: bytes, **headers: str) -> httpx.Response:
    """Return a response that comes as a stream, as over a real line."""
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


def good(_: httpx.Request) -> httpx.Response:
    return made(200, b'{"word": "yes"}')


def problem(code: ProblemCode, status: int, **more: object) -> httpx.Response:
    body = {"type": PROBLEM_TYPE + code.value, "status": status, **more}
    return made(status, json.dumps(body).encode())


def test_a_request_goes_out_compressed_and_signed() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return good(request)

    assert ask(handler).word == "yes"
    (request,) = seen
    body = request.read()
    found = verified_signature(
        "POST", str(request.url), request.headers, body, key_of={"a" * 32: KEY.public}.get, now=NOW
    )
    assert found.key_id == "a" * 32
    assert decompressed(body, 1_000) == b"body " * 100
    assert len(body) < 100


def test_a_compressed_answer_is_read() -> None:
    body = compressed(b'{"word": "small"}')

    def handler(_: httpx.Request) -> httpx.Response:
        stream = httpx.ByteStream(body)
        return httpx.Response(200, headers={"content-encoding": "zstd"}, stream=stream)

    assert ask(handler).word == "small"


def test_the_sign_in_page_of_a_hotel_is_not_headquarters() -> None:
    with pytest.raises(RoadError) as caught:
        ask(lambda _: made(200, b"<html>Welcome</html>"))
    assert caught.value.reason == "stranger"


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_refusal_in_other_words_is_not_headquarters(status: int) -> None:
    with pytest.raises(RoadError) as caught:
        ask(lambda _: made(status, b"no"))
    assert caught.value.reason == "stranger"


def test_an_answer_that_never_ends_is_dropped() -> None:
    def handler(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=httpx.ByteStream(bytes(20 * 1024 * 1024)))

    with pytest.raises(RoadError) as caught:
        ask(handler)
    assert caught.value.reason == "too_large"


def test_a_broken_line_is_tried_again_each_time_later() -> None:
    waits = Waits()
    left = [httpx.ReadError("reset"), httpx.ReadTimeout("silent")]

    def handler(request: httpx.Request) -> httpx.Response:
        if left:
            raise left.pop()
        return good(request)

    assert ask(handler, waits).word == "yes"
    assert waits.seconds == [1.0, 2.0]


def test_a_line_that_stays_broken_is_given_up() -> None:
    waits = Waits()

    def handler(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody")

    with pytest.raises(RoadError) as caught:
        ask(handler, waits)
    assert caught.value.reason == "unreachable"
    assert len(waits.seconds) == MOST_TRIES - 1


def test_a_busy_headquarters_says_when_to_come_back() -> None:
    waits = Waits()
    answers = [problem(ProblemCode.BUSY, 503)]
    answers[0].headers["retry-after"] = "7"

    def handler(request: httpx.Request) -> httpx.Response:
        return answers.pop() if answers else good(request)

    assert ask(handler, waits).word == "yes"
    assert waits.seconds == [7.0]


def test_a_clock_that_is_off_costs_one_more_request_and_no_wait() -> None:
    waits = Waits()
    later_ms = int(NOW.timestamp() * 1000) + 3_600_000
    created: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        created.append(
            request.headers["signature-input"].partition("created=")[2].partition(";")[0]
        )
        if len(created) == 1:
            return problem(ProblemCode.CLOCK, 401, now_ms=later_ms)
        return good(request)

    assert ask(handler, waits).word == "yes"
    assert int(created[1]) - int(created[0]) == 3_600
    assert waits.seconds == []


def test_a_refusal_of_headquarters_is_not_tried_again() -> None:
    count = 0

    def handler(_: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        return problem(ProblemCode.FORK, 409, last=3, links=[[3, "0" * 32]])

    with pytest.raises(RequestRefusedError) as caught:
        ask(handler)
    assert (count, caught.value.problem.last) == (1, 3)


def test_without_encryption_only_this_computer_is_spoken_to() -> None:
    with pytest.raises(RefusedError):
        Road("http://example.org", "", RoadTimes(lambda: NOW))
