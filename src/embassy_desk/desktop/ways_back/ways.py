"""Which wizard stands behind which way in of the unlock page."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from embassy_desk.application.profile import Profile
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.ways_back.forgotten import Forgotten
from embassy_desk.desktop.ways_back.restoring import Restoring
from embassy_desk.desktop.ways_back.threshold import Threshold

Clock = Callable[[], datetime]
Enter = Callable[[Profile], Awaitable[None]]


def show_way(
    name: str, frame: Frame, keeper: Keeper, folder: Path, clock: Clock, enter: Enter
) -> None:
    """Show the wizard of a way in over the unlock page.

    Args:
        name: `forgotten` or `restore`.
        frame: The window.
        keeper: Runs what takes long.
        folder: The profile's folder.
        clock: Answers with the present time.
        enter: Shows the desk on the open profile.

    Raises:
        StoreError: The key files cannot be read.
    """
    unlock = frame.unlock

    def ready() -> None:
        unlock.let_type()
        unlock.line.setFocus()

    way = Forgotten if name == "forgotten" else Restoring
    way(frame, keeper, Threshold(folder, clock, enter, unlock.show_busy, ready))
