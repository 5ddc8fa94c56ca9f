"""What this device has for headquarters: its operations that are not acknowledged yet."""

import json
from dataclasses import dataclass
from typing import Any

from embassy_desk.sealing.digests import CHAIN_START
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.store.nodes import OWN_NODES
from embassy_desk.store.nodes import present_node as present_number


@dataclass(frozen=True)
class Node:
    """An identity of this device.

    Attributes:
        no: Its number here; the highest is the present one.
        node_id: What headquarters knows it by.
        key: With which it signs.
        nseq: Number of its newest operation.
        acked: Number of the newest one that headquarters has, proved by the chain.
    """

    no: int
    node_id: str
    key: DeviceKey
    nseq: int
    acked: int


def present_node(raw: Any) -> Node:
    """Return the present identity of this device."""
    node_id, key, nseq, acked = raw.execute(
        "SELECT node_id, signing_key, nseq, acked FROM sync_node WHERE no = ?",
        (no := present_number(raw).no,),
    ).fetchone()
    return Node(no, node_id, DeviceKey.from_bytes(key), nseq, acked)


def every_node(raw: Any) -> list[Node]:
    """Return all identities that this device has had, the oldest first, the present one last."""
    rows = raw.execute(
        f"SELECT no, node_id, signing_key, nseq, acked FROM sync_node WHERE no IN ({OWN_NODES})"  # noqa: S608
        " ORDER BY no"
    ).fetchall()
    return [
        Node(no, node_id, DeviceKey.from_bytes(key), nseq, acked)
        for no, node_id, key, nseq, acked in rows
    ]


def previous_node(raw: Any, no: int) -> tuple[str, int] | None:
    """Return identity and last agreed number of the identity before one, or nothing."""
    row = raw.execute(
        f"SELECT node_id, acked FROM sync_node WHERE no IN ({OWN_NODES}) AND no < ?"  # noqa: S608
        " ORDER BY no DESC LIMIT 1",
        (no,),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def own_identities(raw: Any) -> frozenset[str]:
    """Return every identity that this device has had."""
    rows = raw.execute(f"SELECT node_id FROM sync_node WHERE no IN ({OWN_NODES})")  # noqa: S608
    return frozenset(node_id for (node_id,) in rows)


def pending_forms(
    raw: Any, no: int, after: int, *, most_bytes: int, most: int
) -> list[dict[str, Any]]:
    """Return the next operations of an identity, oldest first, as they travel.

    At least one, if there is one, so that a large value passes too. They end before one whose
    content was erased.

    Args:
        raw: The raw connection.
        no: Number of the identity.
        after: The operation before the first.
        most_bytes: About how long their texts may be together.
        most: How many at most.
    """
    forms: list[dict[str, Any]] = []
    size = 0
    for (text,) in raw.execute(
        "SELECT operation FROM sync_op WHERE node_no = ? AND nseq > ? ORDER BY nseq LIMIT ?",
        (no, after, most),
    ):
        if text is None:
            break
        size += len(text)
        if forms and size > most_bytes:
            break
        forms.append(json.loads(text))
    return forms


def send_again(raw: Any, node: Node, *, after: int) -> None:
    """Let operations that headquarters has lost wait for it again.

    Args:
        raw: The raw connection, inside a writing transaction.
        node: The present identity.
        after: The last one that headquarters has; nothing happens if it lacks none.
    """
    if after >= node.acked:
        return
    raw.execute("UPDATE sync_node SET acked = ? WHERE no = ?", (after, node.no))
    place = (node.no, after)
    raw.execute("UPDATE sync_op SET state = 'pending' WHERE node_no = ? AND nseq > ?", place)
    raw.execute("DELETE FROM sync_tray WHERE node_no = ? AND nseq > ?", place)


def link_at(raw: Any, no: int, nseq: int) -> bytes:
    """Return the chain link of an identity at a number; the chain's start at 0.

    Raises:
        LookupError: There is no such operation here.
    """
    if nseq == 0:
        return CHAIN_START
    row = raw.execute(
        "SELECT chain FROM sync_op WHERE node_no = ? AND nseq = ?", (no, nseq)
    ).fetchone()
    if row is None:
        raise LookupError(nseq)
    return bytes(row[0])


def count_pending(raw: Any) -> tuple[int, str | None]:
    """Return how many changes wait for headquarters, and the oldest one's text, if any."""
    node = present_node(raw)
    if node.nseq == node.acked:
        return 0, None
    (text,) = raw.execute(
        "SELECT operation FROM sync_op WHERE node_no = ? AND nseq > ? ORDER BY nseq LIMIT 1",
        (node.no, node.acked),
    ).fetchone()
    return node.nseq - node.acked, text
