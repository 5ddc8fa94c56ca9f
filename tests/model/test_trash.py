"""Somebody deletes a record while somebody else changes it: it comes back with a question."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embassy_desk.application.conflicts import open_conflicts, resolve_conflict
from embassy_desk.application.records import trash
from embassy_desk.domain.contact import Contact
from embassy_desk.sync.conflicts import ConflictKind
from makers import identity
from model.desks import Desk
from model.hub import Hub
from model.test_two_desks import changed, entered, shown

ANNA, BINH = identity("anna"), identity("binh")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk, Contact]]:
    """Two desks that have the same contact."""
    hub = Hub()
    anna, binh = Desk(tmp_path / "anna", hub, ANNA), Desk(tmp_path / "binh", hub, BINH)
    contact = entered(anna, notes="before")
    anna.sync()
    binh.sync()
    yield anna, binh, contact
    anna.store.close()
    binh.store.close()


def trashed(desk: Desk, contact: Contact) -> None:
    with desk.store.work(desk.local) as work:
        trash(work, "contact", contact.id)
        work.commit()


def everywhere(desks: tuple[Desk, Desk, Contact]) -> Contact:
    """Return the contact as both desks show it."""
    anna, binh, contact = desks
    found = shown(anna, contact)
    assert found is not None
    assert found == shown(binh, contact)
    return found


@pytest.mark.parametrize("is_deleted_first", [True, False])
def test_what_was_deleted_and_changed_comes_back_with_a_question(
    desks: tuple[Desk, Desk, Contact], *, is_deleted_first: bool
) -> None:
    anna, binh, contact = desks
    trashed(anna, contact)
    changed(binh, contact, notes="after")
    order = (anna, binh) if is_deleted_first else (binh, anna)
    for each in (*order, anna, binh):
        each.sync()

    found = everywhere(desks)
    assert (found.is_trashed, found.notes) == (False, "after")
    for each in (anna, binh):
        with each.store.reading() as work:
            (question,) = open_conflicts(work)
        assert question.conflict.kind is ConflictKind.DEL_VS_EDIT
        assert question.record_id == contact.id


@pytest.mark.parametrize(("keep", "is_trashed"), [("mine", True), ("theirs", False)])
def test_who_deleted_it_may_insist_or_give_in(
    desks: tuple[Desk, Desk, Contact], keep: str, *, is_trashed: bool
) -> None:
    anna, binh, contact = desks
    trashed(anna, contact)
    changed(binh, contact, notes="after")
    for each in (anna, binh, anna):
        each.sync()
    with anna.store.work(anna.local) as work:
        (question,) = open_conflicts(work)
        resolve_conflict(work, question.conflict.id, keep)  # type: ignore[arg-type]
        work.commit()
    for each in (anna, binh, anna):
        each.sync()

    assert everywhere(desks).is_trashed is is_trashed
    for each in (anna, binh):
        with each.store.reading() as work:
            assert open_conflicts(work) == ()


def test_who_saw_everything_deletes_without_a_question(
    desks: tuple[Desk, Desk, Contact],
) -> None:
    anna, binh, contact = desks
    changed(binh, contact, notes="seen by her")
    for each in (binh, anna):
        each.sync()
    trashed(anna, contact)
    trashed(binh, contact)
    for each in (anna, binh, anna):
        each.sync()

    assert everywhere(desks).is_trashed
    with binh.store.reading() as work:
        assert open_conflicts(work) == ()
