from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.agreement import RenewalType
from embassy_desk.domain.days import months_after
from embassy_desk.domain.term_engine import (
    Condition,
    TermHistory,
    TermRule,
    TermStanding,
    assess,
)

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
TACIT_RULES = st.builds(
    TermRule,
    start=DAYS,
    initial_months=st.integers(1, 240),
    renewal=st.just(RenewalType.TACIT),
    renewal_months=st.integers(1, 120),
    notice_months=st.integers(0, 24),
)
ANY_RULES = st.builds(
    TermRule,
    start=st.dates(),
    initial_months=st.integers(1, 10**6),
    renewal=st.sampled_from(RenewalType),
    renewal_months=st.none() | st.integers(1, 10**6),
    notice_months=st.none() | st.integers(0, 10**6),
) | st.builds(
    TermRule,
    start=st.none() | st.dates(),
    fixed_end=st.dates(),
    renewal=st.sampled_from(RenewalType),
    renewal_months=st.none() | st.integers(1, 1200),
    notice_months=st.none() | st.integers(0, 120),
) | st.builds(
    TermRule,
    start=st.none() | st.dates(),
    open_ended=st.booleans(),
    renewal=st.sampled_from(RenewalType),
    notice_months=st.none() | st.integers(0, 120),
)  # fmt: skip


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _tacit(start: str, initial: int, renewal: int, notice: int | None = None) -> TermRule:
    return TermRule(
        start=_day(start), initial_months=initial, renewal=RenewalType.TACIT,
        renewal_months=renewal, notice_months=notice,
    )  # fmt: skip


def _one(rule: TermRule, **known: object) -> TermHistory:
    return TermHistory(rules=(rule,), **known)  # type: ignore[arg-type]


def _why(standing: TermStanding) -> str:
    return " ".join(map(str, standing.why))


def test_vector_a_the_present_term_is_found_after_a_tacit_renewal() -> None:
    standing = assess(_one(_tacit("2020-08-01", 36, 12, 3)), _day("2023-10-31"))
    assert (standing.term_from, standing.term_to) == (_day("2023-08-01"), _day("2024-08-01"))
    assert standing.notice_by == _day("2024-05-01")
    assert standing.term_number == 1


def test_vector_b_a_renewal_adds_its_own_length_and_not_the_first_one() -> None:
    start = _day("2015-01-01")
    standing = assess(_one(_tacit("2015-01-01", 60, 12)), _day("2020-06-01"))
    assert standing.term_to == months_after(start, 72) == _day("2021-01-01")


def test_vector_c_a_fixed_end_renews_tacitly_by_its_own_period() -> None:
    rule = TermRule(
        fixed_end=_day("2025-08-28"), renewal=RenewalType.TACIT, renewal_months=12, notice_months=2
    )
    standing = assess(_one(rule, has_entered=True), _day("2026-02-11"))
    assert standing.ends_on == _day("2026-08-28")
    assert standing.notice_by == _day("2026-06-28")
    by_months = assess(_one(_tacit("2022-08-28", 36, 12, 2)), _day("2026-02-11"))
    assert (by_months.ends_on, by_months.notice_by) == (standing.ends_on, standing.notice_by)


@pytest.mark.parametrize("on", ["2001-01-01", "2026-02-11", "9999-12-31"])
def test_vector_d_an_open_ended_agreement_has_a_review_and_no_end(on: str) -> None:
    rule = TermRule(start=_day("2001-01-01"), open_ended=True, notice_months=6)
    standing = assess(_one(rule, review_on=_day("2026-05-01")), _day(on))
    assert (standing.term_to, standing.ends_on, standing.notice_by) == (None, None, None)
    assert standing.review_on == _day("2026-05-01")
    assert Condition.IN_FORCE in standing.conditions


def test_vector_e_terms_from_the_31st_reach_the_31st_again() -> None:
    history = _one(_tacit("2022-08-31", 6, 6))
    ends = [assess(history, _day(on)).term_to for on in ("2022-09-01", "2023-03-01", "2023-09-01")]
    assert ends == [_day("2023-02-28"), _day("2023-08-31"), _day("2024-02-29")]
    assert assess(history, _day("2024-02-29")).term_to == _day("2024-08-31")


