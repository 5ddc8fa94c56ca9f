from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.days import (
    LAST_DAY,
    covers,
    days_after,
    earliest,
    formal_day,
    is_working_day,
    latest,
    months_after,
    months_of,
    rest_weekdays,
    working_day_after,
    working_days,
)

DAYS = st.dates()
USUAL_DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
RESTS = st.frozensets(st.integers(0, 6), max_size=6)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-08-31", 6, "2025-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2023-08-31", 12, "2024-08-31"),
        ("2024-05-31", -3, "2024-02-29"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2024-01-15", 0, "2024-01-15"),
        ("2024-01-15", 1, "2024-02-15"),
        ("9999-06-15", 7, "9999-12-31"),
        ("9999-06-15", 10**12, "9999-12-31"),
        ("0001-02-15", -2, "0001-01-01"),
    ],
)
def test_months_are_cut_to_the_end_of_the_month(start: str, months: int, end: str) -> None:
    assert months_after(date.fromisoformat(start), months).isoformat() == end


@given(DAYS, st.integers(-3000, 3000))
def test_months_never_go_past_the_day_of_the_start(start: date, months: int) -> None:
    end = months_after(start, months)
    assert end.day <= start.day or end == LAST_DAY


@given(DAYS, st.integers(-3000, 3000), st.integers(0, 3000))
def test_more_months_are_never_earlier(start: date, months: int, more: int) -> None:
    assert months_after(start, months) <= months_after(start, months + more)


@given(USUAL_DAYS, USUAL_DAYS)
def test_whole_months_between_days_are_the_most_that_fit(first: date, last: date) -> None:
    months = months_of(first, last)
    assert months_after(first, months) <= last < months_after(first, months + 1)


def test_days_are_cut_to_the_calendar() -> None:
    assert days_after(date(2024, 2, 28), 2) == date(2024, 3, 1)
    assert days_after(date(9999, 12, 1), 10**9) == LAST_DAY
    assert days_after(date(1, 1, 5), -(10**9)) == date.min


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-03-07", date(2025, 3, 7), date(2025, 3, 7)),
        ("", None, None),
    ],
)
def test_a_day_half_known_has_a_first_and_a_last(
    partial: str, first: date | None, last: date | None
) -> None:
    assert (earliest(partial), latest(partial)) == (first, last)


@pytest.mark.parametrize("partial", ["25", "2025-1", "2025-13", "2025-02-30", "yesterday"])
def test_what_is_no_day_is_refused(partial: str) -> None:
    with pytest.raises(ValueError, match=r"year|month|day|YYYY"):
        latest(partial)


def test_days_half_known_cover_what_they_may_mean() -> None:
    assert covers("2020", "2023-05", date(2023, 5, 31))
    assert not covers("2020", "2023-05", date(2023, 6, 1))
    assert not covers("2020-06", "", date(2020, 5, 31))
    assert covers("", "", date(1900, 1, 1))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 3, 7), "ngày 07 tháng 3 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_formal_days_have_zeros_where_the_decree_wants_them(day: date, written: str) -> None:
    assert formal_day(day) == written


def test_days_of_rest_are_read_from_codes() -> None:
    assert rest_weekdays("fri sat") == {4, 5}
    assert rest_weekdays("") == frozenset()
    with pytest.raises(ValueError, match="xyz"):
        rest_weekdays("sat xyz")


@given(USUAL_DAYS, st.integers(-5, 400), RESTS, st.sets(USUAL_DAYS, max_size=5))
def test_working_days_are_those_after_the_first(
    after: date, length: int, rest: frozenset[int], holidays: set[date]
) -> None:
    until = after + timedelta(days=length)
    near = {after + timedelta(days=each.day) for each in holidays} | holidays
    one_by_one = sum(
        is_working_day(after + timedelta(days=each), rest, near) for each in range(1, length + 1)
    )
    assert working_days(after, until, rest, near) == one_by_one


@given(USUAL_DAYS, st.integers(1, 60), RESTS)
def test_the_nth_working_day_is_reached_after_n_working_days(
    start: date, count: int, rest: frozenset[int]
) -> None:
    day = working_day_after(start, count, rest, ())
    assert is_working_day(day, rest, ())
    assert working_days(start, day, rest, ()) == count


def test_ten_working_days_skip_rest_and_holidays() -> None:
    tet = [date(2026, 2, 16) + timedelta(days=each) for each in range(5)]
    assert working_day_after(date(2026, 2, 12), 2, {5, 6}, tet) == date(2026, 2, 23)
    assert working_day_after(date(2026, 2, 12), 1, {4, 5}, ()) == date(2026, 2, 15)


def test_an_office_that_never_works_has_no_working_day() -> None:
    with pytest.raises(ValueError, match="no such working day"):
        working_day_after(date(2026, 1, 1), 1, range(7), ())
    with pytest.raises(ValueError, match="no such working day"):
        working_day_after(date(2026, 1, 1), 0, (), ())


def test_working_days_end_with_the_calendar() -> None:
    assert working_day_after(date(9999, 12, 30), 99, (), ()) == LAST_DAY
