"""Operations that came in and were not applied (SYNC 3.10, 3.12): kept, claimed or surfaced."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select, update

from embassy_desk.headquarters.tables import HUB_OPERATION, HUB_PARKED
from embassy_desk.sealing.digests import operation_digest
from embassy_desk.sync.operations import Operation

SURFACED_AFTER_MS = 14 * 24 * 3600 * 1000
ASKED_AT_ONCE = 500
Origin = tuple[str, int]


def park(
    connection: Connection,
    node: Any,
    operations: Iterable[Operation],
    *,
    reason: str,
    now_ms: int,
) -> int:
    """Keep operations that are refused; those that are known already are passed over.

    Args:
        connection: The transaction.
        node: Row of the node that sent them.
        operations: What it sent.
        reason: The code of the refusal.
        now_ms: Headquarters' time.

    Returns:
        How many were new.
    """
    sent = {
        (*each.origin(node.node_id), operation_digest(each.canonical)): each for each in operations
    }
    known = _known(connection, node, sent)
    fresh = [
        {
            "origin": origin,
            "nseq": nseq,
            "digest": digest,
            "operation": each.canonical.decode(),
            "mission": node.mission,
            "reason": reason,
            "received_ms": now_ms,
        }
        for (origin, nseq, digest), each in sent.items()
        if (origin, nseq, digest) not in known
    ]
    if fresh:
        connection.execute(HUB_PARKED.insert(), fresh)
    return len(fresh)


def _known(
    connection: Connection, node: Any, sent: dict[tuple[str, int, bytes], Operation]
) -> set[tuple[str, int, bytes]]:
    """Return which were parked or applied before."""
    found: set[tuple[str, int, bytes]] = set()
    numbers = sorted({nseq for _, nseq, _ in sent})
    for some in _chunks(numbers):
        parked = connection.execute(
            select(HUB_PARKED.c.origin, HUB_PARKED.c.nseq, HUB_PARKED.c.digest).where(
                HUB_PARKED.c.origin.in_({origin for origin, _, _ in sent}),
                HUB_PARKED.c.nseq.in_(some),
            )
        )
        found |= {(origin, nseq, bytes(digest)) for origin, nseq, digest in parked}
        applied = connection.execute(
            select(HUB_OPERATION.c.nseq, HUB_OPERATION.c.digest).where(
                HUB_OPERATION.c.nid == node.nid, HUB_OPERATION.c.nseq.in_(some)
            )
        )
        found |= {(node.node_id, nseq, bytes(digest)) for nseq, digest in applied}
    return found


def claim(
    connection: Connection, sender: str, operations: Iterable[Operation], now_ms: int
) -> None:
    """Note that parked operations were applied after all, under whatever number.

    Two disks with one identity give different operations the same number: only one that says the
    same is claimed.
    """
    applied = {(each.origin(sender), each.essence) for each in operations}
    by_node: dict[str, list[int]] = {}
    for (node, nseq), _ in applied:
        by_node.setdefault(node, []).append(nseq)
    for node, numbers in by_node.items():
        for some in _chunks(numbers):
            parked = connection.execute(
                select(HUB_PARKED.c.nseq, HUB_PARKED.c.digest, HUB_PARKED.c.operation).where(
                    HUB_PARKED.c.origin == node,
                    HUB_PARKED.c.nseq.in_(some),
                    HUB_PARKED.c.claimed_ms.is_(None),
                )
            ).all()
            for nseq, digest, text in parked:
                essence = Operation.model_validate_json(text).essence
                if ((node, nseq), essence) in applied:
                    _note_claimed(connection, (node, nseq), digest, now_ms)


def _note_claimed(connection: Connection, origin: Origin, digest: bytes, now_ms: int) -> None:
    connection.execute(
        update(HUB_PARKED)
        .where(
            HUB_PARKED.c.origin == origin[0],
            HUB_PARKED.c.nseq == origin[1],
            HUB_PARKED.c.digest == digest,
        )
        .values(claimed_ms=now_ms)
    )


def unclaimed(
    connection: Connection, nodes: Iterable[str], *, before_ms: int | None = None
) -> list[tuple[str, Operation]]:
    """Return parked operations that nobody claimed or surfaced yet, each with its first node.

    Args:
        connection: The transaction.
        nodes: Identities under which they were first written.
        before_ms: Only those that came before this time.
    """
    chosen = select(HUB_PARKED.c.origin, HUB_PARKED.c.operation).where(
        HUB_PARKED.c.origin.in_(sorted(nodes)),
        HUB_PARKED.c.claimed_ms.is_(None),
        HUB_PARKED.c.surfaced_ms.is_(None),
    )
    if before_ms is not None:
        chosen = chosen.where(HUB_PARKED.c.received_ms < before_ms)
    rows = connection.execute(chosen.order_by(HUB_PARKED.c.origin, HUB_PARKED.c.nseq))
    return [(origin, Operation.model_validate_json(text)) for origin, text in rows]


def mark_surfaced(
    connection: Connection, nodes: Iterable[str], now_ms: int, *, before_ms: int | None = None
) -> None:
    """Note that the unclaimed operations of nodes were offered to people; arguments as above."""
    chosen = update(HUB_PARKED).where(
        HUB_PARKED.c.origin.in_(sorted(nodes)),
        HUB_PARKED.c.claimed_ms.is_(None),
        HUB_PARKED.c.surfaced_ms.is_(None),
    )
    if before_ms is not None:
        chosen = chosen.where(HUB_PARKED.c.received_ms < before_ms)
    connection.execute(chosen.values(surfaced_ms=now_ms))


def _chunks(numbers: list[int]) -> list[list[int]]:
    return [numbers[at : at + ASKED_AT_ONCE] for at in range(0, len(numbers), ASKED_AT_ONCE)]