@pytest.mark.parametrize("on", ["2024-03-01", "2024-07-31", "2024-08-01", "2050-01-01"])
def test_vector_f_a_notice_fixes_the_end_and_no_term_follows(on: str) -> None:
    history = _one(_tacit("2020-08-01", 36, 12, 3), notice_served_on=_day("2024-02-01"))
    standing = assess(history, _day(on))
    assert (standing.term_from, standing.term_to) == (_day("2023-08-01"), _day("2024-08-01"))
    assert standing.ends_on == _day("2024-08-01")
    assert (standing.renews_to, standing.notice_by) == (None, None)
    assert (Condition.EXPIRED in standing.conditions) == (_day(on) >= _day("2024-08-01"))


def test_vector_g_an_amended_term_holds_from_its_start_and_the_old_one_before() -> None:
    amended = TermRule(start=_day("2022-01-01"), initial_months=60, renewal=RenewalType.EXPRESS)
    history = TermHistory(rules=(_tacit("2020-08-01", 36, 12, 3), amended))
    before, after = assess(history, _day("2021-12-31")), assess(history, _day("2022-01-01"))
    assert (before.term_from, before.term_to) == (_day("2020-08-01"), _day("2022-01-01"))
    assert (after.term_from, after.term_to) == (_day("2022-01-01"), _day("2027-01-01"))
    assert before.ends_on == after.ends_on == _day("2027-01-01")
    assert after.notice_by is None
    assert assess(history, _day("2027-01-01")).conditions == (Condition.EXPIRED,)


@given(TACIT_RULES, st.integers(0, 400))
def test_boundaries_never_drift(rule: TermRule, number: int) -> None:
    assert rule.start is not None
    assert rule.initial_months is not None
    assert rule.renewal_months is not None
    boundary = months_after(rule.start, rule.initial_months + number * rule.renewal_months)
    history = _one(rule)
    standing = assess(history, boundary)
    assert standing.term_number == number + 1
    assert standing.term_from == boundary
    assert assess(history, boundary - timedelta(days=1)).term_to == boundary


@given(TACIT_RULES, DAYS)
def test_a_day_lies_in_its_term(rule: TermRule, on: date) -> None:
    standing = assess(_one(rule), on)
    assert standing.term_from is not None
    assert standing.term_to is not None
    if rule.start is not None and on >= rule.start:
        assert standing.term_from <= on < standing.term_to
    assert standing.ends_on == standing.term_to


@given(TACIT_RULES, DAYS, st.integers(0, 5000))
def test_later_days_have_no_earlier_terms(rule: TermRule, on: date, more: int) -> None:
    first, later = assess(_one(rule), on), assess(_one(rule), on + timedelta(days=more))
    assert first.term_to is not None
    assert later.term_to is not None
    assert first.term_to <= later.term_to
    assert first.notice_by is not None
    assert later.notice_by is not None
    assert first.notice_by <= later.notice_by


@given(TACIT_RULES, DAYS)
def test_terms_follow_each_other_without_a_gap(rule: TermRule, on: date) -> None:
    history = _one(rule)
    standing = assess(history, on)
    assert standing.term_to is not None
    following = assess(history, standing.term_to)
    assert following.term_from == standing.term_to
    assert following.term_to == standing.renews_to


@given(TACIT_RULES, DAYS)
def test_notice_is_due_before_the_end_and_cut_to_the_month(rule: TermRule, on: date) -> None:
    standing = assess(_one(rule), on)
    assert standing.term_to is not None
    assert standing.notice_by is not None
    assert standing.notice_by <= standing.term_to
    assert rule.notice_months is not None
    assert standing.notice_by == months_after(standing.term_to, -rule.notice_months)
    assert standing.notice_by.day <= standing.term_to.day


@given(TACIT_RULES, DAYS, st.integers(0, 40_000))
def test_a_notice_freezes_the_term_it_falls_in(rule: TermRule, served: date, more: int) -> None:
    history = _one(rule, notice_served_on=served)
    later = assess(history, served + timedelta(days=more))
    assert later.term_to == later.ends_on == assess(_one(rule), served).term_to
    assert later.renews_to is None


@given(TACIT_RULES, st.dates(date(1950, 1, 1), date(2100, 1, 1)), DAYS)
def test_a_fixed_end_takes_the_place_of_the_first_length(
    rule: TermRule, end: date, on: date
) -> None:
    fixed = TermRule(
        start=date(1940, 1, 1), fixed_end=end, renewal=RenewalType.TACIT,
        renewal_months=rule.renewal_months,
    )  # fmt: skip
    standing = assess(_one(fixed), on)
    assert standing.term_number is not None
    assert rule.renewal_months is not None
    assert standing.term_to == months_after(end, standing.term_number * rule.renewal_months)
    assert standing.term_to > on


