"""Which wizard stands behind which way in of the unlock page."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from embassy_desk.application.backups import newest_backup
from embassy_desk.application.profile import Profile
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.ways_back.forgotten import Forgotten
from embassy_desk.desktop.ways_back.restoring import Restoring
from embassy_desk.desktop.ways_back.threshold import Threshold
from embassy_desk.texts import N_, Text

Clock = Callable[[], datetime]
Enter = Callable[[Profile], Awaitable[None]]


def newest_of(folder: Path) -> Text:
    """Say which backup beside a damaged or older store is the newest."""
    newest = newest_backup(folder)
    if newest is None:
        return N_("No backup lies beside it; one on a stick can be restored.")
    moment = newest.made_at.astimezone().replace(tzinfo=None)
    return N_("The newest backup beside it is of {moment}; it can be restored.", moment=moment)


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
