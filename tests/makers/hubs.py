"""Makers of headquarters, and of laptops that speak to them without a network."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.devices import approve
from embassy_desk.headquarters.enrolling import NewCode, new_code
from embassy_desk.headquarters.hub import Hub, init_hub, open_hub
from embassy_desk.headquarters.missions import add_mission
from embassy_desk.headquarters.settings import Deployment
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.sealing.letters import Recipient, made_recipient
from embassy_desk.sync.enrolment import EnrolmentRequest

BEGINNING = datetime(2026, 11, 22, 8, tzinfo=UTC)


@dataclass
class HubClock:
    """A clock that stands still until it is moved."""

    at: datetime = BEGINNING

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        """Move on by days, hours, minutes, seconds."""
        self.at += timedelta(**by)


def make_hub(
    home: Path,
    *,
    database: str = "",
    clock: HubClock | None = None,
    missions: tuple[str, ...] = ("TOK", "PAR"),
    environment: Mapping[str, str] | None = None,
) -> Hub:
    """Return an open headquarters with missions."""
    clock = clock or HubClock()
    deployment = Deployment(
        address="", hosts=("localhost", "127.0.0.1"), database=database, journal=""
    )
    init_hub(home, deployment, clock, environment or {})
    hub = open_hub(home, clock, environment or {})
    with hub.database.writing([EVERY_SCOPE]) as connection:
        for code in missions:
            add_mission(connection, code, "", hub.now_ms)
    return hub


@dataclass
class Keys:
    """What identifies a laptop."""

    node: str = field(default_factory=lambda: secrets.token_hex(16))
    signing: DeviceKey = field(default_factory=DeviceKey.made)
    recipient: Recipient = field(default_factory=made_recipient)

    def request(self, secret: str, **others: str) -> EnrolmentRequest:
        """Return a signed request for enrolment."""
        unsigned = EnrolmentRequest(
            secret=secret,
            node=self.node,
            signing_key=self.signing.public.hex(),
            recipient=self.recipient.public,
            signature="0" * 128,
            **others,
        )
        signature = self.signing.sign(unsigned.signed_part).hex()
        return unsigned.model_copy(update={"signature": signature})


def make_code(hub: Hub, mission: str = "TOK", **wanted: object) -> str:
    """Return the secret of a new code."""
    with hub.database.writing([EVERY_SCOPE]) as connection:
        return new_code(hub, connection, NewCode(mission, **wanted)).secret  # type: ignore[arg-type]


def approve_device(hub: Hub, node: str) -> None:
    """Approve a device."""
    with hub.database.writing([EVERY_SCOPE]) as connection:
        approve(hub, connection, node)