@given(
    st.lists(ANY_RULES, min_size=1, max_size=3),
    st.dates(),
    st.none() | st.dates(),
    st.none() | st.dates(),
    st.booleans(),
)
def test_any_history_has_a_clear_answer(
    rules: list[TermRule], on: date, served: date | None, terminated: date | None, entered: object
) -> None:
    started = {rule.start: rule for rule in rules[1:] if rule.start is not None}
    first = rules[0]
    later = [started[day] for day in sorted(started) if first.start is None or day > first.start]
    history = TermHistory(
        rules=(first, *later), notice_served_on=served, terminated_on=terminated,
        has_entered=bool(entered), review_months=12,
    )  # fmt: skip
    standing = assess(history, on)
    assert standing.why
    assert all(str(each).endswith(".") and "None" not in str(each) for each in standing.why)
    assert list(standing.conditions) == [each for each in Condition if each in standing.conditions]
    assert not {Condition.IN_FORCE, Condition.EXPIRED} <= set(standing.conditions)
    if standing.term_to is not None and Condition.IN_FORCE in standing.conditions:
        assert on < standing.term_to
    if standing.notice_by is not None and standing.term_to is not None:
        assert standing.notice_by <= standing.term_to


def test_ten_thousand_years_of_monthly_terms_are_counted_at_once() -> None:
    history = _one(_tacit("0001-01-01", 1, 1, 1))
    standing = assess(history, _day("9990-06-15"))
    assert standing.term_number == 9989 * 12 + 5
    assert standing.term_to == _day("9990-07-01")


def test_a_term_that_outlasts_the_calendar_has_no_end() -> None:
    standing = assess(_one(_tacit("9990-01-01", 60, 120, 3)), _day("9999-12-31"))
    assert standing.term_from == _day("9995-01-01")
    assert (standing.term_to, standing.ends_on, standing.notice_by) == (None, None, None)
    assert "the end of the calendar" in _why(standing)
    assert standing.conditions == (Condition.IN_FORCE,)
    assert assess(_one(_tacit("9990-01-01", 600, 12)), _day("9991-01-01")).term_to is None


@pytest.mark.parametrize(
    ("on", "conditions"),
    [
        ("2024-01-31", [Condition.IN_FORCE]),
        ("2024-02-01", [Condition.IN_FORCE, Condition.IN_NOTICE_WINDOW]),
        ("2024-05-01", [Condition.IN_FORCE, Condition.IN_NOTICE_WINDOW]),
        ("2024-05-02", [Condition.IN_FORCE, Condition.NOTICE_MISSED]),
        ("2024-07-31", [Condition.IN_FORCE, Condition.NOTICE_MISSED]),
        ("2024-08-01", [Condition.IN_FORCE]),
    ],
)
def test_the_notice_window_opens_ninety_days_before_the_last_day(
    on: str, conditions: list[Condition]
) -> None:
    standing = assess(_one(_tacit("2020-08-01", 36, 12, 3)), _day(on))
    assert list(standing.conditions) == conditions


@pytest.mark.parametrize(
    ("on", "conditions"),
    [
        ("2019-12-31", []),
        ("2020-01-01", [Condition.IN_FORCE]),
        ("2022-07-04", [Condition.IN_FORCE]),
        ("2022-07-05", [Condition.IN_FORCE, Condition.EXPIRING]),
        ("2022-12-31", [Condition.IN_FORCE, Condition.EXPIRING]),
        ("2023-01-01", [Condition.EXPIRED]),
    ],
)
@pytest.mark.parametrize("renewal", [RenewalType.NONE, RenewalType.EXPRESS])
def test_an_end_that_will_come_is_announced_and_never_passed_by_itself(
    renewal: RenewalType, on: str, conditions: list[Condition]
) -> None:
    rule = TermRule(start=_day("2020-01-01"), initial_months=36, renewal=renewal, renewal_months=36)
    standing = assess(_one(rule), _day(on))
    assert list(standing.conditions) == conditions
    assert standing.ends_on == _day("2023-01-01")
    assert standing.notice_by is None


def test_a_renewal_in_writing_goes_on_with_its_own_term_row() -> None:
    first = TermRule(start=_day("2020-01-01"), initial_months=36, renewal=RenewalType.EXPRESS)
    second = TermRule(start=_day("2023-01-01"), initial_months=24)
    history = TermHistory(rules=(first, second))
    before = assess(history, _day("2022-12-01"))
    assert before.conditions == (Condition.IN_FORCE,)
    assert before.ends_on == _day("2025-01-01")
    assert "a later recorded term takes its place" in _why(before)
    assert assess(history, _day("2024-12-01")).conditions == (
        Condition.IN_FORCE,
        Condition.EXPIRING,
    )


