"""Brings together what locks an open desk, and says in words why it did."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.locking.clearing import OwnCopies
from embassy_desk.desktop.locking.idle import IdleWatch
from embassy_desk.desktop.locking.system import SystemWatch
from embassy_desk.desktop.locking.windows import WindowsMessages
from embassy_desk.settings.person import PersonSettings, SettingsFile
from embassy_desk.texts import N_, Text

Lock = Callable[[Text], object]


class Guard(QObject):
    """Watches an open desk until `leave`; calls `lock` with the reason."""

    def __init__(self, app: QApplication, settings: SettingsFile, lock: Lock) -> None:
        """Watch from now on.

        Args:
            app: The application.
            settings: Say after how many minutes.
            lock: Locks, with the reason in words.
        """
        super().__init__(app)
        self._app, self._lock = app, lock
        self.copies = OwnCopies(app)
        self.idle = IdleWatch(app)
        self.idle.idle.connect(self._on_idle)
        self.system = SystemWatch(self)
        self.system.screen_locked.connect(self._on_screen_locked)
        self.system.sleeping.connect(self._on_sleeping)
        self.system.listen(QDBusConnection.systemBus(), QDBusConnection.sessionBus())
        self._windows = WindowsMessages(self._on_screen_locked, self._on_sleeping)
        self._windows.listen(app)
        self._minutes = -1
        self._leave_settings = settings.listen(self._follow)
        self._follow(settings.current)

    def _follow(self, settings: PersonSettings) -> None:
        if settings.lock_minutes != self._minutes:
            self._minutes = settings.lock_minutes
            self.idle.start(self._minutes)

    def leave(self) -> None:
        """Take back what was copied here, watch no longer, and let the computer sleep."""
        self.idle.stop()
        self.system.delay.release()
        self._windows.leave(self._app)
        self._leave_settings()
        self.copies.clear()
        for part in (self.copies, self.idle, self):
            part.deleteLater()

    def _on_idle(self, minutes: int) -> None:
        self._lock(
            N_(
                "Locked because nobody has worked here for {count} minute.",
                "Locked because nobody has worked here for {count} minutes.",
                count=minutes,
            )
        )

    def _on_screen_locked(self) -> None:
        self._lock(N_("Locked because the screen of this computer was locked."))

    def _on_sleeping(self) -> None:
        self._lock(N_("Locked because the computer went to sleep."))
