"""Tasks: their steps, when they are overdue, and the next one of a recurring task."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.task import Task, TaskKind, TaskState
from embassy_desk.domain.task_machine import (
    TASK_MACHINE,
    TaskFile,
    TaskMove,
    advance_task,
    next_occurrence,
)
from makers import (
    identity,
    make_checklist_item,
    make_task,
    make_task_parent,
    make_task_reminder,
)

S = TaskState
ON = date(2026, 3, 20)
AT = datetime(2026, 3, 20, 8, tzinfo=UTC)
STATES = st.sampled_from(TaskState)


def _move(task: Task, target: TaskState, reason: str = "") -> TaskMove:
    return advance_task(
        TaskFile(task=task), target, on=ON, by=identity("staff"), at=AT, reason=reason
    )


def _missing(task: Task, target: TaskState, reason: str = "") -> list[str]:
    with pytest.raises(RefusedError) as caught:
        _move(task, target, reason)
    return [str(each) for each in caught.value.missing]


def test_every_state_can_be_reached_from_every_other() -> None:
    for start in TaskState:
        reached = {start}
        while (
            new := {step.target for state in reached for step in TASK_MACHINE.steps_from(state)}
            - reached
        ):
            reached |= new
        assert reached == set(TaskState)


@given(state=STATES, target=STATES)
def test_only_named_steps_are_taken_and_each_is_logged_once(
    state: TaskState, target: TaskState
) -> None:
    task = make_task(
        state=state, waiting_on="Bộ Tài chính", deferred_until=date(2026, 5, 1), outcome="Xong"
    )
    is_named = any(step.target == target for step in TASK_MACHINE.steps_from(state))
    if not is_named:
        assert _missing(task, target, "Lý do") == []
        return
    move = _move(task, target, "Lý do")
    step = StageStep.made(id=identity("step"), **move.step)
    assert move.task.state is target
    assert (step.from_state, step.to_state) == (str(state), str(target))


def test_waiting_says_for_whom_and_since_when() -> None:
    assert _missing(make_task(), S.WAITING) == ["Whom or what the task waits for is missing."]
    waiting = _move(make_task(waiting_on="Bộ Tài chính"), S.WAITING).task
    assert waiting.waiting_since == ON
    assert _move(waiting, S.IN_PROGRESS).task.waiting_since is None


def test_waiting_keeps_the_day_it_was_given() -> None:
    task = make_task(waiting_on_contact_id=identity("contact"), waiting_since=date(2026, 3, 1))
    assert _move(task, S.WAITING).task.waiting_since == date(2026, 3, 1)


def test_deferring_says_until_when() -> None:
    assert _missing(make_task(), S.DEFERRED) == [
        "The day until which the task is deferred is missing."
    ]


@pytest.mark.parametrize("kind", [TaskKind.OUTREACH, TaskKind.CLEARANCE])
def test_some_kinds_of_work_need_an_outcome(kind: TaskKind) -> None:
    assert _missing(make_task(kind=kind), S.DONE) == ["The outcome is missing."]
    assert _move(make_task(kind=kind, outcome="Đồng ý"), S.DONE)


def test_done_says_when_and_by_whom_and_reopening_takes_it_back() -> None:
    done = _move(make_task(), S.DONE).task
    assert (done.completed_on, done.completed_by) == (ON, identity("staff"))
    assert _missing(done, S.OPEN) == ["The reason for this step is missing."]
    again = _move(done, S.OPEN, "Chưa xong").task
    assert (again.completed_on, again.completed_by) == (None, None)


def test_cancelling_needs_a_reason() -> None:
    assert _missing(make_task(), S.CANCELLED) == ["The reason for this step is missing."]


@pytest.mark.parametrize(
    ("values", "is_overdue"),
    [
        ({"due_on": date(2026, 3, 19)}, True),
        ({"due_on": date(2026, 3, 20)}, False),
        ({"due_on": None}, False),
        ({"due_on": date(2026, 3, 19), "state": "done"}, False),
        ({"due_on": date(2026, 3, 19), "state": "cancelled"}, False),
        ({"due_on": date(2026, 3, 19), "state": "waiting"}, True),
        ({"due_on": date(2026, 3, 1), "state": "deferred"}, True),
        (
            {"due_on": date(2026, 3, 1), "state": "deferred", "deferred_until": ON},
            False,
        ),
        (
            {
                "due_on": date(2026, 3, 1),
                "state": "deferred",
                "deferred_until": date(2026, 3, 19),
            },
            True,
        ),
    ],
)
def test_a_task_is_overdue_after_its_day(values: dict[str, Any], *, is_overdue: bool) -> None:
    assert make_task(**values).is_overdue(ON) is is_overdue


def test_a_done_task_that_comes_again_makes_the_next_one() -> None:
    task = make_task(
        recurrence="FREQ=MONTHLY",
        start_on=date(2026, 3, 25),
        assignee=identity("staff"),
        outcome="Đã gửi",
    )
    file = TaskFile(
        task=task,
        parents=(make_task_parent(),),
        checklist=(make_checklist_item(is_done=True),),
        reminders=(make_task_reminder(),),
    )
    move = advance_task(file, S.DONE, on=ON, by=None, at=AT)
    assert move.following is not None
    following = Task.made(id=identity("next"), **move.following.values)
    assert (following.start_on, following.due_on) == (date(2026, 4, 24), date(2026, 5, 1))
    assert (following.state, following.outcome) == (S.OPEN, "")
    assert following.assignee == identity("staff")
    assert move.following.parents == (
        {"record_kind": "agreement", "record_id": identity("agreement")},
    )
    assert move.following.checklist == (
        {"text": "Rà soát thuật ngữ", "is_done": False, "place": 0},
    )
    assert move.following.reminders == ({"days_before": 3},)


def test_a_cancelled_task_does_not_come_again() -> None:
    assert _move(make_task(recurrence="FREQ=MONTHLY"), S.CANCELLED, "Thôi").following is None


def test_a_task_without_a_rule_does_not_come_again() -> None:
    assert next_occurrence(make_task()) is None


def test_a_rule_that_is_over_gives_nothing() -> None:
    assert next_occurrence(make_task(recurrence="FREQ=MONTHLY;COUNT=1")) is None


@given(day=st.integers(1, 31), start=st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_monthly_task_never_drifts(day: int, start: date) -> None:
    task = make_task(recurrence=f"FREQ=MONTHLY;BYMONTHDAY={day}", due_on=start)
    for _ in range(12):
        values = next_occurrence(task)
        assert values is not None
        task = Task.made(id=identity("next"), **values)
        assert task.due_on is not None
        assert task.due_on.day == day
        assert task.recurs_from == start


def test_days_count_from_where_the_rule_starts() -> None:
    task = make_task(
        recurrence="FREQ=WEEKLY;INTERVAL=2", recurs_from=date(2026, 3, 2), due_on=date(2026, 3, 18)
    )
    values = next_occurrence(task)
    assert values is not None
    assert values["due_on"] == date(2026, 3, 30)


def test_a_rule_may_start_without_a_due_day() -> None:
    task = make_task(recurrence="FREQ=WEEKLY", recurs_from=date(2026, 3, 2), due_on=None)
    values = next_occurrence(task)
    assert values is not None
    assert values["due_on"] == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Europe/Berlin", 15), ("Asia/Tokyo", 16), ("Nowhere/Else", 16), ("Europe", 16)],
)
def test_a_deadline_keeps_its_clock_where_summer_time_begins(zone: str, hour: int) -> None:
    task = make_task(
        recurrence="FREQ=WEEKLY",
        due_on=date(2026, 3, 25),
        due_at=datetime(2026, 3, 25, 16, tzinfo=UTC),
        zone=zone,
    )
    values = next_occurrence(task)
    assert values is not None
    following = Task.made(id=identity("next"), **values)
    assert following.due_at == datetime(2026, 4, 1, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"due_at": AT}, "A time needs its zone"),
        ({"start_on": date(2026, 5, 1)}, "lies before the beginning"),
        ({"recurrence": "FREQ=DAILY", "due_on": None}, "a day to count from"),
        ({"recurrence": "FREQ=HOURLY"}, "recurrence:"),
        ({"title": " "}, "title: This is needed"),
    ],
)
def test_a_task_that_makes_no_sense_is_refused(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidError, match=sentence):
        make_task(**values)
