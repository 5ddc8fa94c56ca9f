"""Whichever way a row is written, the log has it: the eleven ways of SYNC 3.6."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session

from embassy_desk.domain.contact import Contact
from embassy_desk.store.opening import Store
from embassy_desk.store.rows.base import table_of
from embassy_desk.store.rows.contact import ContactEmailRow, ContactRow
from embassy_desk.store.work import UnitOfWork
from makers import identity, make_contact, make_contact_email
from makers.stores import OWNER, operations_of, patches

CONTACT = identity("contact")
OTHER = identity("another contact")
DEFAULTS = {
    "created_via": "typed",
    "display_order": "family_first",
    "do_not_contact": False,
    "handling": "internal",
}


@pytest.fixture
def saved(store: Store) -> Contact:
    """A contact that is in the store already, with a note."""
    with store.work() as work:
        contact = work.save(make_contact(notes="before"))
        work.commit()
    return contact


def _columns(**values: Any) -> dict[str, Any]:
    return dict(make_contact(id=OTHER, ref="TOK-CON-A7-0002", **values))


def _session(work: UnitOfWork) -> Session:
    """Return a session of the ORM; the desk does without, so rows get their mappers here."""
    for row in (ContactRow, ContactEmailRow):
        row.prepare(work.connection)
    return Session(work.connection, autoflush=False)


def _last_patch(store: Store, row_id: UUID) -> tuple[str, dict[str, Any]]:
    return patches(store, row_id)[-1]


def test_adding_an_object_is_captured_with_every_field_that_has_a_value(store: Store) -> None:
    with store.work() as work, _session(work) as session:
        session.add(ContactRow(**_columns(notes="new")))
        session.flush()
        work.commit()
    assert patches(store, OTHER) == [
        (
            "put",
            {
                **DEFAULTS,
                "ref": "TOK-CON-A7-0002",
                "mission": "TOK",
                "family_name": "Đặng",
                "middle_name": "Thị",
                "given_name": "Hường",
                "notes": "new",
            },
        )
    ]


def test_changing_an_attribute_is_captured_with_this_field_only(
    store: Store, saved: Contact
) -> None:
    with store.work() as work, _session(work) as session:
        row = session.get_one(ContactRow, saved.id)
        row.notes = "after"  # type: ignore[misc]  # rows are not frozen
        session.flush()
        work.commit()
    assert _last_patch(store, saved.id) == ("put", {"notes": "after"})


def test_an_update_statement_is_captured(store: Store, saved: Contact) -> None:
    with store.work() as work, _session(work) as session:
        session.execute(
            update(ContactRow).where(table_of(Contact).c.id == saved.id).values(rank="minister")
        )
        work.commit()
    assert _last_patch(store, saved.id) == ("put", {"rank": "minister"})


def test_a_bulk_insert_is_captured_row_by_row(store: Store) -> None:
    rows = [
        {**_columns(), "id": identity(f"bulk {number}"), "ref": f"TOK-CON-A7-1{number}"}
        for number in range(3)
    ]
    with store.work() as work, _session(work) as session:
        session.execute(insert(ContactRow), rows)
        work.commit()
    found = [each["r"] for each in operations_of(store)]
    assert found == [each["id"].hex for each in rows]


def test_a_bulk_update_of_mappings_is_captured(store: Store, saved: Contact) -> None:
    with store.work() as work, _session(work) as session:
        session.bulk_update_mappings(ContactRow, [{"id": saved.id, "alias": "chị Hường"}])
        work.commit()
    assert _last_patch(store, saved.id) == ("put", {"alias": "chị Hường"})


def test_a_statement_written_as_text_is_captured(store: Store, saved: Contact) -> None:
    with store.work() as work:
        work.connection.execute(
            text("UPDATE contact SET cadence_days = 30 WHERE id = :id"), {"id": saved.id.hex}
        )
        work.commit()
    assert _last_patch(store, saved.id) == ("put", {"cadence_days": 30})


def test_a_statement_of_the_driver_is_captured(store: Store, saved: Contact) -> None:
    with store.work() as work:
        work.raw.execute("UPDATE contact SET precedence = 7 WHERE id = ?", (saved.id.hex,))
        work.commit()
    assert _last_patch(store, saved.id) == ("put", {"precedence": 7})


def test_a_delete_statement_is_captured_for_every_row_it_hits(store: Store, saved: Contact) -> None:
    emails = [make_contact_email(id=identity(f"mail {number}")) for number in range(2)]
    with store.work() as work:
        work.add_all(emails)
        work.commit()
    with store.work() as work, _session(work) as session:
        session.execute(delete(ContactEmailRow))
        work.commit()
    for email in emails:
        assert _last_patch(store, email.id) == ("del", {})


def test_deleting_an_object_is_captured(store: Store, saved: Contact) -> None:
    with store.work() as work, _session(work) as session:
        session.delete(session.get_one(ContactRow, saved.id))
        session.flush()
        work.commit()
    assert _last_patch(store, saved.id) == ("del", {})


def test_insert_or_replace_is_captured_as_what_it_changed(store: Store, saved: Contact) -> None:
    values = {**dict(saved), "notes": "replaced"}
    with store.work() as work:
        work.connection.execute(insert(ContactRow).prefix_with("OR REPLACE"), values)
        work.commit()
    assert _last_patch(store, saved.id) == ("put", {"notes": "replaced"})


def test_an_upsert_is_captured_as_what_it_changed(store: Store, saved: Contact) -> None:
    statement = sqlite_insert(ContactRow).values({**dict(saved), "notes": "ignored"})
    with store.work() as work:
        work.connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_={"notes": "upserted"})
        )
        work.commit()
    assert _last_patch(store, saved.id) == ("put", {"notes": "upserted"})


def test_an_update_that_changes_nothing_leaves_no_operation(store: Store, saved: Contact) -> None:
    before = operations_of(store)
    with store.work() as work:
        work.connection.execute(text("UPDATE contact SET notes = notes, rank = rank"))
        changes = work.commit()
    assert operations_of(store) == before
    assert changes.operations == 0


def test_an_identity_can_never_be_changed(store: Store, saved: Contact) -> None:
    with store.work() as work, pytest.raises(Exception, match=r"contact\.id never changes"):
        work.raw.execute("UPDATE contact SET id = ?", (OTHER.hex,))
    with store.reading() as work:
        assert work.get(Contact, saved.id) == saved


def test_every_operation_says_for_whom_it_was_written(store: Store, saved: Contact) -> None:
    assert [each["u"] for each in operations_of(store)] == [OWNER.hex]
