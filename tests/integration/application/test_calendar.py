"""The calendar: tasks, engagements with two clocks, and days of agreements from the term engine."""

from datetime import UTC, date, datetime
from typing import Any

from tests.integration.application.conftest import NOW

from embassy_desk.application.calendar import CalendarEntry, CalendarSort, calendar_entries
from embassy_desk.application.due_lines import Press
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import enter_record, trash
from embassy_desk.domain.entity import Record
from embassy_desk.store.opening import Store

TODAY = NOW.date()
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def entered(store: Store, kind: str, /, **values: Any) -> Record:
    return perform(store, enter_record, kind, values)[0]


def shown(store: Store, first: date = FIRST, last: date = LAST) -> list[CalendarEntry]:
    return list(answer(store, calendar_entries, first, last, TODAY, None))


def test_days_at_both_ends_of_the_range_are_shown_and_none_beyond(store: Store) -> None:
    for day in (date(2026, 10, 31), FIRST, LAST, date(2026, 12, 1)):
        entered(store, "task", title=f"Việc {day}", due_on=day)
        entered(store, "engagement", subject=f"Gặp {day}", held_on=day)
    found = [(each.on, each.sort) for each in shown(store)]
    assert found == [
        (FIRST, CalendarSort.ENGAGEMENT),
        (FIRST, CalendarSort.TASK),
        (LAST, CalendarSort.ENGAGEMENT),
        (LAST, CalendarSort.TASK),
    ]


def test_closed_tasks_and_trash_are_left_out_and_late_ones_pressing(store: Store) -> None:
    entered(store, "task", title="Xong", due_on=TODAY, state="done")
    gone = entered(store, "task", title="Xóa", due_on=TODAY)
    perform(store, trash, "task", gone.id)
    entered(store, "task", title="Trễ", due_on=FIRST)
    (late,) = shown(store)
    assert (late.heading, late.press) == ("Trễ", Press.LATE)


def test_engagements_show_the_clock_of_the_place_and_of_hanoi(store: Store) -> None:
    at = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
    place = {"starts_at": at, "zone": "Asia/Tokyo"}
    entered(store, "engagement", subject="Tokyo", held_on=date(2026, 11, 25), **place)
    at_home = {"starts_at": at, "zone": "Asia/Ho_Chi_Minh"}
    entered(store, "engagement", subject="Hà Nội", held_on=date(2026, 11, 25), **at_home)
    entered(store, "engagement", subject="Cả ngày", held_on=date(2026, 11, 25))
    home, tokyo, whole_day = shown(store)
    assert (tokyo.clock, tokyo.clock_at_home) == ("10:30", "08:30")
    assert (home.clock, home.clock_at_home) == ("08:30", "")
    assert (whole_day.heading, whole_day.clock) == ("Cả ngày", "")


def test_notice_renewal_and_end_come_from_the_term_engine(store: Store) -> None:
    terms = {"initial_term_months": 12, "renewal_type": "tacit", "renewal_months": 6}
    entered(store, "agreement", title_vi="Gia hạn", state="in_force",
            in_force_on=date(2023, 5, 31), notice_months=3, **terms)  # fmt: skip
    entered(store, "agreement", title_vi="Kết thúc", state="in_force",
            in_force_on=date(2020, 1, 1), fixed_end_on=date(2027, 3, 1))  # fmt: skip
    entered(store, "agreement", title_vi="Dự kiến", state="negotiating",
            fixed_end_on=date(2027, 3, 1))  # fmt: skip
    found = [
        (each.on, str(each.what), each.heading) for each in shown(store, FIRST, date(2027, 5, 31))
    ]
    assert found == [
        (date(2026, 11, 30), "Next term begins", "Gia hạn"),
        (date(2027, 2, 28), "Last day for notice", "Gia hạn"),
        (date(2027, 3, 1), "Agreement ends", "Kết thúc"),
        (date(2027, 5, 31), "Next term begins", "Gia hạn"),
    ]
