"""Where two copies of one node's chain still agree (SYNC 3.12), and what is hashed (3.15).

Hashing itself lies in `sealing.digests`: `operation_digest(operation.canonical)`,
`chain_link(previous, digest)`, `row_digest(row_form(…))`, and `digest_sum` for a scope.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from embassy_desk.sync.canonical import canonical

BUCKETS = 256
"""Into how many sums a scope's digest is split for repair."""

EVERY_LINK_OF_LAST = 1_000
LINK_STEP = 100


def row_form(entity: str, row_id: str, fields: Mapping[str, Any]) -> bytes:
    """Return what the digest of a row is the hash of: `{"e":…,"f":…,"r":…}`.

    Null and absent are the same, so that a new column changes no digest. Deleted rows count
    nothing in a sum: who never had the row need not learn of it.
    """
    present = {name: value for name, value in fields.items() if value is not None}
    return canonical({"e": entity, "f": present, "r": row_id})


def bucket_of(row_id: str) -> int:
    """Return in which of the 256 sums a row counts: the last byte of its identity.

    The end of an identity is random in every version that we make; its beginning is the time.
    """
    return int(row_id[-2:], 16)


def offered_links(last: int) -> list[int]:
    """Return the numbers whose links a refusal names: the last 1,000, then every hundredth, and 0.

    They come newest first, so that the first one on which both agree is the latest of them.
    """
    nearest = range(last, max(-1, last - EVERY_LINK_OF_LAST), -1)
    farther = range(last - EVERY_LINK_OF_LAST, 0, -LINK_STEP)
    return sorted({*nearest, *farther, 0}, reverse=True)


def last_agreed(own: Mapping[int, str], offered: Iterable[tuple[int, str]]) -> tuple[int, int]:
    """Return the newest number on which both agree, and the oldest above it on which they do not.

    Where the second is not the first plus one, the links between them must be asked for.

    Args:
        own: Own links by number; those that are not known are left out.
        offered: Numbers and links of the other side, in any order; number 0 is always agreed.
    """
    agreed, parted = 0, None
    for number, link in sorted(offered, reverse=True):
        if number == 0 or own.get(number) == link:
            agreed = number
            break
        parted = number
    return agreed, agreed + 1 if parted is None else parted
