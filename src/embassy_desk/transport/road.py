"""The HTTP client: one warm connection to headquarters, signed requests, bounded answers.

Only the root that enrolment brought is trusted; neither the system's roots nor its proxy settings
count. There is no time limit on the whole, only on silence: a slow line is a line.
"""

import random
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.sealing.requests import signed_headers
from embassy_desk.sync.compression import ENCODING, compressed, decompressed
from embassy_desk.sync.exchange import LARGEST_TEXT_BYTES, MEDIA_TYPE
from embassy_desk.sync.problems import PROBLEM_TYPE, ProblemCode, ProblemDocument
from embassy_desk.texts import N_
from embassy_desk.transport.errors import RequestRefusedError, RoadError, road_error

CONNECT_S = 15.0
STALL_S = 30.0
"""Without a byte for so long, the connection is given up."""

KEPT_S = 300.0
"""How long an idle connection is kept: the next exchange then costs one round trip."""

BYTES_TYPE = "application/octet-stream"
MOST_TRIES = 4
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0
_LARGEST_ANSWER_BYTES = 16 * 1024 * 1024
_REFUSED_FROM = 400
_BUSY = frozenset({408, 429, 502, 503, 504})

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Signer:
    """With what requests are signed.

    Attributes:
        node_id: The identity under which the key is enrolled.
        key: The device's key.
        offset_ms: Headquarters' clock less ours.
    """

    node_id: str
    key: DeviceKey
    offset_ms: int = 0


@dataclass(frozen=True)
class RoadTimes:
    """Clock and sleep of a road; tests pass their own.

    Attributes:
        now: The present time, with zone.
        sleep: Waits some seconds.
        chance: A random number from 0 to 1, so that 960 laptops do not come back together.
        tries: How often a request is made while troubles pass.
    """

    now: Callable[[], datetime]
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = field(default=random.SystemRandom().random)
    tries: int = MOST_TRIES


@dataclass(frozen=True)
class _Call:
    """One request: what is sent, and in what form."""

    method: str
    path: str
    body: bytes | None = None
    media_type: str = ""
    encoding: str = ""
    part: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What is said of the body, and which bytes are asked for."""
        told = {
            "Content-Type": self.media_type,
            "Content-Encoding": self.encoding,
            "Range": self.part,
        }
        return {name: value for name, value in told.items() if value}


class Road:
    """Requests to one headquarters; used by one thread at a time."""

    def __init__(
        self,
        url: str,
        root_certificate: str,
        times: RoadTimes,
        *,
        proxy: str | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Prepare; nothing is connected before the first request.

        Args:
            url: Where headquarters is, without a slash at its end.
            root_certificate: PEM of the one root that is trusted; empty on plain loopback.
            times: Clock and sleep.
            proxy: Address of a proxy, if the network has one.
            transport: Another way to carry requests, for tests.

        Raises:
            RefusedError: The address is not https, and not of this computer either.
        """
        self.url = url
        self._times = times
        self._client = client_for(url, root_certificate, proxy, transport)

    def __enter__(self) -> Self:
        """Return the road itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the connection."""
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def ask(self, path: str, body: bytes, answer: type[Model], signer: Signer) -> Model:
        """Send a signed request and return its answer; passing troubles are tried again.

        Args:
            path: From the root of the address.
            body: JSON; compressed on the way.
            answer: The model that the answer must have.
            signer: With what to sign.

        Raises:
            RoadError: Headquarters was not reached, or did not answer as headquarters does.
            RequestRefusedError: It refused.
        """
        call = _Call("POST", path, compressed(body), MEDIA_TYPE, ENCODING)
        return read_answer(self._tried(call, signer), answer)

    def put(self, path: str, content: bytes, answer: type[Model], signer: Signer) -> Model:
        """Bring bytes as they are, such as a piece of a file, and return the answer.

        Raises:
            RoadError: Headquarters was not reached.
            RequestRefusedError: It refused.
        """
        return read_answer(self._tried(_Call("PUT", path, content, BYTES_TYPE), signer), answer)

    def fetch(self, path: str, signer: Signer | None = None) -> bytes:
        """Return what lies at a path.

        Raises:
            RoadError: Headquarters was not reached.
            RequestRefusedError: It refused.
        """
        return self._tried(_Call("GET", path), signer)

    def fetch_range(self, path: str, start: int, most: int, signer: Signer) -> bytes:
        """Return the bytes of a file from some place on; more, if the way there knows no ranges.

        Args:
            path: From the root of the address.
            start: The first byte.
            most: How many; 1 or more.
            signer: With what to sign.

        Raises:
            RoadError: Headquarters was not reached, or gave another part.
            RequestRefusedError: It refused.
        """
        call = _Call("GET", path, part=f"bytes={start}-{start + most - 1}")
        return self._tried(call, signer)

    def post_unsigned(self, path: str, body: bytes, answer: type[Model]) -> Model:
        """Send what carries its own signature, as the request to be enrolled does.

        Raises:
            RoadError: Headquarters was not reached.
            RequestRefusedError: It refused.
        """
        return read_answer(self._tried(_Call("POST", path, body, MEDIA_TYPE), None), answer)

    def _tried(self, call: "_Call", signer: Signer | None) -> bytes:
        """Send, and send again after passing troubles, each time later."""
        wait_s = FIRST_WAIT_S
        for tries in range(1, self._times.tries + 1):
            try:
                return self._sent(call, signer)
            except RoadError as error:
                if not error.may_retry or tries == self._times.tries:
                    raise
            except RequestRefusedError as error:
                signer = self._corrected(signer, error.problem)
                if error.retry_after_s is not None:
                    wait_s = max(wait_s, error.retry_after_s)
                again = error.problem.code in (ProblemCode.CLOCK, ProblemCode.REPLAYED)
                if tries == self._times.tries or not (again or error.problem.status in _BUSY):
                    raise
                if again:
                    continue
            self._times.sleep(min(LONGEST_WAIT_S, wait_s) * (0.5 + self._times.chance()))
            wait_s *= 2
        raise RoadError("unreachable")

    def _corrected(self, signer: Signer | None, problem: ProblemDocument) -> Signer | None:
        """Return the signer by headquarters' clock, if the refusal was about time."""
        if signer is None or problem.code != ProblemCode.CLOCK or problem.now_ms is None:
            return signer
        offset = problem.now_ms - int(self._times.now().timestamp() * 1000)
        return Signer(signer.node_id, signer.key, offset)

    def _sent(self, call: "_Call", signer: Signer | None) -> bytes:
        method, url, body = call.method, self.url + call.path, call.body
        headers = call.headers
        if signer is not None:
            created = self._times.now() + timedelta(milliseconds=signer.offset_ms)
            headers |= signed_headers(
                method, url, body or b"", key=signer.key, key_id=signer.node_id, created=created
            )
        try:
            with self._client.stream(method, url, content=body, headers=headers) as response:
                return _part_of(call, response, _read(response))
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            raise road_error(error) from error


