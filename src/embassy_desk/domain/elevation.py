"""Elevation cases: the way from a memorandum to a national-level instrument."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import model_validator

from embassy_desk.domain.choices import LegalClass, OwingSide
from embassy_desk.domain.entity import Record
from embassy_desk.domain.required import NeededName
from embassy_desk.domain.values import Line, LongText
from embassy_desk.texts import N_, LabelledEnum


class ElevationState(LabelledEnum):
    """How far an elevation case is."""

    IDENTIFIED = "identified", N_("Identified")
    JUSTIFIED = "justified", N_("Justified")
    PARTNER_SOUNDED = "partner_sounded", N_("Partner sounded")
    LEAD_MINISTRY_AGREES = "lead_ministry_agrees", N_("Lead ministry agrees")
    MANDATE = "mandate", N_("Mandate")
    NEGOTIATING = "negotiating", N_("Negotiating")
    SIGNED = "signed", N_("Signed")
    IN_FORCE = "in_force", N_("In force")
    SUPERSEDED = "superseded", N_("Old instrument superseded")
    PARKED = "parked", N_("Parked")
    DECLINED = "declined", N_("Declined")


RESTING_ELEVATIONS = frozenset(
    {ElevationState.SUPERSEDED, ElevationState.PARKED, ElevationState.DECLINED}
)
"""States in which nobody has a next step to take."""


class PartnerPosition(LabelledEnum):
    """What the partner answered when sounded."""

    KEEN = "keen", N_("Keen")
    OPEN = "open", N_("Open to it")
    HESITANT = "hesitant", N_("Hesitant")
    NO = "no", N_("Against it")
    UNKNOWN = "unknown", N_("Not known")


class Elevation(Record):
    """The case for replacing one agreement by another of national level.

    The old agreement lives on until it is replaced; from the mandate on the case carries the new
    agreement and mirrors its state.

    Attributes:
        gap: What the old agreement cannot do.
        cost_of_nothing: What it costs to leave things as they are.
        partner_engagement_id: Engagement at which the partner was sounded.
        lead_ministry_reference: Document or request by which the lead ministry agreed.
        old_ends_on: Day on which the old agreement ends.
    """

    title: NeededName
    from_agreement_id: UUID
    to_agreement_id: UUID | None = None
    state: ElevationState = ElevationState.IDENTIFIED
    benefits: LongText = ""
    gap: LongText = ""
    cost_of_nothing: LongText = ""
    proposed_class: LegalClass | None = None
    partner_position: PartnerPosition = PartnerPosition.UNKNOWN
    partner_engagement_id: UUID | None = None
    lead_ministry_id: UUID | None = None
    lead_ministry_reference: Line = ""
    mandate_reference: Line = ""
    declined_by: OwingSide | None = None
    decline_reason: Line = ""
    parked_reason: Line = ""
    next_step: Line = ""
    blocker: Line = ""
    old_ends_on: date | None = None

    @model_validator(mode="after")
    def _leads_elsewhere(self) -> Self:
        if self.from_agreement_id == self.to_agreement_id:
            raise ValueError(N_("The new agreement must be another than the old one."))
        return self

    @property
    def heading(self) -> str:
        """The title."""
        return self.title
