"""What the page of the trash shows and does. No Qt."""

from collections.abc import Callable
from typing import Protocol

from embassy_desk.application.office import Office
from embassy_desk.application.records import bring_back
from embassy_desk.application.trash import Trash, TrashLine, trash_now
from embassy_desk.desktop.kit.notice import Notice, Weight
from embassy_desk.texts import N_


class TrashView(Protocol):
    """What the presenter needs from its screen."""

    def show_trash(self, trash: Trash) -> None:
        """Show what lies in the trash."""


class TrashPresenter:
    """Shows the trash; answers that were overtaken are dropped."""

    def __init__(self, office: Office, view: TrashView, *, tell: Callable[[Notice], None]) -> None:
        """Begin without lines; what was done is told to `tell`."""
        self._office, self._view, self._tell = office, view, tell
        self._asked = 0

    async def refresh(self) -> None:
        """Show the trash anew."""
        self._asked += 1
        asked = self._asked
        found = await self._office.ask(trash_now)
        if asked == self._asked:
            self._view.show_trash(found)

    async def bring_back(self, line: TrashLine) -> None:
        """Take a record out of the trash; it stands where it stood before.

        Raises:
            DeskError: It is gone, or the rights do not allow it.
        """
        await self._office.do(bring_back, line.kind, line.id)
        text = N_("“{heading}” was brought back.", heading=line.heading)
        self._tell(Notice(text, Weight.DONE, can_undo=True))
        await self.refresh()
