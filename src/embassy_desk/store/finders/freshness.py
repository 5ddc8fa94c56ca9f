"""Tells whether records were made or changed since somebody last looked."""

from typing import NamedTuple
from uuid import UUID

from embassy_desk.store.work import UnitOfWork


class Seen(NamedTuple):
    """How far the log of changes had come when somebody looked.

    Attributes:
        own: Position of the last change made here.
        pulled: Position of the last one that came from elsewhere.
    """

    own: int
    pulled: int


def newest_entry(work: UnitOfWork) -> int:
    """Return a number that grows whenever a record is made or its words change, by any route."""
    (newest,) = work.raw.execute("SELECT coalesce(max(no), 0) FROM record_entry").fetchone()
    return int(newest)


def seen_now(work: UnitOfWork) -> Seen:
    """Return how far the log of changes has come."""
    return Seen(
        *work.raw.execute(
            "SELECT (SELECT coalesce(max(position), 0) FROM sync_op),"
            " (SELECT coalesce(max(position), 0) FROM pulled_change)"
        ).fetchone()
    )


def changed_since(work: UnitOfWork, seen: Seen) -> frozenset[UUID]:
    """Return the records of which anything was changed since somebody looked, by any route."""
    rows = work.raw.execute(
        "SELECT root_id FROM sync_op WHERE position > ?"
        " UNION SELECT root_id FROM pulled_change WHERE position > ?",
        seen,
    )
    return frozenset(UUID(hex=identity) for (identity,) in rows)
