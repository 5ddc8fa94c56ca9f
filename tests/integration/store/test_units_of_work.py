"""A unit of work: all of it or nothing, read in one moment, over when it was committed."""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.domain.errors import InvalidError, MissingError, StoreError
from embassy_desk.domain.parts import Tag
from embassy_desk.store.opening import Store
from embassy_desk.store.verifying import verify
from makers import identity, make_contact, make_contact_email, make_tag
from makers.stores import make_store, operations_of, reopened

CONTACT = identity("contact")


def test_nothing_is_kept_without_a_commit(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
    with store.reading() as work:
        assert work.count(Contact) == 0


def test_nothing_is_kept_when_something_fails(store: Store) -> None:
    with pytest.raises(InvalidError), store.work() as work:
        work.save(work.save(make_contact()).changed(cadence_days=0))
    with store.reading() as work:
        assert work.count(Contact) == 0


def test_a_unit_of_work_reads_what_it_wrote(store: Store) -> None:
    contact = make_contact()
    with store.work() as work:
        work.save(contact)
        assert work.get(Contact, contact.id) == contact
        work.save(contact.changed(notes="x"))
        assert work.get(Contact, contact.id).notes == "x"


def test_a_reader_sees_one_moment_until_it_ends(store: Store) -> None:
    with store.reading() as reader:
        assert reader.count(Contact) == 0
        with store.work() as work:
            work.save(make_contact())
            work.commit()
        assert reader.count(Contact) == 0
    with store.reading() as reader:
        assert reader.count(Contact) == 1


def test_a_reader_cannot_write(store: Store) -> None:
    with store.reading() as reader, pytest.raises(StoreError, match="read-only"):
        reader.save(make_contact())


def test_a_committed_unit_of_work_takes_no_more_writes(store: Store) -> None:
    with store.work() as work:
        work.commit()
        with pytest.raises(RuntimeError, match="begin another one"):
            work.save(make_contact())
        with pytest.raises(RuntimeError, match="begin another one"):
            work.commit()


def test_a_commit_that_failed_is_not_tried_again(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.commit()
    with store.work() as work:
        work.save(make_contact_email())
        work.raw.execute("UPDATE sync_node SET nseq = 0")  # the number is taken already
        with pytest.raises(dbapi2.IntegrityError):
            work.commit()
        with pytest.raises(RuntimeError, match="begin another one"):
            work.commit()
    with store.reading() as work:
        assert work.count(ContactEmail) == 0
        assert verify(work.raw).problems == ()


def test_nothing_is_written_after_the_disk_ended_the_transaction(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.raw.execute("ROLLBACK")  # as a full disk may
        with pytest.raises(RuntimeError, match="begin another one"):
            work.save(make_contact_email())
        with pytest.raises(RuntimeError, match="begin another one"):
            work.commit()
    with store.reading() as work:
        assert work.count(Contact) == work.count(ContactEmail) == 0


@pytest.mark.parametrize("way", ["work", "reading"])
def test_a_unit_of_work_inside_another_is_refused_at_once(store: Store, way: str) -> None:
    begin = getattr(store, way)
    with begin(), pytest.raises(RuntimeError, match="would wait for it"), begin():
        pytest.fail("it was begun")
    with begin() as work:
        assert work.count(Contact) == 0


def test_threads_wait_for_each_other(store: Store) -> None:
    def save(name: str) -> None:
        with store.work() as work:
            work.save(make_contact(id=identity(name), ref=""))
            work.commit()
        with store.reading() as reader:
            assert reader.find(Contact, identity(name)) is not None

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(save, [f"{number}" for number in range(60)]))
    with store.reading() as work:
        assert work.count(Contact) == 60
        assert verify(work.raw).problems == ()


def test_nothing_can_be_written_without_a_context(store: Store) -> None:
    with store.work() as work:
        work.raw.execute("DELETE FROM sync_ctx")
        with pytest.raises(dbapi2.IntegrityError):
            work.save(make_contact())


def test_a_commit_says_what_was_changed(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.save(make_contact_email())
        changes = work.commit()
    assert changes.records == {"contact": {CONTACT}}
    assert changes.kinds == {"contact"}
    assert changes.operations == 2
    assert work.changes == changes


def test_moving_a_part_changes_both_records(store: Store) -> None:
    other = make_contact(id=identity("other"), ref="")
    email = make_contact_email()
    with store.work() as work:
        work.add_all([make_contact(), other, email])
        work.commit()
    with store.work() as work:
        work.save(email.changed(contact_id=other.id))
        changes = work.commit()
    assert changes.records == {"contact": {CONTACT, other.id}}


def test_saving_what_is_stored_already_changes_nothing(store: Store) -> None:
    with store.work() as work:
        contact = work.save(make_contact(notes="x"))
        work.commit()
    with store.work() as work:
        assert work.save(contact) == contact
        assert work.commit().operations == 0
    assert len(operations_of(store)) == 1


def test_what_save_returns_can_be_saved_again(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        saved = work.save(make_contact(notes="x"))
        work.commit()
    with store.work() as work:
        assert work.get(Contact, CONTACT) == saved
        work.save(saved)
        assert work.commit().operations == 0


def test_get_of_something_unknown_is_refused(store: Store) -> None:
    with store.reading() as work:
        assert work.find(Contact, CONTACT) is None
        with pytest.raises(MissingError):
            work.get(Contact, CONTACT)


def test_many_records_are_read_at_once_and_unknown_ones_left_out(store: Store) -> None:
    contacts = [make_contact(id=identity(f"{number}"), ref="") for number in range(1200)]
    with store.work() as work:
        work.add_all(contacts)
        work.commit()
    wanted = [each.id for each in contacts] + [identity("unknown"), contacts[0].id]
    with store.reading() as work:
        assert work.get_many(Contact, wanted) == {each.id: each for each in contacts}
        assert work.get_many(Contact, []) == {}


def test_all_finds_by_equality_of_every_field_given(store: Store) -> None:
    first = make_contact_email(is_primary=True)
    second = make_contact_email(id=identity("second"), checked_on="2026-01-02")
    with store.work() as work:
        work.add_all([first, second])
        work.commit()
    with store.reading() as work:
        assert work.all(ContactEmail, contact_id=CONTACT, is_primary=True) == (first,)
        assert work.all(ContactEmail, checked_on=None) == (first,)
        assert work.all(ContactEmail, checked_on=second.checked_on) == (second,)
        assert work.all(ContactEmail, validity=first.validity, address="x") == ()
        assert set(work.all(ContactEmail)) == {first, second}


def test_all_refuses_a_field_that_is_not_there(store: Store) -> None:
    with store.reading() as work, pytest.raises(KeyError):
        work.all(ContactEmail, **{'address" OR 1=1 --': "x"})


def test_parts_of_another_kind_with_the_same_identity_are_left_out(store: Store) -> None:
    mine = make_tag()
    foreign = make_tag(id=identity("foreign"), record_kind="organisation")
    with store.work() as work:
        work.add_all([make_contact(), mine, foreign])
        work.commit()
    with store.reading() as work:
        assert work.parts(Tag, make_contact()) == (mine,)


def test_a_part_of_a_kind_nobody_knows_yet_does_no_harm(store: Store) -> None:
    with store.work() as work:
        work.save(make_tag(record_kind="spaceship"))
        changes = work.commit()
    assert changes.kinds == {"spaceship"}


def test_a_choice_of_a_newer_version_passes_as_text(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact_email())
        work.raw.execute("UPDATE contact_email SET validity = 'quantum'")
        work.commit()
    with store.work() as work:
        (email,) = work.all(ContactEmail)
        assert email.validity == "quantum"
        work.save(email.model_copy(update={"kind": "work"}))
        work.commit()
    assert "validity" not in operations_of(store)[-1]["f"]


def test_another_process_is_noticed_by_the_data_version(tmp_path: Path) -> None:
    with closing(make_store(tmp_path)) as mine, closing(reopened(tmp_path)) as theirs:
        before = mine.data_version()
        with mine.work() as work:
            work.save(make_contact())
            work.commit()
        assert mine.data_version() == before
        with theirs.work() as work:
            work.save(make_contact_email())
            work.commit()
        assert mine.data_version() != before


def test_texts_of_the_store_never_reach_the_log(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), store.work() as work:
        work.save(make_contact(notes="Geheimnis"))
        work.commit()
    assert "Geheimnis" not in caplog.text
