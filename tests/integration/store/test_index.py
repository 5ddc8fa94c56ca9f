"""Lines and search words are never apart from the records they stand for."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from embassy_desk.domain.contact import Contact, Position
from embassy_desk.domain.engagement import Engagement, EngagementSubject
from embassy_desk.store.finders.search import search
from embassy_desk.store.opening import Store
from embassy_desk.store.verifying import verify
from makers import (
    identity,
    make_contact,
    make_contact_email,
    make_position,
    make_tag,
)

CONTACT = identity("contact")


def _entry(store: Store, record_id: UUID = CONTACT) -> dict[str, Any] | None:
    with store.reading() as work:
        cursor = work.raw.execute(
            "SELECT * FROM record_entry WHERE record_id = ?", (record_id.hex,)
        )
        row = cursor.fetchone()
        return (
            None if row is None else dict(zip([c[0] for c in cursor.description], row, strict=True))
        )


def _found(store: Store, text: str) -> list[UUID]:
    with store.reading() as work:
        assert verify(work.raw).problems == ()
        return [each.id for each in search(work, text)]


def test_a_saved_record_has_a_line(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.commit()
    entry = _entry(store)
    assert entry is not None
    assert entry["heading"] == "Đặng Thị Hường"
    assert (entry["sort_key"], entry["sort_key_family"]) == make_contact().sort_keys


def test_an_abandoned_edit_leaves_record_and_index_as_they_were(store: Store) -> None:
    with store.work() as work:
        contact = work.save(make_contact(notes="hoa sen"))
        work.commit()
    before = _entry(store)
    with store.work() as work:
        work.save(contact.changed(notes="hoa mai", given_name="Hoa"))
    assert _entry(store) == before
    assert _found(store, "sen") == [CONTACT]
    assert _found(store, "mai") == []


def test_a_line_follows_a_part_of_the_record(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        position = work.save(make_position())
        work.commit()
    entry = _entry(store)
    assert entry is not None
    assert entry["subtitle"] == "Vụ trưởng, Bộ Khoa học và Công nghệ"
    with store.work() as work:
        work.save(position.changed(title_vi="Thứ trưởng"))
        work.commit()
    entry = _entry(store)
    assert entry is not None
    assert entry["subtitle"].startswith("Thứ trưởng")
    assert _found(store, "vụ trưởng") == []


def test_words_of_a_removed_part_are_gone(store: Store) -> None:
    email, tag = make_contact_email(), make_tag()
    with store.work() as work:
        work.add_all([make_contact(), email, tag])
        work.commit()
    assert _found(store, "example") == _found(store, "bán dẫn") == [CONTACT]
    with store.work() as work:
        work.remove(email)
        work.remove(tag)
        work.commit()
    assert _found(store, "example") == _found(store, "bán dẫn") == []


def test_a_part_that_moves_takes_its_words_along(store: Store) -> None:
    email, other = make_contact_email(), make_contact(id=identity("other"), ref="")
    with store.work() as work:
        work.add_all([make_contact(), other, email])
        work.commit()
    with store.work() as work:
        work.save(email.changed(contact_id=other.id))
        work.commit()
    assert _found(store, "example") == [other.id]


def test_a_tag_that_changes_its_kind_of_record_leaves_the_old_one(store: Store) -> None:
    tag = make_tag()
    with store.work() as work:
        work.add_all([make_contact(), tag])
        work.commit()
    with store.work() as work:
        work.save(tag.changed(record_kind="organisation", record_id=identity("organisation")))
        work.commit()
    assert _found(store, "bán dẫn") == []


def test_a_row_removed_for_good_loses_its_line(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.commit()
    with store.work() as work:
        work.raw.execute("DELETE FROM contact")
        work.commit()
    assert _entry(store) is None
    assert _found(store, "hường") == []


def test_records_added_in_bulk_are_indexed_too(store: Store) -> None:
    contacts = [make_contact(id=identity(f"{number}"), ref="") for number in range(100)]
    with store.work() as work:
        work.add_all(contacts)
        changes = work.commit()
    assert changes.operations == 100
    assert changes.records["contact"] == {each.id for each in contacts}
    assert len(_found(store, "hường")) == 50


def test_an_edit_outside_the_searched_texts_keeps_the_place_in_the_index(store: Store) -> None:
    with store.work() as work:
        contact = work.save(make_contact())
        work.commit()
    before = _entry(store)
    assert before is not None
    with store.work() as work:
        work.save(contact.changed(cadence_days=30))
        work.commit()
    after = _entry(store)
    assert after is not None
    assert after["no"] == before["no"]


def test_many_edits_of_one_record_leave_one_line(store: Store) -> None:
    with store.work() as work:
        work.save(make_contact())
        work.commit()
    for number in range(20):
        with store.work() as work:
            work.save(work.get(Contact, CONTACT).changed(notes=f"lần {number}"))
            work.save(make_position(title_vi=f"Chức {number}"))
            work.commit()
    with store.reading() as work:
        assert work.raw.execute("SELECT count(*) FROM record_entry").fetchone() == (1,)
        assert work.raw.execute("SELECT count(*) FROM search_index").fetchone() == (1,)
        assert work.count(Position) == 1
    assert _found(store, "lần 19") == [CONTACT]
    assert _found(store, "lần 18") == []


def test_a_row_that_points_at_another_record_stays_with_its_own(store: Store) -> None:
    with store.work() as work:
        engagement = work.save(work.new(Engagement, subject="Hợp tác", held_on=date(2026, 3, 10)))
        subject = work.new_part(
            EngagementSubject, engagement, record_kind="agreement", record_id=uuid4()
        )
        work.save(subject)
        changes = work.commit()
    assert changes.kinds == {"engagement"}
    with store.work() as work:
        work.save(subject.changed(record_kind="task"))
        assert work.commit().kinds == {"engagement"}
    assert _found(store, "Hợp tác") == [engagement.id]
