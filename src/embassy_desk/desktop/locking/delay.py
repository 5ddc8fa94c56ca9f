"""Asks logind to wait before the computer sleeps, so that the desk is locked when it does."""

import os

from PySide6.QtCore import QObject
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)

LOGIND = "org.freedesktop.login1"
LOGIND_PLACE = "/org/freedesktop/login1"
LOGIND_MANAGER = f"{LOGIND}.Manager"
_ASKED = ("sleep", "Embassy Desk", "Locks the desk and closes its store", "delay")


class SleepDelay(QObject):
    """Holds logind's delay from `take` until `release`; without logind nothing is held.

    Logind waits as long as the descriptor it gave is open, five seconds at most by its settings.
    """

    def __init__(self, parent: QObject) -> None:
        """Begin without a delay."""
        super().__init__(parent)
        self._held: int | None = None
        self._asked: QDBusPendingCallWatcher | None = None

    @property
    def is_held(self) -> bool:
        """Whether logind waits for us."""
        return self._held is not None

    def take(self, system: QDBusConnection) -> None:
        """Ask for a delay on the bus of the computer; the answer comes later."""
        asked = QDBusMessage.createMethodCall(LOGIND, LOGIND_PLACE, LOGIND_MANAGER, "Inhibit")
        asked.setArguments(list(_ASKED))
        self._asked = QDBusPendingCallWatcher(system.asyncCall(asked), self)
        self._asked.finished.connect(self._on_answer)

    def release(self) -> None:
        """Let the computer sleep; an answer still on its way is not waited for."""
        self._asked = None
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def _on_answer(self, answered: QDBusPendingCallWatcher) -> None:
        given = answered.reply().arguments()
        answered.deleteLater()
        if self._asked is None or self.is_held or not given:
            return
        descriptor = given[0]
        if isinstance(descriptor, QDBusUnixFileDescriptor) and descriptor.isValid():
            self._held = os.dup(descriptor.fileDescriptor())
