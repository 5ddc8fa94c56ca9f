"""The way in: paints the window with as little as that takes, and then loads the rest.

What is imported here is all that stands between a double click and the page that is painted first;
`tests/house/test_start.py` keeps watch over it.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.entrance import Entrance
from embassy_desk.desktop.kit.collector import Collector
from embassy_desk.desktop.kit.theme import STYLE
from embassy_desk.desktop.shell.one_window import OneWindow, bring_forward
from embassy_desk.settings.wiping import finish_wiping

Clock = Callable[[], datetime]

QUIT_WELL = 0
_PATIENCE_FOR_PAINT_MS = 2_000


def run_desk(
    folder: Path,
    *,
    clock: Clock | None = None,
    language: str | None = None,
    passphrase: str | None = None,
    is_demo: bool = False,
    opens: Path | None = None,
) -> int:
    """Open the desk on a profile and return the exit code when the person has left.

    Where a window is open on the profile already, that one comes to the front instead.

    Args:
        folder: The profile's folder.
        clock: Answers with the present time and its zone; the computer's by default.
        language: `vi` or `en`; what was chosen last, or the system's, by default.
        passphrase: Unlocks at once instead of asking.
        is_demo: The store holds demonstration data and unlocks by itself.
        opens: A file to take in once the desk is unlocked.
    """
    app = _application()
    place = OneWindow(folder)
    if not place.claim(opens):
        return QUIT_WELL
    collector = Collector(app)
    try:
        finish_wiping(folder)
        is_unlocked = passphrase is not None or is_demo
        entrance = Entrance(app, folder, language=language, is_demo=is_demo)
        place.raise_asked.connect(partial(bring_forward, entrance.frame))
        entrance.show(may_begin=not is_unlocked)
        _paint(app, entrance)
        serve = loaded_front_door().serve
        return int(serve(app, entrance, place, clock or _now, passphrase=passphrase, opens=opens))
    finally:
        collector.stop()
        place.close()


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["embassy-desk", *STYLE])
    app.setQuitOnLastWindowClosed(False)
    app.setApplicationName("embassy-desk")
    app.setDesktopFileName("org.embassydesk.EmbassyDesk")
    return app


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the clock itself


def _paint(app: QApplication, entrance: Entrance) -> None:
    """Let Qt paint the window; one that starts out of sight is not waited for long."""
    patience = QTimer()
    patience.setSingleShot(True)
    patience.start(_PATIENCE_FOR_PAINT_MS)
    while patience.isActive() and not entrance.frame.was_painted:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def loaded_front_door() -> ModuleType:
    """Import what runs the desk; the window has been painted."""
    from embassy_desk.desktop import front_door  # noqa: PLC0415  painted first, loaded after

    return front_door
