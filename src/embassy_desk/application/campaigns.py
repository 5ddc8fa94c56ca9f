"""Outreach campaigns: whom to reach, how often they were, and who answered what."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from embassy_desk.domain.campaign import Campaign, CampaignStep, CampaignTarget, TargetState
from embassy_desk.domain.campaign_machine import TargetFile, is_unanswered, move_target, touch
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.contact_list import ContactList, ListMember
from embassy_desk.domain.links import link_id
from embassy_desk.store.work import UnitOfWork


def add_targets(work: UnitOfWork, campaign: Campaign, contact_ids: Iterable[UUID]) -> int:
    """Add contacts to a campaign; those that are in it stay. Returns how many are new.

    Contacts who do not want to be contacted are left out.

    Raises:
        MissingError: A contact is gone.
    """
    added = 0
    for contact_id in dict.fromkeys(contact_ids):
        target_id = link_id("campaign_target", campaign.id, contact_id)
        contact = work.get(Contact, contact_id)
        if contact.do_not_contact or work.find(CampaignTarget, target_id) is not None:
            continue
        work.save(
            work.new_part(
                CampaignTarget,
                campaign,
                id=target_id,
                contact_id=contact_id,
                name_then=contact.display_name,
            )
        )
        added += 1
    return added


def add_list(work: UnitOfWork, campaign: Campaign, contact_list: ContactList) -> int:
    """Add everybody on a contact list to a campaign. Returns how many are new."""
    members = work.parts(ListMember, contact_list)
    return add_targets(work, campaign, (each.contact_id for each in members))


def touch_target(work: UnitOfWork, target_id: UUID, *, on: date) -> CampaignTarget:
    """Note that a target was contacted once more; the next touch is proposed.

    Raises:
        MissingError: The target is gone.
        RefusedError: The campaign is through with it.
    """
    target, campaign = _with_campaign(work, target_id)
    steps = work.parts(CampaignStep, campaign)
    return work.save(touch(target, campaign, on, steps))


def answer_target(
    work: UnitOfWork, target_id: UUID, state: TargetState, *, reason: str = ""
) -> CampaignTarget:
    """Note how a target answered, or that it did not.

    Raises:
        MissingError: The target is gone.
        RefusedError: The step may not be taken now; says what is missing.
    """
    target, campaign = _with_campaign(work, target_id)
    return work.save(
        move_target(TargetFile(target=target, campaign=campaign), state, reason=reason)
    )


def unanswered_targets(
    work: UnitOfWork, campaign: Campaign, on: date
) -> tuple[CampaignTarget, ...]:
    """Return the targets that had all touches and all the time to answer, and did not."""
    targets = work.parts(CampaignTarget, campaign)
    return tuple(each for each in targets if is_unanswered(each, campaign, on))


def _with_campaign(work: UnitOfWork, target_id: UUID) -> tuple[CampaignTarget, Campaign]:
    target = work.get(CampaignTarget, target_id)
    return target, work.get(Campaign, target.campaign_id)
