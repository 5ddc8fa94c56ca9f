"""The way of an engagement, and the tasks that grow out of its commitments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from embassy_desk.domain.choices import OwingSide
from embassy_desk.domain.drafts import TaskDraft
from embassy_desk.domain.engagement import (
    Commitment,
    CommitmentState,
    Engagement,
    EngagementState,
    OurParticipant,
    TheirParticipant,
)
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.machine import Machine, Transition, lacking
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.task import TaskKind, TaskState
from embassy_desk.texts import N_, Text

_S = EngagementState
_TITLE_CHARACTERS = 200


@dataclass(frozen=True, kw_only=True)
class EngagementFile:
    """An engagement with its parts.

    Attributes:
        stages: Steps taken so far, oldest first.
    """

    engagement: Engagement
    ours: tuple[OurParticipant, ...] = ()
    theirs: tuple[TheirParticipant, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    stages: tuple[StageStep, ...] = ()

    @property
    def record_id(self) -> UUID:
        """Identity of the engagement."""
        return self.engagement.id

    @property
    def heading(self) -> str:
        """Subject of the engagement."""
        return self.engagement.heading

    @property
    def state(self) -> EngagementState:
        """State of the engagement."""
        return self.engagement.state


def _needs_for_recorded(file: EngagementFile) -> tuple[Text, ...]:
    return lacking((file.engagement.readout, N_("What was said, the readout, is missing.")))


ENGAGEMENT_MACHINE: Machine[EngagementFile] = Machine(
    kind="engagement",
    states=tuple(EngagementState),
    aside=frozenset({_S.NOT_HELD}),
    transitions=(
        Transition(
            name="hold",
            label=N_("It took place"),
            sources=(_S.PLANNED,),
            target=_S.HELD,
        ),
        Transition(
            name="record",
            label=N_("Record what was said"),
            sources=(_S.PLANNED, _S.HELD),
            target=_S.RECORDED,
            guard=_needs_for_recorded,
        ),
        Transition(
            name="call_off",
            label=N_("It did not take place"),
            sources=(_S.PLANNED,),
            target=_S.NOT_HELD,
            needs_reason=True,
        ),
    ),
)
"""The states of an engagement."""


def advance_engagement(
    file: EngagementFile,
    target: EngagementState,
    *,
    on: date,
    by: UUID | None,
    at: datetime,
    reason: str = "",
) -> tuple[Engagement, Mapping[str, Any]]:
    """Return the engagement in its new state and the values of the stage step to write.

    A reason already on the engagement counts for not holding it; one given now is kept there.

    Raises:
        RefusedError: The step may not be taken now; says why and names what is missing.
    """
    values: dict[str, Any] = {"state": target}
    if target == _S.NOT_HELD:
        reason = reason.strip() or file.engagement.not_held_reason
        values["not_held_reason"] = reason
    elif file.state == _S.NOT_HELD:
        values["not_held_reason"] = ""
    step = ENGAGEMENT_MACHINE.move(file, target, on=on, by=by, at=at, reason=reason)
    return file.engagement.changed(**values), step


def task_for_commitment(engagement: Engagement, commitment: Commitment) -> TaskDraft:
    """Return the task by which a commitment is kept or watched.

    What our side owes is to be done; what only the other side owes is waited for, since the day
    it was promised. The engagement is the task's parent, and so is the contact who promised.

    Raises:
        RefusedError: The commitment is closed, or a task grew out of it already.
    """
    if commitment.task_id is not None:
        raise RefusedError(N_("A task grew out of this commitment already."))
    if commitment.state != CommitmentState.OPEN:
        raise RefusedError(N_("This commitment is closed; it needs no task."))
    parents = [{"record_kind": "engagement", "record_id": engagement.id}]
    if commitment.contact_id is not None:
        parents.append({"record_kind": "contact", "record_id": commitment.contact_id})
    title = commitment.text.split("\n", 1)[0]
    if len(title) > _TITLE_CHARACTERS:
        title = title[: _TITLE_CHARACTERS - 1].rstrip() + "…"
    values: dict[str, Any] = {
        "mission": engagement.mission,
        "owner": engagement.owner,
        "handling": engagement.handling,
        "title": title,
        "detail": "" if title == commitment.text else commitment.text,
        "kind": TaskKind.FOLLOW_UP,
        "due_on": commitment.due_on,
        "assignee": commitment.staff_id or engagement.owner,
    }
    if commitment.owed_by == OwingSide.THEIRS:
        values |= {
            "state": TaskState.WAITING,
            "waiting_on": commitment.who,
            "waiting_on_contact_id": commitment.contact_id,
            "waiting_since": engagement.held_on,
        }
    return TaskDraft(values=values, parents=tuple(parents))
