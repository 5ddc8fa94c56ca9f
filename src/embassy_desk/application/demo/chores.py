"""Tasks of the demo: of every kind and state, due today, overdue, recurring, waiting."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from embassy_desk.application.demo.chance import Chance
from embassy_desk.application.demo.chore_words import CHECKLISTS, OUTCOMES, ROUTINES, TITLES
from embassy_desk.application.demo.fiction import HOME_ZONE, Fiction, moment
from embassy_desk.application.demo.pen import Pen
from embassy_desk.application.demo.roads import Station, walk
from embassy_desk.application.demo.topics import TOPICS
from embassy_desk.domain.entity import Record
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.task import (
    CLOSED_TASKS,
    ChecklistItem,
    Priority,
    Task,
    TaskKind,
    TaskParent,
    TaskReminder,
    TaskState,
)
from embassy_desk.domain.task_machine import TASK_MACHINE, TaskFile

_S = TaskState
_STATES = (_S.DONE, _S.OPEN, _S.IN_PROGRESS, _S.WAITING, _S.DEFERRED, _S.CANCELLED)
_WEIGHTS = (48, 22, 12, 10, 4, 4)
_CANCELLED = "Không còn cần thiết sau khi đổi kế hoạch."
_DUE_TODAY = 8
_KIND_PARENTS = {
    TaskKind.OBLIGATION: "obligation",
    TaskKind.CLEARANCE: "agreement",
    TaskKind.TRANSLATION: "agreement",
    TaskKind.OUTREACH: "campaign",
    TaskKind.FOLLOW_UP: "engagement",
    TaskKind.PREPARE_VISIT: "engagement",
}


def tell_of_chores(pen: Pen, story: Fiction) -> None:
    """Enter the tasks that did not grow out of commitments."""
    chance = story.chance("chores")
    for routine in ROUTINES:
        _enter_routine(pen, story, chance, *routine)
    for place in range(max(len(TaskKind) * 2, story.size.tasks - story.tasks)):
        kind = tuple(TaskKind)[place % len(TaskKind)]
        state = _S.OPEN if place < _DUE_TODAY else chance.choices(_STATES, _WEIGHTS)[0]
        due = story.on if place < _DUE_TODAY else _due(chance, story, state)
        _enter(pen, story, chance, kind, state, due)
        pen.rest()


def _due(chance: Chance, story: Fiction, state: TaskState) -> date | None:
    """Return when a task is due; one in six of those still open is late, some have no day."""
    if state in CLOSED_TASKS:
        return chance.working_day_between(story.before(700), story.on)
    when = chance.choices(("late", "never", "later"), (16, 8, 76))[0]
    if when == "never":
        return None
    if when == "late":
        return chance.working_day_between(story.before(60), story.before(1))
    return chance.working_day_between(story.on, story.before(-120))


def _enter(
    pen: Pen, story: Fiction, chance: Chance, kind: TaskKind, state: TaskState, due: date | None
) -> None:
    topic = chance.choice(TOPICS)
    made = min(due or story.on, story.on) - timedelta(days=chance.randint(2, 60))
    owner = chance.choice((story.staff[0], story.staff[0], *story.staff))
    task = pen.new(
        Task,
        made,
        title=chance.choice(TITLES[kind]).format(topic=topic.vi, topic_en=topic.en),
        kind=kind,
        state=state,
        priority=chance.choices(tuple(Priority), (10, 62, 22, 6))[0],
        start_on=made if chance.happens(0.3) else None,
        due_on=due,
        owner=owner.id,
        assignee=owner.id,
        delegated_by=story.staff[1].id if chance.happens(0.2) else None,
        **(_clock(due) if due and kind is TaskKind.REPORT and chance.happens(0.3) else {}),
        **_progress(chance, story, state, made, owner.id),
    )
    _add_parts(pen, story, chance, task)
    _walk(pen, story, chance, task, made)


def _clock(due: date) -> dict[str, Any]:
    """Return five o'clock in Hà Nội on that day, which is seven in Tokyo."""
    return {"due_at": moment(due, 19), "zone": HOME_ZONE}


def _progress(
    chance: Chance, story: Fiction, state: TaskState, made: date, owner: UUID
) -> dict[str, Any]:
    if state is _S.DONE:
        done = chance.day_between(made, story.on)
        return {
            "outcome": chance.choice(OUTCOMES),
            "completed_on": done,
            "completed_by": owner,
            "effort_minutes": chance.choice((15, 30, 60, 90, 180)),
        }
    if state is _S.WAITING:
        person = chance.choice(story.people) if story.people else None
        return {
            "waiting_on": person.name if person else "Bộ chủ trì",
            "waiting_on_contact_id": person.id if person else None,
            "waiting_since": chance.day_between(made, story.on),
        }
    if state is _S.DEFERRED:
        return {"deferred_until": story.on + timedelta(days=chance.randint(3, 60))}
    return {}


def _add_parts(pen: Pen, story: Fiction, chance: Chance, task: Task) -> None:
    kind = _KIND_PARENTS.get(task.kind)
    parents = _possible_parents(story, kind)
    if kind and parents and chance.happens(0.8):
        pen.part(TaskParent, task, record_kind=kind, record_id=chance.choice(parents))
    if story.people and chance.happens(0.25):
        person = chance.choice(story.people)
        pen.part(TaskParent, task, record_kind="contact", record_id=person.id)
    if chance.happens(0.2):
        is_done = task.state is _S.DONE
        for place, text in enumerate(chance.choice(CHECKLISTS)):
            done = is_done or (task.state is _S.IN_PROGRESS and place == 0)
            pen.part(ChecklistItem, task, text=text, is_done=done, place=place)
    if task.due_on and task.state not in CLOSED_TASKS and chance.happens(0.3):
        pen.part(TaskReminder, task, days_before=chance.choice((1, 3, 7)))


def _possible_parents(story: Fiction, kind: str | None) -> list[UUID]:
    records: dict[str, Sequence[Record]] = {
        "obligation": story.obligations,
        "agreement": story.agreements,
        "campaign": story.campaigns,
        "engagement": story.engagements,
    }
    return [each.id for each in records.get(kind or "", ())]


def _walk(pen: Pen, story: Fiction, chance: Chance, task: Task, made: date) -> None:
    day = task.completed_on or task.waiting_since or chance.day_between(made, story.on)
    road = [Station(_S.OPEN, made)]
    if task.state is _S.DONE and chance.happens(0.5):
        road.append(Station(_S.IN_PROGRESS, made + (day - made) // 2))
    if task.state is not _S.OPEN:
        road.append(Station(task.state, day, _CANCELLED if task.state is _S.CANCELLED else ""))

    def file_of(present: Task, stages: tuple[StageStep, ...]) -> TaskFile:
        return TaskFile(task=present, stages=stages)

    walk(pen, task, TASK_MACHINE, file_of, road, task.owner or story.staff[0].id)


def _enter_routine(
    pen: Pen, story: Fiction, chance: Chance, title: str, kind: TaskKind, rule: str, ahead: int
) -> None:
    """Enter a task that comes again, with its last occurrence done and the next one open."""
    owner = chance.choice(story.mission_staff)
    made = story.before(chance.randint(100, 300))
    task = pen.new(
        Task,
        made,
        title=title,
        kind=kind,
        state=_S.OPEN,
        due_on=story.on + timedelta(days=ahead),
        recurs_from=made,
        recurrence=rule,
        owner=owner.id,
        assignee=owner.id,
    )
    pen.part(TaskReminder, task, days_before=2)
    _walk(pen, story, chance, task, made)
    story.tasks += 1
