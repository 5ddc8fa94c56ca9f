"""Which wizard stands behind which way in of the unlock page."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from embassy_desk.application.profile import Profile
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.ways_back.forgotten import Forgotten
from embassy_desk.desktop.ways_back.restoring import Restoring

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
    if name == "forgotten":
        Forgotten(frame, keeper, folder=folder, clock=clock, enter=enter)
        return

    def ready() -> None:
        frame.unlock.let_type()
        frame.unlock.line.setFocus()

    Restoring(
        frame,
        keeper,
        folder=folder,
        clock=clock,
        enter=enter,
        busy=frame.unlock.show_busy,
        ready=ready,
    )
