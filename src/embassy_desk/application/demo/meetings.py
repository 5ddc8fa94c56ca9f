"""Engagements of the demo: three years of meetings, calls and letters, and some to come."""

from datetime import date, timedelta
from typing import Any

from embassy_desk.application.demo.chance import Chance
from embassy_desk.application.demo.fiction import HOST, ZONE, Body, Fiction, moment
from embassy_desk.application.demo.meeting_words import (
    FEEDBACK,
    NOT_HELD,
    OUR_PROMISES,
    PLACES,
    READOUTS,
    SUBJECTS,
    THEIR_PROMISES,
)
from embassy_desk.application.demo.pen import Pen
from embassy_desk.application.demo.roads import Station, enter_at, walk
from embassy_desk.application.demo.topics import TOPICS, Topic
from embassy_desk.domain.choices import Mode, OwingSide
from embassy_desk.domain.engagement import (
    Commitment,
    CommitmentState,
    Engagement,
    EngagementKind,
    EngagementPillar,
    EngagementState,
    EngagementSubject,
    OurParticipant,
    Reporting,
    TheirParticipant,
)
from embassy_desk.domain.engagement_machine import (
    ENGAGEMENT_MACHINE,
    EngagementFile,
    task_for_commitment,
)
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.task import Task, TaskParent

_K, _S = EngagementKind, EngagementState
_WEIGHTS = (30, 12, 5, 8, 12, 5, 7, 4, 5, 4, 3, 3, 5, 8, 1)  # one per kind, in their order
_MODES = {
    _K.PHONE: Mode.PHONE, _K.VIDEO: Mode.VIDEO, _K.LETTER: Mode.LETTER,
    _K.NOTE_VERBALE: Mode.LETTER, _K.EMAIL: Mode.EMAIL,
}  # fmt: skip
_LEVELS = (
    "working", "working", "working", "director", "director", "director_general",
    "chief_executive", "head_of_mission", "vice_minister",
)  # fmt: skip
_PAST_DAYS, _DAYS_AHEAD = 1090, 60
_TODAY = 3


def tell_of_meetings(pen: Pen, story: Fiction) -> None:
    """Enter the engagements with participants, readouts and commitments."""
    chance = story.chance("meetings")
    hosts = [each for each in story.bodies if each.country == HOST]
    for place in range(story.size.engagements - len(story.engagements)):
        on = story.on if place < _TODAY else _day(chance, story)
        _enter(pen, story, chance, chance.choice(hosts), on)
        pen.rest()


def _day(chance: Chance, story: Fiction) -> date:
    """Return a working day; the last year is fuller than the ones before."""
    if chance.happens(0.08):
        return chance.working_day_between(story.before(-1), story.before(-_DAYS_AHEAD))
    first = _PAST_DAYS if chance.happens(0.5) else 365
    return chance.working_day_between(story.before(first), story.before(1))


def _enter(pen: Pen, story: Fiction, chance: Chance, body: Body, on: date) -> None:
    topic, kind = chance.choice(TOPICS), chance.choices(tuple(_K), _WEIGHTS)[0]
    state = _state(chance, story, on)
    words = {"body": body.name, "body_en": body.name_en, "topic": topic.vi, "topic_en": topic.en}
    engagement = pen.new(
        Engagement,
        min(on, story.on) - timedelta(days=chance.randint(1, 20)),
        subject=chance.choice(SUBJECTS[kind]).format(**words),
        kind=kind,
        state=state,
        mode=_MODES.get(kind, Mode.IN_PERSON),
        level=chance.choice(_LEVELS),
        held_on=on,
        place=body.name if kind in {_K.CALL_ON, _K.SITE_VISIT} else chance.choice(PLACES),
        country=HOST,
        pillar=topic.pillar,
        theme=topic.vi,
        owner=chance.choice(story.mission_staff).id,
        **_clock(chance, kind, on),
        **_content(chance, story, state, topic, on),
    )
    _add_ours(pen, story, chance, engagement)
    add_theirs(pen, story, chance, engagement, body)
    _add_subjects(pen, story, chance, engagement, body, topic)
    if state is _S.RECORDED and chance.happens(0.5):
        _add_commitments(pen, story, chance, engagement, body)
    _walk(pen, story, engagement)
    story.engagements.append(engagement)


def _state(chance: Chance, story: Fiction, on: date) -> EngagementState:
    if on >= story.on:
        return _S.PLANNED
    if on > story.before(10):
        return chance.choice((_S.HELD, _S.RECORDED, _S.HELD, _S.PLANNED))
    return chance.choices((_S.RECORDED, _S.HELD, _S.NOT_HELD), (90, 4, 6))[0]


def _clock(chance: Chance, kind: EngagementKind, on: date) -> dict[str, Any]:
    if kind in {_K.LETTER, _K.NOTE_VERBALE, _K.EMAIL}:
        return {}
    starts = moment(on, chance.randint(9, 17), chance.choice((0, 0, 30)))
    length = timedelta(minutes=chance.choice((30, 60, 60, 90, 120)))
    return {"starts_at": starts, "ends_at": starts + length, "zone": ZONE}


