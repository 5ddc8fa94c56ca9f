"""Two real laptops and the headquarters of the model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.entity import Handling
from embassy_desk.domain.parts import Tag
from embassy_desk.store.history import history_of
from embassy_desk.store.verifying import verify
from makers import identity
from makers.stores import operations_of
from model.desks import Desk
from model.hub import Hub

ANNA, BINH = identity("anna"), identity("binh")


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def desks(hub: Hub, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    both = Desk(tmp_path / "anna", hub, ANNA), Desk(tmp_path / "binh", hub, BINH)
    yield both
    for each in both:
        each.store.close()


def entered(desk: Desk, **values: object) -> Contact:
    with desk.store.work(desk.local) as work:
        contact = work.save(work.new(Contact, given_name="An", **values))
        work.commit()
    return contact


def changed(desk: Desk, contact: Contact, **values: object) -> None:
    with desk.store.work(desk.local) as work:
        work.save(work.get(Contact, contact.id).changed(**values))
        work.commit()


def shown(desk: Desk, contact: Contact) -> Contact | None:
    with desk.store.reading() as work:
        return work.find(Contact, contact.id)


def test_what_one_desk_enters_the_other_shows(desks: tuple[Desk, Desk]) -> None:
    anna, binh = desks
    contact = entered(anna, notes="first")

    assert anna.sync() == 1
    assert binh.sync() == 1
    assert shown(binh, contact) == shown(anna, contact) == contact


def test_changes_of_different_fields_meet(desks: tuple[Desk, Desk]) -> None:
    anna, binh = desks
    contact = entered(anna)
    anna.sync()
    binh.sync()
    changed(anna, contact, notes="hers")
    changed(binh, contact, source="his")
    for each in (anna, binh, anna):
        each.sync()

    both = shown(anna, contact)
    assert both == shown(binh, contact)
    assert both is not None
    assert (both.notes, both.source) == ("hers", "his")


def test_changes_of_one_field_give_one_winner_and_one_open_conflict(
    desks: tuple[Desk, Desk],
) -> None:
    anna, binh = desks
    contact = entered(anna)
    anna.sync()
    binh.sync()
    changed(anna, contact, notes="hers")
    changed(binh, contact, notes="his")
    for each in (anna, binh, anna):
        each.sync()

    assert shown(anna, contact) == shown(binh, contact)
    for each in (anna, binh):
        with each.store.reading() as work:
            rows = work.raw.execute("SELECT row_id, is_open FROM sync_conflict").fetchall()
        assert rows == [(contact.id.hex, 1)]


def test_what_is_still_pending_is_shown_over_what_came(desks: tuple[Desk, Desk]) -> None:
    anna, binh = desks
    contact = entered(anna)
    anna.sync()
    binh.sync()
    changed(anna, contact, notes="hers", source="hers")
    anna.sync()
    changed(binh, contact, notes="his")
    planned = binh.plan()
    changed(binh, contact, notes="his, later")
    binh.take(planned, binh.ask(planned))

    mixed = shown(binh, contact)
    assert mixed is not None
    assert (mixed.notes, mixed.source) == ("his, later", "hers")
    binh.sync()
    anna.sync()
    assert shown(anna, contact) == shown(binh, contact)


def test_a_part_that_was_removed_goes_everywhere(desks: tuple[Desk, Desk]) -> None:
    anna, binh = desks
    contact = entered(anna)
    with anna.store.work(anna.local) as work:
        tag = work.save(work.new_part(Tag, contact, label="press"))
        work.commit()
    anna.sync()
    binh.sync()
    with binh.store.work(binh.local) as work:
        work.remove(work.get(Tag, tag.id))
        work.commit()
    binh.sync()
    anna.sync()

    with anna.store.reading() as work:
        assert work.find(Tag, tag.id) is None


def test_a_record_that_becomes_restricted_keeps_its_parts(desks: tuple[Desk, Desk]) -> None:
    anna, binh = desks
    contact = entered(anna)
    with anna.store.work(anna.local) as work:
        tag = work.save(work.new_part(Tag, contact, label="press"))
        work.commit()
    anna.sync()
    binh.sync()
    changed(binh, contact, handling=Handling.RESTRICTED)
    for each in (binh, anna, binh):
        each.sync()

    for each in (anna, binh):
        with each.store.reading() as work:
            assert work.get(Tag, tag.id) == tag
            scopes = work.raw.execute("SELECT DISTINCT sid FROM sync_row").fetchall()
        assert scopes == [("m:TOK:restricted",)]
    assert shown(anna, contact) == shown(binh, contact)


def test_the_history_tells_what_others_did(desks: tuple[Desk, Desk]) -> None:
    anna, binh = desks
    contact = entered(anna)
    anna.sync()
    binh.sync()
    changed(anna, contact, notes="hers")
    anna.sync()
    binh.sync()

    with binh.store.reading() as work:
        newest, oldest = history_of(work, contact.id)
    assert (newest.kind, newest.by, newest.via) == ("put", ANNA, "sync")
    notes = next(each for each in newest.changes if each.field == "notes")
    assert (notes.before, notes.after) == (None, "hers")
    assert oldest.kind == "add"


def test_the_log_stays_provable_after_an_exchange(desks: tuple[Desk, Desk]) -> None:
    anna, binh = desks
    entered(anna)
    anna.sync()
    binh.sync()

    for each in (anna, binh):
        with each.store.reading() as work:
            assert verify(work.raw).problems == ()


def test_what_one_s_own_unsent_deletion_hides_does_not_count_as_seen(
    desks: tuple[Desk, Desk],
) -> None:
    _, binh = desks
    contact = entered(binh)
    with binh.store.work(binh.local) as work:
        tag = work.save(work.new_part(Tag, contact, label="quan trọng"))
        work.commit()
    binh.sync()
    binh.sync()
    with binh.store.work(binh.local) as work:
        work.remove(tag)
        work.commit()
    with binh.store.work(binh.local) as work:  # as if headquarters had told of more meanwhile
        work.raw.execute("UPDATE sync_scope SET base = base + 5")
        work.save(tag)
        work.save(contact.changed(notes="x"))
        work.commit()

    removed, *later = operations_of(binh.store)[-3:]
    seen = {each["e"]: each["b"] for each in later}
    assert (removed["k"], removed["b"] > 0) == ("del", True)
    assert seen == {"tag": removed["b"], "contact": removed["b"] + 5}
