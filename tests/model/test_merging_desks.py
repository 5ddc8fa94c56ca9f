"""Two real laptops that merge the same records unknown to each other, and headquarters between."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from embassy_desk.application.merging import merge_records, settle_merges, standing_for
from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.domain.entity import Handling
from embassy_desk.store.verifying import verify
from makers import identity
from model.desks import Desk
from model.hub import Hub

ANNA, BINH = identity("anna"), identity("binh")
Three = tuple[UUID, UUID, UUID]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    hub = Hub()
    both = Desk(tmp_path / "anna", hub, ANNA), Desk(tmp_path / "binh", hub, BINH)
    yield both
    for each in both:
        each.store.close()


@pytest.fixture
def three(desks: tuple[Desk, Desk]) -> Three:
    """Return three records of one person, each with an address, on both laptops."""
    made = []
    with desks[0].store.work(desks[0].local) as work:
        for name in ("one", "two", "three"):
            contact = work.save(work.new(Contact, given_name=name))
            work.save(work.new_part(ContactEmail, contact, address=f"{name}@x.jp"))
            made.append(contact.id)
        work.commit()
    exchanged(desks)
    one, two, three = made
    return one, two, three


def exchanged(desks: tuple[Desk, Desk], *, settling: bool = False) -> None:
    anna, binh = desks
    for each in (anna, binh, anna, binh):
        each.sync()
        if settling:
            with each.store.work(each.local) as work:
                settle_merges(work)
                work.commit()
    for each in (anna, binh, anna):
        each.sync()


def merged(desk: Desk, kept: UUID, lost: UUID) -> None:
    with desk.store.work(desk.local) as work:
        merge_records(work, "contact", kept, lost, {})
        work.commit()


def standing(desk: Desk, record: UUID) -> UUID:
    with desk.store.reading() as work:
        return standing_for(work, work.get(Contact, record)).id


def addresses(desk: Desk, record: UUID) -> set[str]:
    with desk.store.reading() as work:
        return {each.address for each in work.all(ContactEmail, contact_id=record)}


def everything(desk: Desk) -> list[object]:
    with desk.store.reading() as work:
        return [*work.all(Contact), *work.all(ContactEmail)]


def conflicts(desk: Desk) -> list[str]:
    with desk.store.reading() as work:
        rows = work.raw.execute("SELECT fields FROM sync_conflict WHERE is_open = 1").fetchall()
    return [json.loads(fields)["field"] for (fields,) in rows]


def agree(desks: tuple[Desk, Desk]) -> None:
    assert everything(desks[0]) == everything(desks[1])
    for each in desks:
        with each.store.reading() as work:
            assert verify(work.raw).problems == ()


def test_a_merge_travels_and_the_old_identity_resolves_on_the_other_laptop(
    desks: tuple[Desk, Desk], three: Three
) -> None:
    one, two, _ = three
    merged(desks[0], one, two)
    exchanged(desks)
    assert standing(desks[1], two) == one
    assert addresses(desks[1], one) == {"one@x.jp", "two@x.jp"}
    assert addresses(desks[1], two) == set()
    agree(desks)


def test_two_laptops_that_merge_the_same_two_alike_make_one_merge(
    desks: tuple[Desk, Desk], three: Three
) -> None:
    one, two, _ = three
    for each in desks:
        merged(each, one, two)
    exchanged(desks, settling=True)
    for each in desks:
        assert standing(each, two) == one
        assert addresses(each, one) == {"one@x.jp", "two@x.jp"}
    agree(desks)


def test_two_laptops_that_merge_two_into_one_another_keep_the_older_with_everything(
    desks: tuple[Desk, Desk], three: Three
) -> None:
    one, two, _ = three
    merged(desks[0], one, two)
    merged(desks[1], two, one)
    exchanged(desks, settling=True)
    for each in desks:
        assert {standing(each, one), standing(each, two)} == {min(one, two)}
        assert addresses(each, min(one, two)) == {"one@x.jp", "two@x.jp"}
        with each.store.reading() as work:
            assert not work.get(Contact, min(one, two)).is_archived
    agree(desks)


def test_a_record_merged_into_two_others_loses_nothing_and_names_a_conflict(
    desks: tuple[Desk, Desk], three: Three
) -> None:
    one, two, other = three
    merged(desks[0], one, other)
    merged(desks[1], two, other)
    exchanged(desks, settling=True)
    stands = standing(desks[0], other)
    assert stands in {one, two}
    for each in desks:
        assert standing(each, other) == stands
        assert addresses(each, one) | addresses(each, two) == {"one@x.jp", "two@x.jp", "three@x.jp"}
        assert "merged_into" in conflicts(each)
    agree(desks)


def test_what_a_colleague_adds_to_a_record_that_was_merged_meanwhile_is_not_lost(
    desks: tuple[Desk, Desk], three: Three
) -> None:
    one, two, _ = three
    merged(desks[0], one, two)
    with desks[1].store.work(desks[1].local) as work:
        work.save(work.new_part(ContactEmail, work.get(Contact, two), address="late@x.jp"))
        work.commit()
    exchanged(desks, settling=True)
    for each in desks:
        assert addresses(each, one) == {"one@x.jp", "two@x.jp", "late@x.jp"}
    agree(desks)


def test_rows_of_a_restricted_record_move_to_the_scope_of_the_one_that_is_kept(
    desks: tuple[Desk, Desk], three: Three
) -> None:
    one, two, _ = three
    with desks[0].store.work(desks[0].local) as work:
        work.save(work.get(Contact, two).changed(handling=Handling.RESTRICTED))
        work.commit()
    exchanged(desks)
    with desks[0].store.work(desks[0].local) as work:
        merge_records(work, "contact", one, two, {"handling": Handling.RESTRICTED})
        work.commit()
    exchanged(desks)
    assert addresses(desks[1], one) == {"one@x.jp", "two@x.jp"}
    with desks[1].store.reading() as work:
        assert work.get(Contact, one).handling is Handling.RESTRICTED
    agree(desks)
