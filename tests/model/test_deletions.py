"""Real laptops that delete rows, while others change them and disks go back in time."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from embassy_desk.domain.entity import Part
from embassy_desk.domain.parts import DateChange, Tag
from embassy_desk.store.outgoing import present_node
from embassy_desk.store.verifying import verify
from embassy_desk.sync.exchange import Wanted
from makers import identity
from makers.stores import reopened
from model.desks import Desk
from model.hub import Hub
from model.test_two_desks import changed, entered

ANNA, BINH = identity("anna"), identity("binh")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    hub = Hub()
    both = Desk(tmp_path / "anna", hub, ANNA), Desk(tmp_path / "binh", hub, BINH)
    yield both
    for each in both:
        each.store.close()


def saved(desk: Desk, part: Part) -> None:
    with desk.store.work(desk.local) as work:
        work.save(part)
        work.commit()


def removed(desk: Desk, part: Part) -> None:
    with desk.store.work(desk.local) as work:
        work.remove(work.get(type(part), part.id))
        work.commit()


def test_what_lay_beneath_a_deletion_is_not_seen_when_that_is_acknowledged(
    desks: tuple[Desk, Desk],
) -> None:
    """The deletion loses, which comes on a later page than its acknowledgement."""
    anna, binh = desks
    contact = entered(anna)
    with anna.store.work(anna.local) as work:
        tag = work.save(work.new_part(Tag, contact, label="press"))
        work.commit()
    anna.sync()
    anna.sync()
    binh.sync()
    planned = anna.plan()
    saved(binh, tag.changed(label="radio"))
    binh.sync()
    answer = anna.ask(planned)
    removed(anna, tag)
    anna.take(planned, answer)  # "radio" comes beneath the deletion; she never has it on screen
    entered(binh)
    binh.sync()
    planned = anna.plan()
    one_row = planned.request.model_copy(update={"want": Wanted(rows=1)})
    planned = replace(planned, request=one_row)
    taken = anna.take(planned, anna.ask(planned))
    assert (taken.acknowledged, taken.more) == (1, True)

    saved(anna, tag.changed(label="hers"))
    anna.sync()

    with anna.store.reading() as work:
        told = work.raw.execute(
            "SELECT fields ->> 'winner_value', fields ->> 'loser_value' FROM sync_conflict"
            " WHERE fields ->> 'field' = 'label'"
        ).fetchall()
    assert [set(each) for each in told] == [{"radio", "hers"}]


def test_a_deletion_that_was_agreed_on_is_remembered_when_an_identity_parts(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    anna, _ = desks
    contact = entered(anna)
    with anna.store.work(anna.local) as work:
        moved = work.save(
            work.new_part(
                DateChange,
                contact,
                field="review_on",
                old_on=date(2026, 3, 1),
                new_on=date(2026, 4, 1),
                reason="illness",
                on=date(2026, 2, 1),
            )
        )
        work.commit()
    anna.sync()
    saved(anna, moved.changed(reason="travel"))
    planned = anna.plan()
    removed(anna, moved)
    anna.take(planned, anna.ask(planned))  # confirmed beneath a deletion that is still to be sent
    twin = twin_of(anna, tmp_path / "twin")
    anna.sync()
    changed(anna, contact, notes="the first goes on")
    anna.sync()

    saved(twin, moved.changed(old_on=None, reason="made anew by the twin"))
    twin.sync()  # fails if a digest differs
    anna.sync()

    for each in (anna, twin):
        with each.store.reading() as work:
            assert work.get(DateChange, moved.id).old_on is None
            assert verify(work.raw).problems == ()
    with anna.store.reading() as one, twin.store.reading() as other:
        assert present_node(one.raw).node_id != present_node(other.raw).node_id
    twin.store.close()


def twin_of(desk: Desk, target: Path) -> Desk:
    """Return a second machine with a copy of a desk's disk."""
    folder = desk.store.path.parent
    desk.store.close()
    shutil.copytree(folder, target)
    desk.store = reopened(folder)
    twin = Desk.__new__(Desk)
    twin.hub, twin.author, twin.local = desk.hub, desk.author, desk.local
    twin.store = reopened(target)
    return twin
