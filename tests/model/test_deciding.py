"""Deciding a conflict at a desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embassy_desk.application.conflicts import open_conflicts, plain_conflict, resolve_conflict
from embassy_desk.application.sync_state import SyncMood, sync_state
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import MissingError
from makers import identity
from model.desks import Desk
from model.hub import Hub
from model.test_two_desks import changed, entered, shown

ANNA, BINH = identity("anna"), identity("binh")


@pytest.fixture
def parted(tmp_path: Path) -> Iterator[tuple[Desk, Desk, Contact]]:
    """Two desks that wrote different notes about one contact without seeing the other's."""
    hub = Hub()
    anna, binh = Desk(tmp_path / "anna", hub, ANNA), Desk(tmp_path / "binh", hub, BINH)
    contact = entered(anna)
    anna.sync()
    binh.sync()
    changed(anna, contact, notes="hers")
    changed(binh, contact, notes="his")
    for each in (anna, binh, anna):
        each.sync()
    yield anna, binh, contact
    anna.store.close()
    binh.store.close()


def decided(desk: Desk, keep: str) -> None:
    with desk.store.work(desk.local) as work:
        (found,) = open_conflicts(work)
        resolve_conflict(work, found.conflict.id[:8], keep)  # type: ignore[arg-type]
        work.commit()


@pytest.mark.parametrize(
    ("keep", "kept"), [("mine", {"anna": "hers", "binh": "his"}), ("theirs", None)]
)
@pytest.mark.parametrize("who", ["anna", "binh"])
def test_what_is_kept_is_in_force_everywhere_and_nothing_waits_any_more(
    parted: tuple[Desk, Desk, Contact], who: str, keep: str, kept: dict[str, str] | None
) -> None:
    anna, binh, contact = parted
    decided({"anna": anna, "binh": binh}[who], keep)
    for each in (anna, binh, anna):
        each.sync()

    wanted = kept[who] if kept else {"anna": "his", "binh": "hers"}[who]
    for each in (anna, binh):
        record = shown(each, contact)
        assert record is not None
        assert record.notes == wanted
        with each.store.reading() as work:
            assert open_conflicts(work) == ()
            assert sync_state(work).mood is SyncMood.GOOD


def test_a_conflict_names_both_values_and_the_record(
    parted: tuple[Desk, Desk, Contact],
) -> None:
    anna, _, contact = parted
    with anna.store.reading() as work:
        (found,) = open_conflicts(work)
        state = sync_state(work)

    plain = plain_conflict(found)
    assert (plain["ref"], plain["field"]) == (contact.ref, "notes")
    assert {plain["kept"]["value"], plain["other"]["value"]} == {"hers", "his"}
    assert (state.mood, state.decisions) == (SyncMood.DECISION, 1)


def test_one_of_two_who_decide_at_once_is_first(parted: tuple[Desk, Desk, Contact]) -> None:
    anna, binh, contact = parted
    decided(anna, "mine")
    decided(binh, "mine")
    for each in (anna, binh, anna, binh):
        each.sync()

    assert shown(anna, contact) == shown(binh, contact)


def test_an_unknown_conflict_is_refused(parted: tuple[Desk, Desk, Contact]) -> None:
    anna, *_ = parted
    with anna.store.work(anna.local) as work, pytest.raises(MissingError):
        resolve_conflict(work, "nothing", "mine")
