"""Which records a change of this desk has touched."""

from uuid import UUID

from embassy_desk.store.borders import translated
from embassy_desk.store.nodes import present_node
from embassy_desk.store.reading import Reading

_ROOTS = (
    "SELECT DISTINCT root_id FROM sync_op WHERE node_no = ? AND nseq >= ?"
    " AND operation IS NOT NULL"
    " AND coalesce(json_extract(operation, '$.x'), nseq) = ?"
)


def records_touched(work: Reading, transaction: int) -> tuple[UUID, ...]:
    """Return the records that a transaction of this device changed.

    Args:
        work: A unit of work.
        transaction: Number of the first operation of the transaction.
    """
    with translated():
        rows = work.raw.execute(
            _ROOTS, (present_node(work.raw).no, transaction, transaction)
        ).fetchall()
    return tuple(UUID(root) for (root,) in rows)
