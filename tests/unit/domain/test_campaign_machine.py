"""Campaigns: their steps, those of their targets, and when the next touch is due."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.campaign import CampaignState, CampaignTarget, TargetState
from embassy_desk.domain.campaign_machine import (
    CAMPAIGN_MACHINE,
    TARGET_MACHINE,
    CampaignFile,
    TargetFile,
    advance_campaign,
    is_unanswered,
    move_target,
    touch,
)
from embassy_desk.domain.errors import InvalidError, RefusedError
from makers import identity, make_campaign, make_campaign_step, make_campaign_target

C = CampaignState
T = TargetState
ON = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def _missing(file: CampaignFile, target: CampaignState) -> list[str]:
    with pytest.raises(RefusedError) as caught:
        advance_campaign(file, target, on=ON, by=None, at=AT)
    return [str(each) for each in caught.value.missing]


def _target(**values: Any) -> TargetFile:
    return TargetFile(target=make_campaign_target(**values), campaign=make_campaign())


def test_a_campaign_starts_with_goal_message_and_targets() -> None:
    assert _missing(CampaignFile(campaign=make_campaign()), C.RUNNING) == [
        "The goal is missing.",
        "The message, or a step with a text, is missing.",
        "The targets are missing.",
    ]


def test_a_step_with_a_text_is_a_message() -> None:
    file = CampaignFile(
        campaign=make_campaign(goal="20 doanh nghiệp"),
        steps=(make_campaign_step(),),
        targets=(make_campaign_target(),),
    )
    campaign, step = advance_campaign(file, C.RUNNING, on=ON, by=None, at=AT)
    assert campaign.state is C.RUNNING
    assert (step["record_kind"], step["to_state"]) == ("campaign", "running")


def test_a_campaign_closes_with_its_outcome_and_is_cancelled_with_a_reason() -> None:
    running = CampaignFile(campaign=make_campaign(state=C.RUNNING))
    assert _missing(running, C.CLOSED) == ["The outcome is missing."]
    assert _missing(running, C.CANCELLED) == ["The reason for this step is missing."]


@pytest.mark.parametrize("machine", [CAMPAIGN_MACHINE, TARGET_MACHINE])
def test_every_state_can_be_reached_by_named_steps(machine: Any) -> None:
    targets = {step.target for step in machine.transitions}
    assert targets | {machine.states[0]} == set(machine.states)


def test_the_first_touch_contacts_and_proposes_the_next() -> None:
    touched = touch(make_campaign_target(), make_campaign(), ON)
    assert (touched.state, touched.touches) == (T.CONTACTED, 1)
    assert (touched.last_touch_on, touched.next_touch_on) == (ON, date(2026, 3, 16))


def test_the_next_step_of_the_campaign_says_how_long_to_wait() -> None:
    steps = (
        make_campaign_step(id=identity("call"), place=2, mode="phone", after_days=5),
        make_campaign_step(place=1),
    )
    first = touch(make_campaign_target(), make_campaign(), ON, steps)
    assert first.next_touch_on == date(2026, 3, 7)
    second = touch(first, make_campaign(), date(2026, 3, 7), steps)
    assert second.next_touch_on == date(2026, 3, 21)


def test_a_touch_after_a_reply_changes_no_state() -> None:
    assert touch(make_campaign_target(state=T.REPLIED), make_campaign(), ON).state is T.REPLIED


@pytest.mark.parametrize("state", [T.AGREED, T.DECLINED, T.NO_ANSWER])
def test_a_closed_target_is_left_in_peace(state: TargetState) -> None:
    with pytest.raises(RefusedError, match="through with this target"):
        touch(make_campaign_target(state=state), make_campaign(), ON)


@given(limit=st.integers(1, 6), touches=st.integers(0, 8))
def test_no_answer_takes_as_many_touches_as_the_campaign_says(limit: int, touches: int) -> None:
    campaign = make_campaign(touches_before_no_answer=limit)
    target = make_campaign_target(state=T.CONTACTED, touches=touches)
    missing = TARGET_MACHINE.missing(TargetFile(target=target, campaign=campaign), T.NO_ANSWER)
    assert (missing == ()) is (touches >= limit)


def test_giving_up_early_says_how_many_tries_it_takes() -> None:
    with pytest.raises(RefusedError) as caught:
        move_target(_target(state=T.CONTACTED, touches=1), T.NO_ANSWER)
    assert [str(each) for each in caught.value.missing] == ["Tries so far: 1. “No answer” takes 3."]


def test_silence_after_the_last_touch_counts_once_its_time_is_over() -> None:
    campaign = make_campaign()
    target: CampaignTarget = make_campaign_target()
    for day in (2, 9, 16):
        assert not is_unanswered(target, campaign, date(2026, 12, 31))
        target = touch(target, campaign, date(2026, 3, day))
    assert not is_unanswered(target, campaign, date(2026, 3, 29))
    assert is_unanswered(target, campaign, date(2026, 3, 30))
    settled = move_target(TargetFile(target=target, campaign=campaign), T.NO_ANSWER)
    assert (settled.state, settled.next_touch_on) == (T.NO_ANSWER, None)
    assert not is_unanswered(settled, campaign, date(2026, 12, 31))


def test_a_target_without_a_proposed_touch_has_had_its_time() -> None:
    target = make_campaign_target(state=T.CONTACTED, touches=3)
    assert is_unanswered(target, make_campaign(), ON)


def test_a_late_reply_opens_a_target_given_up() -> None:
    assert move_target(_target(state=T.NO_ANSWER), T.REPLIED).state is T.REPLIED


def test_contacting_keeps_the_proposed_touch_and_an_answer_drops_it() -> None:
    contacted = move_target(_target(next_touch_on=ON), T.CONTACTED)
    assert contacted.next_touch_on == ON
    file = TargetFile(target=contacted, campaign=make_campaign())
    assert move_target(file, T.REPLIED).next_touch_on is None


def test_a_refusal_is_taken_back_with_a_reason() -> None:
    with pytest.raises(RefusedError):
        move_target(_target(state=T.DECLINED), T.REPLIED)
    assert move_target(_target(state=T.DECLINED), T.REPLIED, reason="Đổi ý").state is T.REPLIED


def test_a_target_is_called_by_its_name_or_its_campaign() -> None:
    assert _target().heading == "Đặng Thị Hường"
    assert _target(name_then="").heading == make_campaign().heading
    assert (_target().stages, _target().record_id) == ((), identity("campaign_target"))


def test_a_target_is_somebody() -> None:
    with pytest.raises(InvalidError, match="A target needs"):
        make_campaign_target(contact_id=None, name_then="")


def test_a_campaign_ends_after_it_begins() -> None:
    with pytest.raises(InvalidError, match="lies before the beginning"):
        make_campaign(starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 30))
