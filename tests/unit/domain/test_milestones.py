"""Milestones are what the term engine says of each day of a range, and nothing else."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.agreement import RenewalType
from embassy_desk.domain.milestones import Milestone, MilestoneKind, milestones, terms_between
from embassy_desk.domain.term_engine import TermHistory, TermRule, assess

FIRST = date(2026, 1, 1)
DAYS = st.dates(date(2015, 1, 1), date(2027, 6, 30))
TACIT = st.builds(
    TermRule,
    start=DAYS,
    initial_months=st.integers(1, 60),
    renewal=st.just(RenewalType.TACIT),
    renewal_months=st.integers(1, 36),
    notice_months=st.none() | st.integers(0, 48),
)
OTHERS = st.builds(
    TermRule,
    start=DAYS,
    initial_months=st.integers(1, 200),
    renewal=st.sampled_from([RenewalType.NONE, RenewalType.EXPRESS, RenewalType.REVIEW]),
    notice_months=st.none() | st.integers(0, 24),
)
HISTORIES = st.builds(
    TermHistory,
    rules=st.tuples(TACIT | OTHERS),
    has_entered=st.just(True),  # noqa: FBT003  Hypothesis' signature
    terminated_on=st.none() | DAYS,
)


@given(HISTORIES)
def test_every_end_of_a_term_that_the_engine_knows_in_the_range_is_found(
    history: TermHistory,
) -> None:
    last = FIRST + timedelta(days=120)
    ends = {
        each.on
        for each in milestones(history, FIRST, last)
        if each.kind in {MilestoneKind.END, MilestoneKind.RENEWAL}
    }
    told = set()
    for offset in range(-1, 121):
        standing = assess(history, FIRST + timedelta(days=offset))
        if "in_force" in standing.conditions and standing.term_to is not None:
            told.add(standing.term_to)
    assert ends == {on for on in told if FIRST <= on <= last}


@given(HISTORIES)
def test_terms_follow_each_other_without_gap_and_touch_the_range(history: TermHistory) -> None:
    last = FIRST + timedelta(days=400)
    terms = terms_between(history, FIRST, last)
    for before, after in pairwise(terms):
        assert before.to_on == after.from_on
    for term in terms:
        assert term.to_on is None or term.to_on >= FIRST
        assert term.from_on is not None
        assert term.from_on <= last or (term.notice_by is not None and term.notice_by <= last)


def tacit(start: str, initial: int, renewal: int, notice: int) -> TermHistory:
    rule = TermRule(
        start=date.fromisoformat(start),
        initial_months=initial,
        renewal=RenewalType.TACIT,
        renewal_months=renewal,
        notice_months=notice,
    )
    return TermHistory(rules=(rule,), has_entered=True)


def test_a_year_of_a_tacit_agreement_holds_its_notice_and_its_renewal() -> None:
    history = tacit("2020-08-01", 36, 12, 3)
    assert milestones(history, date(2023, 10, 31), date(2024, 10, 30)) == (
        Milestone(date(2024, 5, 1), MilestoneKind.NOTICE),
        Milestone(date(2024, 8, 1), MilestoneKind.RENEWAL),
    )


def test_notice_that_falls_into_the_term_before_is_found() -> None:
    history = tacit("2024-01-01", 12, 6, 9)
    first, last = date(2025, 1, 1), date(2025, 3, 31)
    assert Milestone(date(2025, 4, 1), MilestoneKind.NOTICE) in milestones(
        history, first, date(2025, 4, 1)
    )
    assert MilestoneKind.NOTICE not in {each.kind for each in milestones(history, first, last)}


@pytest.mark.parametrize("renewal", [RenewalType.NONE, RenewalType.EXPRESS, RenewalType.REVIEW])
def test_an_agreement_that_does_not_renew_ends_once(renewal: RenewalType) -> None:
    rule = TermRule(start=date(2024, 2, 29), initial_months=24, renewal=renewal)
    history = TermHistory(rules=(rule,), has_entered=True)
    assert milestones(history, date(2026, 1, 1), date(2036, 1, 1)) == (
        Milestone(date(2026, 2, 28), MilestoneKind.END),
    )


def test_what_is_over_has_no_milestones_left() -> None:
    rule = TermRule(start=date(2020, 1, 1), initial_months=120)
    over = TermHistory(rules=(rule,), has_entered=True, is_over=True, review_on=date(2026, 3, 1))
    assert milestones(over, date(2026, 1, 1), date(2031, 1, 1)) == ()


def test_entry_and_review_in_the_range_are_told() -> None:
    rule = TermRule(start=date(2026, 3, 1), open_ended=True)
    history = TermHistory(rules=(rule,), review_months=6)
    assert milestones(history, date(2026, 1, 1), date(2026, 12, 31)) == (
        Milestone(date(2026, 3, 1), MilestoneKind.ENTRY),
        Milestone(date(2026, 9, 1), MilestoneKind.REVIEW),
    )
