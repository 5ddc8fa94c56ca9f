"""Erasing a person from the store of an open profile, whatever happens to the power meanwhile."""

from uuid import UUID

from embassy_desk.application.personal import Erasure, erase_person
from embassy_desk.application.profile import Profile


def erase_from(profile: Profile, contact_id: UUID) -> Erasure:
    """Erase a person as `erase_person` does, and keep the store's mark true at every moment.

    Args:
        profile: The open profile.
        contact_id: The person.

    Raises:
        MissingError: There is no such contact.
        RefusedError: The rights do not allow it.
    """
    profile.freshness.note_erasing()
    try:
        return erase_person(profile.store, contact_id)
    finally:
        profile.freshness.note_use()
