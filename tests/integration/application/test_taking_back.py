"""Undo goes back step by step, redo forward again; both know this device from others."""

import pytest

from embassy_desk.application.office import perform
from embassy_desk.application.records import (
    change_record,
    enter_record,
    redo_last,
    undo_change,
    undo_last,
)
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import MissingError
from embassy_desk.store.opening import Store

WRITTEN = ("first", "second", "third")


@pytest.fixture
def contact(store: Store) -> Contact:
    made, _ = perform(store, enter_record, "contact", {"given_name": "An"})
    for text in WRITTEN:
        write(store, made, text)
    assert isinstance(made, Contact)
    return made


def write(store: Store, contact: Contact | object, text: str) -> None:
    perform(store, change_record, "contact", contact.id, {"notes": text})  # type: ignore[union-attr]


def notes(store: Store, contact: Contact) -> str:
    with store.reading() as work:
        return work.get(Contact, contact.id).notes


def test_every_undo_goes_one_step_further_back(store: Store, contact: Contact) -> None:
    seen = []
    for _ in WRITTEN:
        perform(store, undo_last)
        seen.append(notes(store, contact))
    assert seen == ["second", "first", ""]
    perform(store, undo_last)
    with store.reading() as work:
        assert work.get(Contact, contact.id).is_trashed


def test_redo_goes_forward_again_as_far_as_was_gone_back(store: Store, contact: Contact) -> None:
    perform(store, undo_last)
    perform(store, undo_last)
    seen = []
    for _ in range(2):
        perform(store, redo_last)
        seen.append(notes(store, contact))
    assert seen == ["second", "third"]
    with pytest.raises(MissingError):
        perform(store, redo_last)
    perform(store, undo_last)
    assert notes(store, contact) == "second"


def test_after_another_change_nothing_is_done_again(store: Store, contact: Contact) -> None:
    perform(store, undo_last)
    write(store, contact, "other")
    with pytest.raises(MissingError):
        perform(store, redo_last)
    perform(store, undo_last)
    assert notes(store, contact) == "second"
    perform(store, redo_last)
    assert notes(store, contact) == "other"
    with pytest.raises(MissingError):
        perform(store, redo_last)


def test_a_change_taken_back_out_of_turn_is_passed_over(store: Store) -> None:
    one, first = perform(store, enter_record, "contact", {"given_name": "One"})
    two, _ = perform(store, enter_record, "contact", {"given_name": "Two"})
    with store.reading() as work:
        (number,) = work.raw.execute(
            "SELECT nseq FROM sync_op WHERE root_id = ?", (one.id.hex,)
        ).fetchone()
    assert first.operations == 1
    perform(store, undo_change, number)
    perform(store, undo_last)
    with store.reading() as work:
        assert work.get(Contact, one.id).is_trashed
        assert work.get(Contact, two.id).is_trashed


def test_other_devices_in_the_log_are_not_taken_for_this_one(
    store: Store, contact: Contact
) -> None:
    with store.work() as work:
        work.write(
            "INSERT INTO sync_node (no, node_id, device_tag, signing_key, nseq, chain, hlc_ms,"
            " hlc_counter, created_at) VALUES (99, ?, 'ZZZZ', x'', 0, zeroblob(16), 0, 0, '')",
            ("f" * 32,),
        )
        work.commit()
    perform(store, undo_last)
    assert notes(store, contact) == "second"
    made, _ = perform(store, enter_record, "contact", {"given_name": "Here"})
    assert "ZZZZ" not in made.ref
    with store.reading() as work:
        nodes = work.raw.execute("SELECT DISTINCT node_no FROM sync_op").fetchall()
    assert nodes == [(1,)]
