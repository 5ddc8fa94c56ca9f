"""Conditions that need more than an agreement's own dates, and how silent a contact is."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from embassy_desk.domain.days import days_after, months_after
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.obligation import Obligation
from embassy_desk.domain.organisation import Organisation, OrganisationStatus, successor_on
from embassy_desk.texts import N_, LabelledEnum

DAYS_UNTIL_NEVER_CONTACTED = 30
"""A contact without a cadence counts as never contacted so many days after it was entered."""


class ContactSilence(LabelledEnum):
    """Whether the mission has been in touch with a contact."""

    NEW = "new", N_("New, not yet contacted")
    IN_TOUCH = "in_touch", N_("In touch")
    QUIET = "quiet", N_("Not in touch for too long")
    NEVER_CONTACTED = "never_contacted", N_("Never contacted")


def obligations_late(
    obligations: Iterable[Obligation], on: date, in_force_on: date | None
) -> tuple[Obligation, ...]:
    """Return the obligations that are still owed after their day."""
    return tuple(each for each in obligations if each.is_late(on, in_force_on))


def silent(last_engagement_on: date | None, since: date | None, months: int, on: date) -> bool:
    """Say whether there was no engagement about an agreement for some months.

    Args:
        last_engagement_on: Day of the last one; nothing when there was none.
        since: Day from which to count without one, such as entry into force.
        months: So many months of silence are too many, at least 1.
        on: The day of asking.
    """
    last = last_engagement_on or since
    return last is not None and months_after(last, months) <= on


def orphan(lead: Organisation | None, by_id: Mapping[UUID, Organisation], on: date) -> bool:
    """Say whether the lead body is dissolved with nobody in its place.

    Args:
        lead: The lead body; an agreement without one is no orphan, it lacks an entry.
        by_id: Organisations among which to look for successors.
        on: The day of asking.
    """
    if lead is None:
        return False
    try:
        last = successor_on(lead, by_id, on)
    except RefusedError:  # successors in a circle: nobody stands at the end
        return True
    return last.status_on(on) == OrganisationStatus.DISSOLVED


def days_silent(last_engagement_on: date | None, created_on: date, on: date) -> int:
    """Return the days since the last engagement, or since the contact was entered; at least 0."""
    return max((on - (last_engagement_on or created_on)).days, 0)


def contact_silence(
    cadence_days: int | None, last_engagement_on: date | None, created_on: date, on: date
) -> ContactSilence:
    """Return whether a contact is in touch, quiet beyond its cadence, or was never contacted.

    Without a cadence nobody becomes quiet. A contact without any engagement is new until its
    cadence, or 30 days, have passed since it was entered.
    """
    if last_engagement_on is None:
        patience = cadence_days or DAYS_UNTIL_NEVER_CONTACTED
        is_new = on <= days_after(created_on, patience)
        return ContactSilence.NEW if is_new else ContactSilence.NEVER_CONTACTED
    if cadence_days is None or on <= days_after(last_engagement_on, cadence_days):
        return ContactSilence.IN_TOUCH
    return ContactSilence.QUIET


def is_quiet(
    cadence_days: int | None, last_engagement_on: date | None, created_on: date, on: date
) -> bool:
    """Say whether a contact with a cadence should hear from the mission again, or at last."""
    silence = contact_silence(cadence_days, last_engagement_on, created_on, on)
    is_due = silence in {ContactSilence.QUIET, ContactSilence.NEVER_CONTACTED}
    return cadence_days is not None and is_due
