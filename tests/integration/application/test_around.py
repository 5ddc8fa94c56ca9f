"""What lies around a record: in time order, and seen from both sides of a link."""

from embassy_desk.application.around import linked, timeline
from embassy_desk.domain.agreement import AgreementLink
from embassy_desk.domain.engagement import EngagementSubject, TheirParticipant
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.task import TaskParent
from embassy_desk.store.opening import Store
from embassy_desk.texts import Words
from makers import (
    identity,
    make_agreement,
    make_contact,
    make_engagement,
    make_obligation,
    make_task,
)


def _kept(store: Store, *entities: Entity) -> None:
    with store.work() as work:
        work.add_all(entities)
        work.commit()


def test_engagements_tasks_and_steps_stand_in_time_order(store: Store) -> None:
    agreement = make_agreement()
    engagement = make_engagement(held_on="2026-05-04")
    gone = make_engagement(id=identity("gone"), ref="", trashed_at="2026-01-01T00:00:00Z")
    task = make_task(due_on="2026-06-01")
    undated = make_task(id=identity("undated"), ref="", title="Sắp xếp hồ sơ", due_on=None)
    about = [
        EngagementSubject.made(
            id=identity(f"about {each.id}"),
            engagement_id=each.id,
            record_kind="agreement",
            record_id=agreement.id,
        )
        for each in (engagement, gone)
    ]
    parents = [
        TaskParent.made(
            id=identity(f"parent {each.id}"),
            task_id=each.id,
            record_kind="agreement",
            record_id=agreement.id,
        )
        for each in (task, undated)
    ]
    step = StageStep.made(
        id=identity("step"),
        record_kind="agreement",
        record_id=agreement.id,
        from_state="idea",
        to_state="scoping",
        on="2026-05-10",
        at="2026-05-10T08:00:00Z",
        reason="Bộ đồng ý",
    )
    _kept(store, agreement, engagement, gone, task, undated, *about, *parents, step)
    with store.reading() as work:
        found = timeline(work, "agreement", agreement.id)
    days = [str(each.on or "") for each in found]
    assert days == ["2026-06-01", "2026-05-10", "2026-05-04", ""]
    assert [each.kind for each in found] == ["task", "agreement", "engagement", "task"]
    assert found[1].heading == "Bộ đồng ý"
    assert Words("en")(found[1].note) == "From “Idea” to “Scoping”"


def test_a_contact_is_told_of_the_engagements_it_took_part_in(store: Store) -> None:
    contact, engagement = make_contact(), make_engagement()
    there = TheirParticipant.made(
        id=identity("there"),
        engagement_id=engagement.id,
        contact_id=contact.id,
        name_then=contact.heading,
    )
    _kept(store, contact, engagement, there)
    with store.reading() as work:
        (line,) = timeline(work, "contact", contact.id)
    assert (line.kind, line.record_id) == ("engagement", engagement.id)


def test_links_between_agreements_are_seen_from_both_sides(store: Store) -> None:
    old, new = (
        make_agreement(),
        make_agreement(id=identity("new"), ref="", title_vi="Hiệp định mới"),
    )
    link = AgreementLink.made(
        id=identity("link"), agreement_id=new.id, to_agreement_id=old.id, kind="elevates"
    )
    duty = make_obligation(agreement_id=old.id)
    _kept(store, old, new, link, duty)
    with store.reading() as work:
        here, there = linked(work, "agreement", old.id), linked(work, "agreement", new.id)
    assert [each.record_id for each in here] == [duty.id, new.id]
    assert [each.record_id for each in there] == [old.id]
    assert str(here[0].note).startswith("Obligation, ")
    words = Words("en")
    assert words(here[1].note) == "It elevates this one"
    assert words(there[0].note) == "This one elevates it"
