"""One window for each profile: a second start raises the window that is open already.

Light: a start that finds no socket opens its window first and listens after that.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QLockFile, QObject, QStandardPaths, QUuid, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from embassy_desk.desktop.shell.knocking import Listener

PATIENCE_MS = 1_000
_MOST_PATH_BYTES = 100  # sockets of Unix take 108 with the end
_ADDRESSES = QUuid("{6ba7b811-9dad-11d1-80b4-00c04fd430c8}")  # RFC 9562, names that are addresses


class OneWindow(QObject):
    """Holds the place of the one window, and says when another start asks for it.

    Attributes:
        raise_asked: Somebody started the desk a second time on this profile.
        file_given: That start was to open a file; carries its path.
        address: Where the window of the profile answers; empty where there is no private place.
    """

    raise_asked = Signal()
    file_given = Signal(object)
    _listener: "Listener | None" = None

    def __init__(self, folder: Path) -> None:
        """Know the profile; `claim` takes the place."""
        super().__init__()
        self.address = _address(folder)
        # Of two starts at once one waits for the other.
        self._door = QLockFile(f"{self.address}.lock")

    def claim(self, opens: Path | None = None) -> bool:
        """Take the place; where somebody has it already, ask for the window there instead.

        A socket that a crash has left behind answers nobody and is taken over by `listen`.

        Args:
            opens: A file that the window is to take in; handed on to the one that is open.

        Returns:
            Whether this start is to open the window.
        """
        if not self.address:
            return True
        self._door.tryLock(PATIENCE_MS)
        is_ours = not self._may_be_taken() or not self._is_answered(opens)
        if not is_ours:
            self._door.unlock()
        return is_ours

    def _may_be_taken(self) -> bool:
        """Say whether it is worth asking; pipes of Windows are not seen among the files."""
        return sys.platform == "win32" or Path(self.address).exists()

    def _is_answered(self, opens: Path | None) -> bool:
        from embassy_desk.desktop.shell.knocking import is_answered  # noqa: PLC0415  seldom needed

        return is_answered(self.address, opens, PATIENCE_MS)

    def listen(self) -> None:
        """Answer others that start; the place must be ours.

        Where no socket can be made at all, nobody is told: the store itself bears two windows.
        """
        from embassy_desk.desktop.shell.knocking import Listener  # noqa: PLC0415  painted first

        if self.address:
            self._listener = Listener(self, self.address)
            self._listener.raise_asked.connect(self.raise_asked)
            self._listener.file_given.connect(self.file_given)
            self._door.unlock()

    def close(self) -> None:
        """Give the place up."""
        if self._listener is not None:
            self._listener.close()
        self._door.unlock()
        self.deleteLater()


def bring_forward(window: QWidget) -> None:
    """Show a window in front of the others, also one that was made small."""
    window.setWindowState(window.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _address(folder: Path) -> str:
    """Return where the window of a profile answers; empty where there is no private place."""
    token = QUuid.createUuidV5(_ADDRESSES, os.fsencode(folder.resolve()))
    name = f"embassy-desk-{token.toString(QUuid.StringFormat.Id128)}"
    if sys.platform == "win32":
        return name
    room = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
    address = str(Path(room) / name)
    fits = room and len(os.fsencode(address)) <= _MOST_PATH_BYTES
    return address if fits else ""
