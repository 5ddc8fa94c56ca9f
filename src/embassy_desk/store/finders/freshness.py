"""Tells whether records were made since somebody last looked."""

from embassy_desk.store.work import UnitOfWork


def newest_entry(work: UnitOfWork) -> int:
    """Return a number that grows whenever a record is made or its words change, by any route."""
    (newest,) = work.raw.execute("SELECT coalesce(max(no), 0) FROM record_entry").fetchone()
    return int(newest)
