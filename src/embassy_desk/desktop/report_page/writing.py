"""Keeps what is written into a report, so that neither a crash nor a lock loses it. No Qt.

Nothing is older than a second when it reaches the disk; preview, file and command line read it from
there.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from embassy_desk.application.office import Office
from embassy_desk.application.report_texts import keep_written, written
from embassy_desk.application.reports import Wish, settled
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.domain.errors import DeskError, RefusedError

KEEP_AFTER_S = 0.7
"""Seconds from the first key that is not kept yet until it is written."""


class TextsView(Protocol):
    """What is needed from the fields."""

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show what was written."""

    def texts(self) -> dict[str, str]:
        """Return what stands in the fields."""


@dataclass(frozen=True)
class _Occasion:
    """The report that is written into; its wish names every day."""

    name: str
    wish: Wish


class Writing:
    """Shows what was written into the report that is chosen, and keeps what is typed."""

    def __init__(self, office: Office, view: TextsView, keeper: Keeper) -> None:
        """Begin with no report."""
        self._office = office
        self._view = view
        self._keeper = keeper
        self._occasion: _Occasion | None = None
        self._soon: asyncio.TimerHandle | None = None
        self._waiting: tuple[_Occasion, dict[str, str]] | None = None

    async def open(self, name: str, wish: Wish) -> None:
        """Show what was written into a report; what was typed into the former one is kept.

        Raises:
            StoreError: The store cannot be written.
        """
        await self.flush()
        try:
            occasion = _Occasion(name, await self._office.ask(settled, wish))
        except DeskError:  # the fields do not say yet which report is meant
            self._occasion = None
            return
        if occasion == self._occasion:
            return
        texts = await self._office.ask(written, name, occasion.wish)
        while self._soon is not None:  # somebody typed into the former one meanwhile
            await self.flush()
        self._occasion = occasion
        self._view.show_texts(texts)

    def forget(self) -> None:
        """Read what was written anew when the report is opened next: it may have been signed."""
        self._occasion = None

    def note_edit(self) -> None:
        """Note that a text was edited; it is kept soon."""
        if self._occasion is not None and self._soon is None:
            loop = asyncio.get_running_loop()
            self._soon = loop.call_later(KEEP_AFTER_S, self._on_time)

    def _on_time(self) -> None:
        self._keeper.start(self.flush(), name="keep a text")

    async def flush(self) -> None:
        """Write what is not written yet.

        Raises:
            RefusedError: The texts are too long to be kept.
            StoreError: The store cannot be written; it is tried again with the next key.
        """
        if self._soon is not None and self._occasion is not None:
            self._soon.cancel()
            self._soon = None
            self._waiting = (self._occasion, self._view.texts())
        if self._waiting is not None:
            occasion, texts = waiting = self._waiting
            try:
                await self._office.do(keep_written, occasion.name, occasion.wish, texts)
            except RefusedError:  # too long; tried again when it changes
                self._waiting = None
                raise
            if self._waiting is waiting:
                self._waiting = None
