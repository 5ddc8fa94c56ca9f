"""Processes that write to a store until they are done or killed; started by tests of crashes."""

from contextlib import closing
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.domain.task import Task
from embassy_desk.store.opening import Store, create_store, open_store
from makers.stores import KEY, OWNER, TickingClock

EMAILS_OF_EACH = 3
_PAGES_BETWEEN_CHECKPOINTS = 8  # so that a kill also hits the folding of the write-ahead log


def save_many(folder: Path, count: int, acknowledged: Connection) -> None:
    """Save contacts with addresses and a task; send each reference once it is committed.

    Args:
        folder: Folder of the store.
        count: How many; each is one transaction, and its edit another one.
        acknowledged: Takes the references.
    """
    # The machine's own clock, because several writers share the store.
    store = open_store(folder, KEY, _now, before_upgrade=lambda *_: None)
    with closing(store), closing(acknowledged):
        for number in range(count):
            acknowledged.send(_save(store, number))


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the clock of a process of its own


def _save(store: Store, number: int) -> str:
    with store.work() as work:
        work.raw.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_BETWEEN_CHECKPOINTS}")
        contact = work.save(work.new(Contact, family_name="Đặng", given_name=f"Hường {number}"))
        for place in range(EMAILS_OF_EACH):
            address = f"huong{place}@example.test"
            work.save(work.new_part(ContactEmail, contact, address=address))
        work.save(work.new(Task, title=f"Gọi {contact.ref}"))
        work.commit()
    with store.work() as work:
        work.save(contact.changed(notes="ghi chú " * 200))
        work.commit()
    return contact.ref


def create(folder: Path, started: Connection) -> None:
    """Make a store; send a word before and another one after."""
    with closing(started):
        started.send("starting")
        create_store(folder, KEY, TickingClock(), mission="TOK", owner=OWNER).close()
        started.send("made")
