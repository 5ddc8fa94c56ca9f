"""Engagements keep people as they were; commitments become tasks; campaigns count touches."""

from datetime import date
from uuid import UUID

import pytest
from tests.integration.application.conftest import NOW

from embassy_desk.application.campaigns import (
    add_list,
    answer_target,
    touch_target,
    unanswered_targets,
)
from embassy_desk.application.contacts import Reach, add_to_list, enter_contact
from embassy_desk.application.engagements import (
    EngagementEntry,
    engagements_of,
    last_met_on,
    record_engagement,
)
from embassy_desk.application.moves import move_contact
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import enter_record
from embassy_desk.application.sheets import enter_sheet
from embassy_desk.domain.campaign import Campaign, CampaignTarget, TargetState
from embassy_desk.domain.contact import Contact, Position
from embassy_desk.domain.contact_list import ContactList
from embassy_desk.domain.engagement import Commitment, TheirParticipant
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.task import Task, TaskParent, TaskState
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork

TODAY = NOW.date()


def contact_at(store: Store, given: str, organisation: str, title: str) -> Contact:
    reach = Reach(organisation=organisation, position=title)
    return perform(store, enter_contact, {"given_name": given}, reach)[0]


def meeting(store: Store, contact: Contact, **commitment: object) -> UUID:
    entry = EngagementEntry(
        values={"subject": "Hợp tác bán dẫn", "held_on": TODAY, "state": "held"},
        contact_ids=(contact.id,),
        staff_ids=(store.identity.owner,),
        commitments=[commitment] if commitment else [],
    )
    return perform(store, record_engagement, entry)[0].id


def test_participant_keeps_the_post_of_that_day(store: Store) -> None:
    contact = contact_at(store, "Hùng", "Sen Việt", "Giám đốc")
    engagement_id = meeting(store, contact)
    with store.reading() as work:
        (post,) = work.parts(Position, contact)
    perform(
        store, move_contact, post.id, on=date(2026, 12, 1),
        new={"organisation_name": "Trúc Xanh", "title_vi": "Chủ tịch"},
    )  # fmt: skip
    with store.reading() as work:
        (seat,) = work.all(TheirParticipant, engagement_id=engagement_id)
        posts = work.parts(Position, contact)
    assert (seat.position_then, seat.organisation_then) == ("Giám đốc", "Sen Việt")
    assert [(each.organisation_name, each.to_on) for each in posts] == [
        ("Sen Việt", "2026-11-30"),
        ("Trúc Xanh", ""),
    ]


def test_what_we_promised_becomes_a_task_with_its_parents(store: Store) -> None:
    contact = contact_at(store, "Hùng", "Sen Việt", "Giám đốc")
    engagement_id = meeting(
        store, contact, text="Gửi danh sách doanh nghiệp", owed_by="ours", due_on="2026-12-05",
        contact_id=contact.id,
    )  # fmt: skip
    with store.reading() as work:
        (commitment,) = work.all(Commitment, engagement_id=engagement_id)
        assert commitment.task_id is not None
        task = work.get(Task, commitment.task_id)
        parents = {(each.record_kind, each.record_id) for each in work.parts(TaskParent, task)}
    assert (task.title, task.due_on) == ("Gửi danh sách doanh nghiệp", date(2026, 12, 5))
    assert parents == {("engagement", engagement_id), ("contact", contact.id)}


def test_what_they_promised_is_waited_for(store: Store) -> None:
    contact = contact_at(store, "Hùng", "Sen Việt", "Giám đốc")
    meeting(store, contact, text="Gửi thư mời", owed_by="theirs", who="Ông Hùng")
    with store.reading() as work:
        (task,) = work.all(Task)
    assert (task.state, task.waiting_on, task.waiting_since) == (
        TaskState.WAITING, "Ông Hùng", TODAY,
    )  # fmt: skip


def test_engagements_of_a_contact_tell_when_it_was_last_met(store: Store) -> None:
    contact = contact_at(store, "Hùng", "Sen Việt", "Giám đốc")
    assert answer(store, last_met_on, contact.id, TODAY) is None
    engagement_id = meeting(store, contact)
    assert [each.id for each in answer(store, engagements_of, contact.id)] == [engagement_id]
    assert answer(store, last_met_on, contact.id, TODAY) == TODAY
    assert answer(store, last_met_on, contact.id, date(2026, 1, 1)) is None


def test_campaign_counts_touches_until_nobody_answers(store: Store) -> None:
    people = [contact_at(store, name, "Sen Việt", "") for name in ("An", "Bình")]
    perform(store, enter_contact, {"given_name": "Không", "do_not_contact": True})

    def prepare(work: UnitOfWork) -> Campaign:
        everybody = [each.id for each in work.all(Contact)]
        contact_list = enter_record(work, "contact_list", {"title": "Bán dẫn"})
        assert isinstance(contact_list, ContactList)
        assert add_to_list(work, contact_list, everybody) == 3
        assert add_to_list(work, contact_list, everybody) == 0
        campaign = enter_record(
            work, "campaign",
            {"title": "Mời hội thảo", "touches_before_no_answer": 2, "days_between_touches": 7},
        )  # fmt: skip
        assert isinstance(campaign, Campaign)
        assert add_list(work, campaign, contact_list) == 2
        return campaign

    campaign, _ = perform(store, prepare)
    with store.reading() as work:
        targets = {each.contact_id: each for each in work.parts(CampaignTarget, campaign)}
    target = targets[people[0].id]
    perform(store, touch_target, target.id, on=date(2026, 11, 1))
    with pytest.raises(RefusedError):
        perform(store, answer_target, target.id, TargetState.NO_ANSWER)
    second, _ = perform(store, touch_target, target.id, on=date(2026, 11, 8))
    assert second.next_touch_on == date(2026, 11, 15)
    unanswered = answer(store, unanswered_targets, campaign, date(2026, 11, 15))
    assert [each.id for each in unanswered] == [target.id]
    done, _ = perform(store, answer_target, target.id, TargetState.NO_ANSWER)
    assert done.state is TargetState.NO_ANSWER


def test_promise_typed_into_the_window_becomes_a_task(store: Store) -> None:
    promise = {"text": "Gửi dự thảo", "due_on": TODAY, "owed_by": "ours"}
    rows = {"commitment": [promise, {**promise, "text": "Đã xong", "state": "kept"}]}
    values = {"subject": "Hợp tác bán dẫn", "held_on": TODAY}
    engagement = perform(store, enter_sheet, "engagement", values, rows)[0]
    with store.reading() as work:
        made = {each.text: each.task_id for each in work.parts(Commitment, engagement)}
        task = work.get(Task, made["Gửi dự thảo"])
    assert made["Đã xong"] is None
    assert task.due_on == TODAY
