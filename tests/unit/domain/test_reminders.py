"""When bells ring for a day, and which one a desk that slept hears."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.reminders import KEPT_DAYS, RULES, ReminderRule, ReminderTopic

DAY = date(2027, 3, 1)
NOTICE, OBLIGATION = RULES[ReminderTopic.NOTICE], RULES[ReminderTopic.OBLIGATION]


@pytest.mark.parametrize(
    ("days", "rang"),
    [(91, None), (90, 90), (61, 90), (60, 60), (8, 14), (7, 7), (0, 7), (-30, 7), (-31, None)],
)
def test_bell_of_a_notice_rings_at_its_offsets_and_falls_silent_a_month_after(
    days: int, rang: int | None
) -> None:
    heard = NOTICE.rang_on(DAY, DAY - timedelta(days=days))
    assert heard == (None if rang is None else DAY - timedelta(days=rang))


def test_what_is_owed_rings_again_every_week_while_it_is_late() -> None:
    heard = [OBLIGATION.rang_on(DAY, DAY + timedelta(days=late)) for late in (0, 1, 6, 7, 400)]
    expected = [-3, 0, 0, 7, 399]
    assert heard == [DAY + timedelta(days=each) for each in expected]


@given(st.sampled_from(tuple(RULES.values())), st.integers(-400, 800))
def test_nobody_hears_a_bell_that_has_not_rung_yet(rule: ReminderRule, days: int) -> None:
    today = DAY + timedelta(days=days)
    heard = rule.rang_on(DAY, today)
    assert heard is None or heard <= today
    if rule.again_days is None and days > KEPT_DAYS:
        assert heard is None


def test_every_rule_has_at_most_five_offsets() -> None:
    assert all(len(each.days_before) <= 5 for each in RULES.values())
