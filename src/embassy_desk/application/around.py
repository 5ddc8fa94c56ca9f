"""What lies around a record: what happened with it in time order, and what leads to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from embassy_desk.application.host import mission_day
from embassy_desk.domain.agreement import Agreement, AgreementLink, AgreementParty
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.contact import Contact, Position
from embassy_desk.domain.elevation import Elevation
from embassy_desk.domain.engagement import (
    Commitment,
    Engagement,
    EngagementSubject,
    TheirParticipant,
)
from embassy_desk.domain.entity import Record
from embassy_desk.domain.obligation import Obligation
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.task import Task, TaskParent
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, LabelledEnum, Text

WITH_TIMELINE = frozenset({"contact", "organisation", "agreement", "elevation"})
"""Kinds that have a timeline."""

WITH_LINKED = frozenset({"contact", "organisation", "agreement", "elevation", "engagement"})
"""Kinds that others lead to in ways worth a list."""


@dataclass(frozen=True, kw_only=True)
class Around:
    """One line about a record.

    Attributes:
        kind: Kind of the record that the line opens.
        record_id: That record.
        on: The day it is about; nothing where none is known.
        heading: What the other record is called; empty for a step of the record itself.
        note: What it has to do with the record.
    """

    kind: str
    record_id: UUID
    on: date | None
    heading: str
    note: Text


def timeline(work: UnitOfWork, kind: str, record_id: UUID) -> tuple[Around, ...]:
    """Return engagements, tasks and steps of a record, the latest day first.

    What has no day comes last. Records in the trash are left out.

    Raises:
        MissingError: The record is gone.
    """
    record = work.get(kind_named(kind).entity, record_id)
    found = [
        *_engagements(work, record),
        *_tasks(work, record),
        *_steps(work, record),
    ]
    return tuple(sorted(found, key=lambda each: each.on or date.min, reverse=True))


def linked(work: UnitOfWork, kind: str, record_id: UUID) -> tuple[Around, ...]:
    """Return the records that lead to a record, seen from its side.

    Raises:
        MissingError: The record is gone.
    """
    record = work.get(kind_named(kind).entity, record_id)
    if isinstance(record, Agreement):
        found = [*_of_agreement(work, record)]
    elif isinstance(record, Organisation):
        found = [*_of_organisation(work, record)]
    elif isinstance(record, Engagement):
        found = [*_of_engagement(work, record)]
    else:
        found = []
    if not isinstance(record, Engagement):
        found += _tasks(work, record)
    return tuple(found)


def _engagements(work: UnitOfWork, record: Record) -> Iterator[Around]:
    ids = {
        each.engagement_id
        for each in work.all(EngagementSubject, record_id=record.id)
        if each.record_kind == kind_of(record).name
    }
    if isinstance(record, Contact):
        ids |= {each.engagement_id for each in work.all(TheirParticipant, contact_id=record.id)}
    if isinstance(record, Organisation):
        ids |= {
            each.engagement_id for each in work.all(TheirParticipant, organisation_id=record.id)
        }
    for each in work.get_many(Engagement, ids).values():
        if not each.is_trashed:
            note = N_("{kind}, {state}", kind=each.kind, state=each.state)
            yield _line(each, each.held_on, note)


def _tasks(work: UnitOfWork, record: Record) -> Iterator[Around]:
    parents = work.all(TaskParent, record_id=record.id)
    ids = {each.task_id for each in parents if each.record_kind == kind_of(record).name}
    for each in work.get_many(Task, ids).values():
        if not each.is_trashed:
            note = N_("Task, {state}", state=each.state)
            yield _line(each, each.completed_on or each.due_on, note)


def _steps(work: UnitOfWork, record: Record) -> Iterator[Around]:
    kind = kind_of(record).name
    state = getattr(record, "state", None)
    if not isinstance(state, LabelledEnum):
        return
    labels = {str(each): each for each in type(state)}
    for step in work.parts(StageStep, record):
        after = labels.get(step.to_state, step.to_state)
        before = labels.get(step.from_state, step.from_state)
        text = (
            N_("Entered as “{state}”", state=after)
            if step.is_registered or not step.from_state
            else N_("From “{before}” to “{after}”", before=before, after=after)
        )
        yield Around(kind=kind, record_id=record.id, on=step.on, heading=step.reason, note=text)


def _of_agreement(work: UnitOfWork, record: Agreement) -> Iterator[Around]:
    today = mission_day(work)
    for duty in work.all(Obligation, agreement_id=record.id):
        if not duty.is_trashed:
            note = N_("Obligation, {side}, {state}", side=duty.owing_side, state=duty.state)
            yield _line(duty, duty.due(today), note)
    for case in work.all(Elevation, from_agreement_id=record.id):
        if not case.is_trashed:
            yield _line(case, case.old_ends_on, N_("Elevation case, {state}", state=case.state))
    for link in work.parts(AgreementLink, record):
        yield from _agreement(
            work, link.to_agreement_id, link, N_("This one {kind} it", kind=link.kind)
        )
    for link in work.all(AgreementLink, to_agreement_id=record.id):
        note = N_("It {kind} this one", kind=link.kind)
        yield from _agreement(work, link.agreement_id, link, note)


def _agreement(
    work: UnitOfWork, agreement_id: UUID, link: AgreementLink, note: Text
) -> Iterator[Around]:
    other = work.find(Agreement, agreement_id)
    if other is not None and not other.is_trashed:
        yield _line(other, link.on, note)


def _of_organisation(work: UnitOfWork, record: Organisation) -> Iterator[Around]:
    posts = work.all(Position, organisation_id=record.id)
    people = work.get_many(Contact, {each.contact_id for each in posts})
    for post in posts:
        person = people.get(post.contact_id)
        if person is not None and not person.is_trashed:
            yield _line(person, None, _post(post))
    parties = work.all(AgreementParty, organisation_id=record.id)
    for each in work.get_many(Agreement, {party.agreement_id for party in parties}).values():
        if not each.is_trashed:
            yield _line(each, each.signed_on, N_("Party, {state}", state=each.state))
    for below in work.all(Organisation, parent_id=record.id):
        if not below.is_trashed:
            yield _line(below, None, N_("Belongs to this organisation"))


def _post(post: Position) -> Text:
    return N_("Position: {title}", title=post.title) if post.title else N_("Holds a position")


def _of_engagement(work: UnitOfWork, record: Engagement) -> Iterator[Around]:
    promises = {each.task_id: each for each in work.parts(Commitment, record) if each.task_id}
    for task in work.get_many(Task, promises).values():
        if not task.is_trashed:
            promise = promises[task.id]
            note = N_("Task of a commitment, {state}", state=task.state)
            yield _line(task, task.completed_on or task.due_on or promise.due_on, note)


def _line(record: Record, on: date | None, note: Text) -> Around:
    return Around(
        kind=kind_of(record).name, record_id=record.id, on=on, heading=record.heading, note=note
    )
