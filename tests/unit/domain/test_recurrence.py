from datetime import date, datetime, time, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.recurrence import days_between, next_day, problem

DAYS = st.dates(date(1970, 1, 1), date(2060, 12, 31))
RULES = st.sampled_from(
    [
        "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=DAILY;INTERVAL=2;BYMONTH=1,6", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "FREQ=WEEKLY;BYMONTH=2", "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;INTERVAL=3",
        "FREQ=MONTHLY;BYDAY=2TH", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=9",
        "FREQ=YEARLY;INTERVAL=3;BYMONTH=1,7;BYMONTHDAY=15", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=YEARLY;BYYEARDAY=1,100,-1", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=MONTHLY;COUNT=7", "FREQ=WEEKLY;COUNT=10;BYDAY=MO,WE", "FREQ=DAILY;UNTIL=20300101",
        "FREQ=YEARLY;BYDAY=20MO", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
    ]
)  # fmt: skip

PARTS = (
    "INTERVAL=2", "COUNT=3", "UNTIL=20301231", "WKST=SU", "BYDAY=MO,FR", "BYDAY=1MO",
    "BYMONTH=2,3", "BYMONTHDAY=31", "BYMONTHDAY=-31", "BYYEARDAY=366", "BYWEEKNO=53",
    "BYSETPOS=-1", "BYSETPOS=9",
)  # fmt: skip


def _by_dateutil(rule: str, start: date, first: date, last: date) -> tuple[date, ...]:
    days = rrulestr(rule, dtstart=datetime.combine(start, time()))
    upto = takewhile(lambda day: day <= last, (each.date() for each in days))
    return tuple(day for day in upto if day >= first)


@given(RULES, DAYS, DAYS)
def test_days_are_those_that_dateutil_counts_from_the_start(
    rule: str, start: date, first: date
) -> None:
    last = first + timedelta(days=800)
    assert problem(rule) is None
    assert days_between(rule, start, first, last, 1000) == _by_dateutil(rule, start, first, last)


@given(RULES, DAYS, DAYS)
def test_the_next_day_is_the_first_later_one(rule: str, start: date, after: date) -> None:
    found = next_day(rule, start, after)
    assume(found is not None)
    assert found is not None
    assert found > after
    assert found >= start
    assert days_between(rule, start, after + timedelta(days=1), found, 9) == (found,)


def test_months_without_a_31st_are_left_out() -> None:
    start = date(2026, 1, 31)
    assert next_day("FREQ=MONTHLY", start, start) == date(2026, 3, 31)
    assert next_day("FREQ=MONTHLY", start, date(2026, 3, 31)) == date(2026, 5, 31)


def test_a_29th_of_february_waits_for_leap_years() -> None:
    start = date(2096, 2, 29)
    assert next_day("FREQ=YEARLY", start, start) == date(2104, 2, 29)


def test_days_are_counted_from_the_start_however_late_one_asks() -> None:
    start = date(2026, 1, 5)
    assert next_day("FREQ=WEEKLY;INTERVAL=2", start, date(2046, 1, 4)) == date(2046, 1, 8)
    assert (date(2046, 1, 8) - start).days % 14 == 0


def test_the_start_counts_as_the_first_day() -> None:
    start = date(2026, 1, 5)
    assert next_day("FREQ=MONTHLY", start, date(2020, 1, 1)) == start


def test_a_rule_ends_after_its_count_or_on_its_last_day() -> None:
    start = date(2026, 1, 5)
    assert next_day("FREQ=DAILY;COUNT=3", start, date(2026, 1, 6)) == date(2026, 1, 7)
    assert next_day("FREQ=DAILY;COUNT=3", start, date(2026, 1, 7)) is None
    assert next_day("FREQ=DAILY;UNTIL=20260106", start, date(2026, 1, 5)) == date(2026, 1, 6)
    assert next_day("FREQ=DAILY;UNTIL=20260106", start, date(2026, 1, 6)) is None


