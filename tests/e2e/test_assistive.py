"""A morning at the desk for somebody who does not see it: through the accessibility tree alone.

The walk runs as a process of its own under the system's Python, in a session and on a screen of
its own, as a screen reader would; see `walks/by_tree.py`.
"""

from pathlib import Path

import pytest

from embassy_desk.application.office import perform
from embassy_desk.application.records import enter_record
from makers.desks import make_profile, opened_store
from makers.walks import DESK, IS_DEBIAN, WALK, walked

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
    assert "walked" in walked("by_tree.py", folder, tmp_path, DESK + WALK)
