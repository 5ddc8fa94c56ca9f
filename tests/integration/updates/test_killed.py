"""Killed in the middle, an update leaves the old version, or the whole new one."""

import json
import os
import subprocess
import sys
from pathlib import Path

from house.sources import ROOT
from makers.updates import Desk, Place

KILLS = int(os.environ.get("EMBASSY_DESK_KILLS", "20"))
"""A hundred are due before a release: EMBASSY_DESK_KILLS=100."""


def test_killed_anywhere_something_whole_is_started_and_the_next_try_succeeds(
    desk: Desk, place: Place, tmp_path: Path
) -> None:
    (desk.home.root / "root.json").write_bytes(place.root)
    stick = place.as_stick(tmp_path / "stick")
    words = [sys.executable, "-m", "makers.killed_updates", str(desk.home.root), str(stick)]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    done = subprocess.run(
        [*words, str(KILLS)],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["steps"] > KILLS
    afterwards = [after for after, _ in told["started"]]
    assert len(afterwards) == KILLS
    assert set(afterwards) == {"Embassy Desk 0.1.0", "Embassy Desk 0.2.0"}
    assert {finally_ for _, finally_ in told["started"]} == {"Embassy Desk 0.2.0"}
