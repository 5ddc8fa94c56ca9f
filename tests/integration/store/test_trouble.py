"""A full disk, a lock, a read-only file: said in words, and nothing is lost."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import ConflictError, StoreError
from embassy_desk.store import connections
from embassy_desk.store.borders import translated
from embassy_desk.store.opening import Store
from embassy_desk.store.verifying import verify
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_
from makers import identity, make_contact
from makers.stores import make_store, reopened


@pytest.fixture
def impatient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Store, Store]]:
    """Two stores on one file that wait for each other only a moment."""
    monkeypatch.setattr(connections, "BUSY_TIMEOUT_S", 0.01)
    with closing(make_store(tmp_path)) as first, closing(reopened(tmp_path)) as second:
        yield first, second


def test_a_full_disk_is_named_and_nothing_is_lost(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.commit()
    with pytest.raises(StoreError, match="The disk is full"), store.work() as work:
        _save_until_full(work)
    with store.work() as work:
        work.raw.execute("PRAGMA max_page_count = 1000000")
        assert work.all(Contact) == (make_contact(),)
        work.save(make_contact(id=identity("after"), ref=""))
        work.commit()
    with store.reading() as work:
        assert work.count(Contact) == 2
        assert verify(work.raw).problems == ()


def _save_until_full(work: UnitOfWork) -> None:
    """Let the file grow no further than a few pages, and save more than that."""
    (pages,) = work.raw.execute("PRAGMA page_count").fetchone()
    work.raw.execute(f"PRAGMA max_page_count = {pages + 5}")
    for number in range(200):
        work.save(make_contact(id=identity(f"{number}"), notes="x" * 50_000))
    work.commit()


def test_a_store_that_somebody_else_writes_to_is_named(impatient: tuple[Store, Store]) -> None:
    first, second = impatient
    with first.work() as work:
        work.save(make_contact())
        with pytest.raises(StoreError, match="Another program is writing"), second.work():
            raise AssertionError("two wrote at once")
        work.commit()
    with second.work() as work:
        assert work.count(Contact) == 1


def test_reading_goes_on_while_somebody_else_writes(impatient: tuple[Store, Store]) -> None:
    first, second = impatient
    with first.work() as work:
        work.save(make_contact())
        with second.reading() as reader:
            assert reader.count(Contact) == 0
        work.commit()


def test_an_error_of_ours_passes_as_it_is() -> None:
    with pytest.raises(dbapi2.OperationalError, match="no such table"), translated():
        raise dbapi2.OperationalError("no such table: spaceship")


def test_an_error_behind_the_toolkit_is_translated_too() -> None:
    cause = dbapi2.OperationalError("database or disk is full")
    with pytest.raises(StoreError, match="The disk is full"), translated():
        raise OperationalError("INSERT", {}, cause)


def test_errors_of_ours_pass_through_several_borders() -> None:
    conflict = ConflictError(N_("Both sides changed it."))
    with pytest.raises(ConflictError) as caught, translated(), translated():
        raise conflict
    assert caught.value is conflict


def test_a_translated_error_is_not_translated_again() -> None:
    with pytest.raises(StoreError, match="disk is full") as caught, translated(), translated():
        raise dbapi2.OperationalError("database or disk is full")
    assert isinstance(caught.value.__cause__, dbapi2.OperationalError)
    assert caught.value.__context__ is caught.value.__cause__


def test_the_words_of_an_error_hold_nothing_of_the_record(store: Store) -> None:
    with pytest.raises(dbapi2.IntegrityError) as caught, store.work() as work:
        work.add_all([make_contact(notes="Geheimnis"), make_contact(notes="Geheimnis")])
    assert "Geheimnis" not in str(caught.value)


def test_the_words_of_a_failed_query_hold_nothing_that_was_typed(store: Store) -> None:
    query = text("SELECT * FROM spaceship WHERE name = :name")
    with pytest.raises(OperationalError) as caught, store.reading() as work:
        work.connection.execute(query, {"name": "Geheimnis"})
    assert "Geheimnis" not in str(caught.value)
