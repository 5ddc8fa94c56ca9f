"""What Windows tells a window about the session and about sleep."""

import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray
from PySide6.QtWidgets import QApplication, QWidget

if sys.platform == "win32":
    from ctypes import windll

WM_POWERBROADCAST, PBT_APMSUSPEND = 0x0218, 0x0004
WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK = 0x02B1, 0x0007
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT = 0x0002, 0x0004
_TAKEN = frozenset({WTS_SESSION_LOCK, WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT})
"""The screen was locked, another person took it, or the line of a remote session was cut."""
_MESSAGE = b"windows_generic_MSG"


class WindowsMessages(QAbstractNativeEventFilter):
    """Reads the messages that Windows sends, and keeps none from anybody.

    Windows does not wait for an answer before it sleeps: the pages are hidden at once, what is
    left of locking may end after waking.
    """

    def __init__(self, on_lock: Callable[[], None], on_sleep: Callable[[], None]) -> None:
        """Call one function when the session is locked, another when the computer goes to sleep."""
        super().__init__()
        self._on_lock = on_lock
        self._on_sleep = on_sleep
        self._window: QWidget | None = None

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Tell of a locked session and of sleep."""
        if QByteArray(kind).data() == _MESSAGE:
            found = wintypes.MSG.from_address(int(message))
            if found.message == WM_WTSSESSION_CHANGE and found.wParam in _TAKEN:
                self._on_lock()
            elif found.message == WM_POWERBROADCAST and found.wParam == PBT_APMSUSPEND:
                self._on_sleep()
        return False, 0

    def listen(self, app: QApplication) -> None:
        """Have the messages sent to a window of our own that nobody sees; elsewhere do nothing."""
        if sys.platform == "win32":
            self._window = QWidget()
            place = int(self._window.winId())
            windll.wtsapi32.WTSRegisterSessionNotification(place, 0)
            windll.user32.RegisterSuspendResumeNotification(place, 0)
            app.installNativeEventFilter(self)

    def leave(self, app: QApplication) -> None:
        """Listen no longer."""
        if self._window is not None:
            app.removeNativeEventFilter(self)
            self._window.deleteLater()
            self._window = None
