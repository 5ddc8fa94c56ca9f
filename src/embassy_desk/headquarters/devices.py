"""The devices that were let in: listed, approved, revoked, wiped."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Row, select, update

from embassy_desk.domain.errors import InvalidError, MissingError, Problem, RefusedError
from embassy_desk.headquarters.enrolling import PENDING_LASTS_MS
from embassy_desk.headquarters.hub import Hub, moment_of
from embassy_desk.headquarters.tables import HUB_NODE
from embassy_desk.sealing.keys import DeviceKey, is_signed
from embassy_desk.sync.orders import WipeOrder
from embassy_desk.texts import N_

PENDING, ACTIVE, REVOKED = "pending", "active", "revoked"
SHORTEST_PREFIX = 6
"""Digits of an identity that name a device, if no other begins with them."""


@dataclass(frozen=True)
class Device:
    """A device as the list shows it; times are RFC 3339, empty where it did not happen.

    Attributes:
        words: Six words that its person reads out before it is approved.
        last: Number of the last operation that headquarters has of it.
        backlog: How many it said it had written and not yet sent.
    """

    id: str
    mission: str
    officer: str
    status: str
    person: str
    device: str
    words: str
    app: str
    system: str
    enrolled_at: str
    approved_at: str
    revoked_at: str
    seen_at: str
    last: int
    backlog: int

    @property
    def as_object(self) -> dict[str, object]:
        """Return it for JSON."""
        return asdict(self)


def devices(hub: Hub, connection: Connection) -> list[Device]:
    """Return every device, by mission and time of enrolment."""
    rows = connection.execute(
        select(HUB_NODE).order_by(HUB_NODE.c.mission, HUB_NODE.c.enrolled_ms, HUB_NODE.c.nid)
    )
    return [_device(row, hub.now_ms) for row in rows]


def approve(hub: Hub, connection: Connection, name: str) -> Device:
    """Let a pending device exchange, after its words were compared by telephone.

    Raises:
        MissingError: There is no such device.
        RefusedError: It is revoked, or waited for longer than 7 days.
    """
    row = named_device(connection, name)
    status = device_status(row, hub.now_ms)
    if status == REVOKED:
        raise RefusedError(
            N_("This device was revoked or waited too long; enrol it anew with a new code.")
        )
    if status == PENDING:
        _update(connection, row.nid, status=ACTIVE, approved_ms=hub.now_ms)
    return _device(named_device(connection, row.node_id), hub.now_ms)


def revoke(
    hub: Hub, connection: Connection, name: str, order_key: DeviceKey | None = None
) -> Device:
    """Shut a device out, and order it to wipe itself when the order key is at hand.

    Raises:
        MissingError: There is no such device.
        RefusedError: The key is not the order key of this headquarters.
    """
    row = named_device(connection, name)
    values: dict[str, object] = {"status": REVOKED}
    if row.revoked_ms is None:
        values["revoked_ms"] = hub.now_ms
    if order_key is not None:
        values["wipe_order"] = wipe_order(hub, row.node_id, order_key).model_dump_json()
    _update(connection, row.nid, **values)
    return _device(named_device(connection, row.node_id), hub.now_ms)


def wipe_order(hub: Hub, node_id: str, key: DeviceKey) -> WipeOrder:
    """Return a signed order that one device destroys what it holds.

    Raises:
        RefusedError: The key is not the order key of this headquarters.
    """
    unsigned = WipeOrder(hub_id=hub.hub_id, node=node_id, issued_ms=hub.now_ms, signature="")
    signature = key.sign(unsigned.signed_part)
    if not is_signed(hub.keys.order, unsigned.signed_part, signature):
        raise RefusedError(N_("This is not the order key of this headquarters."))
    return unsigned.model_copy(update={"signature": signature.hex()})


def named_device(connection: Connection, name: str) -> Row[tuple[object, ...]]:
    """Return the row of the one device whose identity begins with these digits.

    Raises:
        MissingError: There is none.
        InvalidError: There are several, or too few digits.
    """
    digits = name.replace("-", "").lower()
    if len(digits) < SHORTEST_PREFIX or not set(digits) <= set("0123456789abcdef"):
        raise InvalidError([Problem("id", N_("Write at least six digits of the identity."))])
    found = connection.execute(
        select(HUB_NODE).where(HUB_NODE.c.node_id.startswith(digits, autoescape=True)).limit(2)
    ).all()
    if not found:
        raise MissingError(N_("There is no device {name}.", name=name))
    if len(found) > 1:
        raise InvalidError([Problem("id", N_("Several devices begin with these digits."))])
    return found[0]


def _update(connection: Connection, nid: int, **values: object) -> None:
    connection.execute(update(HUB_NODE).where(HUB_NODE.c.nid == nid).values(**values))


def device_status(row: Row[tuple[object, ...]], now_ms: int) -> str:
    """Return how a device stands; one that waited for longer than 7 days counts as revoked."""
    if row.status == PENDING and now_ms > row.enrolled_ms + PENDING_LASTS_MS:
        return REVOKED
    return str(row.status)


def _device(row: Row[tuple[object, ...]], now_ms: int) -> Device:
    return Device(
        id=row.node_id,
        mission=row.mission,
        officer=row.officer or "",
        status=device_status(row, now_ms),
        person=row.person,
        device=row.device,
        words=row.words,
        app=row.app,
        system=row.system,
        enrolled_at=_time(row.enrolled_ms),
        approved_at=_time(row.approved_ms),
        revoked_at=_time(row.revoked_ms),
        seen_at=_time(row.seen_ms),
        last=row.last_nseq,
        backlog=row.backlog,
    )


def _time(at_ms: int | None) -> str:
    return "" if at_ms is None else moment_of(at_ms).isoformat(timespec="seconds")
