"""A headquarters that was restored gets back, from a desk with pouches only, what it lost.

Anna has pouches only; Bình has a line, until his laptop is lost.
"""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from embassy_desk.application.office import answer, perform
from embassy_desk.application.pouches import preview_pouch, read_pouch, write_pouch
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.parts import Tag
from embassy_desk.headquarters import pouching
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.tables import HUB_SCOPE
from embassy_desk.headquarters.verifying import verify_hub
from embassy_desk.store.erasing import erase_content, position_of_log
from embassy_desk.store.outgoing import count_pending
from embassy_desk.store.verifying import verify
from makers.lines import LinkedDesk
from makers.set_back import SetBackOffice, changed, entered, lost_values, shown


def sent(office: SetBackOffice) -> str:
    """Carry a pouch of Anna's to headquarters, and say what became of it."""
    path = office.folder / "there"
    write_pouch(office.anna.store, path)
    return pouching.read_pouch(office.hub, path).outcome


def answered(office: SetBackOffice) -> Path:
    """Return a pouch of headquarters for Anna."""
    path = office.folder / "back"
    pouching.write_pouch(office.hub, office.anna.node, path)
    return path


def carried(office: SetBackOffice) -> None:
    """Carry a pouch there and one back."""
    assert sent(office) in {"applied", "known"}
    read_pouch(office.anna.store, answered(office))


def assert_equal(office: SetBackOffice) -> None:
    """Headquarters and Anna have the same, nothing waits, and both are whole."""
    store = office.anna.store
    with store.reading() as work:
        assert count_pending(work.raw)[0] == 0
        assert verify(work.raw).problems == ()
        own = dict(work.raw.execute("SELECT sid, digest FROM sync_scope").fetchall())
    with office.hub.database.reading([EVERY_SCOPE]) as connection:
        assert list(verify_hub(office.hub, connection).problems) == []
        theirs = connection.execute(select(HUB_SCOPE.c.scope, HUB_SCOPE.c.digest)).all()
    assert own.items() <= {(sid, bytes(digest)) for sid, digest in theirs}


def assert_all_come_online(office: SetBackOffice) -> None:
    """Both exchange over the line, and nothing is there twice."""
    office.settle()
    with office.binh.store.reading() as work:
        notes = [notes for (notes,) in work.raw.execute("SELECT notes FROM contact")]
    assert sorted(notes) == ["after", "his, and his laptop is lost", "written meanwhile"]


def tagged(desk: LinkedDesk, contact: UUID) -> Tag:
    with desk.store.work() as work:
        tag = work.save(work.new_part(Tag, work.get(Contact, contact), label="press"))
        work.commit()
    return tag


def test_what_was_lost_comes_back_by_pouch_alone(office: SetBackOffice) -> None:
    anna, binh = office.anna, office.binh
    first = entered(anna, notes="before")
    carried(office)
    office.back_up()
    changed(anna, first, notes="after")
    second = entered(anna, notes="new since")
    assert sent(office) == "applied"
    binh.sync()
    changed(binh, first, source="only his")
    third = entered(binh, notes="his, and his laptop is lost")
    binh.sync()
    carried(office)
    assert_equal(office)
    office.set_back()
    changed(anna, second, notes="written meanwhile")
    assert sent(office) == "epoch"

    back = answered(office)
    assert preview_pouch(anna.store, back).is_of_restored
    read_pouch(anna.store, back)
    for _ in range(2):
        assert [shown(anna, each).notes for each in (first, second, third)] == [
            "after", "written meanwhile", "his, and his laptop is lost"
        ]  # fmt: skip
        read_pouch(anna.store, back)  # once more: nothing happens twice
    carried(office)
    carried(office)

    contact = shown(anna, first)
    assert contact is not None
    assert (contact.notes, contact.source) == ("after", "only his")
    assert lost_values(anna) == []
    assert_equal(office)
    assert_all_come_online(office)


def test_two_values_are_a_question_and_what_headquarters_has_comes_back(
    office: SetBackOffice,
) -> None:
    anna, binh = office.anna, office.binh
    first = entered(anna, notes="before")
    tag = tagged(anna, first)
    carried(office)
    office.back_up()
    binh.sync()
    changed(binh, first, notes="after")
    with binh.store.work() as work:
        work.remove(work.get(Tag, tag.id))
        work.commit()
    binh.sync()
    carried(office)
    office.set_back()

    read_pouch(anna.store, answered(office))
    carried(office)
    carried(office)

    contact = shown(anna, first)
    assert contact is not None
    assert contact.notes == "before"
    assert lost_values(anna) == [("server_lost", "notes", "after")]
    assert answer(anna.store, lambda work: work.get(Tag, tag.id).label) == "press"
    assert_equal(office)


def test_pouches_of_the_generation_before_count_no_more(office: SetBackOffice) -> None:
    entered(office.anna, notes="before")
    carried(office)
    old = answered(office).rename(office.folder / "old")
    office.back_up()
    office.set_back()
    read_pouch(office.anna.store, answered(office))
    for read in (preview_pouch, read_pouch):
        with pytest.raises(RefusedError, match="before headquarters was restored"):
            read(office.anna.store, old)
    carried(office)
    assert_equal(office)


def test_what_was_erased_here_needs_the_line(office: SetBackOffice) -> None:
    anna = office.anna
    office.back_up()
    first = entered(anna, notes="spilled")
    carried(office)
    perform(anna.store, lambda work: erase_content(work, [first], up_to=position_of_log(work)))
    office.set_back()
    with pytest.raises(RefusedError, match="only an exchange over the line"):
        read_pouch(anna.store, answered(office))
