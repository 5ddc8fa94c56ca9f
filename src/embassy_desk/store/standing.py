"""How far a store has come: the heads of its chains, and a digest over every page of its file."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from embassy_desk.store.borders import translated

PAGE_BYTES = 4096
PROOF_BYTES = 64
"""SQLCipher ends every page with an HMAC-SHA512 of what the page holds."""

_READ_BYTES = 256 * PAGE_BYTES
_DIGEST_BYTES = 32

Heads = Mapping[int, tuple[int, bytes]]
"""By number of the node: how many changes it made, and the last link of its chain."""


def heads_of(raw: Any) -> Heads:
    """Return where the chains of this device's identities end.

    Args:
        raw: A keyed connection.
    """
    with translated():
        rows = raw.execute("SELECT no, nseq, chain FROM sync_node ORDER BY no").fetchall()
    return {no: (nseq, bytes(link)) for no, nseq, link in rows}


def acknowledged_heads_of(raw: Any) -> Heads:
    """Return the same, only as far as headquarters has it: erasing never chains that anew.

    Args:
        raw: A keyed connection.
    """
    with translated():
        rows = raw.execute(
            "SELECT n.no, n.acked, o.chain FROM sync_node n"
            " JOIN sync_op o ON o.node_no = n.no AND o.nseq = n.acked ORDER BY n.no"
        ).fetchall()
    return {no: (acked, bytes(link)) for no, acked, link in rows}


def reached_at(raw: Any) -> datetime | None:
    """Return the time of the newest change that the store knows of; nothing before the first.

    Args:
        raw: A keyed connection.
    """
    with translated():
        (stamp_ms,) = raw.execute("SELECT max(hlc_ms) FROM sync_node").fetchone()
    return datetime.fromtimestamp(stamp_ms / 1000, UTC) if stamp_ms else None


def link_at(raw: Any, node: int, change: int) -> bytes | None:
    """Return the link of a chain after one of its changes; nothing where it is not in the log.

    Args:
        raw: A keyed connection.
        node: Number of the node.
        change: Number of the change.
    """
    with translated():
        row = raw.execute(
            "SELECT chain FROM sync_op WHERE node_no = ? AND nseq = ?", (node, change)
        ).fetchone()
    return None if row is None else bytes(row[0])


def pages_digest(path: Path) -> str:
    """Return a digest over every page of a closed file, 64 hexadecimal digits.

    It reads the proof that ends each page, and SQLCipher compares page and proof whenever it reads
    one; so no page can be another without the digest or the proof telling.

    Raises:
        OSError: The file cannot be read.
    """
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    with path.open("rb") as stream:
        while part := stream.read(_READ_BYTES):
            for end in range(PAGE_BYTES, len(part) + 1, PAGE_BYTES):
                digest.update(part[end - PROOF_BYTES : end])
            digest.update(part[len(part) - len(part) % PAGE_BYTES :])
    return digest.hexdigest()


def is_in_use(path: Path) -> bool:
    """Return whether a write-ahead log lies beside a file.

    The last connection to a file removes it; so the file is in use, or a crash left the log.
    """
    return path.with_name(path.name + "-wal").exists()


def has_unfolded_log(path: Path) -> bool:
    """Return whether a write-ahead log with content lies beside a file.

    A power cut while the store was being opened leaves an empty one, which changes nothing.

    Raises:
        OSError: It cannot be looked at.
    """
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0
