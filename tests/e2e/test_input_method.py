"""Vietnamese through an input method loses no letter: ibus, Telex, key by key, on a real screen.

The walk runs as a process of its own under the system's Python; see `walks/by_ibus.py`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from makers.desks import PASSPHRASE, make_profile

PATIENCE_S = 150
WALKS = Path(__file__).parent / "walks"
SYSTEM_PYTHON = Path("/usr/bin/python3")
IS_DEBIAN = Path("/etc/debian_version").exists()
HAS_ALL = IS_DEBIAN and all(map(shutil.which, ("ibus-daemon", "xdotool")))
SESSION = """
ibus-daemon -r --panel disable --config disable & daemon=$!
until ibus address | grep -q unix; do kill -0 $daemon || exit 3; done
"$1" -m embassy_desk.cli.main --profile "$2" --language en & desk=$!
# No window manager is here to give the window the keyboard.
xdotool search --sync --onlyvisible --name "Embassy Desk" windowfocus
"$3" "$4" "$5"; code=$?
kill $desk; wait $desk; kill $daemon; wait $daemon
exit $code
"""

pytestmark = pytest.mark.e2e


@pytest.mark.skipif(not HAS_ALL, reason="set-up brings ibus with Unikey on Debian only")
def test_telex_reaches_search_form_notes_and_palette_to_the_letter(tmp_path: Path) -> None:
    folder = make_profile(tmp_path)
    session = tmp_path / "session.sh"
    session.write_text(SESSION, encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    words = [sys.executable, folder, SYSTEM_PYTHON, WALKS / "by_ibus.py", PASSPHRASE]
    place = {
        **os.environ,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "XDG_CONFIG_HOME": str(home),
        "QT_QPA_PLATFORM": "xcb",
        "QT_IM_MODULE": "ibus",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    place.pop("DBUS_SESSION_BUS_ADDRESS", None)
    walked = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--",
         "bash", session, *words],
        capture_output=True, text=True, timeout=PATIENCE_S, check=False, env=place,
    )  # fmt: skip
    assert walked.returncode == 0, walked.stdout + walked.stderr
    assert "typed" in walked.stdout
