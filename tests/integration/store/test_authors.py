"""Whose a change is: the author's of its unit of work, or nobody's."""

import logging
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.entity import Route
from embassy_desk.store.connections import connect
from embassy_desk.store.finders.search import search
from embassy_desk.store.opening import STORE_FILE, Store
from embassy_desk.store.verifying import verify
from embassy_desk.store.work import Author
from makers import identity, make_contact
from makers.stores import COLLEAGUE, KEY, OWNER, operations_of

NEUTRAL = ("local", None, "unknown", 0)


def _context(store: Store) -> tuple[object, ...]:
    with store.reading() as work:
        row: tuple[object, ...] = work.raw.execute(
            "SELECT mode, user, via, seen FROM sync_ctx"
        ).fetchone()
    return row


def _routes(store: Store) -> list[str]:
    with store.reading() as work:
        rows = work.raw.execute("SELECT via FROM sync_op ORDER BY position").fetchall()
    return [via for (via,) in rows]


def _save(store: Store, author: Author, name: str = "contact") -> UUID:
    with store.work(author) as work:
        saved = work.save(make_contact(id=identity(name), ref=""))
        work.commit()
    return saved.id


def _write_past_everything(store: Store, notes: str) -> None:
    """Write as no part of the program does: on a connection of its own, without a unit of work."""
    connection = connect(store.path, KEY)
    connection.execute("UPDATE contact SET notes = ?", (notes,))
    connection.close()


def test_an_operation_carries_author_and_route(store: Store) -> None:
    _save(store, Author(COLLEAGUE, "TOK", via=Route.IMPORT))
    (operation,) = operations_of(store)
    assert (operation["u"], operation["b"]) == (COLLEAGUE.hex, 0)
    assert _routes(store) == ["import"]


def test_a_new_record_says_who_entered_it_and_by_which_route(store: Store) -> None:
    with store.work(Author(COLLEAGUE, "PAR", via=Route.IMPORT)) as work:
        made = work.new(Contact, given_name="An")
    assert (made.created_by, made.owner, made.mission) == (COLLEAGUE, COLLEAGUE, "PAR")
    assert (made.created_via, made.created_at) == (Route.IMPORT, work.at)
    assert made.ref.startswith("PAR-CON-")


def test_a_changed_record_says_who_changed_it_and_when(store: Store) -> None:
    _save(store, store.author)
    with store.work(Author(COLLEAGUE, "TOK")) as work:
        contact = work.get(Contact, identity("contact"))
        saved = work.save(contact.changed(notes="x"))
        work.commit()
    assert (saved.changed_by, saved.changed_at) == (COLLEAGUE, work.at)
    with store.reading() as work:
        assert work.get(Contact, contact.id) == saved


def test_the_next_author_does_not_sign_for_the_one_before(store: Store) -> None:
    _save(store, Author(COLLEAGUE, "TOK"), "first")
    _save(store, store.author, "second")
    assert [each["u"] for each in operations_of(store)] == [COLLEAGUE.hex, OWNER.hex]


def test_nobody_is_signed_on_between_units_of_work(store: Store) -> None:
    assert _context(store) == NEUTRAL
    _save(store, Author(COLLEAGUE, "TOK", via=Route.IMPORT, mode="apply", seen=5))
    assert _context(store) == NEUTRAL


def test_nobody_is_signed_on_after_an_abandoned_unit_of_work(store: Store) -> None:
    with store.work(Author(COLLEAGUE, "TOK")) as work:
        work.save(make_contact())
    assert _context(store) == NEUTRAL


def test_a_stray_write_is_nobodys_and_is_reported(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    _save(store, store.author)
    _write_past_everything(store, "Geheimnis")
    _save(store, Author(COLLEAGUE, "TOK"), "next")
    _, stray, following = operations_of(store)
    assert stray["u"] is None
    assert stray["f"] == {"notes": "Geheimnis"}
    assert following["u"] == COLLEAGUE.hex
    assert "x" not in following
    assert _routes(store) == ["typed", "unknown", "typed"]
    (line,) = caplog.records
    assert line.levelno == logging.WARNING
    assert "Geheimnis" not in line.getMessage()


def test_a_stray_write_is_found_by_the_search_afterwards(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    _save(store, store.author)
    _write_past_everything(store, "Geheimnis")
    with store.work() as work:
        changes = work.commit()
    assert changes.records == {"contact": {identity("contact")}}
    assert changes.operations == 0
    with store.reading() as work:
        assert [each.id for each in search(work, "geheimnis")] == [identity("contact")]
        assert verify(work.raw).problems == ()
    assert len(caplog.records) == 1


def test_stray_writes_wait_when_the_unit_of_work_is_abandoned(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    _save(store, store.author)
    _write_past_everything(store, "first")
    with store.work():
        pass
    assert len(operations_of(store)) == 1
    assert caplog.records == []
    with store.reading() as work:
        result = verify(work.raw)
    assert (result.strays, result.problems) == (1, ())
    with store.work() as work:
        work.commit()
    assert len(operations_of(store)) == 2


def test_a_stray_write_that_changed_nothing_is_not_reported(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    _save(store, store.author)
    _write_past_everything(store, "on")
    _write_past_everything(store, "")
    with store.work() as work:
        work.commit()
    assert len(operations_of(store)) == 1
    assert caplog.records == []


def test_applying_what_others_decided_indexes_it_but_makes_no_operation(store: Store) -> None:
    author = replace(store.author, mode="apply", via=Route.SYNC)
    with store.work(author) as work:
        work.save(make_contact())
        changes = work.commit()
    assert changes.operations == 0
    assert changes.records == {"contact": {identity("contact")}}
    assert operations_of(store) == []
    with store.reading() as work:
        assert [each.heading for each in search(work, "dang thi huong")] == ["Đặng Thị Hường"]


def test_edits_after_applying_are_logged_again(store: Store) -> None:
    contact_id = _save(store, replace(store.author, mode="apply"))
    with store.work() as work:
        work.save(work.get(Contact, contact_id).changed(notes="mine"))
        work.commit()
    (operation,) = operations_of(store)
    assert operation["f"]["notes"] == "mine"


def test_a_second_process_finds_the_store_without_author(store: Store, tmp_path: Path) -> None:
    with store.work(Author(COLLEAGUE, "TOK")) as work:
        work.save(make_contact())
        connection = connect(tmp_path / STORE_FILE, KEY)
        row = connection.execute("SELECT mode, user, via, seen FROM sync_ctx").fetchone()
        connection.close()
        work.commit()
    assert row == NEUTRAL