def test_a_gap_between_recorded_terms_is_a_time_without_agreement() -> None:
    first = TermRule(start=_day("2020-01-01"), initial_months=12)
    second = TermRule(start=_day("2022-01-01"), initial_months=12)
    history = TermHistory(rules=(first, second))
    standing = assess(history, _day("2021-06-01"))
    assert standing.conditions == (Condition.EXPIRED,)
    assert "The next recorded term begins on 2022-01-01." in _why(standing)
    assert assess(history, _day("2022-01-01")).conditions[0] is Condition.IN_FORCE


def test_an_agreement_renewed_by_review_is_up_for_review_before_its_end() -> None:
    rule = TermRule(start=_day("2020-01-01"), initial_months=36, renewal=RenewalType.REVIEW)
    assert assess(_one(rule), _day("2022-12-01")).conditions == (
        Condition.IN_FORCE,
        Condition.EXPIRING,
        Condition.REVIEW_DUE,
    )


def test_a_review_is_due_from_its_day_on() -> None:
    rule = TermRule(start=_day("2020-01-31"), open_ended=True)
    history = _one(rule, review_months=13)
    assert assess(history, _day("2021-02-27")).conditions == (Condition.IN_FORCE,)
    assert assess(history, _day("2021-02-28")).conditions == (
        Condition.IN_FORCE,
        Condition.REVIEW_DUE,
    )
    set_later = _one(rule, review_months=13, review_on=_day("2030-01-01"))
    assert assess(set_later, _day("2025-01-01")).conditions == (Condition.IN_FORCE,)


def test_a_suspension_does_not_stop_the_term() -> None:
    standing = assess(_one(_tacit("2020-08-01", 36, 12, 3), suspended=True), _day("2024-06-01"))
    assert standing.conditions == (Condition.NOTICE_MISSED, Condition.SUSPENDED)
    assert standing.term_to == _day("2024-08-01")
    assert "suspended" in _why(standing)


def test_entry_into_force_is_overdue_a_year_after_signature() -> None:
    history = _one(TermRule(initial_months=36), signed_on=_day("2024-03-01"))
    in_time, late = assess(history, _day("2025-03-01")), assess(history, _day("2025-03-02"))
    assert in_time.conditions == ()
    assert late.conditions == (Condition.ENTRY_OVERDUE,)
    assert "by 2025-03-01, 12 months after signature" in _why(late)
    assert (late.term_number, late.term_to, late.ends_on) == (None, None, None)


def test_an_agreement_that_was_not_signed_has_no_term() -> None:
    standing = assess(TermHistory(), _day("2026-01-01"))
    assert standing.conditions == ()
    assert _why(standing) == "The agreement has not entered into force, so no term runs."


def test_a_notice_counts_only_from_the_day_it_was_served() -> None:
    history = _one(_tacit("2020-08-01", 36, 12, 3), notice_served_on=_day("2024-02-01"))
    assert assess(history, _day("2024-01-31")).renews_to == _day("2025-08-01")


def test_a_notice_after_its_last_day_is_to_be_confirmed() -> None:
    history = _one(_tacit("2020-08-01", 36, 12, 3), notice_served_on=_day("2024-06-01"))
    standing = assess(history, _day("2024-06-02"))
    assert standing.ends_on == _day("2024-08-01")
    assert "The last day for that notice was 2024-05-01; confirm" in _why(standing)


def test_a_notice_ends_an_open_ended_agreement_after_its_period() -> None:
    rule = TermRule(start=_day("2001-01-01"), open_ended=True, notice_months=6)
    history = _one(rule, notice_served_on=_day("2025-08-31"))
    standing = assess(history, _day("2025-12-01"))
    assert standing.ends_on == _day("2026-02-28")
    assert Condition.EXPIRING in standing.conditions
    unknown = _one(
        TermRule(start=_day("2001-01-01"), open_ended=True), notice_served_on=_day("2025-08-31")
    )
    assert assess(unknown, _day("2025-12-01")).ends_on is None


def test_a_termination_cuts_the_term_short() -> None:
    history = _one(_tacit("2020-08-01", 36, 12, 3), terminated_on=_day("2024-01-15"))
    before, after = assess(history, _day("2024-01-14")), assess(history, _day("2026-01-01"))
    assert before.conditions == (Condition.IN_FORCE, Condition.EXPIRING)
    assert before.ends_on == after.ends_on == _day("2024-01-15")
    assert after.conditions == ()
    assert "terminated as of 2024-01-15" in _why(after)


