"""Whether there is a screen to draw on, asked before Qt is loaded: Qt would abort without one."""

import os
import sys
from collections.abc import Mapping

from embassy_desk.texts import N_, Text

_WITHOUT_SCREEN = frozenset({"offscreen", "minimal", "vnc"})


def display_problem(
    environment: Mapping[str, str] | None = None, platform: str | None = None
) -> Text | None:
    """Return why no window can open and how to get one; nothing when one can.

    Args:
        environment: Variables of the process; its own by default.
        platform: As `sys.platform`; the present one by default.
    """
    environment = os.environ if environment is None else environment
    if (platform or sys.platform) in {"win32", "darwin"}:
        return None
    chosen = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    if (
        chosen in _WITHOUT_SCREEN
        or environment.get("DISPLAY")
        or environment.get("WAYLAND_DISPLAY")
    ):
        return None
    return N_(
        "There is no screen here, so no window can open. Run this in a desktop session, put "
        "“xvfb-run” before the command, or connect with “ssh -X”. Every command with a name, "
        "such as “embassy-desk list contact”, works without a screen."
    )
