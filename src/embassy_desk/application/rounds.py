"""What is done for the safety of a store while it is open, every few minutes."""

from datetime import datetime

from embassy_desk.application.backups import Backup, Why, is_due
from embassy_desk.application.profile import Profile
from embassy_desk.application.restoring import sweep_kept
from embassy_desk.settings.reserve import lay_up


def make_rounds(profile: Profile, at: datetime) -> Backup | None:
    """Note how far the store has come, keep the reserve of room, and once a day back it up.

    What was set aside goes when its month is over.

    Slow, and safe beside the clerk: it uses connections of its own.

    Args:
        profile: The open profile.
        at: The present time, with the zone in which the desk stands.

    Returns:
        The backup that was made, if one was due.

    Raises:
        StoreError: The disk refuses, or the store is not whole.
    """
    profile.freshness.note_use()
    lay_up(profile.folder)
    if not is_due(profile.folder, at):
        return None
    made = profile.back_up_beside(Why.DAILY, at)
    sweep_kept(profile.folder, at)
    return made
