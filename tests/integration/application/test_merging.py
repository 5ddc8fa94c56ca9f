"""Two records become one: relations move, one step takes it back, old names keep resolving."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from embassy_desk.application.attachments import documents
from embassy_desk.application.contacts import Reach, add_to_list, enter_contact
from embassy_desk.application.duplicates import keep_apart
from embassy_desk.application.merging import (
    merge_plan,
    merge_records,
    proposal,
    settle_merges,
    standing_for,
)
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import (
    enter_record,
    find_record,
    history_of,
    record_file,
    redo_last,
    trash,
    undo_last,
)
from embassy_desk.domain.catalogue import ENTITIES
from embassy_desk.domain.contact import Consent, Contact, ContactEmail
from embassy_desk.domain.contact_list import ContactList, ListMember
from embassy_desk.domain.engagement import TheirParticipant
from embassy_desk.domain.entity import ArchiveReason, Entity, Handling
from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.domain.kept_apart import KeptApart
from embassy_desk.domain.merge import references_to
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.task import Task
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork


def entered(store: Store, kind: str, values: Mapping[str, Any], **parts: Any) -> UUID:
    return perform(store, enter_record, kind, values, parts)[0].id


@pytest.fixture
def two(store: Store) -> tuple[UUID, UUID]:
    """Return two records of one person; everything hangs on the second."""
    reach = Reach(emails=("t@x.jp",), phones=("+81 3 3466 3311",), tags=("Tết",))
    kept = perform(store, enter_contact, {"written_name": "Yamada Taro"}, reach)[0].id
    more = Reach(
        emails=("T@X.jp", "taro@home.jp"),
        phones=("03-3466-3311",),
        organisation="Bộ Công an",
        position="Director",
        tags=("tết", "AI"),
    )
    lost = perform(store, enter_contact, {"written_name": "Taro Yamada", "alias": "T"}, more)[0].id
    return kept, lost


def everything_about(store: Store, lost: UUID, kept: UUID) -> dict[str, UUID]:
    """Enter one of each that may lead to a contact; return the records by kind."""
    made = {
        "engagement": entered(
            store, "engagement", {"subject": "Gặp", "held_on": date(2026, 3, 1)},
            their_participant=[{"contact_id": lost, "position_then": "Director"}],
            commitment=[{"text": "Gửi tài liệu", "contact_id": lost}],
            engagement_subject=[{"record_kind": "contact", "record_id": lost}],
        ),
        "task": entered(
            store, "task", {"title": "Gọi", "waiting_on_contact_id": lost},
            task_parent=[{"record_kind": "contact", "record_id": lost}],
        ),
        "campaign": entered(
            store, "campaign", {"title": "Vận động"}, campaign_target=[{"contact_id": lost}]
        ),
        "contact_list": entered(store, "contact_list", {"title": "Quốc khánh"}),
        "attachment": entered(
            store, "attachment",
            {"record_kind": "contact", "record_id": lost, "name": "thu.pdf", "digest": "a" * 64,
             "size_bytes": 1},
        ),
    }  # fmt: skip

    def more(work: UnitOfWork) -> None:
        add_to_list(work, work.get(ContactList, made["contact_list"]), [lost, kept])

    perform(store, more)
    perform(
        store,
        lambda work: work.save(
            work.new_part(
                Consent,
                work.get(Contact, lost),
                purpose="event",
                given_on=date(2026, 1, 1),
            )
        ),
    )
    return made


def snapshot(store: Store) -> dict[UUID, Entity]:
    def look(work: UnitOfWork) -> dict[UUID, Entity]:
        found = {each.id: each for entity in ENTITIES for each in work.all(entity)}
        quiet = {"changed_at": None, "changed_by": None}
        return {
            key: each.changed(**quiet) if "changed_at" in type(each).model_fields else each
            for key, each in found.items()
        }

    return answer(store, look)


def leading_to(store: Store, identity_: UUID) -> set[str]:
    def look(work: UnitOfWork) -> set[str]:
        return {
            reference.entity.__name__
            for reference in references_to("contact")
            if work.all(reference.entity, **{reference.field: identity_})
        }

    return answer(store, look)


def merged(store: Store, kept: UUID, lost: UUID, kind: str = "contact") -> None:
    plan = answer(store, merge_plan, kind, kept, lost)
    perform(store, merge_records, kind, kept, lost, proposal(plan))


def test_every_relation_moves_and_what_both_said_is_there_once(
    store: Store, two: tuple[UUID, UUID]
) -> None:
    kept, lost = two
    made = everything_about(store, lost, kept)
    moving = answer(store, merge_plan, "contact", kept, lost).moving
    assert set(moving) >= {"contact_email", "their_participant", "attachment", "task", "consent"}
    merged(store, kept, lost)
    assert leading_to(store, lost) == set()
    file = answer(store, record_file, "contact", kept)
    assert sorted(each.address for each in file.parts["contact_email"]) == [
        "t@x.jp",
        "taro@home.jp",
    ]
    assert [each.e164 for each in file.parts["contact_phone"]] == ["+81334663311"]
    assert [each.is_primary for each in file.parts["contact_email"]] == [True, False]
    assert sorted(each.label for each in file.parts["tag"]) == ["AI", "Tết"]
    assert [each.organisation_name for each in file.parts["position"]] == ["Bộ Công an"]
    assert len(file.parts["consent"]) == 1
    assert file.record.alias == "T"
    members = answer(store, lambda work: work.all(ListMember))
    assert [each.contact_id for each in members] == [kept]
    assert answer(store, lambda work: work.get(Task, made["task"])).waiting_on_contact_id == kept
    assert [each.attachment.name for each in answer(store, documents, "contact", kept)] == [
        "thu.pdf"
    ]


def test_one_step_takes_a_merge_back_and_does_it_again(
    store: Store, two: tuple[UUID, UUID]
) -> None:
    kept, lost = two
    everything_about(store, lost, kept)
    before = snapshot(store)
    merged(store, kept, lost)
    after = snapshot(store)
    perform(store, undo_last)
    assert snapshot(store) == before
    perform(store, redo_last)
    assert snapshot(store) == after


def test_the_old_identity_and_reference_keep_resolving(
    store: Store, two: tuple[UUID, UUID]
) -> None:
    kept, lost = two
    ref = answer(store, find_record, str(lost)).ref
    merged(store, kept, lost)
    for name in (ref, str(lost)):
        found = answer(store, lambda work, name=name: standing_for(work, find_record(work, name)))
        assert found.id == kept
    gone = answer(store, lambda work: work.get(Contact, lost))
    assert gone.merged_into == kept
    assert gone.archived_reason is ArchiveReason.DUPLICATE


def test_both_records_tell_what_happened(store: Store, two: tuple[UUID, UUID]) -> None:
    kept, lost = two
    merged(store, kept, lost)
    fields = {each.field for entry in answer(store, history_of, lost) for each in entry.changes}
    assert "merged_into" in fields
    moved_here = [
        each for each in answer(store, history_of, kept)
        if any(change.field == "contact_id" and change.before == lost.hex
               for change in each.changes)
    ]  # fmt: skip
    assert moved_here


def test_chosen_values_stand_and_the_stricter_handling_is_proposed(
    store: Store, two: tuple[UUID, UUID]
) -> None:
    kept, lost = two
    perform(
        store,
        lambda work: work.save(work.get(Contact, lost).changed(handling=Handling.RESTRICTED)),
    )
    plan = answer(store, merge_plan, "contact", kept, lost)
    assert proposal(plan)["handling"] is Handling.RESTRICTED
    values = proposal(plan) | {"written_name": "Yamada Tarō"}
    perform(store, merge_records, "contact", kept, lost, values)
    record = answer(store, lambda work: work.get(Contact, kept))
    assert (record.heading, record.handling) == ("Yamada Tarō", Handling.RESTRICTED)


def test_a_value_that_does_not_fit_keeps_nothing(store: Store, two: tuple[UUID, UUID]) -> None:
    kept, lost = two
    before = snapshot(store)
    with pytest.raises(InvalidError):
        perform(store, merge_records, "contact", kept, lost, {"cadence_days": -1})
    assert snapshot(store) == before


def test_what_is_no_pair_is_refused(store: Store, two: tuple[UUID, UUID]) -> None:
    kept, lost = two
    third = entered(store, "contact", {"given_name": "Ba"})
    with pytest.raises(RefusedError, match="one record"):
        answer(store, merge_plan, "contact", kept, kept)
    with pytest.raises(RefusedError, match="not merged"):
        answer(store, merge_plan, "agreement", kept, lost)
    perform(store, trash, "contact", third)
    with pytest.raises(RefusedError, match="trash"):
        answer(store, merge_plan, "contact", kept, third)
    merged(store, kept, lost)
    with pytest.raises(RefusedError, match="merged before"):
        answer(store, merge_plan, "contact", lost, kept)


def test_who_was_kept_apart_from_the_one_is_apart_from_the_other(
    store: Store, two: tuple[UUID, UUID]
) -> None:
    kept, lost = two
    third = entered(store, "contact", {"given_name": "Ba"})
    perform(store, keep_apart, "contact", lost, third)
    perform(store, keep_apart, "contact", lost, kept)
    merged(store, kept, lost)
    (row,) = answer(store, lambda work: work.all(KeptApart))
    assert {row.record_id, row.other_id} == {kept, third}


def test_an_organisation_takes_people_parties_and_bodies_below_it_along(store: Store) -> None:
    kept = entered(store, "organisation", {"name_vi": "Sở Ánh Dương"})
    lost = entered(store, "organisation", {"name_en": "ADS", "parent_id": kept})
    below = entered(store, "organisation", {"name_en": "ADS Lab", "parent_id": lost})
    person = entered(store, "contact", {"given_name": "An"}, position=[{"organisation_id": lost}])
    merged(store, kept, lost, "organisation")
    record = answer(store, lambda work: work.get(Organisation, kept))
    assert (record.name_en, record.parent_id) == ("ADS", None)
    assert answer(store, lambda work: work.get(Organisation, below)).parent_id == kept
    (post,) = answer(store, record_file, "contact", person).parts["position"]
    assert post.organisation_id == kept


def test_a_circle_and_what_was_added_meanwhile_are_put_right(
    store: Store, two: tuple[UUID, UUID]
) -> None:
    one, other = sorted(two)

    def both_ways(work: UnitOfWork) -> None:
        for mine, theirs in ((one, other), (other, one)):
            work.save(
                work.get(Contact, mine).changed(
                    merged_into=theirs, archived_at=work.at, archived_reason="duplicate"
                )
            )

    perform(store, both_ways)
    assert perform(store, settle_merges)[0] > 0
    stands = answer(store, lambda work: work.get(Contact, one))
    assert (stands.merged_into, stands.is_archived) == (None, False)
    assert leading_to(store, other) == set()
    perform(
        store,
        lambda work: work.save(
            work.new_part(ContactEmail, work.get(Contact, other), address="late@x.jp")
        ),
    )
    assert perform(store, settle_merges)[0] == 1
    addresses = answer(store, record_file, "contact", one).parts["contact_email"]
    assert "late@x.jp" in [each.address for each in addresses]
    assert perform(store, settle_merges)[1].operations == 0


def test_a_participant_who_stood_twice_stands_once_with_what_both_rows_said(
    store: Store, two: tuple[UUID, UUID]
) -> None:
    kept, lost = two
    meeting = entered(
        store, "engagement", {"subject": "Gặp", "held_on": date(2026, 3, 1)},
        their_participant=[
            {"contact_id": kept, "name_then": "Yamada"},
            {"contact_id": lost, "position_then": "Director"},
        ],
    )  # fmt: skip
    merged(store, kept, lost)
    (row,) = answer(store, lambda work: work.all(TheirParticipant, engagement_id=meeting))
    assert (row.contact_id, row.name_then, row.position_then) == (kept, "Yamada", "Director")
