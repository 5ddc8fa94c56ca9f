"""Outreach campaigns: one message to many, step by step, with the state of each target."""

from datetime import date
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import Field, model_validator

from embassy_desk.domain.choices import Mode
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.required import NeededName
from embassy_desk.domain.spans import in_order
from embassy_desk.domain.values import Count, Line, LongText
from embassy_desk.texts import N_, LabelledEnum

Days = Annotated[int, Field(ge=0, le=3650)]
"""A length in days, 0 to 3650."""


class CampaignState(LabelledEnum):
    """How far a campaign is."""

    PLANNED = "planned", N_("Planned")
    RUNNING = "running", N_("Running")
    CLOSED = "closed", N_("Closed")
    CANCELLED = "cancelled", N_("Cancelled")


class TargetState(LabelledEnum):
    """How far the mission got with one target."""

    NOT_STARTED = "not_started", N_("Not started")
    CONTACTED = "contacted", N_("Contacted")
    REPLIED = "replied", N_("Replied")
    MEETING_SET = "meeting_set", N_("Meeting set")
    AGREED = "agreed", N_("Agreed")
    DECLINED = "declined", N_("Declined")
    NO_ANSWER = "no_answer", N_("No answer")


CLOSED_TARGETS = frozenset({TargetState.AGREED, TargetState.DECLINED, TargetState.NO_ANSWER})
"""States in which a campaign is through with a target."""


class Campaign(Record):
    """An effort to win many people or bodies for one thing.

    Attributes:
        touches_before_no_answer: So many tries without an answer close a target, 1 to 50.
        days_between_touches: Days until the next try is proposed.
    """

    title: NeededName
    goal: LongText = ""
    audience: LongText = ""
    message: LongText = ""
    state: CampaignState = CampaignState.PLANNED
    starts_on: date | None = None
    ends_on: date | None = None
    touches_before_no_answer: Annotated[int, Field(ge=1, le=50)] = 3
    days_between_touches: Days = 14
    outcome: LongText = ""

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        in_order(self.starts_on, self.ends_on)
        return self

    @property
    def heading(self) -> str:
        """The title."""
        return self.title


class CampaignStep(Part):
    """One planned touch: by which means, saying what, so many days after the one before."""

    parent_field: ClassVar[str] = "campaign_id"

    campaign_id: UUID
    place: Count = 0
    mode: Mode = Mode.LETTER
    text: LongText = ""
    after_days: Days = 0


class CampaignTarget(Part):
    """A person or body the campaign wants to reach.

    Attributes:
        touches: How often the target was approached.
    """

    parent_field: ClassVar[str] = "campaign_id"

    campaign_id: UUID
    contact_id: UUID | None = None
    organisation_id: UUID | None = None
    name_then: Line = ""
    state: TargetState = TargetState.NOT_STARTED
    touches: Count = 0
    last_touch_on: date | None = None
    next_touch_on: date | None = None
    note: LongText = ""

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        if not (self.contact_id or self.organisation_id or self.name_then):
            raise ValueError(N_("A target needs a contact, an organisation or a name."))
        return self
