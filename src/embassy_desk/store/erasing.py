"""Erasing what the change log and this desk's memory still hold about rows.

The content of operations goes, their digests stay, so that the chain remains provable
(SYNC, decision 2). Copies that were made before – backups, files that were exported – are out of
reach and are named to the person instead.
"""

from collections.abc import Iterable
from uuid import UUID

from embassy_desk.store.borders import translated
from embassy_desk.store.work import UnitOfWork


def position_of_log(work: UnitOfWork) -> int:
    """Return the place of the newest operation in the log; 0 for an empty one."""
    with translated():
        (position,) = work.raw.execute("SELECT coalesce(max(position), 0) FROM sync_op").fetchone()
    return int(position)


def erase_content(work: UnitOfWork, row_ids: Iterable[UUID], *, up_to: int) -> int:
    """Erase the content of the operations on some rows, up to a place in the log.

    Later operations, which say that the rows were emptied, keep what they say and lose what the
    log remembers of the values before.

    Args:
        work: A writing unit of work.
        row_ids: The rows.
        up_to: Place of the last operation whose content goes.

    Returns:
        How many operations lost their content.
    """
    erased = 0
    for row_id in row_ids:
        with translated():
            erased += work.raw.execute(
                "UPDATE sync_op SET operation = NULL, before = NULL"
                " WHERE row_id = ? AND position <= ? AND operation IS NOT NULL",
                (row_id.hex, up_to),
            ).rowcount
            work.raw.execute(
                "UPDATE sync_op SET before = '{}' WHERE row_id = ? AND position > ?"
                " AND before IS NOT NULL",
                (row_id.hex, up_to),
            )
    return erased


def forget_about(work: UnitOfWork, record_id: UUID) -> None:
    """Remove drafts and other memories of this desk that name a record."""
    for each in (record_id.hex, str(record_id)):
        work.write("DELETE FROM local_value WHERE instr(name, ?)", (each,))


def forget_content(work: UnitOfWork, digest: str) -> None:
    """Give up the key of an attachment's content; `sweep` then removes the file."""
    work.write("DELETE FROM attachment_file WHERE digest = ?", (digest,))
