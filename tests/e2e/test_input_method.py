"""Vietnamese through an input method loses no letter: ibus, Telex, key by key, on a real screen.

The walk runs as a process of its own under the system's Python; see `walks/by_ibus.py`.
"""

import shutil
from pathlib import Path

import pytest

from makers.desks import make_profile
from makers.walks import DESK, IS_DEBIAN, WALK, walked

HAS_ALL = IS_DEBIAN and all(map(shutil.which, ("ibus-daemon", "xdotool")))
BEGIN = """
ibus-daemon -r --panel disable --config disable & daemon=$!
until ibus address | grep -q unix; do kill -0 $daemon || exit 3; done
"""
FOCUS = """
# No window manager is here to give the window the keyboard.
xdotool search --sync --onlyvisible --name "Embassy Desk" windowfocus
"""
END = "kill $daemon; wait $daemon\n"

pytestmark = pytest.mark.e2e


@pytest.mark.skipif(not HAS_ALL, reason="set-up brings ibus with Unikey on Debian only")
def test_telex_reaches_search_form_notes_and_palette_to_the_letter(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    printed = walked(
        "by_ibus.py",
        make_profile(tmp_path),
        tmp_path,
        BEGIN + DESK + FOCUS + WALK + END,
        HOME=str(home),
        XDG_RUNTIME_DIR=str(home),
        XDG_CONFIG_HOME=str(home),
        QT_IM_MODULE="ibus",
    )
    assert "typed" in printed
