"""Rows that are made ready beforehand are logged as the triggers would have logged them."""

import itertools
import json
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Boolean, Integer
from sqlcipher3 import dbapi2

from embassy_desk.domain.catalogue import ENTITIES
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.entity import Entity
from embassy_desk.store.change_log import NEUTRAL_CONTEXT
from embassy_desk.store.many_rows import insert_many
from embassy_desk.store.opening import Store
from embassy_desk.store.rows.base import table_of
from embassy_desk.store.rows.statements import insert_text, logged_values
from embassy_desk.store.staging import Stage
from embassy_desk.store.verifying import verify
from makers import identity, make_contact, make_contact_email
from makers.stores import make_store, operations_of

CONTACT = identity("contact")


def staged(contact: Contact, *parts: Any) -> Stage:
    stage = Stage()
    stage.add(contact, parts)
    return stage


def raw_row(entity: type[Entity], *, is_full: bool) -> tuple[Any, ...]:
    """A row as its columns may hold it: every field said, or none of them."""
    number = itertools.count()

    def value(name: str) -> Any:
        if name == "id":
            return uuid4().hex
        kind = table_of(entity).c[name].type
        if isinstance(kind, Boolean):
            return int(is_full)
        if isinstance(kind, Integer):
            return next(number) if is_full or not table_of(entity).c[name].nullable else None
        return f"“{next(number)}”" if is_full else ""

    return tuple(value(name) for name in entity.model_fields)


@pytest.mark.parametrize("is_full", [True, False], ids=["every field", "no field"])
def test_what_is_staged_of_every_entity_is_what_its_trigger_captures(
    store: Store, *, is_full: bool
) -> None:
    with store.work() as work:
        for entity in ENTITIES:
            row = raw_row(entity, is_full=is_full)
            work.write(insert_text(entity), row)
            (patch,) = work.raw.execute(
                "SELECT patch FROM sync_capture WHERE row_id = ?", (row[0],)
            ).fetchone()
            assert logged_values(entity, row) == json.loads(patch), entity


def test_the_log_of_staged_rows_is_that_of_captured_ones(tmp_path: Path) -> None:
    contact = make_contact(notes="a\nb", do_not_contact=True, precedence=3)
    email = make_contact_email(is_primary=False)
    quick, plain = tmp_path / "quick", tmp_path / "plain"
    for folder in (quick, plain):
        folder.mkdir()
    with closing(make_store(quick)) as store:
        with store.work() as work:
            work.add_staged(staged(contact, email))
            assert work.commit().operations == 2
        with store.reading() as work:
            assert verify(work.raw).problems == ()
        found = operations_of(store)
    with closing(make_store(plain)) as store:
        with store.work() as work:
            work.add_all([contact, email])
            assert work.commit().operations == 2
        assert operations_of(store) == found


def test_what_is_written_after_staged_rows_is_captured_again(store: Store) -> None:
    with store.work() as work:
        work.add_staged(staged(make_contact(), make_contact_email()))
        work.save(work.get(Contact, CONTACT).changed(notes="later"))
        work.commit()
    kinds = [(each["e"], each["k"], each["f"].get("notes")) for each in operations_of(store)]
    assert kinds == [
        ("contact", "put", None),
        ("contact_email", "put", None),
        ("contact", "put", "later"),
    ]
    with store.reading() as work:
        assert verify(work.raw).problems == ()


def test_a_staged_row_that_is_refused_leaves_the_triggers_watching(store: Store) -> None:
    contact = make_contact()
    with store.work() as work:
        work.save(contact)
        with pytest.raises(dbapi2.IntegrityError):
            work.add_staged(staged(contact))
        work.save(make_contact_email())
        assert work.commit().operations == 2
    with store.reading() as work:
        context = work.raw.execute("SELECT mode, user, via, seen FROM sync_ctx").fetchall()
    assert context == [NEUTRAL_CONTEXT]


def test_staged_rows_of_a_unit_that_ends_without_a_commit_are_neither_kept_nor_logged(
    store: Store,
) -> None:
    with store.work() as work:
        work.add_staged(staged(make_contact()))
    with store.reading() as work:
        assert work.all(Contact) == ()
    assert operations_of(store) == []


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 45])
def test_many_rows_are_inserted_once_each_in_order(count: int) -> None:
    columns = 600  # ten rows in one statement
    names = ", ".join(f"c{place}" for place in range(columns))
    told: list[int] = []
    with closing(dbapi2.connect(":memory:")) as raw:
        raw.execute(f"CREATE TABLE t ({names})")
        statement = f"INSERT INTO t ({names}) VALUES ({', '.join('?' * columns)})"
        rows = [[f"{row} {column}" for column in range(columns)] for row in range(count)]
        insert_many(raw, statement, rows, told.append)
        assert [list(row) for row in raw.execute("SELECT * FROM t ORDER BY rowid")] == rows
    assert sum(told) == count
