"""What helps when something fails, with the desk open or locked: log, incidents, diagnostics, keys.

Light: what shows it is loaded with the rest of the desk.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject

from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.shell.frame import Frame


class Helping(QObject):
    """Opens what the menu of help and the notices lead to."""

    def __init__(
        self,
        frame: Frame,
        keeper: Keeper,
        folder: Path,
        clock: Callable[[], datetime],
        rooms: Callable[[], "asyncio.Future[ModuleType]"],
    ) -> None:
        """Listen to a window.

        Args:
            frame: The window.
            keeper: Starts what was asked for.
            folder: The profile's folder; it need not hold a store.
            clock: The present time, with zone.
            rooms: The rest of the desk, once it is loaded.
        """
        super().__init__(frame)
        self._frame, self._keeper = frame, keeper
        self._folder, self._clock, self._rooms = folder, clock, rooms
        frame.help.diagnostics_asked.connect(self._starter(self._diagnose, "diagnostics"))
        frame.help.log_asked.connect(self._starter(self._read_log, "log"))
        frame.help.card_asked.connect(self._starter(self._save_card, "quick card"))
        frame.notices.incident_asked.connect(self._starter(self._tell_incident, "incident"))

    def _starter(
        self, work: Callable[..., Coroutine[Any, Any, object]], name: str
    ) -> Callable[..., None]:
        """Return a slot that starts a coroutine with what the signal carries."""

        def start(*carried: Any) -> None:
            self._keeper.start(work(*carried), name=name)

        return start

    async def _diagnose(self) -> None:
        rooms = await self._rooms()
        await rooms.diagnose(self._frame, self._frame.phrases.words, self._folder, self._clock())

    async def _read_log(self) -> None:
        rooms = await self._rooms()
        await rooms.read_log(self._frame, self._frame.phrases.words, self._folder)

    async def _save_card(self, lines: tuple[tuple[str, str, str], ...]) -> None:
        rooms = await self._rooms()
        frame = self._frame
        await rooms.save_card(frame, frame.phrases.words, lines, self._clock(), frame.notices.tell)

    async def _tell_incident(self, number: str) -> None:
        rooms = await self._rooms()
        words = self._frame.phrases.words
        if await rooms.show_incident(self._frame, words, self._folder, number):
            self._frame.quit_asked.emit()
