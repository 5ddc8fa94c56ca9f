"""Identities made offline: version 7 UUIDs (RFC 9562) and references for people."""

import secrets
from collections.abc import Iterator
from uuid import UUID

_TAG_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that people mix up
_TAG_LENGTH = 4
_RANDOM_BITS = 74  # 12 before the variant, 62 behind it
_RANDOM_MASK = 2**_RANDOM_BITS - 1
_LOW_BITS = 62
_LOW_MASK = 2**_LOW_BITS - 1
_STEP_BYTES = 5  # steps up to 2⁴⁰ cannot be guessed, and leave room for billions of them
_STEPS_IN_A_BLOCK = 200


def new_id(wall_ms: int) -> UUID:
    """Return a new version 7 UUID.

    Args:
        wall_ms: Milliseconds since 1970; identities sort by it.
    """
    return _version_7(wall_ms, secrets.randbits(_RANDOM_BITS))


def random_steps() -> Iterator[int]:
    """Yield random steps for `following_id` without end; drawn in blocks, which is quicker."""
    while True:
        block = secrets.token_bytes(_STEPS_IN_A_BLOCK * _STEP_BYTES)
        for start in range(0, len(block), _STEP_BYTES):
            yield 1 + int.from_bytes(block[start : start + _STEP_BYTES])


def following_id(last: UUID, step: int = 0) -> UUID:
    """Return a version 7 UUID that is greater than the last one, at the same time of making.

    RFC 9562, 6.2, method 2: the random part grows by a random step, and a carry goes into the
    milliseconds. Rows made together therefore keep the order in which they were made.

    Args:
        last: The last one.
        step: A random step of `random_steps`; drawn here when it is 0.
    """
    number = last.int
    wall_ms, high, low = number >> 80, number >> 64 & 0xFFF, number & _LOW_MASK
    ordered = wall_ms << _RANDOM_BITS | high << _LOW_BITS | low
    ordered += step or next(random_steps())
    return _version_7(ordered >> _RANDOM_BITS, ordered & _RANDOM_MASK)


def _version_7(wall_ms: int, random: int) -> UUID:
    value = (wall_ms & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | (random >> _LOW_BITS) << 64
    value |= 0b10 << _LOW_BITS | random & _LOW_MASK
    return UUID(int=value)


def new_device_tag() -> str:
    """Return four characters that stand for this device in references; about a million values."""
    return "".join(secrets.choice(_TAG_LETTERS) for _ in range(_TAG_LENGTH))


def reference(mission: str, code: str, device_tag: str, number: int) -> str:
    """Return a reference such as `TOK-AGR-A7K2-0042`."""
    return f"{mission}-{code}-{device_tag}-{number:04}"
