"""A file that the person opened from outside: taken in at once, or when the desk is unlocked.

Light, like the session: what takes files in is loaded with the rest of the desk.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.texts import N_

if TYPE_CHECKING:
    from embassy_desk.desktop.desk import Desk


class Opened(Protocol):
    """What holds the desk while it is open."""

    desk: "Desk | None"
    is_demo: bool


class WaitingFile:
    """Holds a file until the desk can take it in."""

    def __init__(self, session: Opened, frame: Frame, keeper: Keeper) -> None:
        """Begin without one."""
        self._session, self._frame, self._keeper = session, frame, keeper
        self._path: Path | None = None

    def take_in(self, path: Path) -> None:
        """Show a file on the page it is for, soon; while the desk is locked it waits."""
        self._path = path
        if self._session.desk is None:
            text = N_("“{name}” opens once you have unlocked the desk.", name=path.name)
            self._frame.unlock.show_reason(text, is_demo=self._session.is_demo)
        else:
            self.go_on()

    def go_on(self) -> None:
        """Take in what waits, if anything does; the desk is open."""
        desk, path, self._path = self._session.desk, self._path, None
        if desk is not None and path is not None:
            self._keeper.start(desk.incoming.take_in(path), name="take in")
