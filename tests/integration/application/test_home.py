"""The home page: what needs somebody today, the year ahead, and who has gone quiet."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.integration.application.conftest import NOW

from embassy_desk.application.courses import year_ahead
from embassy_desk.application.due_lines import DueGroup, Press
from embassy_desk.application.home import needs, quiet, records_behind
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import enter_record, trash
from embassy_desk.application.sheets import enter_sheet
from embassy_desk.application.steps import advance_record
from embassy_desk.domain.conditions import ContactSilence, contact_silence, is_quiet
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.engagement import (
    Engagement,
    EngagementState,
    TheirParticipant,
    last_dealings,
)
from embassy_desk.domain.entity import Record
from embassy_desk.domain.milestones import Milestone, MilestoneKind
from embassy_desk.domain.task import Task
from embassy_desk.store.finders.last_engagements import contacts_in_silence, last_with_contacts
from embassy_desk.store.opening import Store

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)


def entered(store: Store, kind: str, /, **values: Any) -> Record:
    return perform(store, enter_record, kind, values)[0]


def groups(store: Store, *, whose: UUID | None = None) -> dict[str, DueGroup]:
    return {each.name: each for each in answer(store, needs, TODAY, whose)}


def headings(group: DueGroup) -> list[str]:
    return [each.heading for each in group.lines]


def test_nothing_entered_needs_nobody(store: Store) -> None:
    assert answer(store, needs, TODAY, None) == ()
    assert answer(store, quiet, TODAY, None).total == 0
    assert answer(store, year_ahead, TODAY, None).lines == ()


def test_tasks_stand_under_today_or_overdue_and_closed_ones_nowhere(store: Store) -> None:
    entered(store, "task", title="Hôm nay", due_on=TODAY)
    entered(store, "task", title="Hôm qua", due_on=YESTERDAY)
    entered(store, "task", title="Ngày mai", due_on=TODAY + timedelta(days=1))
    entered(store, "task", title="Xong", due_on=YESTERDAY, state="done")
    found = groups(store)
    assert headings(found["tasks_today"]) == ["Hôm nay"]
    assert headings(found["tasks_overdue"]) == ["Hôm qua"]
    assert str(found["tasks_overdue"].lines[0].why) == "Was due on 2026-11-21."
    assert found["tasks_overdue"].lines[0].press is Press.LATE


@pytest.mark.parametrize("until", [None, YESTERDAY, TODAY, TODAY + timedelta(days=9)])
@pytest.mark.parametrize("state", ["open", "deferred"])
@pytest.mark.parametrize("due", [YESTERDAY, TODAY, None])
def test_overdue_tasks_are_those_of_the_domain(
    store: Store, until: date | None, state: str, due: date | None
) -> None:
    task = entered(store, "task", title="Việc", due_on=due, state=state, deferred_until=until)
    assert isinstance(task, Task)
    assert ("tasks_overdue" in groups(store)) is task.is_overdue(TODAY)


def test_work_belongs_to_who_does_it_and_only_then_to_its_owner(store: Store) -> None:
    me = store.author.staff_id
    other = entered(store, "staff", given_name="Bình").id
    entered(store, "task", title="Của tôi", due_on=TODAY)
    entered(store, "task", title="Của chị Bình", due_on=TODAY, assignee=other)
    entered(store, "task", title="Giao cho tôi", due_on=TODAY, owner=other, assignee=me)
    assert sorted(headings(groups(store, whose=me)["tasks_today"])) == ["Của tôi", "Giao cho tôi"]
    assert headings(groups(store, whose=other)["tasks_today"]) == ["Của chị Bình"]
    assert groups(store)["tasks_today"].total == 3


def test_who_has_kept_us_waiting_for_two_weeks_is_named(store: Store) -> None:
    since = TODAY - timedelta(days=14)
    waiting = {"state": "waiting", "waiting_on": "Bộ Ngoại giao"}
    entered(store, "task", title="Lâu", waiting_since=since, **waiting)
    entered(store, "task", title="Mới", waiting_since=since + timedelta(days=1), **waiting)
    (line,) = groups(store)["waiting"].lines
    assert line.heading == "Lâu"
    assert str(line.why) == "Waiting for Bộ Ngoại giao since 2026-11-08."


def test_engagements_of_today_and_those_nobody_recorded_are_shown(store: Store) -> None:
    entered(store, "engagement", subject="Hôm nay", held_on=TODAY)
    entered(store, "engagement", subject="Chưa ghi", held_on=YESTERDAY)
    entered(store, "engagement", subject="Đã họp", held_on=YESTERDAY, state="held")
    entered(store, "engagement", subject="Mai", held_on=TODAY + timedelta(days=1))
    found = groups(store)
    assert headings(found["engagements_today"]) == ["Hôm nay"]
    assert headings(found["unrecorded"]) == ["Chưa ghi"]


def in_force(store: Store, title: str, **values: Any) -> Record:
    return entered(store, "agreement", title_vi=title, state="in_force", **values)


def tacit(store: Store, title: str, in_force_on: date, **values: Any) -> Record:
    terms = {"initial_term_months": 12, "renewal_type": "tacit", "renewal_months": 12}
    return in_force(store, title, in_force_on=in_force_on, notice_months=2, **terms, **values)


def test_notice_is_shown_while_it_can_be_given_and_near(store: Store) -> None:
    near = tacit(store, "Gần", date(2025, 2, 10))
    tacit(store, "Xa", date(2025, 8, 1))
    (line,) = groups(store)["notices"].lines
    assert (line.id, line.on) == (near.id, date(2026, 12, 10))
    assert str(line.why) == "Notice by 2026-12-10, or it renews: 18 days left."


def test_obligations_of_ours_are_shown_before_and_of_theirs_after_their_day(store: Store) -> None:
    agreement = in_force(store, "Bản ghi nhớ", in_force_on=date(2025, 1, 1), open_ended=True).id
    soon = TODAY + timedelta(days=30)
    for text, side, day in (
        ("ta sắp", "ours", soon),
        ("ta xa", "ours", soon + timedelta(days=1)),
        ("ta trễ", "ours", YESTERDAY),
        ("bạn sắp", "theirs", soon),
        ("bạn trễ", "theirs", YESTERDAY),
    ):
        values = {"agreement_id": agreement, "text": text, "owing_side": side, "due_on": day}
        entered(store, "obligation", **values)
    assert headings(groups(store)["obligations"]) == ["bạn trễ", "ta trễ", "ta sắp"]


def test_groups_show_the_first_lines_and_count_all(store: Store) -> None:
    for at in range(9):
        entered(store, "task", title=f"Việc {at}", due_on=YESTERDAY)
    group = groups(store)["tasks_overdue"]
    assert (len(group.lines), group.total) == (6, 9)
    assert len(answer(store, records_behind, "tasks_overdue", TODAY, None)) == 9


def met(store: Store, contact: Record, held_on: date, **values: Any) -> None:
    rows = {"their_participant": [{"contact_id": contact.id, **values.pop("row", {})}]}
    subject = {"subject": "Gặp", "held_on": held_on, "state": "held"}
    perform(store, enter_sheet, "engagement", {**subject, **values}, rows)


def test_contacts_are_quiet_when_their_rhythm_has_passed(store: Store) -> None:
    silent = entered(store, "contact", given_name="An", cadence_days=30)
    heard = entered(store, "contact", given_name="Bình", cadence_days=30)
    entered(store, "contact", given_name="Chi")
    left_alone = entered(store, "contact", given_name="Dũng", cadence_days=1, do_not_contact=True)
    for each in (silent, left_alone):
        met(store, each, TODAY - timedelta(days=31))
    met(store, heard, TODAY - timedelta(days=30))
    group = answer(store, quiet, TODAY, None)
    assert [each.id for each in group.lines] == [silent.id]
    assert str(group.lines[0].why) == "Last contact on 2026-10-22; planned every 30 days."


def test_meetings_that_did_not_happen_break_no_silence(store: Store) -> None:
    contact = entered(store, "contact", given_name="An", cadence_days=30)
    met(store, contact, TODAY - timedelta(days=40))
    met(store, contact, YESTERDAY, state="not_held")
    met(store, contact, YESTERDAY, row={"attended": False})
    met(store, contact, TODAY + timedelta(days=3), state="planned")
    met(store, contact, YESTERDAY, state="planned")  # nobody has said that it took place
    gone = entered(store, "engagement", subject="Xóa", held_on=YESTERDAY)
    perform(store, trash, "engagement", gone.id)
    (line,) = answer(store, quiet, TODAY, None).lines
    assert line.on == TODAY - timedelta(days=40)


def test_the_store_knows_the_domains_rule_of_what_has_taken_place(store: Store) -> None:
    for state in EngagementState:
        for days in (-1, 0, 1):
            contact = entered(store, "contact", given_name=state)
            met(store, contact, TODAY + timedelta(days=days), state=state)
            met(store, contact, TODAY - timedelta(days=90), row={"attended": state != "held"})
    with store.reading() as work:
        seats = work.all(TheirParticipant)
        expected = last_dealings(work.all(Engagement), seats, TODAY)
        assert last_with_contacts(work, TODAY) == expected
    assert len(set(expected.values())) == 3


def test_quiet_contacts_are_those_of_the_domain(store: Store) -> None:
    cases = [(cadence, days) for cadence in (None, 1, 30, 31) for days in (None, 0, 1, 30, 31, 99)]
    expected = set()
    later, expected_later = TODAY + timedelta(days=31), set()
    for cadence, days in cases:
        contact = entered(store, "contact", given_name="An", cadence_days=cadence)
        last = None if days is None else TODAY - timedelta(days=days)
        if last is not None:
            met(store, contact, last)
        if is_quiet(cadence, last, TODAY, TODAY):
            expected.add(contact.id)
        if is_quiet(cadence, last, TODAY, later):
            expected_later.add(contact.id)
    assert {each.id for each in answer(store, quiet, TODAY, None).lines} == expected
    assert {each.id for each in answer(store, quiet, later, None).lines} == expected_later
    assert 0 < len(expected) < len(expected_later)


def test_year_ahead_shows_terms_and_marks_of_what_runs_out(store: Store) -> None:
    near = tacit(store, "Gần", date(2025, 2, 10))
    in_force(store, "Không thời hạn", in_force_on=date(2020, 1, 1), open_ended=True)
    year = answer(store, year_ahead, TODAY, None)
    assert (year.first, year.last) == (date(2026, 11, 1), date(2027, 10, 31))
    (line,) = year.lines
    assert line.id == near.id
    assert line.is_running_out
    assert line.terms == (
        (date(2026, 2, 10), date(2027, 2, 10)),
        (date(2027, 2, 10), date(2028, 2, 10)),
    )
    assert line.marks == (
        Milestone(date(2026, 12, 10), MilestoneKind.NOTICE),
        Milestone(date(2027, 2, 10), MilestoneKind.RENEWAL),
    )
    assert str(line.why) == "Renews unless notice is given by 2026-12-10."


def test_what_ended_and_was_not_closed_presses_most(store: Store) -> None:
    tacit(store, "Gần", date(2025, 2, 10))
    in_force(store, "Hết hạn", in_force_on=date(2020, 1, 1), fixed_end_on=date(2026, 10, 1))
    first, _ = answer(store, year_ahead, TODAY, None).lines
    assert (first.heading, first.press) == ("Hết hạn", Press.LATE)
    assert str(first.why) == "Ended on 2026-10-01 and was not closed."


def test_agreements_that_took_a_step_lately_are_moving(store: Store) -> None:
    values = {"country": "JP", "topics": "AI", "lead_ministry_then": "Bộ KHCN", "reason": "Cần"}
    idea = entered(store, "agreement", title_vi="Ý tưởng", **values)
    entered(store, "agreement", title_vi="Đứng yên", state="negotiating")
    perform(store, advance_record, idea, "scoping", on=YESTERDAY)
    year = answer(store, year_ahead, TODAY, None)
    (line,) = year.moving
    assert (line.id, line.on) == (idea.id, YESTERDAY)
    assert answer(store, records_behind, "moving", TODAY, None) == (idea.id,)
    later = answer(store, year_ahead, TODAY + timedelta(days=200), None)
    assert later.moving == ()


def test_the_store_knows_the_domains_rule_of_silence(store: Store) -> None:
    known: dict[UUID, ContactSilence] = {}
    for cadence in (None, 1, 30):
        for met_days_ago in (None, 0, 30, 31):
            for entered_days_ago in (0, 30, 31):
                values = {"given_name": "Hường", "cadence_days": cadence}
                contact = entered(store, "contact", **values)
                entered_on = TODAY - timedelta(days=entered_days_ago)
                last = None if met_days_ago is None else TODAY - timedelta(days=met_days_ago)
                known[contact.id] = contact_silence(cadence, last, entered_on, TODAY)
                with store.work() as work:
                    at = f"{entered_on}T09:00:00Z"
                    work.save(work.get(Contact, contact.id).changed(created_at=at))
                    if last is not None:
                        met = work.new(
                            Engagement, subject="Gặp", held_on=last, state=EngagementState.HELD
                        )
                        work.save(met)
                        work.save(work.new_part(TheirParticipant, met, contact_id=contact.id))
                    work.commit()
    for silence in ContactSilence:
        found = answer(store, contacts_in_silence, TODAY, silence)
        assert set(found) == {each for each, said in known.items() if said is silence}
        assert found
