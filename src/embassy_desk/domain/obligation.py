"""What an agreement obliges somebody to do, and by when."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from embassy_desk.domain.choices import OwingSide
from embassy_desk.domain.days import days_after, months_after
from embassy_desk.domain.entity import Record
from embassy_desk.domain.recurrence import next_day
from embassy_desk.domain.required import NeededLongText, Recurrence
from embassy_desk.domain.values import Line, Months
from embassy_desk.texts import N_, LabelledEnum

_HEADING_CHARACTERS = 120


class ObligationKind(LabelledEnum):
    """What sort of duty it is."""

    ONE_OFF = "one_off", N_("Once")
    RECURRING = "recurring", N_("Recurring")
    ON_EVENT = "on_event", N_("On an event")
    INFORMATION = "information", N_("Information")
    FINANCIAL = "financial", N_("Financial")
    MEETING = "meeting", N_("Joint meeting")
    CONFIDENTIALITY = "confidentiality", N_("Confidentiality")


class DueRule(LabelledEnum):
    """What decides when an obligation is due."""

    FIXED = "fixed", N_("On a fixed day")
    MONTHS_AFTER_ENTRY = "months_after_entry", N_("Some months after entry into force")
    RECURRENCE = "recurrence", N_("Again and again")
    ON_EVENT = "on_event", N_("After an event")


class ObligationState(LabelledEnum):
    """How far an obligation is; whether it is late is told by its dates."""

    NOT_STARTED = "not_started", N_("Not started")
    IN_PROGRESS = "in_progress", N_("In progress")
    FULFILLED = "fulfilled", N_("Fulfilled")
    PARTLY_FULFILLED = "partly_fulfilled", N_("Fulfilled in part")
    WAIVED = "waived", N_("Waived")
    DISPUTED = "disputed", N_("Disputed")


CLOSED_OBLIGATIONS = frozenset({ObligationState.FULFILLED, ObligationState.WAIVED})
"""States in which nothing more is owed."""


class Obligation(Record):
    """A duty from an article of an agreement.

    Attributes:
        due_on: The fixed day; for a recurring obligation the first occurrence still owed.
        due_months: Months after entry into force, or after the event.
        recurrence: An RFC 5545 rule, such as `FREQ=YEARLY`.
        event: What sets the obligation off.
        event_on: Day on which that happened.
        evidence_needed: What would show that it is fulfilled.
        percent_done: 0 to 100.
    """

    agreement_id: UUID
    article: Line = ""
    text: NeededLongText
    owing_side: OwingSide = OwingSide.OURS
    kind: ObligationKind = ObligationKind.ONE_OFF
    due_rule: DueRule = DueRule.FIXED
    due_on: date | None = None
    due_months: Months | None = None
    recurrence: Recurrence = ""
    event: Line = ""
    event_on: date | None = None
    evidence_needed: Line = ""
    evidence: Line = ""
    state: ObligationState = ObligationState.NOT_STARTED
    percent_done: Annotated[int, Field(ge=0, le=100)] = 0
    responsible_organisation_id: UUID | None = None
    responsible_staff_id: UUID | None = None
    next_step: Line = ""

    @model_validator(mode="after")
    def _recurs_by_a_rule(self) -> Self:
        if self.due_rule is DueRule.RECURRENCE and not self.recurrence:
            raise ValueError(N_("An obligation that comes again needs a rule for it."))
        return self

    @property
    def heading(self) -> str:
        """The article and the beginning of the text."""
        words = " ".join(self.text.split())
        if len(words) > _HEADING_CHARACTERS:
            words = words[: _HEADING_CHARACTERS - 1].rstrip() + "…"
        return f"{self.article}: {words}" if self.article else words

    def due(self, on: date, in_force_on: date | None = None) -> date | None:
        """Return the day on which it is due; nothing while no day can be told.

        A recurring obligation with `due_on` owes that occurrence, however late; without it the
        first occurrence from `on` on, counted from entry into force.

        Args:
            on: The day of asking.
            in_force_on: Day on which the agreement entered into force, when it has.
        """
        if self.due_rule is DueRule.MONTHS_AFTER_ENTRY:
            return _months_after(in_force_on, self.due_months)
        if self.due_rule is DueRule.ON_EVENT:
            return _months_after(self.event_on, self.due_months) or self.due_on
        if self.due_rule is DueRule.RECURRENCE and self.due_on is None:
            if in_force_on is None:
                return None
            return next_day(self.recurrence, in_force_on, days_after(on, -1))
        return self.due_on

    def is_late(self, on: date, in_force_on: date | None = None) -> bool:
        """Say whether it is still owed after its day."""
        due = self.due(on, in_force_on)
        return self.state not in CLOSED_OBLIGATIONS and due is not None and due < on


def _months_after(day: date | None, months: int | None) -> date | None:
    if day is None:
        return None
    return months_after(day, months or 0)
