"""Obligations: when they are due, how they are fulfilled, and what comes next."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.domain.obligation import DueRule, Obligation, ObligationState
from embassy_desk.domain.obligation_machine import (
    OBLIGATION_MACHINE,
    ObligationFile,
    ObligationMove,
    advance_obligation,
    next_obligation,
)
from embassy_desk.domain.parts import StageStep
from makers import identity, make_obligation

S = ObligationState
ON = date(2026, 7, 10)
AT = datetime(2026, 7, 10, 8, tzinfo=UTC)
ENTRY = date(2020, 8, 31)


def _move(obligation: Obligation, target: ObligationState, reason: str = "") -> ObligationMove:
    file = ObligationFile(obligation=obligation, in_force_on=ENTRY)
    return advance_obligation(file, target, on=ON, by=None, at=AT, reason=reason)


def _missing(obligation: Obligation, target: ObligationState) -> list[str]:
    with pytest.raises(RefusedError) as caught:
        _move(obligation, target)
    return [str(each) for each in caught.value.missing]


def _yearly(**values: Any) -> Obligation:
    defaults = {"due_rule": DueRule.RECURRENCE, "recurrence": "FREQ=YEARLY", "evidence": "Biên bản"}
    return make_obligation(**{**defaults, **values})


def test_every_state_can_be_reached_by_named_steps() -> None:
    targets = {step.target for step in OBLIGATION_MACHINE.transitions}
    assert targets | {S.NOT_STARTED} == set(ObligationState)


def test_fulfilment_needs_evidence() -> None:
    assert _missing(make_obligation(), S.FULFILLED) == ["The evidence of fulfilment is missing."]
    done = _move(make_obligation(evidence="Biên bản ngày 30/6"), S.FULFILLED)
    assert (done.obligation.state, done.obligation.percent_done) == (S.FULFILLED, 100)
    assert done.following is None
    assert StageStep.made(id=identity("step"), **done.step).record_kind == "obligation"


def test_fulfilment_in_part_says_how_much() -> None:
    assert _missing(make_obligation(), S.PARTLY_FULFILLED) == [
        "How much is done, in percent, is missing."
    ]
    assert _move(make_obligation(percent_done=40), S.PARTLY_FULFILLED)


@pytest.mark.parametrize("target", [S.WAIVED, S.DISPUTED])
def test_waiving_and_disputing_need_a_reason(target: ObligationState) -> None:
    assert _missing(make_obligation(), target) == ["The reason for this step is missing."]
    assert _move(make_obligation(), target, "Hai bên nhất trí").obligation.state is target


def test_a_waived_obligation_is_not_fulfilled_by_going_back() -> None:
    assert _missing(make_obligation(state=S.WAIVED), S.FULFILLED) == [
        "The evidence of fulfilment is missing.",
        "The reason for this step is missing.",
    ]


@pytest.mark.parametrize(
    ("values", "due"),
    [
        ({}, date(2026, 6, 30)),
        ({"due_on": None}, None),
        ({"due_rule": "months_after_entry", "due_months": 6}, date(2021, 2, 28)),
        ({"due_rule": "on_event", "due_on": None}, None),
        (
            {"due_rule": "on_event", "event_on": date(2026, 1, 31), "due_months": 1},
            date(2026, 2, 28),
        ),
        ({"due_rule": "on_event", "event_on": date(2026, 1, 31)}, date(2026, 1, 31)),
        ({"due_rule": "recurrence", "recurrence": "FREQ=YEARLY"}, date(2026, 6, 30)),
        (
            {"due_rule": "recurrence", "recurrence": "FREQ=YEARLY", "due_on": None},
            date(2026, 8, 31),
        ),
    ],
)
def test_the_rule_tells_when_it_is_due(values: dict[str, Any], due: date | None) -> None:
    assert make_obligation(**values).due(ON, ENTRY) == due


@pytest.mark.parametrize("rule", ["months_after_entry", "recurrence"])
def test_what_counts_from_entry_is_not_due_before_it(rule: str) -> None:
    values = {"due_on": None, "due_months": 6, "recurrence": "FREQ=YEARLY"}
    obligation = make_obligation(due_rule=rule, **values)
    assert obligation.due(ON) is None
    assert not obligation.is_late(ON)


def test_on_its_own_day_an_obligation_is_due_but_not_late() -> None:
    obligation = make_obligation(due_on=ON)
    assert not obligation.is_late(ON)
    assert obligation.is_late(date(2026, 7, 11))


@pytest.mark.parametrize("state", [S.FULFILLED, S.WAIVED])
def test_a_settled_obligation_is_never_late(state: ObligationState) -> None:
    assert not make_obligation(state=state).is_late(date(2030, 1, 1))


def test_a_recurring_obligation_makes_the_next_one() -> None:
    move = _move(_yearly(responsible_staff_id=identity("staff")), S.FULFILLED)
    assert move.following is not None
    following = Obligation.made(id=identity("next"), **move.following)
    assert following.due_on == date(2027, 6, 30)
    assert following.state is S.NOT_STARTED
    assert following.evidence == ""
    assert following.text == move.obligation.text
    assert following.responsible_staff_id == identity("staff")


@pytest.mark.parametrize("state", [S.WAIVED, S.IN_PROGRESS])
def test_only_fulfilment_makes_the_next_one(state: ObligationState) -> None:
    assert _move(_yearly(), state, "Năm nay miễn").following is None


def test_a_late_fulfilment_leaves_no_occurrence_out() -> None:
    late = _yearly(due_on=date(2023, 6, 30))
    following = next_obligation(late, ON)
    assert following is not None
    assert following["due_on"] == date(2024, 6, 30)


def test_a_first_day_is_counted_from_entry_into_force() -> None:
    file = ObligationFile(
        obligation=_yearly(due_on=None, recurrence="FREQ=YEARLY;COUNT=10"), in_force_on=ENTRY
    )
    move = advance_obligation(file, S.FULFILLED, on=ON, by=None, at=AT)
    assert move.following is not None
    assert move.following["due_on"] == date(2027, 8, 31)
    assert move.following["recurrence"] == "FREQ=YEARLY;COUNT=3"


def test_without_a_day_to_count_from_nothing_follows() -> None:
    file = ObligationFile(obligation=_yearly(due_on=None))
    move = advance_obligation(replace(file), S.FULFILLED, on=ON, by=None, at=AT)
    assert move.following is None


@given(count=st.integers(1, 12))
def test_a_counted_rule_ends_after_as_many_as_it_says(count: int) -> None:
    obligation: Obligation | None = _yearly(recurrence=f"FREQ=MONTHLY;COUNT={count}")
    days = []
    while obligation is not None:
        days.append(obligation.due_on)
        values = next_obligation(obligation, ON)
        obligation = None if values is None else Obligation.made(id=identity("next"), **values)
    assert len(days) == len(set(days)) == count


def test_a_rule_that_cannot_be_read_is_refused_beside_its_field() -> None:
    with pytest.raises(InvalidError) as caught:
        _yearly(recurrence="every now and then")
    assert [problem.field for problem in caught.value.problems] == ["recurrence"]


def test_a_recurring_obligation_needs_its_rule() -> None:
    with pytest.raises(InvalidError, match="needs a rule"):
        _yearly(recurrence="")


def test_its_heading_is_the_article_and_the_beginning_of_the_text() -> None:
    obligation = make_obligation(text="trao đổi " * 40)
    assert obligation.heading.startswith("Điều 4: trao đổi trao đổi")
    assert obligation.heading.endswith("…")
    assert make_obligation(article="", text="Họp\nhằng năm").heading == "Họp hằng năm"
