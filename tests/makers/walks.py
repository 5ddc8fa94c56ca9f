"""Walks through the real program: on a screen and in a session of their own, as a person's."""

import os
import subprocess
import sys
from pathlib import Path

from makers.desks import PASSPHRASE

SYSTEM_PYTHON = Path("/usr/bin/python3")
IS_DEBIAN = Path("/etc/debian_version").exists()
DESK = '"$1" -m embassy_desk.cli.main --profile "$2" --language en & desk=$!\n'
"""Starts the desk, in the words of a session."""
WALK = '"$3" "$4" "$5"; code=$?\nkill $desk; wait $desk\n'
"""Walks, and ends the desk."""
_PATIENCE_S = 150
_WALKS = Path(__file__).resolve().parent.parent / "e2e" / "walks"


def walked(walk: str, profile: Path, scratch: Path, session: str, **place: str) -> str:
    """Walk at a desk with a profile, and return what the walk printed.

    The walk runs under the system's Python, which has the accessibility tree and input methods.

    Args:
        walk: Its file in `tests/e2e/walks`.
        profile: The profile at which the desk is opened.
        scratch: Where the session may be written down.
        session: The words of the shell; `$code` at their end tells how the walk ended.
        place: Settings of the environment besides the usual ones.

    Raises:
        AssertionError: The walk failed; with all that was printed.
    """
    script = scratch / "session.sh"
    script.write_text(session + "exit $code\n", encoding="utf-8")
    words = [sys.executable, profile, SYSTEM_PYTHON, _WALKS / walk, PASSPHRASE]
    around = {
        **os.environ,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        **place,
    }
    around.pop("DBUS_SESSION_BUS_ADDRESS", None)
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--",
         "bash", script, *words],
        capture_output=True, text=True, timeout=_PATIENCE_S, check=False, env=around,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