def client_for(
    url: str,
    root_certificate: str,
    proxy: str | None = None,
    transport: httpx.BaseTransport | None = None,
) -> httpx.Client:
    """Return a client that trusts one root only, and neither proxies nor roots of the system.

    Raises:
        RefusedError: The address is not https, and not of this computer either.
    """
    is_plain = httpx.URL(url).scheme != "https"
    if is_plain and httpx.URL(url).host not in ("127.0.0.1", "localhost", "::1"):
        raise RefusedError(N_("Without encryption only this computer itself is spoken to."))
    return httpx.Client(
        verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if is_plain else trusted(root_certificate),
        trust_env=False,
        proxy=proxy,
        transport=transport,
        timeout=httpx.Timeout(STALL_S, connect=CONNECT_S),
        limits=httpx.Limits(max_connections=2, keepalive_expiry=KEPT_S),
        headers={"Accept-Encoding": ENCODING, "User-Agent": "embassy-desk"},
    )


def trusted(root_certificate: str) -> ssl.SSLContext:
    """Return a TLS context that trusts one root and nothing else, TLS 1.3 only.

    Raises:
        RefusedError: It is no certificate.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        context.load_verify_locations(cadata=root_certificate)
    except (ssl.SSLError, ValueError) as error:
        raise RefusedError(N_("The certificate of headquarters cannot be read.")) from error
    return context


def untrusting() -> ssl.SSLContext:
    """Return a TLS context that asks nobody; only to fetch what a fingerprint then proves."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def fetch_unproved(url: str, path: str, *, largest: int, proxy: str | None = None) -> bytes:
    """Return what lies at a path, from whoever answers; the caller proves it by a fingerprint.

    Raises:
        RoadError: Nobody answered, or with too much.
    """
    try:
        with (
            httpx.Client(
                verify=untrusting(), trust_env=False, proxy=proxy, timeout=STALL_S
            ) as client,
            client.stream("GET", url + path) as response,
        ):
            if response.status_code >= _REFUSED_FROM:
                raise RoadError("stranger")
            return _bounded(response, largest)
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
        raise road_error(error) from error


def _bounded(response: httpx.Response, largest: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_raw():
        size += len(part)
        if size > largest:
            raise RoadError("too_large")
        parts.append(part)
    return b"".join(parts)


def _read(response: httpx.Response) -> bytes:
    """Return the body of an answer, or raise what it says."""
    body = _bounded(response, _LARGEST_ANSWER_BYTES)
    if response.headers.get("content-encoding") == ENCODING:
        try:
            body = decompressed(body, LARGEST_TEXT_BYTES)
        except InvalidError as error:
            raise RoadError("stranger") from error
    if response.status_code < _REFUSED_FROM:
        return body
    raise _refusal(response, body)


def _part_of(call: _Call, response: httpx.Response, body: bytes) -> bytes:
    """Return what was asked for: the answer, or what of it begins where a range does.

    Raises:
        RoadError: It is another part.
    """
    if not call.part:
        return body
    start = call.part.removeprefix("bytes=").partition("-")[0]
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return body[int(start) :]
    if not response.headers.get("content-range", "").startswith(f"bytes {start}-"):
        raise RoadError("stranger")
    return body


def _refusal(response: httpx.Response, body: bytes) -> RequestRefusedError | RoadError:
    """Return what a refusal says; one that is not in our words is not headquarters'."""
    try:
        problem = ProblemDocument.model_validate_json(body)
    except ValidationError:
        problem = None
    if problem is not None and problem.type.startswith(PROBLEM_TYPE):
        after = response.headers.get("retry-after", "")
        return RequestRefusedError(problem, float(after) if after.isdecimal() else None)
    if response.status_code in _BUSY:
        return RoadError("broken")
    return RoadError(
        "proxy" if response.status_code == httpx.codes.PROXY_AUTHENTICATION_REQUIRED else "stranger"
    )


def read_answer(body: bytes, answer: type[Model]) -> Model:
    """Return an answer read by its model.

    Raises:
        RoadError: It is something else, such as the sign-in page of a hotel.
    """
    try:
        return answer.model_validate_json(body)
    except ValidationError as error:
        raise RoadError("stranger") from error
