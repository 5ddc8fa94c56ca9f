"""Entering, changing, archiving, taking back."""

import pytest
from tests.integration.application.conftest import NOW

from embassy_desk.application.contacts import Reach, enter_contact, replace_reach
from embassy_desk.application.entering import change_typed, enter_typed
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import (
    add_part,
    archive,
    bring_back,
    change_record,
    enter_record,
    find_record,
    history_of,
    record_file,
    search_everything,
    tag,
    trash,
    undo_last,
)
from embassy_desk.application.showing import shown
from embassy_desk.domain.contact import Contact, ContactEmail, Position
from embassy_desk.domain.entity import ArchiveReason
from embassy_desk.domain.errors import InvalidError, MissingError, RefusedError
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.parts import Tag
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork


def test_contact_is_entered_with_addresses_post_and_tags(store: Store) -> None:
    contact, _ = perform(
        store,
        enter_contact,
        {"family_name": "Đặng", "given_name": "Hường"},
        Reach(
            emails=("huong@example.vn",),
            phones=("03-1234-5678",),
            organisation="Công ty Sen Việt",
            position="Giám đốc",
            tags=("ICT",),
        ),
    )
    file = answer(store, record_file, "contact", contact.id)
    values = shown(file, NOW.date())
    assert values["display_name"] == "Đặng Hường"
    assert values["emails"] == ["huong@example.vn"]
    assert values["phones"] == ["+81312345678"]
    assert values["organisation"] == "Công ty Sen Việt"
    assert values["tags"] == ["ICT"]
    assert values["parts"]["position"][0]["title_vi"] == "Giám đốc"


def test_known_organisation_is_used_and_not_made_twice(store: Store) -> None:
    for given in ("An", "Bình"):
        perform(store, enter_contact, {"given_name": given}, Reach(organisation="Sen Việt"))
    perform(store, enter_contact, {"given_name": "Chi"}, Reach(organisation="sen viet"))
    with store.reading() as work:
        made = [each for each in work.all(Organisation) if each.mission == "TOK"]
        seats = {each.organisation_id for each in work.all(Position)}
    assert [each.name_vi for each in made] == ["Sen Việt"]
    assert seats == {made[0].id}


def test_unknown_field_names_the_nearest_one(store: Store) -> None:
    with pytest.raises(InvalidError) as refusal:
        perform(store, enter_record, "contact", {"given_nam": "An"})
    assert "given_name" in str(refusal.value.problems[0].text)


def test_fields_the_program_keeps_cannot_be_set(store: Store) -> None:
    with pytest.raises(InvalidError):
        perform(store, enter_record, "task", {"title": "x", "created_by": None})


def test_refused_command_leaves_nothing(store: Store) -> None:
    def enter_two(work: UnitOfWork) -> None:
        enter_record(work, "task", {"title": "kept only together"})
        enter_record(work, "task", {"title": ""})

    with pytest.raises(InvalidError):
        perform(store, enter_two)
    assert answer(store, search_everything, "kept only together") == ()


def test_record_is_found_by_reference_and_by_identity(store: Store) -> None:
    task, _ = perform(store, enter_record, "task", {"title": "Gọi lại"})
    for name in (task.ref, task.ref.lower(), str(task.id)):
        assert answer(store, find_record, name) == task
    with pytest.raises(MissingError):
        answer(store, find_record, "TOK-TSK-0000-0001")


def test_archived_record_keeps_the_reason_and_comes_back(store: Store) -> None:
    contact, _ = perform(store, enter_contact, {"given_name": "An"})
    perform(store, archive, "contact", contact.id, reason=ArchiveReason.LEFT_POST, note="về nước")
    with store.reading() as work:
        away = work.get(Contact, contact.id)
    assert away.archived_reason is ArchiveReason.LEFT_POST
    assert away.archived_at is not None
    assert away.archived_by == store.identity.owner
    with pytest.raises(RefusedError):
        perform(store, archive, "contact", contact.id, reason=ArchiveReason.OTHER)
    perform(store, bring_back, "contact", contact.id)
    with store.reading() as work:
        assert not work.get(Contact, contact.id).is_archived


def test_trashed_record_is_not_found_but_not_lost(store: Store) -> None:
    contact, _ = perform(store, enter_contact, {"given_name": "Thùng"})
    perform(store, trash, "contact", contact.id)
    assert answer(store, search_everything, "thung") == ()
    assert answer(store, find_record, contact.ref).is_trashed


def test_same_tag_twice_is_one_row(store: Store) -> None:
    contact, _ = perform(store, enter_contact, {"given_name": "An"})
    perform(store, tag, contact, "AI")
    perform(store, tag, contact, "ai ")
    with store.reading() as work:
        assert len(work.parts(Tag, contact)) == 1


def test_undo_takes_back_the_whole_last_change(store: Store) -> None:
    contact, _ = perform(store, enter_contact, {"given_name": "An"})
    perform(store, change_record, "contact", contact.id, {"notes": "thân thiện"})
    perform(store, undo_last)
    with store.reading() as work:
        assert work.get(Contact, contact.id).notes == ""
    kinds = [each.kind for each in answer(store, history_of, contact.id)]
    assert kinds == ["put", "put", "add"]


def test_state_is_not_changed_as_a_field(store: Store) -> None:
    task, _ = perform(store, enter_record, "task", {"title": "x"})
    with pytest.raises(RefusedError):
        perform(store, change_record, "task", task.id, {"state": "done"})


def test_emails_that_stay_keep_what_is_known_of_them(store: Store) -> None:
    contact, _ = perform(
        store, enter_contact, {"given_name": "An"}, Reach(emails=("a@example.vn", "b@example.vn"))
    )
    with store.reading() as work:
        kept = next(e for e in work.parts(ContactEmail, contact) if e.address == "b@example.vn")

    def swap(work: UnitOfWork) -> None:
        replace_reach(work, contact, emails=["b@example.vn", "c@example.vn"])

    perform(store, swap)
    with store.reading() as work:
        rows = {each.address: each.id for each in work.parts(ContactEmail, contact)}
    assert rows.keys() == {"b@example.vn", "c@example.vn"}
    assert rows["b@example.vn"] == kept.id


def test_wrong_part_of_a_record_is_refused(store: Store) -> None:
    contact, _ = perform(store, enter_contact, {"given_name": "An"})
    with pytest.raises(InvalidError):
        perform(store, add_part, "contact", contact.id, "contact_email", {"address": "no address"})
    with pytest.raises(MissingError):
        perform(store, add_part, "contact", contact.id, "checklist_item", {"text": "x"})


def test_typed_reference_becomes_an_identity(store: Store) -> None:
    parent, _ = perform(store, enter_typed, "organisation", {"name_vi": "Bộ Thử nghiệm"})
    child, _ = perform(
        store, enter_typed, "organisation", {"name_en": "Test bureau", "parent_id": parent.ref}
    )
    assert isinstance(child, Organisation)
    assert child.parent_id == parent.id
    cleared, _ = perform(store, change_typed, child.ref, {"parent_id": ""}, on=NOW.date())
    assert isinstance(cleared, Organisation)
    assert cleared.parent_id is None
    with pytest.raises(InvalidError):
        perform(store, change_typed, child.ref, {"parent_id": "TOK-ORG-9999"}, on=NOW.date())
