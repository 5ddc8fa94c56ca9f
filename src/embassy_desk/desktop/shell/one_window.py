"""One window for each profile: a second start raises the window that is open already."""

import json
import os
import sys
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 1_000
_MOST_PATH_BYTES = 100  # sockets of Unix take 108 with the end
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  lets a window come to the front under Wayland
_MOST_WORD_BYTES = 16_384  # a token and a path, escaped


class OneWindow(QObject):
    """Holds the place of the one window, and says when another start asks for it.

    Attributes:
        raise_asked: Somebody started the desk a second time on this profile.
        file_given: That start was to open a file; carries its path.
    """

    raise_asked = Signal()
    file_given = Signal(object)

    def __init__(self, folder: Path) -> None:
        """Know the profile; `claim` takes the place."""
        super().__init__()
        self.address = _address(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)

    def claim(self, opens: Path | None = None) -> bool:
        """Take the place; where somebody has it already, ask for the window there instead.

        A socket that a crash has left behind answers nobody and is taken over. Where no socket
        can be made at all, the window opens all the same: the store itself bears two of them.

        Args:
            opens: A file that the window is to take in; handed on to the one that is open.

        Returns:
            Whether this start is to open the window.
        """
        if not self.address:
            return True
        door = QLockFile(f"{self.address}.lock")  # of two starts at once one waits for the other
        door.tryLock(PATIENCE_MS)
        try:
            if self._knocked(opens):
                return False
            QLocalServer.removeServer(self.address)
            self._server.listen(self.address)
        finally:
            door.unlock()
        return True

    def _knocked(self, opens: Path | None) -> bool:
        """Ask who answers at the address to show the window; say whether anybody does."""
        socket = QLocalSocket()
        socket.connectToServer(self.address)
        if not socket.waitForConnected(PATIENCE_MS):
            return False
        named = str(opens.absolute()) if opens is not None else ""
        word = {"token": os.environ.get(_TOKEN, ""), "file": named}
        socket.write(json.dumps(word).encode() + b"\n")
        socket.waitForBytesWritten(PATIENCE_MS)
        socket.disconnectFromServer()
        return True

    def _on_knock(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_word)
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._take(socket)

    def _on_word(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.canReadLine():
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        try:
            word = json.loads(bytes(socket.readLine(_MOST_WORD_BYTES).data()))
            token, named = str(word["token"]), str(word["file"])
        except (ValueError, TypeError, KeyError):  # an older version knocks, or none of ours
            token, named = "", ""
        if token.isascii() and token.isprintable() and token:
            os.environ[_TOKEN] = token
        self.raise_asked.emit()
        if named:
            self.file_given.emit(Path(named))

    def close(self) -> None:
        """Give the place up."""
        self._server.close()
        self.deleteLater()


def bring_forward(window: QWidget) -> None:
    """Show a window in front of the others, also one that was made small."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _address(folder: Path) -> str:
    """Return where the window of a profile answers; empty where there is no private place."""
    name = f"embassy-desk-{uuid5(NAMESPACE_URL, str(folder.resolve())).hex}"
    if sys.platform == "win32":
        return name
    room = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
    address = str(Path(room) / name)
    fits = room and len(os.fsencode(address)) <= _MOST_PATH_BYTES
    return address if fits else ""