def test_an_agreement_renews_until_a_termination_in_a_later_term() -> None:
    history = _one(_tacit("2020-08-01", 36, 12, 3), terminated_on=_day("2024-10-01"))
    standing = assess(history, _day("2023-09-01"))
    assert standing.term_to == _day("2024-08-01")
    assert standing.renews_to == _day("2024-10-01")


def test_missing_periods_are_said_and_not_guessed() -> None:
    rule = TermRule(start=_day("2020-01-01"), initial_months=12, renewal=RenewalType.TACIT)
    first = assess(_one(rule), _day("2020-06-01"))
    assert first.term_to == _day("2021-01-01")
    assert first.renews_to is None
    assert "how long before the end notice is due is not recorded" in _why(first)
    assert "For how long it then renews is not recorded." in _why(first)
    later = assess(_one(rule), _day("2026-01-01"))
    assert (later.term_number, later.term_from, later.term_to) == (1, _day("2021-01-01"), None)
    assert later.conditions == (Condition.IN_FORCE,)
    bare = assess(_one(TermRule(start=_day("2020-01-01"))), _day("2026-01-01"))
    assert "neither a length nor an end of its term is recorded" in _why(bare)


def test_the_sentences_say_why_each_date_is_what_it_is() -> None:
    standing = assess(_one(_tacit("2020-08-01", 36, 12, 3)), _day("2026-06-01"))
    assert _why(standing) == (
        "The agreement has renewed tacitly 3 times, each time by 12 months: this term runs from "
        "2025-08-01 to 2026-08-01. "
        "Notice had to be given by 2026-05-01, 3 months before the term ends; none is recorded, "
        "so the agreement renews tacitly on 2026-08-01. "
        "The term after that ends on 2027-08-01."
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"initial_months": 12, "open_ended": True},
        {"initial_months": 12, "fixed_end": date(2030, 1, 1)},
        {"initial_months": 0},
        {"renewal_months": -1},
        {"notice_months": -1},
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"term|notice"):
        TermRule(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "rules",
    [
        (),
        (TermRule(start=date(2020, 1, 1)), TermRule()),
        (TermRule(start=date(2020, 1, 1)), TermRule(start=date(2020, 1, 1))),
        (TermRule(start=date(2021, 1, 1)), TermRule(start=date(2020, 1, 1))),
    ],
)
def test_rules_out_of_order_are_refused(rules: tuple[TermRule, ...]) -> None:
    with pytest.raises(ValueError, match="follow each other"):
        TermHistory(rules=rules)


REVIEWED = TermRule(start=date(2020, 1, 1), initial_months=12, renewal=RenewalType.REVIEW)
WRITTEN = TermRule(start=date(2020, 1, 1), initial_months=12, renewal=RenewalType.EXPRESS)
OPEN = TermRule(start=date(2020, 1, 1), open_ended=True)


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        (_one(REVIEWED), "renews only after a review and no renewal is recorded, so it ended on"),
        (_one(WRITTEN), "renews only in writing and no renewal is recorded, so it ended on"),
        (_one(OPEN), "The agreement runs from 2020-01-01 without an end."),
        (_one(TermRule(open_ended=True), has_entered=True), "runs without an end; the day of"),
        (_one(TermRule(), has_entered=True), "the day of its entry into force is not recorded"),
        (_one(OPEN, notice_served_on=date(2021, 1, 1)), "does not follow from what is recorded"),
        (
            _one(TermRule(start=date(2020, 1, 1), fixed_end=date(2023, 1, 1))),
            "from 2020-01-01 to 2023-01-01, the end that the text fixes.",
        ),
        (
            _one(TermRule(start=date(2027, 1, 1), initial_months=12)),
            "The agreement enters into force on 2027-01-01. The first term runs from 2027-01-01",
        ),
        (
            TermHistory(rules=(OPEN, TermRule(start=date(2025, 1, 1), fixed_end=date(2028, 1, 1)))),
            "A later term is recorded from 2025-01-01 to 2028-01-01, the end that its text fixes.",
        ),
        (
            TermHistory(rules=(OPEN, _tacit("2027-01-01", 12, 12))),
            "That term runs to 2028-01-01 and renews tacitly unless notice is given.",
        ),
        (
            TermHistory(rules=(OPEN, TermRule(start=date(2027, 1, 1), open_ended=True))),
            "From 2027-01-01 on a later recorded term takes its place.",
        ),
    ],
)
def test_every_course_has_its_sentence(history: TermHistory, sentence: str) -> None:
    assert sentence in _why(assess(history, date(2026, 1, 1)))
