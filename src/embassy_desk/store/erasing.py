"""Erasing what the change log and this desk's memory still hold about rows.

The content of operations goes, their digests stay, so that the chain remains provable
(SYNC, decision 2). Copies that were made before – backups, files that were exported – are out of
reach and are named to the person instead.
"""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from embassy_desk.sealing.digests import chain_link, operation_digest
from embassy_desk.store.borders import translated
from embassy_desk.store.change_log import drain
from embassy_desk.store.outgoing import Node, link_at, present_node
from embassy_desk.store.record_entries import refresh
from embassy_desk.store.sync_values import read_fields
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.scopes import parent_field_of


def position_of_log(work: UnitOfWork) -> int:
    """Return the place of the newest operation in the log; 0 for an empty one."""
    with translated():
        (position,) = work.raw.execute("SELECT coalesce(max(position), 0) FROM sync_op").fetchone()
    return int(position)


def erase_content(work: UnitOfWork, row_ids: Iterable[UUID], *, up_to: int) -> int:
    """Erase the content of the operations on some rows, up to a place in the log.

    Later operations, which say that the rows were emptied, keep what they say and lose what the
    log remembers of the values before. So do operations that headquarters does not have yet: they
    must still go, or nothing behind them could; they keep what the emptied rows still show.

    What the unit of work has changed up to now is written into the log first, so that emptying and
    erasing are kept together or not at all.

    Args:
        work: A writing unit of work that has emptied the rows.
        row_ids: The rows.
        up_to: Place of the last operation whose content goes.

    Returns:
        How many operations lost their content.
    """
    raw = work.raw
    with translated():
        _, roots = drain(raw, wall_ms=int(work.at.timestamp() * 1000))
        refresh(raw, roots)
    node = present_node(raw)
    erased, is_trimmed = 0, False
    for row_id in row_ids:
        with translated():
            erased += raw.execute(
                "UPDATE sync_op SET operation = NULL, before = NULL WHERE row_id = ?"
                " AND position <= ? AND operation IS NOT NULL AND NOT (node_no = ? AND nseq > ?)",
                (row_id.hex, up_to, node.no, node.acked),
            ).rowcount
            trimmed = _trim(raw, node, row_id.hex, up_to)
            raw.execute(
                "UPDATE sync_op SET before = '{}' WHERE row_id = ? AND before IS NOT NULL",
                (row_id.hex,),
            )
        erased, is_trimmed = erased + trimmed, is_trimmed or trimmed > 0
    if is_trimmed:
        with translated():
            _chain_anew(raw, node)
    return erased


def _trim(raw: Any, node: Node, row_id: str, up_to: int) -> int:
    """Take out of unsent operations on a row what the row does not show any more."""
    found = raw.execute(
        "SELECT position, entity, operation FROM sync_op"
        " WHERE row_id = ? AND position <= ? AND node_no = ? AND nseq > ?",
        (row_id, up_to, node.no, node.acked),
    ).fetchall()
    for position, entity, text in found:
        form = json.loads(text)
        if "f" in form:
            form["f"] = _harmless(raw, entity, row_id, form["f"])
        raw.execute(
            "UPDATE sync_op SET operation = ? WHERE position = ?",
            (canonical(form).decode(), position),
        )
    return len(found)


def _harmless(raw: Any, entity: str, row_id: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the values that are still shown; of a row that is gone, to what it belonged."""
    now = read_fields(raw, entity, row_id)
    if now is not None:
        return {name: value for name, value in fields.items() if now.get(name) == value}
    parent = parent_field_of(entity)
    return {name: value for name, value in fields.items() if name in (parent, "record_kind")}


def _chain_anew(raw: Any, node: Node) -> None:
    """Chain the unsent operations again; those that headquarters has stay as they are."""
    link = link_at(raw, node.no, node.acked)
    rows = raw.execute(
        "SELECT position, operation FROM sync_op WHERE node_no = ? AND nseq > ? ORDER BY nseq",
        (node.no, node.acked),
    ).fetchall()
    for position, text in rows:
        digest = operation_digest(text.encode())
        link = chain_link(link, digest)
        raw.execute(
            "UPDATE sync_op SET digest = ?, chain = ? WHERE position = ?", (digest, link, position)
        )
    raw.execute("UPDATE sync_node SET chain = ? WHERE no = ?", (link, node.no))


def forget_about(work: UnitOfWork, record_id: UUID) -> None:
    """Remove drafts and other memories of this desk that name a record."""
    for each in (record_id.hex, str(record_id)):
        work.write("DELETE FROM local_value WHERE instr(name, ?)", (each,))


def forget_content(work: UnitOfWork, digest: str) -> None:
    """Give up the key of an attachment's content; `sweep` then removes the file."""
    work.write("DELETE FROM attachment_file WHERE digest = ?", (digest,))
