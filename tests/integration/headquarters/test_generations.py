"""Real laptops and a real headquarters that was restored from a backup: nothing is lost."""

import shutil
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from embassy_desk.application.office import perform
from embassy_desk.application.records import bring_back, trash
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import DeskError
from embassy_desk.domain.parts import Tag
from embassy_desk.store.headquarters_link import headquarters_link
from embassy_desk.store.outgoing import every_node, present_node
from embassy_desk.store.takeover import BrakeError
from makers import identity
from makers.hubs import HubClock
from makers.lines import LinkedDesk, linked_desk
from makers.set_back import SetBackOffice, changed, entered, lost_values, shown
from makers.stores import reopened

ANNA, BINH = identity("anna"), identity("binh")


def test_what_was_sent_after_the_backup_is_sent_again(office: SetBackOffice) -> None:
    anna, binh = office.anna, office.binh
    first = entered(anna, notes="before")
    office.settle()
    office.back_up()
    changed(anna, first, notes="after")
    second = entered(anna, notes="new since")
    office.settle()
    office.set_back()

    reports = office.settle()

    assert [each.offered for each in reports] == [0] * 6
    for desk in (anna, binh):
        contact, other = shown(desk, first), shown(desk, second)
        assert contact is not None
        assert other is not None
        assert (contact.notes, other.notes) == ("after", "new since")
    assert lost_values(anna) == []


def test_what_only_a_colleague_still_has_is_offered_back(office: SetBackOffice) -> None:
    """The laptop of its author is dead."""
    anna, binh = office.anna, office.binh
    first = entered(anna, notes="before")
    office.settle()
    office.back_up()
    changed(anna, first, source="only hers")
    changed(anna, first, notes="after")
    second = entered(anna, notes="new since")
    with anna.store.work() as work:
        tag = work.save(work.new_part(Tag, work.get(Contact, second), label="press"))
        work.commit()
    anna.sync()
    binh.sync()
    office.set_back()

    report = binh.sync()
    for _ in range(2):
        assert binh.sync().repaired == 0

    assert report.offered == 3
    contact, other = shown(binh, first), shown(binh, second)
    assert contact is not None
    assert other is not None
    assert (contact.notes, contact.source) == ("before", "only hers")
    assert other.notes == "new since"
    with binh.store.reading() as work:
        assert work.get(Tag, tag.id).label == "press"
    assert lost_values(binh) == [("server_lost", "notes", "after")]


def test_a_laptop_that_is_merely_behind_asks_nobody_anything(office: SetBackOffice) -> None:
    anna, binh = office.anna, office.binh
    first = entered(anna, notes="old")
    office.settle()
    changed(anna, first, notes="newer")
    anna.sync()
    office.back_up()
    office.set_back()
    changed(anna, first, notes="newest")
    anna.sync()

    office.settle()

    contact = shown(binh, first)
    assert contact is not None
    assert contact.notes == "newest"
    assert lost_values(anna) == []


def test_a_value_that_was_replaced_since_the_restoration_is_not_asked_about(
    office: SetBackOffice,
) -> None:
    anna, binh = office.anna, office.binh
    first = entered(anna, notes="in the backup")
    office.settle()
    office.back_up()
    changed(binh, first, source="lost and sent again")
    binh.sync()
    anna.sync()
    office.set_back()
    changed(anna, first, notes="replaced since")
    anna.sync()

    office.settle()

    contact = shown(binh, first)
    assert contact is not None
    assert (contact.notes, contact.source) == ("replaced since", "lost and sent again")
    assert lost_values(anna) == []


def test_an_open_conflict_that_was_lost_comes_back(office: SetBackOffice) -> None:
    anna, binh = office.anna, office.binh
    first = entered(anna)
    office.settle()
    office.back_up()
    changed(anna, first, notes="hers")
    changed(binh, first, notes="his")
    office.settle()
    before = lost_values(anna)
    assert len(before) == 1
    office.set_back()

    office.settle()

    assert before[0] in lost_values(anna)
    assert lost_values(binh) == lost_values(anna)


def test_a_line_that_breaks_between_the_steps_costs_a_repetition(
    office: SetBackOffice, clock: HubClock
) -> None:
    anna, binh = office.anna, office.binh
    office.settle()
    office.back_up()
    contacts = [entered(anna, notes=f"{n}") for n in range(5)]
    anna.sync()
    binh.sync()
    office.set_back()
    line, breaks = binh.line, 0
    for allowed in range(12):
        count = 0

        def trouble(_: httpx.Request, allowed: int = allowed) -> str:
            nonlocal count
            count += 1
            return "" if count <= allowed else "cut"

        line.trouble = trouble
        try:
            binh.sync()
        except DeskError:
            breaks += 1
        changed(binh, contacts[0], source=f"meanwhile {allowed}")
        clock.move(minutes=1)
    line.trouble = lambda _: ""

    office.settle()

    assert breaks >= 3
    for desk in (anna, binh):
        found = [shown(desk, each) for each in contacts]
        assert [each and each.notes for each in found] == [f"{n}" for n in range(5)]
        assert found[0] is not None
        assert found[0].source == "meanwhile 11"
    assert lost_values(binh) == []


