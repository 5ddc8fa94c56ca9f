"""What can be wrong with an update; in every case the old version stays and runs."""

from embassy_desk.domain.errors import OfflineError, RefusedError
from embassy_desk.texts import N_, Text


class UnprovedError(RefusedError):
    """What was offered does not prove genuine; `detail` is for the log, never for the person."""

    code = "update_unproved"

    def __init__(self, detail: str) -> None:
        """Keep what the check said."""
        super().__init__(
            N_("What was offered as an update does not prove genuine. Nothing was installed.")
        )
        self.detail = detail


class StaleError(RefusedError):
    """The signatures are past their day: somebody may be holding newer versions back."""

    code = "update_stale"

    def __init__(self, detail: str) -> None:
        """Keep what the check said."""
        super().__init__(
            N_(
                "What tells of updates is out of date, so there is no update from here. This"
                " desk works on as it is. Ask headquarters to renew it."
            )
        )
        self.detail = detail


class ClockError(RefusedError):
    """The clock stands before a time this program has already seen."""

    code = "update_clock"

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            N_(
                "The clock of this computer stands earlier than it did before. Set it right, then"
                " look for updates again."
            )
        )


class NoUpdatesError(RefusedError):
    """There is nothing about updates at that place."""

    code = "update_none"

    def __init__(self) -> None:
        """Say so."""
        super().__init__(N_("There are no updates at this place."))


class BrokenUpdateError(RefusedError):
    """The new version does not run; the old one stays."""

    code = "update_broken"

    def __init__(self, text: Text, detail: str) -> None:
        """Keep the sentence for the person and what the new version said."""
        super().__init__(text)
        self.detail = detail


class UnreachableError(OfflineError):
    """The place of the updates cannot be reached; what was fetched is kept for the next try."""

    code = "update_unreachable"

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            N_(
                "The updates cannot be reached now. What was fetched is kept; the next try goes on"
                " from there."
            )
        )
