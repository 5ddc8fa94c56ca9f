"""What this store knows of headquarters: where it is, and how the last exchange went."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from embassy_desk.store.types import time_of, time_text

PENDING, ACTIVE, REVOKED = "pending", "active", "revoked"
FIRST_BATCH_BYTES = 64 * 1024


@dataclass(frozen=True)
class HeadquartersLink:
    """Headquarters as this store knows it.

    Attributes:
        hub_id: Its random identity.
        url: Its address; empty when it is reached by pouch only.
        root_certificate: The PEM of the one authority that is trusted.
        pouch_key: The age recipient to which pouches are sealed.
        signing_key: The Ed25519 key with which it signs its pouches, 32 bytes.
        status: `pending`, `active` or `revoked`.
        epoch: Its generation.
        moment: How often something was taken over from it.
        asked: How many requests were made.
        durable: Up to which operation a verified backup of it has ours.
        offset_ms: Its clock less ours.
        batch_bytes: How much to send at once.
        tried_at: When it was last tried to be reached.
        succeeded_at: When an exchange last ended well.
        problem: Code of what went wrong the last time; empty if nothing did.
    """

    hub_id: str
    url: str
    root_certificate: str
    pouch_key: str
    signing_key: bytes
    status: str = ACTIVE
    epoch: int = 1
    moment: int = 0
    asked: int = 0
    durable: int = 0
    offset_ms: int = 0
    batch_bytes: int = FIRST_BATCH_BYTES
    tried_at: datetime | None = None
    succeeded_at: datetime | None = None
    problem: str = ""


_NAMES = tuple(HeadquartersLink.__dataclass_fields__)
_TIMES = ("tried_at", "succeeded_at")
_PLACES = ", ".join("?" * len(_NAMES))
_SELECT = f"SELECT {', '.join(_NAMES)} FROM headquarters"  # noqa: S608  our own names
_INSERT = f"INSERT INTO headquarters ({', '.join(_NAMES)}) VALUES ({_PLACES})"  # noqa: S608


def headquarters_link(raw: Any) -> HeadquartersLink | None:
    """Return what is known of headquarters; nothing before this device was enrolled."""
    row = raw.execute(_SELECT).fetchone()
    if row is None:
        return None
    values = dict(zip(_NAMES, row, strict=True))
    for name in _TIMES:
        values[name] = time_of(values[name]) if values[name] else None
    return HeadquartersLink(**values)


def link_headquarters(raw: Any, link: HeadquartersLink) -> None:
    """Keep what enrolment told; what was known before is replaced."""
    values = [getattr(link, name) for name in _NAMES]
    raw.execute("DELETE FROM headquarters")
    raw.execute(
        _INSERT, [time_text(each) if isinstance(each, datetime) else each for each in values]
    )


def note_headquarters(raw: Any, **values: Any) -> None:
    """Change what is known of headquarters.

    Raises:
        KeyError: There is no such thing to know.
    """
    for name, value in values.items():
        if name not in _NAMES:
            raise KeyError(name)
        plain = time_text(value) if isinstance(value, datetime) else value
        raw.execute(f"UPDATE headquarters SET {name} = ?", (plain,))  # noqa: S608  one of our names
