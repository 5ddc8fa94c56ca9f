"""Who asks: the signature of each request, its time, its nonce, and what the device may do.

There is no session. A `Caller` is made here only, and whoever reads or writes rows needs one.
"""

from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from embassy_desk.headquarters.devices import ACTIVE, PENDING, device_status
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.limits import RateLimit, shared_limit
from embassy_desk.headquarters.missions import scopes_of
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.headquarters.tables import HUB_NODE, HUB_NONCE
from embassy_desk.sealing.requests import (
    LARGEST_CLOCK_DIFFERENCE,
    ClockError,
    UnsignedError,
    verified_signature,
)
from embassy_desk.sync.problems import ProblemCode
from embassy_desk.sync.scopes import SHARED_SCOPE, mission_of, mission_scope

NONCES_KEPT_MS = 2 * int(LARGEST_CLOCK_DIFFERENCE.total_seconds() * 1000) + 60_000
"""A little longer than a signature counts, both ways."""

FORGOTTEN_EVERY_MS = 60_000
SEEN_EVERY_MS = 10_000
"""When a device was here is noted again after so long."""


@dataclass(frozen=True)
class Caller:
    """A device whose request is genuine, timely and new.

    Attributes:
        nid: Its short number.
        node_id: Its identity.
        mission: Code of its mission; `HQ` for a desk of headquarters.
        officer: Name of the officer whose desk it is, or nothing.
        scopes: What it reads.
    """

    nid: int
    node_id: str
    mission: str
    officer: str | None
    scopes: tuple[str, ...]

    @property
    def writes(self) -> frozenset[str]:
        """The scopes it may write: its mission's, or those that an officer's desk follows.

        Also the restricted ones that it may not read: who marks a record so must reach them.
        """
        missions = {code for each in self.scopes if (code := mission_of(each))}
        own = {mission_scope(code) for code in missions}
        own |= {mission_scope(code, is_restricted=True) for code in missions}
        return frozenset(own | ({SHARED_SCOPE} if self.officer else set()))


@dataclass
class SignIn:
    """Checks requests against the devices that are known."""

    hub: Hub
    processes: int = 1
    limit: RateLimit = field(init=False)
    _forgot_ms: int = 0

    def __post_init__(self) -> None:
        """Limit devices as the operator says."""
        told = self.hub.deployment
        self.limit = shared_limit(told.requests_at_once, told.requests_per_hour, self.processes)

    def caller(self, request: Request, body: bytes, *, may_wait: bool = False) -> Caller:
        """Return who signed a request.

        Args:
            request: As it came in.
            body: Its body, as it came in.
            may_wait: Let a device through that is not approved yet.

        Raises:
            Refusal: Unsigned, too early or late, replayed, too often, pending or revoked.
        """
        node, caller = self._signed_by(request, body)
        wait_s = self.limit.wait_s(node.node_id)
        if wait_s:
            raise Refusal(ProblemCode.BUSY, status=429, retry_after_s=wait_s)
        status = device_status(node, self.hub.now_ms)
        if status == PENDING and not may_wait:
            raise Refusal(ProblemCode.PENDING)
        if status not in {ACTIVE, PENDING} and not may_wait:
            members = {"order": node.wipe_order} if node.wipe_order else {}
            raise Refusal(ProblemCode.REVOKED, **members)
        return caller

    def _signed_by(self, request: Request, body: bytes) -> tuple[Row[Any], Caller]:
        headers = {name.lower(): value for name, value in request.headers.items()}
        if "signature" not in headers:
            is_compressed = "content-encoding" in headers
            raise Refusal(ProblemCode.ENCODING if is_compressed else ProblemCode.UNSIGNED)
        found: list[Row[Any]] = []

        def key_of(node_id: str) -> bytes | None:
            found[:] = self._rows(node_id)
            return bytes(found[0].signing_key) if found else None

        try:
            signed = verified_signature(
                request.method, _url(request), headers, body, key_of=key_of, now=self.hub.clock()
            )
        except UnsignedError as error:
            raise Refusal(ProblemCode.UNSIGNED) from error
        except ClockError as error:
            raise Refusal(ProblemCode.CLOCK) from error
        return found[0], self._use_up(found[0], signed.key_id, signed.nonce)

    def _rows(self, node_id: str) -> list[Row[Any]]:
        with self.hub.database.alone(is_reader=True) as connection:
            chosen = select(HUB_NODE).where(HUB_NODE.c.node_id == node_id)
            return list(connection.execute(chosen))

    def _use_up(self, node: Row[Any], node_id: str, nonce: str) -> Caller:
        """Remember a nonce and when the device was here; return what the device may do.

        Raises:
            Refusal: It was used before.
        """
        now_ms = self.hub.now_ms
        try:
            with self.hub.database.alone() as connection:
                self._forget_nonces(connection, now_ms)
                connection.execute(
                    insert(HUB_NONCE).values(node_id=node_id, nonce=nonce, at_ms=now_ms)
                )
                if node.seen_ms is None or abs(now_ms - node.seen_ms) >= SEEN_EVERY_MS:
                    chosen = update(HUB_NODE).where(HUB_NODE.c.nid == node.nid)
                    connection.execute(chosen.values(seen_ms=now_ms))
                return caller_of(connection, node)
        except IntegrityError as error:
            raise Refusal(ProblemCode.REPLAYED) from error

    def _forget_nonces(self, connection: Connection, now_ms: int) -> None:
        """Forget those that are too old to count, now and then; none is forgotten too early."""
        if abs(now_ms - self._forgot_ms) >= FORGOTTEN_EVERY_MS:
            self._forgot_ms = now_ms
            old = HUB_NONCE.c.at_ms < now_ms - NONCES_KEPT_MS
            connection.execute(delete(HUB_NONCE).where(old))


def caller_of(connection: Connection, node: Row[Any]) -> Caller:
    """Return the caller that a device is; only for those whose words were proved to be theirs."""
    scopes = scopes_of(
        connection,
        node.mission,
        node.officer,
        receives_restricted=bool(node.receives_restricted),
    )
    return Caller(node.nid, node.node_id, node.mission, node.officer, tuple(scopes))


def _url(request: Request) -> str:
    """Return the address that was asked for, path and query as they came in, not decoded."""
    host = request.headers.get("host", "")
    path = request.scope["raw_path"].decode("latin-1").partition("?")[0]
    query = request.scope["query_string"].decode("latin-1")
    return f"https://{host}{path}" + (f"?{query}" if query else "")