def test_an_edit_that_waits_is_kept_through_a_restoration(office: SetBackOffice) -> None:
    anna, binh = office.anna, office.binh
    office.settle()
    office.back_up()
    first = entered(anna, notes="hers")
    anna.sync()
    binh.sync()
    changed(binh, first, source="his, unsent")
    office.set_back()

    binh.sync()
    office.settle()

    for desk in (anna, binh):
        contact = shown(desk, first)
        assert contact is not None
        assert (contact.notes, contact.source) == ("hers", "his, unsent")
    with binh.store.reading() as work:
        link, node = headquarters_link(work.raw), present_node(work.raw)
    assert link is not None
    assert (link.epoch, node.acked) == (2, node.nseq)


def test_what_was_received_before_the_restoration_and_never_acknowledged_does_not_count_twice(
    office: SetBackOffice,
) -> None:
    anna, binh = office.anna, office.binh
    first = entered(anna, notes="old")
    office.settle()
    changed(binh, first, notes="his")
    binh.line.trouble = lambda _: "cut"
    with pytest.raises(DeskError):
        binh.sync()
    binh.line.trouble = lambda _: ""
    anna.sync()
    changed(anna, first, notes="hers, who saw his")
    anna.sync()
    office.back_up()
    office.set_back()

    office.settle()

    for desk in (anna, binh):
        contact = shown(desk, first)
        assert contact is not None
        assert contact.notes == "hers, who saw his"
    assert lost_values(binh) == []


def test_a_laptop_restored_from_an_old_disk_goes_on_after_headquarters_was_restored_too(
    office: SetBackOffice, tmp_path: Path
) -> None:
    anna, binh = office.anna, office.binh
    first = entered(anna, notes="old")
    office.settle()
    folder = binh.store.path.parent
    clock, author = binh.store.clock, binh.store.author
    binh.store.close()
    shutil.copytree(folder, tmp_path / "image")
    binh.store = reopened(folder)
    binh.store.clock, binh.store.author = clock, author
    changed(binh, first, notes="on the disk that is lost")
    office.settle()
    office.back_up()
    binh.store.close()
    binh.store = reopened(tmp_path / "image")
    binh.store.clock, binh.store.author = clock, author
    changed(binh, first, source="on the old disk")
    office.set_back()

    office.settle()

    for desk in (anna, binh):
        contact = shown(desk, first)
        assert contact is not None
        assert (contact.notes, contact.source) == ("on the disk that is lost", "on the old disk")
    with binh.store.reading() as work:
        assert len(every_node(work.raw)) == 2


def test_sums_that_are_wrong_while_every_row_is_right_are_mended(office: SetBackOffice) -> None:
    anna, binh = office.anna, office.binh
    first = entered(anna, notes="right")
    office.settle()
    with anna.store.work() as work:
        work.raw.execute("UPDATE sync_row SET digest = zeroblob(16)")
        work.raw.execute("UPDATE sync_scope SET digest = zeroblob(16)")
        work.commit()
    changed(binh, first, notes="told since")
    binh.sync()

    assert anna.sync().repaired == 0

    with anna.store.reading() as one, binh.store.reading() as other:
        sums = [
            work.raw.execute("SELECT sid, digest FROM sync_scope ORDER BY sid").fetchall()
            for work in (one, other)
        ]
    assert sums[0] == sums[1]


def test_a_comparison_that_would_hide_very_many_stops_and_asks(office: SetBackOffice) -> None:
    """What a colleague had thrown away and brought back; her laptop is dead."""
    anna, binh = office.anna, office.binh
    with anna.store.work() as work:
        contacts = [work.save(work.new(Contact, family_name=f"Lê {each}")) for each in range(30)]
        work.commit()
    office.settle()
    for each in contacts:
        perform(anna.store, trash, "contact", each.id)
    anna.sync()
    office.back_up()
    for each in contacts:
        perform(anna.store, bring_back, "contact", each.id)
    office.settle()
    office.set_back()

    with pytest.raises(BrakeError):
        binh.sync()
    assert sum(not _is_trashed(binh, each.id) for each in contacts) == 30
    binh.sync(may_hide_many=True)

    assert sum(_is_trashed(binh, each.id) for each in contacts) == 30


def _is_trashed(desk: LinkedDesk, contact: UUID) -> bool:
    found = shown(desk, contact)
    return found is None or found.is_trashed


def test_an_edit_that_set_a_value_back_is_not_passed_over(
    office: SetBackOffice, tmp_path: Path
) -> None:
    """Its author's laptop is dead, and somebody who never saw it changed the field since."""
    anna, binh = office.anna, office.binh
    first = entered(anna, notes="once")
    changed(anna, first, notes="twice")
    office.settle()
    other = linked_desk(tmp_path / "chi", office.hub, anna.line, number=3, person=identity("chi"))
    other.sync()
    office.back_up()
    changed(binh, first, notes="once")
    binh.sync()
    anna.sync()
    office.set_back()
    changed(other, first, notes="thrice")
    other.sync()

    anna.sync()

    contact = shown(anna, first)
    assert contact is not None
    assert contact.notes == "thrice"
    assert lost_values(anna) == [("server_lost", "notes", "once")]
    other.close()
