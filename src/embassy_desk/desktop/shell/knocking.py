"""How a second start of the desk tells the window that is open: by a socket of its owner."""

import json
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  lets a window come to the front under Wayland
_MOST_WORD_BYTES = 16_384  # a token and a path, escaped


def is_answered(address: str, opens: Path | None, patience_ms: int) -> bool:
    """Ask who answers at an address to show the window; say whether anybody does.

    Args:
        address: Where to knock.
        opens: A file that the window is to take in.
        patience_ms: How long to wait, in milliseconds.
    """
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(patience_ms):
        return False
    named = str(opens.absolute()) if opens is not None else ""
    word = {"token": os.environ.get(_TOKEN, ""), "file": named}
    socket.write(json.dumps(word).encode() + b"\n")
    socket.waitForBytesWritten(patience_ms)
    socket.disconnectFromServer()
    return True


class Listener(QObject):
    """Answers at an address, taking over what a crash has left there.

    Attributes:
        raise_asked: Somebody asked for the window.
        file_given: That was to open a file; carries its path.
    """

    raise_asked = Signal()
    file_given = Signal(object)

    def __init__(self, parent: QObject, address: str) -> None:
        """Listen from now on."""
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)
        QLocalServer.removeServer(address)
        self._server.listen(address)

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
        """Listen no more."""
        self._server.close()
