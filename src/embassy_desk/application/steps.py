"""Steps of any record that has a state: what is open, what it needs, and to take it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from embassy_desk.application.agreements import (
    StepOffer,
    advance_agreement,
    agreement_file,
    offers_of,
    stages_of,
)
from embassy_desk.application.host import mission_day
from embassy_desk.domain.agreement import Agreement
from embassy_desk.domain.agreement_machine import AGREEMENT_MACHINE
from embassy_desk.domain.campaign import Campaign, CampaignState, CampaignStep, CampaignTarget
from embassy_desk.domain.campaign_machine import CAMPAIGN_MACHINE, CampaignFile, advance_campaign
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.drafts import TaskDraft
from embassy_desk.domain.elevation import Elevation, ElevationState
from embassy_desk.domain.elevation_machine import (
    ELEVATION_MACHINE,
    ElevationFile,
    advance_elevation,
)
from embassy_desk.domain.engagement import (
    Commitment,
    Engagement,
    EngagementState,
    OurParticipant,
    TheirParticipant,
)
from embassy_desk.domain.engagement_machine import (
    ENGAGEMENT_MACHINE,
    EngagementFile,
    advance_engagement,
)
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.domain.machine import Machine
from embassy_desk.domain.obligation import Obligation, ObligationState
from embassy_desk.domain.obligation_machine import (
    OBLIGATION_MACHINE,
    ObligationFile,
    advance_obligation,
)
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.task import ChecklistItem, Task, TaskParent, TaskReminder, TaskState
from embassy_desk.domain.task_machine import TASK_MACHINE, TaskFile, advance_task
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, LabelledEnum

RecordType = TypeVar("RecordType", bound=Record)


def file_of(work: UnitOfWork, record: Record) -> tuple[Machine[Any], Any]:
    """Return the machine of a record's kind and the file that its guards look at.

    Raises:
        RefusedError: Records of this kind have no states.
    """
    gather = _FILES.get(type(record))
    if gather is None:
        raise RefusedError(N_("“{kind}” has no states.", kind=kind_of(record).label))
    return gather(work, record)


def _agreement(work: UnitOfWork, record: Record) -> tuple[Machine[Any], Any]:
    return AGREEMENT_MACHINE, agreement_file(work, record.id)


def _elevation(work: UnitOfWork, record: Record) -> tuple[Machine[Any], Any]:
    case = _as(Elevation, record)
    sounded = case.partner_engagement_id
    file = ElevationFile(
        elevation=case,
        from_agreement=work.find(Agreement, case.from_agreement_id),
        to_agreement=work.find(Agreement, case.to_agreement_id) if case.to_agreement_id else None,
        engagement=work.find(Engagement, sounded) if sounded else None,
        stages=stages_of(work, case),
    )
    return ELEVATION_MACHINE, file


def _engagement(work: UnitOfWork, record: Record) -> tuple[Machine[Any], Any]:
    engagement = _as(Engagement, record)
    file = EngagementFile(
        engagement=engagement,
        ours=work.parts(OurParticipant, engagement),
        theirs=work.parts(TheirParticipant, engagement),
        commitments=work.parts(Commitment, engagement),
        stages=stages_of(work, engagement),
    )
    return ENGAGEMENT_MACHINE, file


def _obligation(work: UnitOfWork, record: Record) -> tuple[Machine[Any], Any]:
    obligation = _as(Obligation, record)
    agreement = work.find(Agreement, obligation.agreement_id)
    file = ObligationFile(
        obligation=obligation,
        in_force_on=agreement.in_force_on if agreement else None,
        stages=stages_of(work, obligation),
    )
    return OBLIGATION_MACHINE, file


def _task(work: UnitOfWork, record: Record) -> tuple[Machine[Any], Any]:
    task = _as(Task, record)
    file = TaskFile(
        task=task,
        parents=work.parts(TaskParent, task),
        checklist=work.parts(ChecklistItem, task),
        reminders=work.parts(TaskReminder, task),
        stages=stages_of(work, task),
    )
    return TASK_MACHINE, file


def _campaign(work: UnitOfWork, record: Record) -> tuple[Machine[Any], Any]:
    campaign = _as(Campaign, record)
    file = CampaignFile(
        campaign=campaign,
        steps=work.parts(CampaignStep, campaign),
        targets=work.parts(CampaignTarget, campaign),
        stages=stages_of(work, campaign),
    )
    return CAMPAIGN_MACHINE, file


_FILES: Mapping[type[Record], Callable[[UnitOfWork, Record], tuple[Machine[Any], Any]]] = {
    Agreement: _agreement,
    Elevation: _elevation,
    Engagement: _engagement,
    Obligation: _obligation,
    Task: _task,
    Campaign: _campaign,
}

KINDS_WITH_STATES = frozenset(_FILES)
"""Classes of the records that have a state machine."""


def _as(cls: type[RecordType], record: Record) -> RecordType:
    if not isinstance(record, cls):
        raise TypeError(f"{type(record).__name__} is no {cls.__name__}")
    return record


def offers(work: UnitOfWork, record: Record) -> tuple[StepOffer, ...]:
    """Return the steps that a record may take next, with what each still needs.

    Raises:
        RefusedError: Records of this kind have no states.
    """
    machine, file = file_of(work, record)
    return offers_of(machine, file)


def advance_record(
    work: UnitOfWork, record: Record, target: str, *, on: date, reason: str = ""
) -> Record:
    """Take a guarded step of any record that has a state, and write it down.

    A recurring task that is done, or a recurring obligation that is fulfilled, makes the next one.

    Args:
        work: A writing unit of work.
        record: The record as stored.
        target: Name of the state in snake case.
        on: Day on which the step is taken.
        reason: Why; needed for going back, jumping and putting aside.

    Raises:
        InvalidError: There is no such state.
        RefusedError: The step may not be taken now; says what is missing.
    """
    machine, file = file_of(work, record)
    state = state_named(machine, target)
    if isinstance(record, Agreement):
        return advance_agreement(work, record.id, state, on=on, reason=reason)
    how = {"on": on, "by": work.author.staff_id, "at": work.at, "reason": reason}
    changed, step = _advanced(work, file, state, how)
    saved = work.save(changed)
    work.save(work.new_part(StageStep, saved, **step))
    return saved


def _advanced(
    work: UnitOfWork, file: Any, state: LabelledEnum, how: Mapping[str, Any]
) -> tuple[Record, Mapping[str, Any]]:
    """Take a step and make what follows from it; the record itself is left to be saved."""
    if isinstance(file, TaskFile):
        task_move = advance_task(file, TaskState.named(state), **how)
        if task_move.following is not None:
            make_task(work, task_move.following)
        return task_move.task, task_move.step
    if isinstance(file, ObligationFile):
        move = advance_obligation(file, ObligationState.named(state), **how)
        if move.following is not None:
            work.save(work.new(Obligation, **move.following))
        return move.obligation, move.step
    if isinstance(file, ElevationFile):
        return advance_elevation(file, ElevationState.named(state), **how)
    if isinstance(file, EngagementFile):
        return advance_engagement(file, EngagementState.named(state), **how)
    if isinstance(file, CampaignFile):
        return advance_campaign(file, CampaignState.named(state), **how)
    raise TypeError(type(file).__name__)


def state_named(machine: Machine[Any], name: str) -> LabelledEnum:
    """Return the state of a machine with a name.

    Raises:
        InvalidError: There is none.
    """
    for state in machine.states:
        if str(state) == name:
            return state
    choices = ", ".join(str(state) for state in machine.states)
    raise InvalidError([Problem("state", N_("Choose one of: {choices}.", choices=choices))])


def make_task(work: UnitOfWork, draft: TaskDraft) -> Task:
    """Make the task of a draft with its parents, checklist and reminders.

    Raises:
        InvalidError: Some values are wrong.
    """
    task = work.save(work.new(Task, **draft.values))
    for values in draft.parents:
        work.save(work.new_part(TaskParent, task, **values))
    for values in draft.checklist:
        work.save(work.new_part(ChecklistItem, task, **values))
    for values in draft.reminders:
        work.save(work.new_part(TaskReminder, task, **values))
    work.save(
        work.new_part(
            StageStep,
            task,
            to_state=str(task.state),
            on=mission_day(work),
            at=work.at,
            by=work.author.staff_id,
            is_registered=True,
        )
    )
    return task
