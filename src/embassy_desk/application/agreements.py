"""What can be asked of an agreement: where it stands, what its next step needs; and to take it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from embassy_desk.domain.agreement import (
    Agreement,
    AgreementLink,
    AgreementParty,
    AgreementState,
    AgreementTerm,
    ClearanceStep,
    name_warnings,
)
from embassy_desk.domain.agreement_file import AgreementFile
from embassy_desk.domain.agreement_machine import AGREEMENT_MACHINE, advance
from embassy_desk.domain.conditions import obligations_late, orphan, silent
from embassy_desk.domain.elevation import Elevation
from embassy_desk.domain.elevation_machine import ElevationFile, mirror
from embassy_desk.domain.engagement import Engagement, EngagementSubject
from embassy_desk.domain.entity import Record
from embassy_desk.domain.machine import FileType, Machine
from embassy_desk.domain.obligation import Obligation
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.term_engine import Condition, TermStanding, assess, history_of
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, LabelledEnum, Text

SILENT_AFTER_MONTHS = 12
_MOST_SUCCESSORS = 20


@dataclass(frozen=True)
class StepOffer:
    """One step that a record may take next.

    Attributes:
        target: The state it leads to.
        label: What the button says.
        missing: What has to be there first, a sentence each; empty when the step may be taken.
        needs_reason: Whether a reason must be given.
    """

    target: str
    label: Text
    missing: tuple[Text, ...]
    needs_reason: bool


def agreement_file(work: UnitOfWork, agreement_id: UUID) -> AgreementFile:
    """Return an agreement with everything that its steps depend on.

    Raises:
        MissingError: It is gone.
    """
    agreement = work.get(Agreement, agreement_id)
    towards = work.all(AgreementLink, to_agreement_id=agreement_id)
    return AgreementFile(
        agreement=agreement,
        parties=work.parts(AgreementParty, agreement),
        terms=tuple(sorted(work.parts(AgreementTerm, agreement), key=lambda term: term.from_on)),
        links=(*work.parts(AgreementLink, agreement), *towards),
        clearance=work.parts(ClearanceStep, agreement),
        obligations=tuple(
            each for each in work.all(Obligation, agreement_id=agreement_id) if not each.is_trashed
        ),
        stages=stages_of(work, agreement),
    )


def stages_of(work: UnitOfWork, record: Record) -> tuple[StageStep, ...]:
    """Return the steps that a record has taken, oldest first."""
    return tuple(sorted(work.parts(StageStep, record), key=lambda step: (step.at, step.id)))


def standing(work: UnitOfWork, agreement_id: UUID, on: date) -> TermStanding:
    """Return where an agreement stands on a day: term, deadlines, conditions and the reasons.

    Raises:
        MissingError: It is gone.
    """
    file = agreement_file(work, agreement_id)
    found = assess(history_of(file.agreement, file.terms), on)
    more = _conditions_of_records(work, file, on, is_running=Condition.IN_FORCE in found.conditions)
    return replace(
        found,
        conditions=(*found.conditions, *(condition for condition, _ in more)),
        why=(*found.why, *(text for _, text in more), *name_warnings(file.agreement)),
    )


def _conditions_of_records(
    work: UnitOfWork, file: AgreementFile, on: date, *, is_running: bool
) -> list[tuple[Condition, Text]]:
    """Return the conditions that follow from other records."""
    agreement = file.agreement
    found: list[tuple[Condition, Text]] = []
    late = obligations_late(file.obligations, on, agreement.in_force_on)
    if late:
        found.append(
            (
                Condition.OBLIGATIONS_LATE,
                N_("{count} obligation is late.", "{count} obligations are late.", count=len(late)),
            )
        )
    if agreement.state == AgreementState.IN_FORCE and is_running:
        last = last_engagement_on(work, agreement.id, on)
        if silent(last, agreement.in_force_on, SILENT_AFTER_MONTHS, on):
            found.append((Condition.SILENT, _silence(last)))
    lead = agreement.lead_ministry_id
    body = work.find(Organisation, lead) if lead else None
    if body is not None and orphan(body, successors(work, body), on):
        found.append(
            (
                Condition.ORPHAN,
                N_("“{body}” was dissolved and nobody took its place.", body=body.heading),
            )
        )
    return found


def _silence(last: date | None) -> Text:
    if last is None:
        return N_("No engagement about it is on record.")
    return N_("The last engagement about it was on {day}.", day=last)


def last_engagement_on(work: UnitOfWork, record_id: UUID, on: date) -> date | None:
    """Return the day of the last engagement about a record, up to a day; nothing if none."""
    subjects = work.all(EngagementSubject, record_id=record_id)
    engagements = work.get_many(Engagement, (each.engagement_id for each in subjects))
    days = [each.held_on for each in engagements.values() if each.held_on <= on]
    return max(days, default=None)


def successors(work: UnitOfWork, body: Organisation) -> dict[UUID, Organisation]:
    """Return an organisation and those that took its place one after another, by identity."""
    found = {body.id: body}
    while body.succeeded_by_id and body.succeeded_by_id not in found:
        following = work.find(Organisation, body.succeeded_by_id)
        if following is None or len(found) > _MOST_SUCCESSORS:
            break
        found[following.id] = body = following
    return found


def steps(work: UnitOfWork, agreement_id: UUID) -> tuple[StepOffer, ...]:
    """Return the steps that an agreement may take next, with what each still needs.

    Raises:
        MissingError: It is gone.
    """
    file = agreement_file(work, agreement_id)
    return offers_of(AGREEMENT_MACHINE, file)


def offers_of(machine: Machine[FileType], file: FileType) -> tuple[StepOffer, ...]:
    """Return the open steps of a file with what each still needs."""
    return tuple(
        StepOffer(
            target=str(each.target),
            label=each.label,
            missing=machine.missing(file, each.target),
            needs_reason=machine.needs_reason(file, each.target),
        )
        for each in machine.steps(file)
    )


def advance_agreement(
    work: UnitOfWork, agreement_id: UUID, target: LabelledEnum, *, on: date, reason: str = ""
) -> Agreement:
    """Take a step of an agreement, write it down, and let its elevation case follow.

    Raises:
        MissingError: It is gone.
        RefusedError: The step may not be taken now; says what is missing.
    """
    file = agreement_file(work, agreement_id)
    by, at = work.author.staff_id, work.at
    agreement, step = advance(
        file, AgreementState.named(target), on=on, by=by, at=at, reason=reason
    )
    saved = work.save(agreement)
    work.save(work.new_part(StageStep, saved, **step))
    for case in work.all(Elevation, to_agreement_id=agreement_id):
        _mirror(work, case, saved, on)
    return saved


def _mirror(work: UnitOfWork, case: Elevation, agreement: Agreement, on: date) -> None:
    """Let an elevation case go where its new agreement went."""
    file = ElevationFile(elevation=case, to_agreement=agreement, stages=stages_of(work, case))
    words = f"{agreement.ref} {agreement.heading}"
    moved = mirror(file, on=on, by=work.author.staff_id, at=work.at, reason=words)
    if moved is None:
        return
    elevation, step = moved
    work.save(work.new_part(StageStep, work.save(elevation), **step))
