"""Identities made offline: version 7 UUIDs (RFC 9562) and references for people."""

import secrets
from uuid import UUID

_TAG_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that people mix up
_TAG_LENGTH = 4


def new_id(wall_ms: int) -> UUID:
    """Return a new version 7 UUID.

    Args:
        wall_ms: Milliseconds since 1970; identities sort by it.
    """
    random = secrets.randbits(74)
    value = (wall_ms & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | (random >> 62) << 64
    value |= 0b10 << 62 | (random & 0x3FFF_FFFF_FFFF_FFFF)
    return UUID(int=value)


def new_device_tag() -> str:
    """Return four characters that stand for this device in references; about a million values."""
    return "".join(secrets.choice(_TAG_LETTERS) for _ in range(_TAG_LENGTH))


def reference(mission: str, code: str, device_tag: str, number: int) -> str:
    """Return a reference such as `TOK-AGR-A7K2-0042`."""
    return f"{mission}-{code}-{device_tag}-{number:04}"
