"""A new identity of this device, continuing an old one (SYNC 3.12)."""

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from embassy_desk.sealing.digests import CHAIN_START, chain_link, operation_digest
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.store.confirmed import (
    drop_shadow,
    keep_shadow,
    operations_of,
    overlaid,
    shadow_of,
)
from embassy_desk.store.identifiers import new_device_tag
from embassy_desk.store.outgoing import Node, present_node
from embassy_desk.store.types import time_text
from embassy_desk.sync.canonical import canonical

MOVED = "moved"
"""State of an operation that was stamped anew under a later identity."""


def prepared_identity() -> tuple[str, DeviceKey]:
    """Return a new random identity and its key, for headquarters to agree to first."""
    return uuid4().hex, DeviceKey.made()


def continue_as(
    raw: Any, old: Node, agreed: int, identity: tuple[str, DeviceKey], at: datetime
) -> Node:
    """Go on under a new identity: what both sides agree on is acknowledged, the rest stamped anew.

    The operations keep their order, times and what they were based on, and name in `o` under which
    number they were first written. Cursors stay: what the old identity wrote after this copy was
    made comes as somebody else's.

    Args:
        raw: The raw connection, inside the writing transaction.
        old: The identity so far.
        agreed: Number up to which headquarters and this device have the same chain.
        identity: What `prepared_identity` gave.
        at: The present time.
    """
    _confirm(raw, old, agreed)
    raw.execute("UPDATE sync_node SET acked = ? WHERE no = ?", (agreed, old.no))
    raw.execute(
        "UPDATE sync_op SET state = 'acked' WHERE node_no = ? AND nseq <= ?", (old.no, agreed)
    )
    node_id, key = identity
    (no,) = raw.execute(
        "INSERT INTO sync_node (node_id, device_tag, signing_key, nseq, chain, hlc_ms, hlc_counter,"
        " created_at, acked) SELECT ?, ?, ?, 0, ?, hlc_ms, hlc_counter, ?, 0 FROM sync_node"
        " WHERE no = ? RETURNING no",
        (node_id, new_device_tag(), key.to_bytes(), CHAIN_START, time_text(at), old.no),
    ).fetchone()
    nseq, chain = _stamp_anew(raw, old, agreed, no)
    raw.execute("UPDATE sync_node SET nseq = ?, chain = ? WHERE no = ?", (nseq, chain, no))
    raw.execute(
        "UPDATE sync_op SET state = ? WHERE node_no = ? AND nseq > ?", (MOVED, old.no, agreed)
    )
    return present_node(raw)


def _confirm(raw: Any, old: Node, agreed: int) -> None:
    """Fold what is agreed on into the confirmed values that are kept; the log knows the others.

    Nobody tells it again: a deletion that was forgotten here would leave old values beneath a row
    that its author makes anew.
    """
    rest = operations_of(raw, old.no, after=agreed)
    for name, own in operations_of(raw, old.no, after=old.acked, until=agreed).items():
        is_kept, fields = shadow_of(raw, name)
        if is_kept and name in rest:
            keep_shadow(raw, name, overlaid(fields, own))
        elif is_kept:
            drop_shadow(raw, name)


def _stamp_anew(raw: Any, old: Node, agreed: int, no: int) -> tuple[int, bytes]:
    """Copy the operations after the agreed one under a new identity; return its head.

    Those whose content was erased are left behind: nobody may have it any more.
    """
    nseq, chain = 0, CHAIN_START
    for text, *rest in raw.execute(
        "SELECT operation, entity, row_id, root_kind, root_id, before, via FROM sync_op"
        " WHERE node_no = ? AND nseq > ? AND operation IS NOT NULL ORDER BY nseq",
        (old.no, agreed),
    ).fetchall():
        nseq += 1
        form = json.loads(text)
        form.setdefault("o", [old.node_id, form["n"]])
        if "x" in form:
            form["x"] = max(1, nseq - (form["n"] - form["x"]))
        form["n"] = nseq
        written = canonical(form)
        digest = operation_digest(written)
        chain = chain_link(chain, digest)
        entity, row_id, root_kind, root_id, before, via = rest
        raw.execute(
            "INSERT INTO sync_op (node_no, nseq, entity, row_id, root_kind, root_id, operation,"
            " before, via, digest, chain, state)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')",
            (
                no,
                nseq,
                entity,
                row_id,
                root_kind,
                root_id,
                written.decode(),
                before,
                via,
                digest,
                chain,
            ),
        )
    return nseq, chain
