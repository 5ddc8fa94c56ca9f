"""Digests: of operations and their chain, of rows and their sum, of attachments.

BLAKE2b cut to 128 bits where laptop and headquarters compare (SYNC 3.1 and 3.15), SHA-256 where
people and other programs may want to check a file.
"""

import hashlib
from collections.abc import Iterable
from typing import BinaryIO

DIGEST_BYTES = 16
"""Length of the digests of operations, chain links, rows and sums."""

CHAIN_START = bytes(DIGEST_BYTES)
"""c₀, the link before the first operation."""

NO_ROWS = bytes(DIGEST_BYTES)
"""The sum of no row digests."""

READ_BYTES = 1024 * 1024
"""How much of a stream is read at once."""

_MODULUS = 1 << (8 * DIGEST_BYTES)


def operation_digest(canonical: bytes) -> bytes:
    """Return the 16-byte digest dₙ of an operation in canonical form."""
    return hashlib.blake2b(canonical, digest_size=DIGEST_BYTES).digest()


def chain_link(previous: bytes, digest: bytes) -> bytes:
    """Return the chain's link after one more operation: cₙ = H(cₙ₋₁ ‖ dₙ).

    The chain is over digests, so that the content of an operation can be erased and the chain
    still be verified.

    Args:
        previous: The link before, 16 bytes; `CHAIN_START` before the first operation.
        digest: The operation's digest, 16 bytes.

    Raises:
        ValueError: One of them does not have 16 bytes.
    """
    if len(previous) != DIGEST_BYTES or len(digest) != DIGEST_BYTES:
        raise ValueError("links and digests have 16 bytes")
    return hashlib.blake2b(previous + digest, digest_size=DIGEST_BYTES).digest()


def row_digest(canonical: bytes) -> bytes:
    """Return the 16-byte digest of a row in canonical form, its empty fields left out."""
    return hashlib.blake2b(canonical, digest_size=DIGEST_BYTES).digest()


def digest_sum(
    total: bytes = NO_ROWS, *, added: Iterable[bytes] = (), removed: Iterable[bytes] = ()
) -> bytes:
    """Return the sum of row digests modulo 2¹²⁸ after some came and some went.

    The sum does not depend on the order, so a store keeps it up to date row by row. It finds
    accidents, not forgers; the peers are authenticated.

    Args:
        total: The sum before, 16 bytes.
        added: Digests of rows that are new or have changed.
        removed: Digests of what those rows were, and of rows that are gone.
    """
    number = int.from_bytes(total)
    for each in added:
        number += int.from_bytes(each)
    for each in removed:
        number -= int.from_bytes(each)
    return (number % _MODULUS).to_bytes(DIGEST_BYTES)


def stream_digest(stream: BinaryIO) -> tuple[bytes, int]:
    """Return the SHA-256 of what is left of a stream, 32 bytes, and its length in bytes."""
    digest = hashlib.sha256()
    size = 0
    while part := stream.read(READ_BYTES):
        digest.update(part)
        size += len(part)
    return digest.digest(), size
