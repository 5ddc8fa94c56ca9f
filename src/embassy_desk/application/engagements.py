"""Engagements: who took part as what on that day, what was said, what was promised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from embassy_desk.application.records import log_registered_state
from embassy_desk.application.steps import make_task
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.contact import Contact, Position
from embassy_desk.domain.engagement import (
    Commitment,
    CommitmentState,
    Engagement,
    EngagementSubject,
    OurParticipant,
    TheirParticipant,
)
from embassy_desk.domain.engagement_machine import task_for_commitment
from embassy_desk.domain.links import link_id
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.positions import participant_then
from embassy_desk.domain.staff import Staff
from embassy_desk.domain.task import Task
from embassy_desk.store.work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class EngagementEntry:
    """What a person writes down of an engagement, in one go.

    Attributes:
        values: Fields of the engagement; subject and day are needed.
        contact_ids: Contacts who took part.
        staff_ids: Our own people who took part.
        subject_ids: Records that it was about, such as agreements.
        commitments: Fields of each commitment; each open one becomes a task.
    """

    values: Mapping[str, Any]
    contact_ids: tuple[UUID, ...] = ()
    staff_ids: tuple[UUID, ...] = ()
    subject_ids: tuple[tuple[str, UUID], ...] = ()
    commitments: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def record_engagement(work: UnitOfWork, entry: EngagementEntry) -> Engagement:
    """Write down an engagement with participants, subjects, commitments and their tasks.

    Raises:
        InvalidError: Some values are wrong; every problem of the first wrong row is named.
        MissingError: A participant is gone.
    """
    engagement = work.save(work.new(Engagement, **entry.values))
    log_registered_state(work, engagement)
    add_participants(work, engagement, entry.contact_ids)
    add_our_participants(work, engagement, entry.staff_ids)
    for kind, record_id in entry.subject_ids:
        add_subject(work, engagement, kind, record_id)
    for values in entry.commitments:
        add_commitment(work, engagement, values)
    return engagement


def add_participants(
    work: UnitOfWork, engagement: Engagement, contact_ids: Iterable[UUID]
) -> tuple[TheirParticipant, ...]:
    """Add contacts as they were on the day of the engagement; later moves do not change that.

    Raises:
        MissingError: A contact is gone.
    """
    added = []
    for contact_id in dict.fromkeys(contact_ids):
        contact = work.get(Contact, contact_id)
        positions = work.parts(Position, contact)
        organisations = work.get_many(
            Organisation, (each.organisation_id for each in positions if each.organisation_id)
        )
        values = participant_then(contact, positions, organisations, engagement.held_on)
        added.append(
            work.save(
                work.new_part(
                    TheirParticipant,
                    engagement,
                    id=link_id("their_participant", engagement.id, contact_id),
                    **values,
                )
            )
        )
    return tuple(added)


def add_our_participants(
    work: UnitOfWork, engagement: Engagement, staff_ids: Iterable[UUID]
) -> tuple[OurParticipant, ...]:
    """Add our own people with the section they belonged to on that day.

    Raises:
        MissingError: A member of staff is gone.
    """
    added = []
    for staff_id in dict.fromkeys(staff_ids):
        person = work.get(Staff, staff_id)
        added.append(
            work.save(
                work.new_part(
                    OurParticipant,
                    engagement,
                    id=link_id("our_participant", engagement.id, staff_id),
                    staff_id=staff_id,
                    name_then=person.heading,
                    section_then=person.section,
                )
            )
        )
    return tuple(added)


def add_subject(
    work: UnitOfWork, engagement: Engagement, kind: str, record_id: UUID
) -> EngagementSubject:
    """Say that an engagement was about a record; the same twice is one row."""
    return work.save(
        work.new_part(
            EngagementSubject,
            engagement,
            id=link_id("engagement_subject", engagement.id, record_id),
            record_kind=kind,
            record_id=record_id,
        )
    )


def add_commitment(
    work: UnitOfWork, engagement: Engagement, values: Mapping[str, Any]
) -> tuple[Commitment, Task]:
    """Write down what somebody promised, and make the task by which it is kept or watched.

    Raises:
        InvalidError: Some values are wrong.
        RefusedError: The commitment is closed already.
    """
    commitment = work.new_part(Commitment, engagement, **values)
    task = make_task(work, task_for_commitment(engagement, commitment))
    return work.save(commitment.changed(task_id=task.id)), task


def with_task(work: UnitOfWork, engagement: Engagement, commitment: Commitment) -> Commitment:
    """Return a commitment with the task by which it is kept; a closed one needs none."""
    if commitment.task_id is not None or commitment.state is not CommitmentState.OPEN:
        return commitment
    task = make_task(work, task_for_commitment(engagement, commitment))
    return commitment.changed(task_id=task.id)


def engagements_of(work: UnitOfWork, contact_id: UUID) -> tuple[Engagement, ...]:
    """Return the engagements in which a contact took part, newest first."""
    rows = work.all(TheirParticipant, contact_id=contact_id)
    found = work.get_many(Engagement, (each.engagement_id for each in rows))
    held = [each for each in found.values() if not each.is_trashed]
    return tuple(sorted(held, key=lambda each: (each.held_on, each.id), reverse=True))


def last_met_on(work: UnitOfWork, contact_id: UUID, on: date) -> date | None:
    """Return the day of the last engagement with a contact up to a day; nothing if none."""
    days = [each.held_on for each in engagements_of(work, contact_id) if each.held_on <= on]
    return max(days, default=None)


def about(record: Any) -> tuple[str, UUID]:
    """Return kind and identity of a record, as `EngagementEntry.subject_ids` takes them."""
    return kind_of(record).name, record.id
