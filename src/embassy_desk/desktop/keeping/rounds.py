"""Goes the rounds while the desk is open: the mark of the store, and the daily backup."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from embassy_desk.application.office import Office
from embassy_desk.application.pages import Changes
from embassy_desk.application.profile import Profile
from embassy_desk.application.rounds import make_rounds
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.domain.errors import SignInError, StoppedError

FIRST_MS, INTERVAL_MS = 30_000, 300_000
MOST_CHANGES = 50
"""After so many saves the next round does not wait for its time."""


def _make(profile: Profile, at: datetime) -> None:
    """Go a round; a lock ends the backup of it, and the next round makes it."""
    with suppress(StoppedError, SignInError):
        make_rounds(profile, at)


class Rounds(QObject):
    """Goes a round half a minute after unlocking, every five minutes, and after fifty saves."""

    def __init__(
        self, profile: Profile, office: Office, keeper: Keeper, clock: Callable[[], datetime]
    ) -> None:
        """Begin to wait for the first round."""
        super().__init__()
        self._profile, self._keeper, self._clock = profile, keeper, clock
        self._is_going = False
        self._changes = 0
        self._timer = QTimer(self, interval=FIRST_MS)
        self._timer.timeout.connect(self.go)
        self._timer.start()
        self._leave_office = office.listen(self._on_changes)

    def go(self) -> None:
        """Go a round now, unless one is under way."""
        if not self._is_going:
            self._is_going = True
            self._changes = 0
            self._timer.start(INTERVAL_MS)
            self._keeper.start(self._round(), name="rounds")

    def leave(self) -> None:
        """Go no more rounds."""
        self._timer.stop()
        self._leave_office()
        self.deleteLater()

    async def _round(self) -> None:
        try:
            await asyncio.to_thread(_make, self._profile, self._clock().astimezone())
        finally:
            self._is_going = False

    def _on_changes(self, _changes: Changes) -> None:
        self._changes += 1
        if self._changes >= MOST_CHANGES:
            self.go()
