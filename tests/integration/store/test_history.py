"""What happened to a record, read from the log."""

from datetime import UTC, datetime

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.entity import Route
from embassy_desk.store.history import FieldChange, history_of, last_transaction
from embassy_desk.store.opening import Store
from embassy_desk.store.work import Author
from makers import identity, make_contact, make_contact_email, make_tag
from makers.stores import COLLEAGUE, OWNER

CONTACT = identity("contact")


def test_history_names_every_change_newest_first(store: Store) -> None:
    with store.work() as work:
        contact = work.save(make_contact(notes="old"))
        work.commit()
    with store.work(Author(COLLEAGUE, "TOK", via=Route.IMPORT)) as work:
        work.save(contact.changed(notes="new"))
        work.commit()
    with store.reading() as work:
        newest, oldest = history_of(work, CONTACT)
    assert (newest.kind, newest.by, newest.via) == ("put", COLLEAGUE, "import")
    assert FieldChange("notes", "old", "new") in newest.changes
    assert (oldest.kind, oldest.by, oldest.via) == ("add", OWNER, "typed")
    assert FieldChange("notes", None, "old") in oldest.changes
    assert oldest.at < newest.at < datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_history_of_a_record_holds_its_parts_also_removed_ones(store: Store) -> None:
    email = make_contact_email()
    with store.work() as work:
        work.save(make_contact())
        work.save(email)
        work.save(make_tag())
        work.commit()
    with store.work() as work:
        work.remove(email)
        work.commit()
    with store.reading() as work:
        entries = history_of(work, CONTACT)
    assert [(each.kind, each.entity) for each in entries] == [
        ("del", "contact_email"),
        ("add", "tag"),
        ("add", "contact_email"),
        ("add", "contact"),
    ]
    assert FieldChange("address", "huong@example.test", None) in entries[0].changes


def test_history_leaves_other_records_out(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.save(make_contact(id=identity("other"), ref=""))
        work.commit()
    with store.reading() as work:
        assert [each.row_id for each in history_of(work, CONTACT)] == [CONTACT]


def test_history_of_an_unknown_record_is_empty(store: Store) -> None:
    with store.reading() as work:
        assert history_of(work, identity("nobody")) == ()


def test_erased_content_is_left_out_of_the_history(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.commit()
    with store.work() as work:
        work.raw.execute("UPDATE sync_op SET operation = NULL, before = NULL")
        work.commit()
    with store.reading() as work:
        assert history_of(work, CONTACT) == ()
        assert last_transaction(work, OWNER) is None
        assert last_transaction(work, None) is None


def test_the_last_transaction_is_the_persons_own(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.save(make_contact_email())
        work.commit()
    with store.work(Author(COLLEAGUE, "TOK")) as work:
        work.save(work.get(Contact, CONTACT).changed(notes="x"))
        work.commit()
    with store.reading() as work:
        assert last_transaction(work, OWNER) == 1
        assert last_transaction(work, COLLEAGUE) == 3
        assert last_transaction(work, identity("nobody")) is None
