"""The way of a campaign and of each of its targets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from embassy_desk.domain.campaign import (
    CLOSED_TARGETS,
    Campaign,
    CampaignState,
    CampaignStep,
    CampaignTarget,
    TargetState,
)
from embassy_desk.domain.days import days_after
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.machine import Machine, Transition, lacking
from embassy_desk.domain.parts import StageStep
from embassy_desk.texts import N_, Text

_C = CampaignState
_T = TargetState


@dataclass(frozen=True, kw_only=True)
class CampaignFile:
    """A campaign with its steps and targets.

    Attributes:
        stages: Steps taken so far, oldest first.
    """

    campaign: Campaign
    steps: tuple[CampaignStep, ...] = ()
    targets: tuple[CampaignTarget, ...] = ()
    stages: tuple[StageStep, ...] = ()

    @property
    def record_id(self) -> UUID:
        """Identity of the campaign."""
        return self.campaign.id

    @property
    def heading(self) -> str:
        """Title of the campaign."""
        return self.campaign.heading

    @property
    def state(self) -> CampaignState:
        """State of the campaign."""
        return self.campaign.state


@dataclass(frozen=True, kw_only=True)
class TargetFile:
    """A target with the campaign it belongs to; its steps are not logged one by one."""

    target: CampaignTarget
    campaign: Campaign

    @property
    def record_id(self) -> UUID:
        """Identity of the target."""
        return self.target.id

    @property
    def heading(self) -> str:
        """Name of the target, as far as known."""
        return self.target.name_then or self.campaign.heading

    @property
    def state(self) -> TargetState:
        """State of the target."""
        return self.target.state

    @property
    def stages(self) -> tuple[StageStep, ...]:
        """Nothing: the history of the row tells its steps."""
        return ()


def _needs_for_running(file: CampaignFile) -> tuple[Text, ...]:
    says_something = file.campaign.message or any(each.text for each in file.steps)
    return lacking(
        (file.campaign.goal, N_("The goal is missing.")),
        (says_something, N_("The message, or a step with a text, is missing.")),
        (file.targets, N_("The targets are missing.")),
    )


def _needs_for_closed(file: CampaignFile) -> tuple[Text, ...]:
    return lacking((file.campaign.outcome, N_("The outcome is missing.")))


def _needs_for_no_answer(file: TargetFile) -> tuple[Text, ...]:
    needed = file.campaign.touches_before_no_answer
    if file.target.touches >= needed:
        return ()
    return (
        N_(
            "Tries so far: {made}. “No answer” takes {needed}.",
            made=file.target.touches,
            needed=needed,
        ),
    )


CAMPAIGN_MACHINE: Machine[CampaignFile] = Machine(
    kind="campaign",
    states=tuple(CampaignState),
    transitions=(
        Transition(
            name="run",
            label=N_("Start the campaign"),
            sources=(_C.PLANNED,),
            target=_C.RUNNING,
            guard=_needs_for_running,
        ),
        Transition(
            name="close",
            label=N_("Close the campaign"),
            sources=(_C.RUNNING,),
            target=_C.CLOSED,
            guard=_needs_for_closed,
        ),
        Transition(
            name="cancel",
            label=N_("Cancel the campaign"),
            sources=(_C.PLANNED, _C.RUNNING),
            target=_C.CANCELLED,
            needs_reason=True,
        ),
    ),
)
"""The states of a campaign."""

TARGET_MACHINE: Machine[TargetFile] = Machine(
    kind="campaign_target",
    states=tuple(TargetState),
    transitions=(
        Transition(
            name="contact",
            label=N_("Contacted"),
            sources=(_T.NOT_STARTED,),
            target=_T.CONTACTED,
        ),
        Transition(
            name="reply",
            label=N_("Replied"),
            sources=(_T.CONTACTED, _T.NO_ANSWER),
            target=_T.REPLIED,
        ),
        Transition(
            name="set_meeting",
            label=N_("Meeting set"),
            sources=(_T.CONTACTED, _T.REPLIED),
            target=_T.MEETING_SET,
        ),
        Transition(
            name="agree",
            label=N_("Agreed"),
            sources=(_T.CONTACTED, _T.REPLIED, _T.MEETING_SET),
            target=_T.AGREED,
        ),
        Transition(
            name="decline",
            label=N_("Declined"),
            sources=(_T.CONTACTED, _T.REPLIED, _T.MEETING_SET),
            target=_T.DECLINED,
        ),
        Transition(
            name="give_up",
            label=N_("No answer"),
            sources=(_T.CONTACTED,),
            target=_T.NO_ANSWER,
            guard=_needs_for_no_answer,
        ),
    ),
)
"""The states of a campaign's target."""


def advance_campaign(
    file: CampaignFile,
    target: CampaignState,
    *,
    on: date,
    by: UUID | None,
    at: datetime,
    reason: str = "",
) -> tuple[Campaign, Mapping[str, Any]]:
    """Return the campaign in its new state and the values of the stage step to write.

    Raises:
        RefusedError: The step may not be taken now; says why and names what is missing.
    """
    step = CAMPAIGN_MACHINE.move(file, target, on=on, by=by, at=at, reason=reason)
    return file.campaign.changed(state=target), step


def move_target(file: TargetFile, state: TargetState, *, reason: str = "") -> CampaignTarget:
    """Return the target in a new state; no further touch is proposed once it answered.

    Raises:
        RefusedError: The step may not be taken now; says why and names what is missing.
    """
    TARGET_MACHINE.check(file, state, reason)
    is_pursued = state in {_T.NOT_STARTED, _T.CONTACTED}
    next_touch_on = file.target.next_touch_on if is_pursued else None
    return file.target.changed(state=state, next_touch_on=next_touch_on)


def touch(
    target: CampaignTarget,
    campaign: Campaign,
    on: date,
    steps: tuple[CampaignStep, ...] = (),
) -> CampaignTarget:
    """Return the target after one more touch, with the next one proposed.

    The next touch comes after the days of the campaign's next step, else after the campaign's
    own; after the last planned touch that day is when silence counts as no answer.

    Raises:
        RefusedError: The campaign is through with the target.
    """
    if target.state in CLOSED_TARGETS:
        raise RefusedError(N_("The campaign is through with this target."))
    touches = target.touches + 1
    is_unanswered = target.state in {_T.NOT_STARTED, _T.CONTACTED}
    return target.changed(
        touches=touches,
        state=_T.CONTACTED if is_unanswered else target.state,
        last_touch_on=on,
        next_touch_on=days_after(on, _days_to_next(campaign, steps, touches)),
    )


def is_unanswered(target: CampaignTarget, campaign: Campaign, on: date) -> bool:
    """Say whether all touches were made and the last one had its time without an answer."""
    if target.state != _T.CONTACTED or target.touches < campaign.touches_before_no_answer:
        return False
    return target.next_touch_on is None or target.next_touch_on <= on


def _days_to_next(campaign: Campaign, steps: tuple[CampaignStep, ...], touches: int) -> int:
    ordered = sorted(steps, key=lambda step: (step.place, step.id))
    if touches < len(ordered) and ordered[touches].after_days:
        return ordered[touches].after_days
    return campaign.days_between_touches
