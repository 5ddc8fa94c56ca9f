"""Tells whether somebody else has written to the store since it was last looked at."""

from embassy_desk.store.work import UnitOfWork


def data_version(work: UnitOfWork) -> int:
    """Return a number that changes when another connection has written to the file.

    That is another process, or this desk's own clerk; numbers mean nothing but by comparison.
    """
    (version,) = work.raw.execute("PRAGMA data_version").fetchone()
    return int(version)


def newest_entry(work: UnitOfWork) -> int:
    """Return a number that grows whenever a record is made or its words change, by any route."""
    (newest,) = work.raw.execute("SELECT coalesce(max(no), 0) FROM record_entry").fetchone()
    return int(newest)
