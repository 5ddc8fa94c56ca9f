"""Engagements: their steps, and the tasks that grow out of commitments."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from embassy_desk.domain.choices import OwingSide
from embassy_desk.domain.engagement import CommitmentState, EngagementState
from embassy_desk.domain.engagement_machine import (
    EngagementFile,
    advance_engagement,
    task_for_commitment,
)
from embassy_desk.domain.entity import Handling
from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.task import Task, TaskKind, TaskState
from makers import (
    identity,
    make_commitment,
    make_engagement,
    make_our_participant,
    make_their_participant,
)

S = EngagementState
ON = date(2026, 3, 11)
AT = datetime(2026, 3, 11, 8, tzinfo=UTC)


def _move(file: EngagementFile, target: EngagementState, reason: str = "") -> EngagementFile:
    engagement, values = advance_engagement(file, target, on=ON, by=None, at=AT, reason=reason)
    step = StageStep.made(id=identity(f"step {len(file.stages)}"), **values)
    return replace(file, engagement=engagement, stages=(*file.stages, step))


def _file(**values: Any) -> EngagementFile:
    return EngagementFile(engagement=make_engagement(**values))


def _missing(file: EngagementFile, target: EngagementState, reason: str = "") -> list[str]:
    with pytest.raises(RefusedError) as caught:
        _move(file, target, reason)
    return [str(each) for each in caught.value.missing]


def test_an_engagement_is_planned_held_and_recorded() -> None:
    held = _move(_file(readout="Bạn ủng hộ."), S.HELD)
    recorded = _move(held, S.RECORDED)
    assert [step.to_state for step in recorded.stages] == ["held", "recorded"]


def test_it_is_recorded_only_with_what_was_said() -> None:
    assert _missing(_file(), S.RECORDED) == ["What was said, the readout, is missing."]


def test_not_holding_needs_a_reason_which_is_kept() -> None:
    assert _missing(_file(), S.NOT_HELD) == ["The reason for this step is missing."]
    off = _move(_file(), S.NOT_HELD, "Bạn bận họp Quốc hội")
    assert off.engagement.not_held_reason == "Bạn bận họp Quốc hội"
    on_again = _move(off, S.PLANNED)
    assert on_again.engagement.not_held_reason == ""


def test_a_reason_already_on_the_engagement_counts() -> None:
    assert _move(_file(not_held_reason="Bão"), S.NOT_HELD).stages[0].reason == "Bão"


def test_what_was_held_did_take_place() -> None:
    assert _missing(_file(state=S.HELD), S.NOT_HELD, "Nhầm") == []


def test_going_back_needs_a_reason() -> None:
    assert _missing(_file(state=S.HELD), S.PLANNED) == ["The reason for this step is missing."]


def test_what_we_owe_becomes_a_task_to_do() -> None:
    engagement = make_engagement(owner=identity("owner"), handling=Handling.RESTRICTED)
    draft = task_for_commitment(engagement, make_commitment())
    task = Task.made(id=identity("task"), **draft.values)
    assert task.title == "Gửi dự thảo Bản ghi nhớ cho phía bạn."
    assert task.detail == ""
    assert (task.kind, task.state) == (TaskKind.FOLLOW_UP, TaskState.OPEN)
    assert task.due_on == date(2026, 4, 1)
    assert task.assignee == identity("staff")
    assert (task.mission, task.owner) == ("TOK", identity("owner"))
    assert task.handling is Handling.RESTRICTED
    assert draft.parents == ({"record_kind": "engagement", "record_id": identity("engagement")},)


def test_what_they_owe_becomes_a_task_that_waits_since_the_meeting() -> None:
    commitment = make_commitment(
        owed_by=OwingSide.THEIRS, who="Bà Sato", contact_id=identity("contact"), staff_id=None
    )
    engagement = make_engagement(owner=identity("owner"))
    draft = task_for_commitment(engagement, commitment)
    task = Task.made(id=identity("task"), **draft.values)
    assert task.state is TaskState.WAITING
    assert (task.waiting_on, task.waiting_since) == ("Bà Sato", date(2026, 3, 10))
    assert task.waiting_on_contact_id == identity("contact")
    assert task.assignee == identity("owner")
    assert [parent["record_kind"] for parent in draft.parents] == ["engagement", "contact"]


@pytest.mark.parametrize("text", ["Gửi thư\ncho Bộ trưởng", "rất dài " * 100])
def test_a_long_commitment_is_cut_for_the_title_and_kept_in_the_detail(text: str) -> None:
    draft = task_for_commitment(make_engagement(), make_commitment(text=text))
    task = Task.made(id=identity("task"), **draft.values)
    assert len(task.title) <= 200
    assert task.detail == text.strip()


def test_one_commitment_makes_one_task() -> None:
    with pytest.raises(RefusedError, match="already"):
        task_for_commitment(make_engagement(), make_commitment(task_id=identity("task")))


def test_a_closed_commitment_makes_no_task() -> None:
    with pytest.raises(RefusedError, match="closed"):
        task_for_commitment(make_engagement(), make_commitment(state=CommitmentState.KEPT))


@pytest.mark.parametrize(
    ("values", "on", "is_missed"),
    [
        ({}, date(2026, 4, 2), True),
        ({}, date(2026, 4, 1), False),
        ({"due_on": None}, date(2030, 1, 1), False),
        ({"state": CommitmentState.KEPT}, date(2030, 1, 1), False),
    ],
)
def test_a_commitment_is_missed_after_its_day(
    values: dict[str, Any], on: date, *, is_missed: bool
) -> None:
    assert make_commitment(**values).is_missed(on) is is_missed


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"starts_at": AT}, "A time needs its zone"),
        ({"ends_at": AT}, "needs a beginning"),
        (
            {
                "starts_at": AT,
                "ends_at": datetime(2026, 3, 11, 7, tzinfo=UTC),
                "zone": "Asia/Tokyo",
            },
            "needs a beginning before it",
        ),
        ({"country": "Japan"}, "country: Write the two letters"),
    ],
)
def test_an_engagement_that_makes_no_sense_is_refused(
    values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidError, match=sentence):
        make_engagement(**values)


def test_a_participant_is_somebody() -> None:
    with pytest.raises(InvalidError, match="needs a name"):
        make_our_participant(staff_id=None, name_then="")
    with pytest.raises(InvalidError, match="needs a name or an organisation"):
        make_their_participant(contact_id=None, name_then="")
    assert make_their_participant(contact_id=None, name_then="", organisation_then="JETRO")
