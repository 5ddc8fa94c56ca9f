"""How engagements lie in the store."""

from embassy_desk.domain.engagement import (
    Commitment,
    Engagement,
    EngagementPillar,
    EngagementSubject,
    OurParticipant,
    TheirParticipant,
)
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Engagement, "held_on")
class EngagementRow(StoreRow, Engagement, table=True):
    """An occasion on which the mission was in touch with others."""

    __tablename__ = "engagement"


@stored(OurParticipant, "engagement_id", "staff_id")
class OurParticipantRow(StoreRow, OurParticipant, table=True):
    """A member of staff who took part, with the section as it was then."""

    __tablename__ = "our_participant"


@stored(TheirParticipant, "engagement_id", "contact_id,engagement_id,attended")
class TheirParticipantRow(StoreRow, TheirParticipant, table=True):
    """Somebody of the other side, with name, organisation and position as they were that day."""

    __tablename__ = "their_participant"


@stored(Commitment, "engagement_id", "task_id", "due_on")
class CommitmentRow(StoreRow, Commitment, table=True):
    """A promise made at an engagement."""

    __tablename__ = "commitment"


@stored(EngagementSubject, "engagement_id", "record_id")
class EngagementSubjectRow(StoreRow, EngagementSubject, table=True):
    """A record the engagement was about: an agreement, an obligation, a firm."""

    __tablename__ = "engagement_subject"


@stored(EngagementPillar, "engagement_id")
class EngagementPillarRow(StoreRow, EngagementPillar, table=True):
    """A further pillar the engagement served."""

    __tablename__ = "engagement_pillar"
