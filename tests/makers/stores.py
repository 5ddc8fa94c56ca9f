"""Makers of stores, and what tests read from a store past its own queries."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import UUID

from embassy_desk.sealing.keys import StoreKey
from embassy_desk.store.opening import STORE_FILE, Store, create_store, open_store
from embassy_desk.store.work import UnitOfWork
from makers.identities import identity

KEY = StoreKey(bytes(range(48)))
OWNER = identity("owner of the store")
COLLEAGUE = identity("colleague")
FIRST_MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class TickingClock:
    """A clock that is one second later each time it is asked."""

    def __init__(self, first: datetime = FIRST_MOMENT) -> None:
        self.now = first

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@cache
def _empty_store() -> bytes:
    """Return the file of a store without records; made once, because migrating takes its time."""
    folder = Path(mkdtemp())
    try:
        create_store(folder, KEY, TickingClock(), mission="TOK", owner=OWNER).close()
        return (folder / STORE_FILE).read_bytes()
    finally:
        shutil.rmtree(folder)


def make_store(folder: Path) -> Store:
    """Return an open store without records in a folder; all of them have the same identity."""
    (folder / STORE_FILE).write_bytes(_empty_store())
    return reopened(folder)


def reopened(folder: Path, clock: TickingClock | None = None) -> Store:
    """Return the store of a folder, opened once more."""
    return open_store(folder, KEY, clock or TickingClock(), before_upgrade=_no_upgrade)


def _no_upgrade(path: Path, key: StoreKey) -> None:
    raise AssertionError(f"{path} is not at the newest schema; {key!r}")


def operations(work: UnitOfWork) -> list[dict[str, Any]]:
    """Return the operations of the log, oldest first, as they would travel."""
    rows = work.raw.execute("SELECT operation FROM sync_op ORDER BY position").fetchall()
    return [json.loads(text) for (text,) in rows]


def operations_of(store: Store) -> list[dict[str, Any]]:
    """Return the operations of the store's log, oldest first."""
    with store.reading() as work:
        return operations(work)


def patches(store: Store, row_id: UUID) -> list[tuple[str, dict[str, Any]]]:
    """Return kind and fields of the operations on a row, without who changed it last and when."""
    return [
        (each["k"], _without_bookkeeping(each.get("f", {})))
        for each in operations_of(store)
        if each["r"] == row_id.hex
    ]


def _without_bookkeeping(fields: dict[str, Any]) -> dict[str, Any]:
    kept_anew = {"changed_at", "changed_by"}
    return {name: value for name, value in fields.items() if name not in kept_anew}
