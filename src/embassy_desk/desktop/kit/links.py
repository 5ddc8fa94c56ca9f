"""Which fields name another record, of which kind, and where its name is kept as it was then."""

from dataclasses import dataclass

ANY_KIND = "*"
"""A link whose kind stands beside it in `record_kind`."""


@dataclass(frozen=True)
class Link:
    """What a field of identities leads to.

    Attributes:
        kind: Name of the kind, or `*`.
        name_in: Field of the same entity that keeps the name as it was; may be empty.
    """

    kind: str
    name_in: str = ""


_STAFF = Link("staff")
_CONTACT = Link("contact")
_ORGANISATION = Link("organisation")
_AGREEMENT = Link("agreement")

LINKS: dict[str, Link] = {
    "owner": _STAFF,
    "backup": _STAFF,
    "created_by": _STAFF,
    "changed_by": _STAFF,
    "archived_by": _STAFF,
    "trashed_by": _STAFF,
    "merged_into": Link(ANY_KIND),
    "by": _STAFF,
    "assignee": _STAFF,
    "delegated_by": _STAFF,
    "completed_by": _STAFF,
    "staff_id": _STAFF,
    "our_participant.staff_id": Link("staff", "name_then"),
    "responsible_staff_id": _STAFF,
    "contact_id": _CONTACT,
    "their_participant.contact_id": Link("contact", "name_then"),
    "campaign_target.contact_id": Link("contact", "name_then"),
    "commitment.contact_id": Link("contact", "who"),
    "waiting_on_contact_id": _CONTACT,
    "organisation_id": _ORGANISATION,
    "position.organisation_id": Link("organisation", "organisation_name"),
    "their_participant.organisation_id": Link("organisation", "organisation_then"),
    "agreement_party.organisation_id": Link("organisation", "name"),
    "parent_id": _ORGANISATION,
    "succeeded_by_id": _ORGANISATION,
    "responsible_organisation_id": _ORGANISATION,
    "lead_ministry_id": _ORGANISATION,
    "agreement.lead_ministry_id": Link("organisation", "lead_ministry_then"),
    "agreement.partner_lead_id": Link("organisation", "partner_lead_then"),
    "agreement_id": _AGREEMENT,
    "from_agreement_id": _AGREEMENT,
    "to_agreement_id": _AGREEMENT,
    "partner_engagement_id": Link("engagement"),
    "engagement_id": Link("engagement"),
    "task_id": Link("task"),
    "campaign_id": Link("campaign"),
    "contact_list_id": Link("contact_list"),
    "country_id": Link("country"),
    "replaces_id": Link("signed_report"),
    "signed_report_id": Link("signed_report"),
    "record_id": Link(ANY_KIND),
    "other_id": Link(ANY_KIND),
}
"""By name of the field; where one entity needs more, by its table, a dot and the field."""

CONTROLLED: dict[str, str] = {
    "contact.honorific": "honorific",
    "contact.rank": "rank",
    "contact.preferred_channel": "preferred_channel",
    "contact.nationality": "country",
    "contact_email.kind": "email_kind",
    "contact_phone.kind": "phone_kind",
    "contact_address.kind": "email_kind",
    "organisation.kind": "organisation_kind",
    "organisation.control": "control",
    "organisation.sectors": "sector",
    "country": "country",
    "engagement.level": "engagement_level",
    "pillar": "pillar",
    "rank": "rank",
    "staff.post": "post",
    "mission_code": "mission",
    "mission.parent_code": "mission",
    "country.region": "region",
    "tier": "partnership_tier",
    "grouping": "grouping",
    "clearance_step.kind": "clearance_kind",
    "rest_days": "weekday",
    "list_entry.list_code": "list",
    "languages": "language",
    "preferred_language": "language",
    "authentic_texts": "language",
    "prevailing_language": "language",
    "attachment.language": "language",
}
"""Fields whose codes come from a controlled list, keyed like `LINKS`."""


def link_of(entity: str, field: str) -> Link | None:
    """Return where a field of an entity leads, or nothing."""
    return LINKS.get(f"{entity}.{field}") or LINKS.get(field)


def list_of(entity: str, field: str) -> str:
    """Return the controlled list that a field takes its codes from; empty for none."""
    return CONTROLLED.get(f"{entity}.{field}") or CONTROLLED.get(field, "")
