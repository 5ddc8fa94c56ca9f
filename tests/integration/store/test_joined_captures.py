"""What one transaction does to a row is one operation, or none."""

from typing import Any

import pytest

from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from makers import identity, make_contact, make_contact_email
from makers.stores import operations_of, patches


@pytest.fixture
def email(store: Store) -> ContactEmail:
    """An address that is in the store already."""
    with store.work() as work:
        work.save(make_contact())
        saved = work.save(make_contact_email(kind="work"))
        work.commit()
    return saved


def _set(work: UnitOfWork, email: ContactEmail, **values: Any) -> None:
    work.save(work.get(ContactEmail, email.id).changed(**values))


def test_adding_and_changing_is_one_put_with_all_fields(store: Store) -> None:
    contact = make_contact(alias="")
    with store.work() as work:
        work.save(contact)
        work.save(contact.changed(alias="chị Hường"))
        assert work.commit().operations == 1
    ((kind, fields),) = patches(store, contact.id)
    assert kind == "put"
    assert fields["alias"] == "chị Hường"
    assert fields["family_name"] == "Đặng"


def test_adding_and_removing_is_nothing(store: Store) -> None:
    email = make_contact_email()
    with store.work() as work:
        work.save(email)
        work.remove(email)
        assert work.commit().operations == 0
    assert operations_of(store) == []


def test_changing_and_changing_back_is_nothing(store: Store, email: ContactEmail) -> None:
    with store.work() as work:
        _set(work, email, kind="home")
        _set(work, email, kind="work")
        assert work.commit().operations == 0
    assert len(patches(store, email.id)) == 1


def test_changing_two_fields_and_one_back_is_the_other(store: Store, email: ContactEmail) -> None:
    with store.work() as work:
        _set(work, email, kind="home")
        _set(work, email, is_primary=True)
        _set(work, email, kind="work")
        work.commit()
    assert patches(store, email.id)[-1] == ("put", {"is_primary": True})


def test_removing_and_adding_again_is_the_difference(store: Store, email: ContactEmail) -> None:
    with store.work() as work:
        work.remove(email)
        work.save(email.changed(is_primary=True))
        work.commit()
    assert patches(store, email.id)[-1] == ("put", {"is_primary": True})


def test_removing_and_adding_the_same_again_is_nothing(store: Store, email: ContactEmail) -> None:
    with store.work() as work:
        work.remove(email)
        work.save(email)
        assert work.commit().operations == 0


def test_changing_and_removing_keeps_what_was_there_before(
    store: Store, email: ContactEmail
) -> None:
    with store.work() as work:
        _set(work, email, kind="home")
        work.remove(email)
        work.commit()
    assert patches(store, email.id)[-1] == ("del", {})
    with store.reading() as work:
        row = work.raw.execute("SELECT before FROM sync_op ORDER BY position DESC").fetchone()
    assert '"kind": "work"' in row[0]


def test_removing_adding_and_removing_is_one_removal(store: Store, email: ContactEmail) -> None:
    with store.work() as work:
        work.remove(email)
        work.save(email)
        work.remove(email)
        assert work.commit().operations == 1
    assert patches(store, email.id)[-1] == ("del", {})


def test_changes_of_several_rows_carry_the_number_of_the_first(
    store: Store, email: ContactEmail
) -> None:
    with store.work() as work:
        work.save(work.get(Contact, identity("contact")).changed(notes="x"))
        _set(work, email, kind="home")
        work.commit()
    first, second = operations_of(store)[-2:]
    assert (first["x"], second["x"]) == (first["n"], first["n"])


def test_a_change_alone_carries_no_transaction_number(store: Store, email: ContactEmail) -> None:
    with store.work() as work:
        _set(work, email, kind="home")
        work.commit()
    assert "x" not in operations_of(store)[-1]