def _content(
    chance: Chance, story: Fiction, state: EngagementState, topic: Topic, on: date
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if chance.happens(0.4):
        values["agenda"] = f"1. Tình hình hợp tác về {topic.vi}\n2. Kế hoạch sắp tới\n3. Đề xuất"
    if state is _S.NOT_HELD:
        return values | {"not_held_reason": chance.choice(NOT_HELD)}
    if state is not _S.RECORDED:
        return values
    said = chance.sample(READOUTS, chance.randint(2, 4))
    values["readout"] = "\n".join(each.format(topic=topic.vi) for each in said)
    if chance.happens(0.15):
        values["policy_feedback"] = chance.choice(FEEDBACK)
    if chance.happens(0.2):
        values["follow_up_on"] = on + timedelta(days=chance.choice((14, 30, 60, 90)))
    is_old = on < story.before(20)
    if chance.happens(0.45):
        values["reporting"] = Reporting.SENT if is_old else Reporting.NEEDED
    if values.get("reporting") is Reporting.SENT:
        values["report_reference"] = f"Báo cáo {chance.randint(1, 400)}/BC-ĐSQ"
    return values


def _add_ours(pen: Pen, story: Fiction, chance: Chance, engagement: Engagement) -> None:
    for each in chance.some(story.staff, 1, 3):
        pen.part(
            OurParticipant,
            engagement,
            staff_id=each.id,
            name_then=each.heading,
            section_then=each.section,
        )


def add_theirs(
    pen: Pen, story: Fiction, chance: Chance, engagement: Engagement, body: Body | None
) -> None:
    """Add one to four people of a body; the body alone where the mission knows nobody there."""
    if body is None:
        return
    people = chance.some(story.people_of.get(body.id, ()), 1, 4)
    for each in people:
        pen.part(
            TheirParticipant,
            engagement,
            contact_id=each.id,
            name_then=each.name,
            organisation_id=body.id,
            organisation_then=body.name,
            position_then=each.title,
            attended=chance.happens(0.95),
        )
    if not people:
        pen.part(TheirParticipant, engagement, organisation_id=body.id, organisation_then=body.name)


def _add_subjects(
    pen: Pen, story: Fiction, chance: Chance, engagement: Engagement, body: Body, topic: Topic
) -> None:
    pen.part(EngagementSubject, engagement, record_kind="organisation", record_id=body.id)
    about = [
        each
        for each in story.agreements
        if each.topics == topic.vi or each.partner_lead_id == body.id
    ]
    if about and chance.happens(0.4):
        chosen = chance.choice(about)
        pen.part(EngagementSubject, engagement, record_kind="agreement", record_id=chosen.id)
    if chance.happens(0.15) and topic.pillar != "economic":
        pen.part(EngagementPillar, engagement, pillar="economic")


def _add_commitments(
    pen: Pen, story: Fiction, chance: Chance, engagement: Engagement, body: Body
) -> None:
    people = story.people_of.get(body.id)
    promiser = chance.choice(people) if people else None
    for _ in range(chance.randint(1, 2)):
        is_ours = chance.happens(0.55)
        due = engagement.held_on + timedelta(days=chance.choice((7, 14, 30, 45, 90)))
        state = _promise_state(chance, story, due)
        is_closed = state is not CommitmentState.OPEN
        commitment = pen.work.new_part(
            Commitment,
            engagement,
            owed_by=OwingSide.OURS if is_ours else OwingSide.THEIRS,
            who="" if is_ours else promiser.name if promiser else body.name,
            staff_id=engagement.owner if is_ours else None,
            contact_id=promiser.id if promiser and not is_ours else None,
            text=chance.choice(OUR_PROMISES if is_ours else THEIR_PROMISES),
            due_on=due,
            state=state,
            closed_on=min(due, story.on) if is_closed else None,
        )
        _keep_in_mind(pen, story, chance, engagement, commitment)


def _promise_state(chance: Chance, story: Fiction, due: date) -> CommitmentState:
    if due > story.before(25):
        return CommitmentState.OPEN
    states = tuple(CommitmentState)
    return chance.choices(states, (6, 84, 10))[0]


def _keep_in_mind(
    pen: Pen, story: Fiction, chance: Chance, engagement: Engagement, commitment: Commitment
) -> None:
    """Write a commitment down; many open ones become tasks, as the desk proposes them."""
    if commitment.state is CommitmentState.OPEN and chance.happens(0.6):
        draft = task_for_commitment(engagement, commitment)
        task = pen.new(Task, engagement.held_on, **draft.values)
        for parent in draft.parents:
            pen.part(TaskParent, task, **parent)
        entered = Station(task.state, engagement.held_on)
        enter_at(pen, task, entered, engagement.owner or story.staff[0].id)
        commitment = commitment.changed(task_id=task.id)
        story.tasks += 1
    pen.add(commitment)


def _walk(pen: Pen, story: Fiction, engagement: Engagement) -> None:
    made = engagement.created_at.date() if engagement.created_at else story.on
    road = [Station(_S.PLANNED, made)]
    on = max(made, engagement.held_on)
    if engagement.state in {_S.HELD, _S.RECORDED}:
        road.append(Station(_S.HELD, on))
    if engagement.state is _S.RECORDED:
        road.append(Station(_S.RECORDED, min(on + timedelta(days=1), story.on)))
    if engagement.state is _S.NOT_HELD:
        road.append(Station(_S.NOT_HELD, on, engagement.not_held_reason))

    def file_of(present: Engagement, stages: tuple[StageStep, ...]) -> EngagementFile:
        return EngagementFile(engagement=present, stages=stages)

    walk(pen, engagement, ENGAGEMENT_MACHINE, file_of, road, engagement.owner or story.staff[0].id)
