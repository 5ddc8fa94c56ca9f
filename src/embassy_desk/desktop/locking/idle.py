"""Notices that nobody works at the desk; works on every system, whatever its desktop says."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

MINUTE_MS = 60_000
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Says when no key, click or touch has come to any window of ours for some minutes.

    An open dialog counts like any other window; a film in another program does not.

    Attributes:
        idle: Nobody has worked here for that long; carries the minutes.
    """

    idle = Signal(int)

    def __init__(self, app: QApplication, *, minute_ms: int = MINUTE_MS) -> None:
        """Begin without watching.

        Args:
            app: The application whose windows are watched.
            minute_ms: Length of a minute, in milliseconds; shorter in tests.
        """
        super().__init__(app)
        self._app = app
        self._minutes = 0
        self._minute_ms = minute_ms
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)

    def start(self, minutes: int) -> None:
        """Watch for so many minutes of silence, 1 to 60."""
        self.stop()
        self._minutes = minutes
        self._app.installEventFilter(self)
        self._timer.start(minutes * self._minute_ms)

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        self._app.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin to count anew at every sign of life; no event is kept from anybody."""
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return False

    def _on_timeout(self) -> None:
        self.idle.emit(self._minutes)
