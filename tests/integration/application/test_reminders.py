"""Reminders: computed from the days of records, put off, seen to, and told once."""

from datetime import date, timedelta
from typing import Any

from tests.integration.application.conftest import NOW

from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import change_record, enter_record
from embassy_desk.application.reminders import Reminder, put_off, reminders, see_to, untold
from embassy_desk.application.sheets import enter_sheet
from embassy_desk.domain.entity import Record
from embassy_desk.domain.reminders import ReminderTopic
from embassy_desk.store.opening import Store
from makers.stores import operations_of

TODAY = NOW.date()


def entered(store: Store, kind: str, /, **values: Any) -> Record:
    return perform(store, enter_record, kind, values)[0]


def shown(store: Store, on: date = TODAY) -> list[Reminder]:
    return list(answer(store, reminders, on, None))


def test_days_of_agreements_obligations_and_tasks_ring(store: Store) -> None:
    terms = {"initial_term_months": 12, "renewal_type": "tacit", "renewal_months": 12}
    agreement = entered(store, "agreement", title_vi="Gia hạn", state="in_force",
                        in_force_on=date(2025, 2, 10), notice_months=2, **terms).id  # fmt: skip
    entered(store, "agreement", title_vi="Hết", state="in_force",
            in_force_on=date(2020, 1, 1), fixed_end_on=date(2027, 2, 1))  # fmt: skip
    entered(store, "agreement", title_vi="Chờ", state="signed", signed_on=date(2026, 7, 1),
            entry_mode="ratification")  # fmt: skip
    owed = {"agreement_id": agreement, "text": "Báo cáo", "due_on": TODAY + timedelta(days=20)}
    entered(store, "obligation", **owed)
    entered(store, "task", title="Mai", due_on=TODAY + timedelta(days=1))
    entered(store, "task", title="Xa", due_on=TODAY + timedelta(days=2))
    found = [(each.topic, each.heading, each.rang_on) for each in shown(store)]
    assert found == [
        (ReminderTopic.NOTICE, "Gia hạn", date(2026, 11, 10)),
        (ReminderTopic.END, "Hết", date(2026, 11, 3)),
        (ReminderTopic.ENTRY, "Chờ", date(2026, 10, 29)),
        (ReminderTopic.OBLIGATION, "Báo cáo", date(2026, 11, 12)),
        (ReminderTopic.TASK, "Mai", TODAY),
    ]


def test_reminders_of_a_task_take_the_place_of_the_rule(store: Store) -> None:
    values = {"title": "Đoàn thăm", "due_on": TODAY + timedelta(days=10)}
    perform(store, enter_sheet, "task", values, {"task_reminder": [{"days_before": 14}]})
    (only,) = shown(store)
    assert only.rang_on == TODAY - timedelta(days=4)


def test_what_was_put_off_comes_again_on_its_day(store: Store) -> None:
    entered(store, "task", title="Gọi", due_on=TODAY)
    (reminder,) = shown(store)
    perform(store, put_off, reminder, until=TODAY + timedelta(days=2))
    assert shown(store) == []
    assert shown(store, TODAY + timedelta(days=1)) == []
    assert [each.heading for each in shown(store, TODAY + timedelta(days=2))] == ["Gọi"]


def test_what_was_seen_to_is_silent_until_the_next_bell(store: Store) -> None:
    entered(store, "task", title="Gọi", due_on=TODAY)
    perform(store, see_to, shown(store)[0])
    (late,) = shown(store, TODAY + timedelta(days=7))
    assert late.rang_on == TODAY + timedelta(days=7)
    perform(store, see_to, late)
    assert shown(store, TODAY + timedelta(days=13)) == []


def test_day_that_was_moved_rings_anew(store: Store) -> None:
    task = entered(store, "task", title="Gọi", due_on=TODAY)
    perform(store, see_to, shown(store)[0])
    assert shown(store) == []
    perform(store, change_record, "task", task.id, {"due_on": TODAY + timedelta(days=1)})
    assert [each.heading for each in shown(store)] == ["Gọi"]


def test_desk_that_slept_a_year_shows_every_day_once(store: Store) -> None:
    entered(store, "task", title="Gọi", due_on=TODAY)
    assert len(shown(store, TODAY + timedelta(days=300))) == 1


def test_contacts_gone_quiet_are_one_digest_a_week(store: Store) -> None:
    for at in range(3):
        entered(store, "contact", given_name=f"Người {at}", cadence_days=7)
    later = TODAY + timedelta(days=30)
    (digest,) = shown(store, later)
    assert str(digest.why) == "3 contacts have heard nothing for longer than planned."
    perform(store, see_to, digest)
    assert shown(store, later) == []
    assert len(shown(store, later + timedelta(days=7))) == 1


def test_new_reminders_are_told_once_and_nothing_of_it_is_synchronised(store: Store) -> None:
    entered(store, "task", title="Gọi", due_on=TODAY)
    before = len(operations_of(store))
    assert perform(store, untold, TODAY, None)[0] == 1
    assert perform(store, untold, TODAY, None)[0] == 0
    perform(store, put_off, shown(store)[0], until=TODAY + timedelta(days=1))
    entered(store, "task", title="Viết", due_on=TODAY)
    written = len(operations_of(store)) - before
    assert perform(store, untold, TODAY, None)[0] == 1
    assert len(operations_of(store)) - before == written
