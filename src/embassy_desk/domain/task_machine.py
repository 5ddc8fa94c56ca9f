"""The way of a task, and the next one where it comes again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from embassy_desk.domain.days import days_after
from embassy_desk.domain.drafts import TaskDraft
from embassy_desk.domain.entity import Part
from embassy_desk.domain.machine import Machine, Transition, lacking
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.recurrence import next_day
from embassy_desk.domain.task import (
    CLOSED_TASKS,
    ChecklistItem,
    Task,
    TaskKind,
    TaskParent,
    TaskReminder,
    TaskState,
)
from embassy_desk.texts import N_, Text

_S = TaskState
_ACTIVE = (_S.OPEN, _S.IN_PROGRESS, _S.WAITING, _S.DEFERRED)
_NEEDS_OUTCOME = frozenset({TaskKind.OUTREACH, TaskKind.CLEARANCE})
_KEPT_FOR_THE_NEXT = (
    "mission", "owner", "backup", "handling", "title", "detail", "kind", "priority", "zone",
    "assignee", "delegated_by", "recurrence",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TaskFile:
    """A task with its parts.

    Attributes:
        stages: Steps taken so far, oldest first.
    """

    task: Task
    parents: tuple[TaskParent, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    reminders: tuple[TaskReminder, ...] = ()
    stages: tuple[StageStep, ...] = ()

    @property
    def record_id(self) -> UUID:
        """Identity of the task."""
        return self.task.id

    @property
    def heading(self) -> str:
        """Title of the task."""
        return self.task.heading

    @property
    def state(self) -> TaskState:
        """State of the task."""
        return self.task.state


def _needs_for_waiting(file: TaskFile) -> tuple[Text, ...]:
    waits_for = file.task.waiting_on or file.task.waiting_on_contact_id
    return lacking((waits_for, N_("Whom or what the task waits for is missing.")))


def _needs_for_deferred(file: TaskFile) -> tuple[Text, ...]:
    until = file.task.deferred_until
    return lacking((until, N_("The day until which the task is deferred is missing.")))


def _needs_for_done(file: TaskFile) -> tuple[Text, ...]:
    is_enough = file.task.outcome or file.task.kind not in _NEEDS_OUTCOME
    return lacking((is_enough, N_("The outcome is missing.")))


TASK_MACHINE: Machine[TaskFile] = Machine(
    kind="task",
    states=tuple(TaskState),
    by_name_only=frozenset(TaskState),
    transitions=(
        Transition(
            name="start",
            label=N_("Start"),
            sources=(_S.OPEN, _S.WAITING, _S.DEFERRED),
            target=_S.IN_PROGRESS,
        ),
        Transition(
            name="wait",
            label=N_("Wait"),
            sources=(_S.OPEN, _S.IN_PROGRESS, _S.DEFERRED),
            target=_S.WAITING,
            guard=_needs_for_waiting,
        ),
        Transition(
            name="complete",
            label=N_("Done"),
            sources=_ACTIVE,
            target=_S.DONE,
            guard=_needs_for_done,
        ),
        Transition(
            name="defer",
            label=N_("Defer"),
            sources=(_S.OPEN, _S.IN_PROGRESS, _S.WAITING),
            target=_S.DEFERRED,
            guard=_needs_for_deferred,
        ),
        Transition(
            name="put_back",
            label=N_("Put back"),
            sources=(_S.IN_PROGRESS, _S.WAITING, _S.DEFERRED),
            target=_S.OPEN,
        ),
        Transition(
            name="cancel",
            label=N_("Cancel the task"),
            sources=_ACTIVE,
            target=_S.CANCELLED,
            needs_reason=True,
        ),
        Transition(
            name="reopen",
            label=N_("Reopen"),
            sources=(_S.DONE, _S.CANCELLED),
            target=_S.OPEN,
            needs_reason=True,
        ),
    ),
)
"""The states of a task."""


@dataclass(frozen=True)
class TaskMove:
    """What a step of a task brings about.

    Attributes:
        task: The task in its new state.
        step: Values of the stage step to write.
        following: The next task, where a recurring one was done.
    """

    task: Task
    step: Mapping[str, Any]
    following: TaskDraft | None = None


def advance_task(
    file: TaskFile,
    target: TaskState,
    *,
    on: date,
    by: UUID | None,
    at: datetime,
    reason: str = "",
) -> TaskMove:
    """Return the task in its new state, its stage step, and the one that comes next.

    Raises:
        RefusedError: The step may not be taken now; says why and names what is missing.
    """
    step = TASK_MACHINE.move(file, target, on=on, by=by, at=at, reason=reason)
    task = file.task.changed(state=target, **_dates_of(file.task, target, on, by))
    return TaskMove(task, step, following_task(file) if target == _S.DONE else None)


def _dates_of(task: Task, target: TaskState, on: date, by: UUID | None) -> dict[str, Any]:
    """Return what a step into `target` writes beside the state."""
    if target == _S.DONE:
        return {"completed_on": on, "completed_by": by}
    if task.state in CLOSED_TASKS:
        return {"completed_on": None, "completed_by": None}
    if target == _S.WAITING and task.waiting_since is None:
        return {"waiting_since": on}
    if task.state == _S.WAITING:
        return {"waiting_since": None}
    return {}


def next_occurrence(task: Task) -> Mapping[str, Any] | None:
    """Return the values of the task that follows a recurring one; nothing if none does.

    Days count by RFC 5545 from `recurs_from`, else from the day it was due, never from the day
    it was done: nothing drifts, and no occurrence is left out. The start keeps its distance from
    the due day, a deadline with a clock its time of day at the place.
    """
    start = task.recurs_from or task.due_on
    if not task.recurrence or start is None:
        return None
    due = task.due_on or start
    following = next_day(task.recurrence, start, due)
    if following is None:
        return None
    days = (following - due).days
    kept = {name: getattr(task, name) for name in _KEPT_FOR_THE_NEXT}
    return {
        **kept,
        "recurs_from": start,
        "due_on": following,
        "start_on": None if task.start_on is None else days_after(task.start_on, days),
        "due_at": None if task.due_at is None else _same_clock(task.due_at, task.zone, days),
    }


def _same_clock(moment: datetime, zone: str, days: int) -> datetime:
    """Return the same time of day in a zone some days later, across changes of its clock."""
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a zone this computer does not know
        place = ZoneInfo("UTC")
    local = moment.astimezone(place)
    return datetime.combine(days_after(local.date(), days), local.time(), place)


def following_task(file: TaskFile) -> TaskDraft | None:
    """Return the task that follows a recurring one, with its parents and a fresh checklist."""
    values = next_occurrence(file.task)
    if values is None:
        return None
    return TaskDraft(
        values=values,
        parents=tuple(_copied(each) for each in file.parents),
        checklist=tuple({**_copied(each), "is_done": False} for each in file.checklist),
        reminders=tuple(_copied(each) for each in file.reminders),
    )


def _copied(part: Part) -> dict[str, Any]:
    return {name: value for name, value in part if name not in {"id", part.parent_field}}
