"""What every way back knows of the desk that it leads to."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from embassy_desk.application.profile import Profile
from embassy_desk.texts import Text


@dataclass(frozen=True)
class Threshold:
    """The page before the desk, and the way across.

    Attributes:
        folder: The profile's folder; may not be there yet.
        clock: Answers with the present time.
        enter: Shows the desk on the open profile.
        busy: Says on the page what is being done; nothing can be asked there meanwhile.
        ready: Lets the page be used again.
    """

    folder: Path
    clock: Callable[[], datetime]
    enter: Callable[[Profile], Awaitable[None]]
    busy: Callable[[Text], None]
    ready: Callable[[], None]
