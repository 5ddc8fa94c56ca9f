"""A morning at the desk for somebody who does not see it: through the accessibility tree alone.

The walk runs as a process of its own under the system's Python, in a session and on a screen of
its own, as a screen reader would; see `walks/by_tree.py`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from embassy_desk.application.office import perform
from embassy_desk.application.records import enter_record
from makers.desks import PASSPHRASE, make_profile, opened_store

PATIENCE_S = 150
WALKS = Path(__file__).parent / "walks"
SYSTEM_PYTHON = Path("/usr/bin/python3")
IS_DEBIAN = Path("/etc/debian_version").exists()

pytestmark = pytest.mark.e2e


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile with an organisation and an agreement that has almost all it needs."""
    profile = make_profile(tmp_path)
    with opened_store(profile) as store:
        perform(store, enter_record, "organisation", {"name_vi": "Viện Bán dẫn Sakura"})
        agreement = {
            "title_vi": "Bản ghi nhớ bán dẫn", "form": "mou", "country": "JP",
            "topics": "semiconductors", "lead_ministry_then": "Bộ Khoa học và Công nghệ",
        }  # fmt: skip
        perform(store, enter_record, "agreement", agreement)
    return profile


@pytest.mark.skipif(not IS_DEBIAN, reason="set-up brings AT-SPI, D-Bus and Xvfb on Debian only")
def test_morning_at_the_desk_through_the_accessibility_tree(folder: Path, tmp_path: Path) -> None:
    session = tmp_path / "session.sh"
    session.write_text(
        '"$1" -m embassy_desk.cli.main --profile "$2" --language en & desk=$!\n'
        '"$3" "$4" "$5"; code=$?\n'
        "kill $desk; wait $desk\n"
        "exit $code\n",
        encoding="utf-8",
    )
    words = [sys.executable, folder, SYSTEM_PYTHON, WALKS / "by_tree.py", PASSPHRASE]
    place = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    place.pop("DBUS_SESSION_BUS_ADDRESS", None)
    walked = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--",
         "bash", session, *words],
        capture_output=True, text=True, timeout=PATIENCE_S, check=False, env=place,
    )  # fmt: skip
    assert walked.returncode == 0, walked.stdout + walked.stderr
    assert "walked" in walked.stdout
