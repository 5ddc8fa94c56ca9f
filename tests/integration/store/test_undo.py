"""Taking a change back is a new change; what was changed again since is left alone."""

from typing import Any

import pytest

from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.domain.errors import ConflictError, MissingError
from embassy_desk.store.history import last_transaction, undo
from embassy_desk.store.opening import Store
from embassy_desk.store.verifying import verify
from makers import identity, make_contact, make_contact_email
from makers.stores import OWNER, operations_of

CONTACT = identity("contact")


@pytest.fixture
def contact(store: Store) -> Contact:
    """A contact with an address, each saved in a transaction of its own."""
    with store.work() as work:
        saved = work.save(make_contact(notes="old"))
        work.commit()
    with store.work() as work:
        work.save(make_contact_email())
        work.commit()
    return saved


def _change(store: Store, **values: Any) -> int:
    with store.work() as work:
        work.save(work.get(Contact, CONTACT).changed(**values))
        work.commit()
    return _last(store)


def _last(store: Store) -> int:
    with store.reading() as work:
        last = last_transaction(work, OWNER)
    assert last is not None
    return last


def _undo(store: Store, transaction: int) -> None:
    with store.work() as work:
        undo(work, transaction)
        work.commit()


def _contact(store: Store) -> Contact:
    with store.reading() as work:
        return work.get(Contact, CONTACT)


def _emails(store: Store) -> tuple[ContactEmail, ...]:
    with store.reading() as work:
        return work.all(ContactEmail)


def test_a_change_is_taken_back_field_by_field(store: Store, contact: Contact) -> None:
    changed = _change(store, notes="new", cadence_days=30)
    _undo(store, changed)
    assert _contact(store).notes == "old"
    assert _contact(store).cadence_days is None


def test_an_undo_is_a_change_of_its_own(store: Store, contact: Contact) -> None:
    changed = _change(store, notes="new")
    before = operations_of(store)
    _undo(store, changed)
    after = operations_of(store)
    assert after[:-1] == before
    assert after[-1]["f"]["notes"] == "old"
    assert _contact(store).changed_by == OWNER


def test_an_added_record_goes_to_the_trash(store: Store, contact: Contact) -> None:
    _undo(store, 1)
    assert _contact(store).is_trashed
    assert _contact(store).trashed_by == OWNER


def test_an_added_part_goes(store: Store, contact: Contact) -> None:
    _undo(store, 2)
    assert _emails(store) == ()


def test_a_removed_part_comes_back_as_it_was(store: Store, contact: Contact) -> None:
    (email,) = _emails(store)
    with store.work() as work:
        work.remove(email)
        work.commit()
    _undo(store, _last(store))
    assert _emails(store) == (email,)


def test_a_new_record_that_is_taken_back_is_in_the_trash_with_its_parts(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        for number in range(3):
            work.save(make_contact_email(id=identity(f"email {number}")))
        work.commit()
    emails = _emails(store)
    _undo(store, 1)
    assert _contact(store).is_trashed
    assert _emails(store) == emails != ()
    with store.reading() as work:
        assert verify(work.raw).problems == ()


def test_only_the_named_transaction_is_taken_back(store: Store, contact: Contact) -> None:
    changed = _change(store, notes="new")
    _change(store, alias="chị Hường")
    _undo(store, changed)
    assert _contact(store).notes == "old"
    assert _contact(store).alias == "chị Hường"


def test_undoing_an_undo_brings_the_change_back(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.save(make_contact_email())
        work.commit()
    _undo(store, 1)
    _undo(store, _last(store))
    assert not _contact(store).is_trashed
    assert [each.address for each in _emails(store)] == ["huong@example.test"]


def test_a_field_changed_again_since_is_refused(store: Store, contact: Contact) -> None:
    changed = _change(store, notes="new")
    _change(store, notes="newer")
    with pytest.raises(ConflictError, match="undo the later change first"):
        _undo(store, changed)
    assert _contact(store).notes == "newer"


def test_a_refused_undo_leaves_every_row_alone(store: Store) -> None:
    email = make_contact_email()
    with store.work() as work:
        work.save(make_contact())
        work.save(email)
        work.commit()
    _change(store, notes="later")
    before = operations_of(store)
    with pytest.raises(ConflictError):
        _undo(store, 1)
    assert operations_of(store) == before
    assert _emails(store) == (email,)


def test_a_row_removed_since_is_refused(store: Store, contact: Contact) -> None:
    (email,) = _emails(store)
    with store.work() as work:
        work.save(email.changed(is_primary=True))
        work.commit()
    changed = _last(store)
    with store.work() as work:
        work.remove(email)
        work.commit()
    with pytest.raises(ConflictError, match="removed in the meantime"):
        _undo(store, changed)


def test_a_row_added_again_since_is_refused(store: Store, contact: Contact) -> None:
    (email,) = _emails(store)
    with store.work() as work:
        work.remove(email)
        work.commit()
    removed = _last(store)
    with store.work() as work:
        work.save(email)
        work.commit()
    with pytest.raises(ConflictError, match="added again"):
        _undo(store, removed)


@pytest.mark.parametrize("transaction", [0, 3, 99])
def test_an_unknown_transaction_is_refused(
    store: Store, contact: Contact, transaction: int
) -> None:
    with pytest.raises(MissingError, match="no such change"):
        _undo(store, transaction)


def test_a_number_in_the_middle_of_a_transaction_is_refused(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.save(make_contact_email())
        work.commit()
    with pytest.raises(MissingError, match="no such change"):
        _undo(store, 2)


def test_erased_content_cannot_be_taken_back(store: Store, contact: Contact) -> None:
    with store.work() as work:
        work.raw.execute("UPDATE sync_op SET operation = NULL, before = NULL WHERE nseq = 1")
        work.commit()
    with pytest.raises(MissingError, match="erased"):
        _undo(store, 1)
