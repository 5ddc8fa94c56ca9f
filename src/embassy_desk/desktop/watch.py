"""Notices what another process has written to the store, such as the command line."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from embassy_desk.application.office import Office
from embassy_desk.application.pages import data_version
from embassy_desk.desktop.kit.keeper import Keeper

INTERVAL_MS = 2_000


class Watch(QObject):
    """Looks every two seconds; each look costs the clerk one short question."""

    def __init__(self, office: Office, keeper: Keeper, changed: Callable[[], object]) -> None:
        """Call `changed`, on the loop's thread, when the store was written by somebody."""
        super().__init__()
        self._office = office
        self._keeper = keeper
        self._changed = changed
        self._seen: int | None = None
        self._is_looking = False
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look once, unless a look is still under way."""
        if not self._is_looking:
            self._is_looking = True
            self._keeper.start(self._look(), name="watch")

    async def _look(self) -> None:
        try:
            version = await self._office.call(data_version)
        finally:
            self._is_looking = False
        before, self._seen = self._seen, version
        if before is not None and before != version:
            self._changed()
