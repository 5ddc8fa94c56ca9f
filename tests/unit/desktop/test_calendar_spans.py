"""Which days month, week and coming days show: whole weeks from Monday."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.desktop.calendar.presenter import CalendarForm, Span, span_of, turned

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_november_2026_is_shown_from_26_october_to_6_december() -> None:
    shown = span_of(CalendarForm.MONTH, date(2026, 11, 22))
    assert shown == Span(date(2026, 10, 26), date(2026, 12, 6))


@pytest.mark.parametrize("form", [CalendarForm.MONTH, CalendarForm.WEEK])
@given(day=DAYS)
def test_weeks_are_whole_and_hold_the_day(form: CalendarForm, day: date) -> None:
    shown = span_of(form, day)
    assert (shown.first.weekday(), shown.last.weekday()) == (0, 6)
    assert shown.first <= day <= shown.last


@given(DAYS)
def test_a_month_is_shown_whole_and_no_week_without_it(day: date) -> None:
    shown = span_of(CalendarForm.MONTH, day)
    first = day.replace(day=1)
    assert (first - shown.first).days in range(7)
    assert (shown.last - turned(CalendarForm.MONTH, first, 1)).days in range(-1, 6)


@given(DAYS)
def test_turning_there_and_back_stays_in_the_same_weeks(day: date) -> None:
    week = CalendarForm.WEEK
    assert turned(week, turned(week, day, 1), -1) == day
    assert turned(CalendarForm.MONTH, day.replace(day=1), 1).day == 1
