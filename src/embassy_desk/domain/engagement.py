"""Meetings, calls, visits, letters: what was said, by whom, and who promised what."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from pydantic import model_validator

from embassy_desk.domain.choices import Mode, OwingSide
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.required import CountryCode, NeededCode, NeededLongText, NeededName
from embassy_desk.domain.values import Code, Line, LongText, Timestamp, Zone
from embassy_desk.texts import N_, LabelledEnum


class EngagementKind(LabelledEnum):
    """What sort of occasion it was."""

    MEETING = "meeting", N_("Meeting")
    CALL_ON = "call_on", N_("Call on")
    COURTESY_CALL = "courtesy_call", N_("Courtesy call")
    PHONE = "phone", N_("Telephone call")
    VIDEO = "video", N_("Video call")
    RECEPTION = "reception", N_("Reception")
    CONFERENCE = "conference", N_("Conference")
    VISIT = "visit", N_("Visit")
    SITE_VISIT = "site_visit", N_("Site visit")
    LETTER = "letter", N_("Letter")
    NOTE_VERBALE = "note_verbale", N_("Note verbale")
    PRESS = "press", N_("Press")
    SERVICE = "service", N_("Service to a firm or person")
    EMAIL = "email", N_("E-mail")
    OTHER = "other", N_("Other")


class EngagementState(LabelledEnum):
    """How far an engagement is."""

    PLANNED = "planned", N_("Planned")
    HELD = "held", N_("Held")
    RECORDED = "recorded", N_("Recorded")
    NOT_HELD = "not_held", N_("Not held")


TAKEN_PLACE = frozenset({EngagementState.HELD, EngagementState.RECORDED})
"""States of engagements that have taken place; a planned one whose day has passed has not."""


class Reporting(LabelledEnum):
    """Whether headquarters was told."""

    NONE = "none", N_("No report needed")
    NEEDED = "needed", N_("Report needed")
    SENT = "sent", N_("Report sent")


class CommitmentState(LabelledEnum):
    """What became of a promise."""

    OPEN = "open", N_("Open")
    KEPT = "kept", N_("Kept")
    DROPPED = "dropped", N_("Dropped")


class Engagement(Record):
    """An occasion on which the mission was in touch with others.

    Attributes:
        level: Code from the list `engagement_level`.
        held_on: Calendar day at the place, without zone.
        starts_at: Beginning, with its zone in `zone`.
        pillar: Primary pillar; others are parts of their own.
        readout: What was said and decided.
        policy_feedback: What the other side said about policy.
        reporting: Whether headquarters was told.
        report_reference: Number of the report sent.
    """

    subject: NeededName
    kind: EngagementKind = EngagementKind.MEETING
    state: EngagementState = EngagementState.PLANNED
    mode: Mode = Mode.IN_PERSON
    level: Code = ""
    held_on: date
    starts_at: Timestamp | None = None
    ends_at: Timestamp | None = None
    zone: Zone = ""
    place: Line = ""
    country: CountryCode = ""
    pillar: Code = ""
    theme: Line = ""
    agenda: LongText = ""
    readout: LongText = ""
    policy_feedback: LongText = ""
    not_held_reason: Line = ""
    follow_up_on: date | None = None
    reporting: Reporting = Reporting.NONE
    report_reference: Line = ""

    @model_validator(mode="after")
    def _clock_is_whole(self) -> Self:
        if self.starts_at is not None and not self.zone:
            raise ValueError(N_("A time needs its zone, such as Asia/Tokyo."))
        if self.ends_at is not None and (self.starts_at is None or self.ends_at < self.starts_at):
            raise ValueError(N_("The end needs a beginning before it."))
        return self

    @property
    def heading(self) -> str:
        """The subject."""
        return self.subject

    def has_taken_place(self, on: date) -> bool:
        """Say whether it has taken place by a day; what lies in the trash has not."""
        return self.state in TAKEN_PLACE and self.held_on <= on and not self.is_trashed


class OurParticipant(Part):
    """A member of staff who took part, with the section as it was then."""

    parent_field: ClassVar[str] = "engagement_id"

    engagement_id: UUID
    staff_id: UUID | None = None
    name_then: Line = ""
    section_then: Line = ""

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        if self.staff_id is None and not self.name_then:
            raise ValueError(N_("A participant needs a name."))
        return self


class TheirParticipant(Part):
    """Somebody of the other side, with name, organisation and position as they were that day."""

    parent_field: ClassVar[str] = "engagement_id"

    engagement_id: UUID
    contact_id: UUID | None = None
    name_then: Line = ""
    organisation_id: UUID | None = None
    organisation_then: Line = ""
    position_then: Line = ""
    attended: bool = True

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        known = self.contact_id or self.organisation_id
        if not (known or self.name_then or self.organisation_then):
            raise ValueError(N_("A participant needs a name or an organisation."))
        return self


class Commitment(Part):
    """A promise made at an engagement.

    Attributes:
        who: Name of who promised, as noted down.
        task_id: The task that grew out of it.
    """

    parent_field: ClassVar[str] = "engagement_id"

    engagement_id: UUID
    owed_by: OwingSide = OwingSide.OURS
    who: Line = ""
    staff_id: UUID | None = None
    contact_id: UUID | None = None
    text: NeededLongText
    due_on: date | None = None
    state: CommitmentState = CommitmentState.OPEN
    closed_on: date | None = None
    task_id: UUID | None = None

    def is_missed(self, on: date) -> bool:
        """Say whether the promise is still open after its day."""
        if self.state is not CommitmentState.OPEN:
            return False
        return self.due_on is not None and self.due_on < on


class EngagementSubject(Part):
    """A record the engagement was about: an agreement, an obligation, a firm."""

    parent_field: ClassVar[str] = "engagement_id"

    engagement_id: UUID
    record_kind: NeededCode
    record_id: UUID


class EngagementPillar(Part):
    """A further pillar the engagement served."""

    parent_field: ClassVar[str] = "engagement_id"

    engagement_id: UUID
    pillar: NeededCode


def last_dealings(
    engagements: Iterable[Engagement], seats: Iterable[TheirParticipant], on: date
) -> dict[UUID, date]:
    """Return the day of the last engagement that each contact attended, up to a day."""
    days = {each.id: each.held_on for each in engagements if each.has_taken_place(on)}
    last: dict[UUID, date] = {}
    for seat in seats:
        day = days.get(seat.engagement_id)
        if day is not None and seat.contact_id is not None and seat.attended:
            last[seat.contact_id] = max(day, last.get(seat.contact_id, day))
    return last
