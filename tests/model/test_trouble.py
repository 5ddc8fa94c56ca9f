"""Lost answers, old copies, twins, deferred values, and what would hide too much."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from embassy_desk.application.exchange import StaleAnswerError
from embassy_desk.domain.contact import Contact
from embassy_desk.store.outgoing import present_node
from embassy_desk.store.screens import present_moment
from embassy_desk.store.takeover import BrakeError
from embassy_desk.store.verifying import verify
from embassy_desk.sync.operations import Operation
from makers import identity
from makers.stores import reopened
from model.desks import Desk
from model.hub import Hub
from model.test_two_desks import changed, entered, shown

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


def image_of(desk: Desk, target: Path) -> Path:
    """Return a copy of a desk's folder, as an old backup of the disk."""
    folder = desk.store.path.parent
    desk.store.close()
    shutil.copytree(folder, target)
    desk.store = reopened(folder)
    return target


def test_a_lost_answer_costs_a_repetition_and_nothing_else(desks: tuple[Desk, Desk]) -> None:
    anna, binh = desks
    contact = entered(anna, notes="once")
    anna.ask(anna.plan())

    anna.sync()
    binh.sync()
    assert shown(binh, contact) == contact


def test_the_answer_to_an_older_request_is_dropped(desks: tuple[Desk, Desk]) -> None:
    anna, _ = desks
    entered(anna)
    older = anna.plan()
    answer = anna.ask(older)
    anna.plan()

    with pytest.raises(StaleAnswerError):
        anna.take(older, answer)


def test_a_desk_restored_from_an_old_copy_goes_on_and_loses_nothing_new(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    anna, binh = desks
    contact = entered(anna)
    anna.sync()
    image = image_of(anna, tmp_path / "image")
    changed(anna, contact, notes="after the copy")
    anna.sync()
    with anna.store.reading() as work:
        before = present_node(work.raw).node_id
    anna.store.close()
    anna.store = reopened(image)
    changed(anna, contact, source="after the restoration")
    for each in (anna, binh, anna):
        each.sync()

    with anna.store.reading() as work:
        assert present_node(work.raw).node_id != before
        assert verify(work.raw).problems == ()
    both = shown(anna, contact)
    assert both == shown(binh, contact)
    assert both is not None
    assert (both.notes, both.source) == ("after the copy", "after the restoration")


def test_of_two_disks_with_one_identity_both_keep_what_they_wrote(
    desks: tuple[Desk, Desk], hub: Hub, tmp_path: Path
) -> None:
    anna, _ = desks
    contact = entered(anna)
    anna.sync()
    twin = Desk.__new__(Desk)
    twin.hub, twin.author, twin.local = hub, anna.author, anna.local
    twin.store = reopened(image_of(anna, tmp_path / "twin"))
    changed(anna, contact, notes="the first")
    changed(twin, contact, source="the twin")
    for each in (anna, twin, anna, twin):
        each.sync()

    both = shown(anna, contact)
    twin_shown = shown(twin, contact)
    twin.store.close()
    assert both == twin_shown
    assert both is not None
    assert (both.notes, both.source) == ("the first", "the twin")


def test_a_value_of_a_newer_version_waits_and_is_not_lost(desks: tuple[Desk, Desk]) -> None:
    anna, binh = desks
    contact = entered(anna)
    anna.sync()
    with anna.store.reading() as work:
        node = present_node(work.raw)
    form = {"n": node.nseq + 1, "t": 5, "b": 0, "e": "contact", "r": contact.id.hex, "k": "put"}
    newer = Operation.read(
        {**form, "u": None, "f": {"aura": "blue", "notes": "x", "review_on": "?"}}
    )
    anna.hub.apply(newer, "f" * 32, "TOK", {})

    binh.sync()
    record = shown(binh, contact)
    assert record is not None
    assert (record.notes, record.review_on) == ("x", None)
    changed(binh, contact, source="later")
    binh.sync()
    with binh.store.reading() as work:
        rows = work.raw.execute("SELECT field, value FROM sync_deferred ORDER BY field").fetchall()
    assert rows == [("aura", '"blue"'), ("review_on", '"?"')]


def test_an_exchange_that_would_hide_very_many_records_stops_and_asks(
    desks: tuple[Desk, Desk],
) -> None:
    anna, binh = desks
    contacts = [entered(anna) for _ in range(30)]
    anna.sync()
    binh.sync()
    with anna.store.work(anna.local) as work:
        for each in contacts[:20]:
            work.save(each.changed(trashed_at=work.at))
        work.commit()
    anna.sync()

    planned = binh.plan()
    answer = binh.ask(planned)
    with pytest.raises(BrakeError):
        binh.take(planned, answer)
    assert shown(binh, contacts[0]) == contacts[0]
    binh.take(planned, answer, may_hide_many=True)
    record = shown(binh, contacts[0])
    assert record is not None
    assert record.is_trashed


def test_a_form_saved_late_does_not_count_as_having_seen_what_came_meanwhile(
    desks: tuple[Desk, Desk],
) -> None:
    anna, binh = desks
    contact = entered(anna, notes="old")
    anna.sync()
    binh.sync()
    with binh.store.reading() as work:
        opened_at = present_moment(work.raw)
    changed(anna, contact, notes="hers")
    anna.sync()
    binh.sync()
    with binh.store.work(replace(binh.local, seen=opened_at)) as work:
        work.save(work.get(Contact, contact.id).changed(notes="his, from the old form"))
        work.commit()
    binh.sync()

    with binh.store.reading() as work:
        assert work.raw.execute("SELECT count(*) FROM sync_conflict").fetchone() == (1,)
