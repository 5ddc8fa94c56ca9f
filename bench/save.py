"""Saving one edit, beside the same two tables written through SQLModel and nothing else.

Ours writes the entity, its operation with digest and chain, its line and its search words. The
floor writes the entity's row and the row of a log, in a store of the same kind on the same disk,
with the same settings of the engine.

Usage: python bench/save.py [--contacts 1000,10000] [--rounds 7] [--edits 100]
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from figures import Call, Goal, Row, compared
from sqlalchemy import Engine
from sqlmodel import Field, Session, SQLModel
from stores import TickingClock

from embassy_desk.domain.catalogue import ENTITIES
from embassy_desk.domain.contact import Contact
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.store.capture import trigger_names
from embassy_desk.store.connections import connect, engine_of
from embassy_desk.store.opening import STORE_FILE, Store, create_store
from embassy_desk.store.rows.contact import ContactRow

KEY = StoreKey(bytes(range(48)))
GOAL = Goal("ratio ≤ 2", ratio=2.0)
_STRIDE = 7  # successive edits are of contacts apart, as a person's are


class BenchLog(SQLModel, table=True):
    """A log as plain as can be."""

    position: int | None = Field(default=None, primary_key=True)
    entity: str
    row_id: str
    operation: str


def rows(contacts: int, *, rounds: int, edits: int) -> list[Row]:
    """Measure saving an edit in stores with so many contacts."""
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(TemporaryDirectory())) for _ in range(2)]
        store, ids = stack.enter_context(_made(folders[0], contacts))
        with _made(folders[1], contacts) as (_, other_ids):
            pass
        engine = stack.enter_context(_plain(folders[1]))
        ours = partial(_through_the_store, store, ids, count())
        floor = partial(_through_sqlmodel, engine, other_ids, count())
        pairs: list[tuple[Call, Call]] = [(ours, floor)] * edits
        return [compared("save one edit", contacts, pairs, GOAL, rounds=rounds)]


@contextmanager
def _made(folder: Path, contacts: int) -> Iterator[tuple[Store, list[UUID]]]:
    """Make a store with so many contacts."""
    clock = TickingClock()
    with closing(create_store(folder, KEY, clock, mission="TOK", owner=uuid4())) as store:
        with store.work() as work:
            made = [
                work.new(Contact, family_name="Đặng", middle_name="Thị", given_name=f"Hường {n}")
                for n in range(contacts)
            ]
            work.add_all(made)
            work.commit()
        yield store, [each.id for each in made]


@contextmanager
def _plain(folder: Path) -> Iterator[Engine]:
    """Take away what a write to the rows would set off, and give an engine with a plain log."""
    with closing(connect(folder / STORE_FILE, KEY)) as raw:
        for name in trigger_names(ENTITIES):
            raw.execute(f"DROP TRIGGER {name}")
    engine = engine_of(folder / STORE_FILE, KEY)
    ContactRow.prepare(engine)  # the desk does without mappers
    SQLModel.metadata.create_all(engine, tables=[SQLModel.metadata.tables["benchlog"]])
    try:
        yield engine
    finally:
        engine.dispose()


def _through_the_store(store: Store, ids: list[UUID], numbers: Iterator[int]) -> None:
    number = next(numbers)
    with store.work() as work:
        contact = work.get(Contact, ids[number * _STRIDE % len(ids)])
        work.save(contact.changed(notes=f"Gặp ở Tokyo, lần {number}"))
        work.commit()


def _through_sqlmodel(engine: Engine, ids: list[UUID], numbers: Iterator[int]) -> None:
    number = next(numbers)
    with Session(engine) as session:
        row = session.get_one(ContactRow, ids[number * _STRIDE % len(ids)])
        row.notes = f"Gặp ở Tokyo, lần {number}"
        row.changed_by = uuid4()
        session.add(row)
        operation = f'{{"f":{{"notes":"{row.notes}"}},"r":"{row.id.hex}"}}'
        session.add(BenchLog(entity="contact", row_id=row.id.hex, operation=operation))
        session.commit()


def main(words: list[str]) -> int:
    """Measure and print; fail where the goal is missed."""
    parser = argparse.ArgumentParser(description="Measure what saving one edit costs.")
    parser.add_argument("--contacts", default="1000,10000", help="sizes, separated by commas")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--edits", type=int, default=100, help="edits of each side in a round")
    wishes = parser.parse_args(words)
    is_met = True
    for size in map(int, wishes.contacts.split(",")):
        for row in rows(size, rounds=wishes.rounds, edits=wishes.edits):
            print(_line(row))
            is_met = is_met and row.is_met is not False
    return int(not is_met)


def _line(row: Row) -> str:
    floor, ratio = row.floor, row.ratio
    if floor is None or ratio is None:
        raise ValueError(row.what)
    return (
        f"{row.what}, {row.contacts:,} contacts: p50 {row.ours.median_ms:.2f} ms,"
        f" p95 {row.ours.p95_ms:.2f} ms; floor p50 {floor.median_ms:.2f} ms;"
        f" ratio {ratio.median:.2f} [{ratio.least:.2f}–{ratio.most:.2f}], goal: {row.goal.words}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