def test_no_more_days_than_asked_for_are_given() -> None:
    days = days_between("FREQ=DAILY", date(2026, 1, 1), date(2026, 2, 1), date(2026, 12, 1), 3)
    assert days == (date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 3))


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=FR", "FREQ=MONTHLY", "FREQ=YEARLY"]
)
def test_rules_end_with_the_calendar(rule: str) -> None:
    start = date(9999, 12, 31)
    assert next_day(rule, start, date(9999, 12, 30)) == start
    assert next_day(rule, start, start) is None
    assert next_day(rule, date(1, 1, 1), start) is None


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", date(2026, 1, 6)),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", date(2025, 1, 1)),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", date(2026, 2, 1)),
    ],
)
def test_a_rule_that_never_meets_its_start_gives_nothing(rule: str, start: date) -> None:
    assert problem(rule) is None
    assert next_day(rule, start, start) is None


def test_small_letters_mean_the_same() -> None:
    assert next_day("freq=weekly;byday=mo", date(2026, 1, 1), date(2026, 1, 1)) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("", "Write the rule"),
        ("every month", "Write the rule"),
        ("FREQ=", "Write the rule"),
        ("INTERVAL=2", "“FREQ” must be"),
        ("FREQ=SOMETIMES", "“FREQ” must be"),
        ("FREQ=HOURLY", "days, not times"),
        ("FREQ=SECONDLY;COUNT=5", "days, not times"),
        ("FREQ=DAILY;BYHOUR=9", "days, not times"),
        ("FREQ=DAILY;BYEASTER=0", "no part “BYEASTER”"),
        ("FREQ=DAILY;FREQ=WEEKLY", "twice"),
        ("FREQ=DAILY;INTERVAL=0", "from 1 to 7300"),
        ("FREQ=DAILY;INTERVAL=-1", "from 1 to 7300"),
        ("FREQ=YEARLY;INTERVAL=21", "from 1 to 20"),
        ("FREQ=DAILY;INTERVAL=99999999999", "from 1 to 7300"),
        ("FREQ=DAILY;COUNT=0", "from 1 to 1000"),
        ("FREQ=DAILY;COUNT=1000000", "from 1 to 1000"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20300101", "not both"),
        ("FREQ=DAILY;UNTIL=20300101T120000Z", "YYYYMMDD"),
        ("FREQ=DAILY;UNTIL=20300231", "YYYYMMDD"),
        ("FREQ=DAILY;UNTIL=2030-01-1", "YYYYMMDD"),
        ("FREQ=WEEKLY;WKST=XX", "not a weekday"),
        ("FREQ=WEEKLY;BYDAY=XX", "“XX” cannot stand in “BYDAY”"),
        ("FREQ=WEEKLY;BYDAY=1MO", "“1MO” cannot stand"),
        ("FREQ=MONTHLY;BYDAY=0MO", "“0MO” cannot stand"),
        ("FREQ=YEARLY;BYDAY=54MO", "“54MO” cannot stand"),
        ("FREQ=YEARLY;BYWEEKNO=2;BYDAY=1MO", "no number"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "“32” cannot stand"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "“0” cannot stand"),
        ("FREQ=MONTHLY;BYMONTH=-1", "“-1” cannot stand"),
        ("FREQ=MONTHLY;BYMONTHDAY=a", "“A” cannot stand"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "cannot stand beside “FREQ=WEEKLY”"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "cannot stand beside"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "cannot stand beside"),
        ("FREQ=MONTHLY;BYSETPOS=1", "needs another part"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never gives a day"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=7", "never gives a day"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "never gives a day"),
        ("FREQ=DAILY;BYDAY=" + "MO," * 200 + "MO", "At most 500"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_the_reason(rule: str, reason: str) -> None:
    assert reason in str(problem(rule))
    with pytest.raises(InvalidError) as refused:
        next_day(rule, date(2026, 1, 1), date(2026, 1, 1))
    assert refused.value.problems[0].text == problem(rule)


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert problem(text) is not None


@given(
    st.lists(
        st.sampled_from(PARTS),
        max_size=5,
    ),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.dates(),
    st.dates(),
)
def test_any_mixture_of_parts_gives_a_later_day_or_none(
    parts: list[str], frequency: str, start: date, after: date
) -> None:
    rule = ";".join([f"FREQ={frequency}", *parts])
    assume(problem(rule) is None)
    found = next_day(rule, start, after)
    assert found is None or (found > after and found >= start)


def test_a_count_may_start_at_the_end_of_the_calendar() -> None:
    start = date(9999, 12, 1)
    days = days_between("FREQ=WEEKLY;COUNT=9", start, start, date(9999, 12, 31), 9)
    assert days == tuple(start + timedelta(days=7 * each) for each in range(5))
