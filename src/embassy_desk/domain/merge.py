"""Two records of one person or body become one: which value stands, and what moves along.

The record that is kept takes over the relations of the other one, which stays in the archive with
its past and says where it went (`merged_into`), so that its identity and reference keep resolving.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from embassy_desk.domain.campaign import CampaignTarget
from embassy_desk.domain.catalogue import ENTITIES, entity_name
from embassy_desk.domain.contact import Consent, ContactEmail, ContactPhone, Position
from embassy_desk.domain.contact_list import ListMember
from embassy_desk.domain.engagement import EngagementSubject, TheirParticipant
from embassy_desk.domain.entity import Entity, Record, strictest_of
from embassy_desk.domain.kept_apart import KeptApart, kept_apart_id
from embassy_desk.domain.links import link_id
from embassy_desk.domain.organisation import OrganisationAlias
from embassy_desk.domain.parts import DateChange, StageStep, Tag
from embassy_desk.domain.task import TaskParent
from embassy_desk.domain.vietnamese import fold

EntityType = TypeVar("EntityType", bound=Entity)

FIELDS_OF_KINDS: Mapping[str, frozenset[str]] = {
    "contact": frozenset({"contact_id", "waiting_on_contact_id"}),
    "organisation": frozenset(
        {
            "organisation_id",
            "parent_id",
            "succeeded_by_id",
            "responsible_organisation_id",
            "lead_ministry_id",
            "partner_lead_id",
        }
    ),
}
"""Fields that name a record of a kind, wherever they stand."""

FIELDS_OF_ANY_KIND = frozenset({"record_id", "other_id"})
"""Fields that name a record of the kind that stands beside them in `record_kind`."""

STAYING: tuple[type[Entity], ...] = (StageStep, DateChange)
"""Rows that are the past of a record and stay with it."""


@dataclass(frozen=True)
class Reference:
    """A field by which rows lead to records of a kind.

    Attributes:
        of_any_kind: Whether `record_kind` beside it says of which.
    """

    entity: type[Entity]
    field: str
    of_any_kind: bool


@cache
def references_to(kind: str) -> tuple[Reference, ...]:
    """Return every field of every entity that may name a record of a kind."""
    return tuple(
        Reference(entity, name, name in FIELDS_OF_ANY_KIND)
        for entity in ENTITIES
        if entity not in STAYING
        for name in entity.model_fields
        if name in FIELDS_OF_KINDS[kind] or name in FIELDS_OF_ANY_KIND
    )


_LEFT_ALONE = frozenset(
    {
        "id", "ref", "mission", "created_at", "created_by", "created_via", "changed_at",
        "changed_by", "archived_at", "archived_by", "archived_reason", "archived_note",
        "trashed_at", "trashed_by", "merged_into",
    }
)  # fmt: skip


@dataclass(frozen=True)
class FieldChoice:
    """A field in which two records differ.

    Attributes:
        field: Its name.
        kept: Value of the record that is kept.
        lost: Value of the other one.
        proposed: What stands unless somebody chooses otherwise.
    """

    field: str
    kept: Any
    lost: Any
    proposed: Any


def choices(kept: Record, lost: Record) -> tuple[FieldChoice, ...]:
    """Return the fields in which two records differ, each with a proposal.

    What is kept stands where it says anything, else what the other says. Notes are joined, the
    stricter handling and a wish not to be contacted hold.
    """
    found = []
    for name in type(kept).model_fields:
        mine, theirs = getattr(kept, name), getattr(lost, name)
        if theirs == kept.id:
            theirs = None  # a body is not above itself
        if name not in _LEFT_ALONE and mine != theirs:
            found.append(FieldChoice(name, mine, theirs, _proposed(name, mine, theirs)))
    return tuple(found)


def _proposed(name: str, mine: Any, theirs: Any) -> Any:
    if name == "handling":
        return strictest_of((mine, theirs))
    if isinstance(mine, bool):
        return mine or theirs
    if name == "notes" and mine and theirs:
        return f"{mine}\n\n{theirs}"
    if name == "verified_on" and mine and theirs:
        return max(mine, theirs)
    return mine if mine not in (None, "") else theirs


_LINK_ENDS: Mapping[type[Entity], tuple[str, ...]] = {
    Tag: ("record_id", "label"),
    ListMember: ("contact_list_id", "contact_id"),
    CampaignTarget: ("campaign_id", "contact_id"),
    TheirParticipant: ("engagement_id", "contact_id"),
    EngagementSubject: ("engagement_id", "record_id"),
}
"""Of rows whose identity may follow from what they link: from which fields."""


def moved(row: EntityType, field: str, survivor: UUID) -> EntityType | None:
    """Return a row that leads to the record that is kept; nothing when nothing is left to say.

    A row that only links gets the identity that follows from its new ends, so that it is the same
    row as the one somebody else makes.
    """
    if isinstance(row, KeptApart):
        other = row.other_id if field == "record_id" else row.record_id
        if other == survivor:
            return None
        first, second = sorted((other, survivor))
        return row.changed(id=kept_apart_id(first, second), record_id=first, other_id=second)
    new = row.changed(**{field: survivor})
    ends = _LINK_ENDS.get(type(row))
    if ends is not None and row.id == _derived(row, ends):
        return new.changed(id=_derived(new, ends))
    return new


def _derived(row: Entity, ends: tuple[str, ...]) -> UUID | None:
    values = [getattr(row, name) for name in ends]
    return None if None in values else link_id(entity_name(type(row)), *values)


def twin_key(row: Entity) -> tuple[Any, ...] | None:
    """Return what two rows have in common that say the same of a record; nothing if none do."""
    key = _TWINS.get(type(row))
    return None if key is None else key(row)


_TWINS: Mapping[type[Entity], Callable[[Any], tuple[Any, ...]]] = {
    ContactEmail: lambda row: (row.contact_id, row.address.lower()),
    ContactPhone: lambda row: (row.contact_id, row.e164 or fold(row.typed).replace(" ", "")),
    Position: lambda row: (
        row.contact_id,
        row.organisation_id or fold(row.organisation_name),
        fold(row.title),
        row.from_on,
        row.to_on,
    ),
    Consent: lambda row: (row.contact_id, row.purpose, row.given_on),
    OrganisationAlias: lambda row: (row.organisation_id, fold(row.alias)),
    Tag: lambda row: (row.record_kind, row.record_id, fold(row.label)),
    ListMember: lambda row: (row.contact_list_id, row.contact_id),
    CampaignTarget: lambda row: (row.campaign_id, row.contact_id, row.organisation_id),
    TheirParticipant: lambda row: (row.engagement_id, row.contact_id, row.organisation_id),
    EngagementSubject: lambda row: (row.engagement_id, row.record_kind, row.record_id),
    TaskParent: lambda row: (row.task_id, row.record_kind, row.record_id),
    KeptApart: lambda row: (row.record_id, row.other_id),
}


def filled(kept: EntityType, lost: Entity) -> EntityType:
    """Return a row with what its twin says and itself does not."""
    blanks = {
        name: getattr(lost, name)
        for name, value in kept
        if value in (None, "") and getattr(lost, name) not in (None, "")
    }
    return kept.changed(**blanks) if blanks else kept


def survivor_of(record: UUID, merged: Mapping[UUID, UUID]) -> UUID:
    """Return which record stands for one, following every merge.

    Two desks that know nothing of each other may merge two records into one another; of such a
    circle the record with the lowest identity stands, on every desk.

    Args:
        record: Any record.
        merged: Into which record each merged one went.
    """
    seen: list[UUID] = []
    while record in merged and record not in seen:
        seen.append(record)
        record = merged[record]
    return min(seen[seen.index(record) :]) if record in seen else record
