"""What the system says about screen and sleep, where it speaks D-Bus; nothing depends on it.

Linux desktops tell of a locked screen by logind or by a screen saver, and of sleep by logind, which
waits until we have locked; Windows tells by messages (windows.py). Where none of them speaks –
macOS, a bare window manager – the time without input still locks.
"""

from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

from embassy_desk.desktop.locking.delay import LOGIND, LOGIND_MANAGER, LOGIND_PLACE, SleepDelay

_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
)


class SystemWatch(QObject):
    """Says when the screen was locked or the computer goes to sleep.

    Attributes:
        screen_locked: The screen was locked.
        sleeping: The computer goes to sleep in a moment.
        delay: Makes logind wait until we let it go; the guard does when all is closed.
    """

    screen_locked = Signal()
    sleeping = Signal()

    def __init__(self, parent: QObject) -> None:
        """Begin without listening."""
        super().__init__(parent)
        self.is_heard = False
        self.delay = SleepDelay(self)

    def listen(self, system: QDBusConnection, session: QDBusConnection) -> None:
        """Listen on both buses, and let sleep wait for us; a bus that is not there is passed over.

        Args:
            system: The bus of the computer, for logind.
            session: The bus of the person's session, for screen savers.
        """
        sleep, lock, saver = map(_slot, ("on_sleep(bool)", "on_lock()", "on_saver(bool)"))
        heard = [
            system.connect(LOGIND, LOGIND_PLACE, LOGIND_MANAGER, "PrepareForSleep", self, sleep),
            system.connect(LOGIND, "", f"{LOGIND}.Session", "Lock", self, lock),
        ]
        self.delay.take(system)
        for name, path in _SAVERS:
            heard.append(session.connect("", path, name, "ActiveChanged", self, saver))
        self.is_heard = any(heard)

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:  # noqa: FBT001  as the bus sends it
        """Tell that the computer goes to sleep, not that it wakes."""
        if begins:
            self.sleeping.emit()

    @Slot()
    def on_lock(self) -> None:
        """Tell that the session was locked."""
        self.screen_locked.emit()

    @Slot(bool)
    def on_saver(self, is_active: bool) -> None:  # noqa: FBT001  as the bus sends it
        """Tell that a screen saver took the screen, not that it gave it back."""
        if is_active:
            self.screen_locked.emit()


def _slot(signature: str) -> Any:
    """Return a slot as the bus takes it: a text, although PySide's annotations ask for bytes."""
    return SLOT(signature)
