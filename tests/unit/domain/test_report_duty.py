"""Which reports are owed, by when, and which were handed in."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.report_duty import (
    DutyStanding,
    HandedIn,
    ReportEvery,
    owed_reports,
    period_of,
)
from makers import make_report_duty

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def standings(*handed_in: HandedIn, on: date = TODAY, **values: Any) -> dict[str, DutyStanding]:
    duty = make_report_duty(**{"valid_from": date(2026, 9, 10), **values})
    owed = owed_reports(duty, "TOK", handed_in, on, date(2026, 1, 1))
    return {each.first.isoformat(): each.standing for each in owed}


@given(st.sampled_from(ReportEvery), DAYS)
def test_every_day_lies_in_one_period_and_periods_join(every: ReportEvery, day: date) -> None:
    first, last = period_of(every, day)
    assert first <= day <= last
    assert period_of(every, first) == period_of(every, last) == (first, last)
    assert period_of(every, last + timedelta(days=1))[0] == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        ("week", date(2026, 11, 16), TODAY),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("half_year", date(2026, 7, 1), date(2026, 12, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_are_those_of_the_calendar(every: str, first: date, last: date) -> None:
    assert period_of(ReportEvery.named(every), TODAY) == (first, last)


def test_a_report_is_due_when_its_period_is_over_and_overdue_after_its_day() -> None:
    assert standings() == {
        "2026-09-01": DutyStanding.OVERDUE,
        "2026-10-01": DutyStanding.OVERDUE,
        "2026-11-01": DutyStanding.RUNNING,
    }
    on_the_day = standings(on=date(2026, 11, 5))
    assert on_the_day["2026-10-01"] is DutyStanding.DUE
    assert standings(on=date(2026, 11, 6))["2026-10-01"] is DutyStanding.OVERDUE


def test_only_a_report_of_the_mission_that_covers_the_whole_period_is_handed_in() -> None:
    october = {"period_from": date(2026, 10, 1), "period_until": date(2026, 10, 31)}
    whole = HandedIn("periodic", "TOK", signed_on=TODAY, **october)
    assert standings(whole)["2026-10-01"] is DutyStanding.HANDED_IN
    assert standings(whole)["2026-09-01"] is DutyStanding.OVERDUE
    short = HandedIn("periodic", "TOK", date(2026, 10, 2), date(2026, 10, 31), TODAY)
    other = HandedIn("periodic", "PAR", signed_on=TODAY, **october)
    ledger = HandedIn("engagement_ledger", "TOK", signed_on=TODAY, **october)
    assert standings(short, other, ledger)["2026-10-01"] is DutyStanding.OVERDUE


def test_a_duty_holds_for_the_missions_it_names_while_it_is_valid() -> None:
    assert standings(missions="PAR OSA") == {}
    assert len(standings(missions="PAR TOK")) == 3
    assert list(standings(valid_to=date(2026, 9, 30))) == ["2026-09-01"]
