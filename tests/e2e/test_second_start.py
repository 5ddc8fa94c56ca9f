"""The real program, started twice on one profile: the second start ends, the first goes on."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

PATIENCE_S = 60.0
_PAUSE = threading.Event()  # never set

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="looks for the socket of Unix"),
]


@pytest.fixture
def surroundings() -> Iterator[dict[str, str]]:
    """An environment with a private place for sockets."""
    with TemporaryDirectory() as room:
        yield {**os.environ, "XDG_RUNTIME_DIR": room}


def started(folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "embassy_desk.cli.main", "--profile", str(folder)]
    return subprocess.Popen(words, env=environment)


def test_second_start_on_a_profile_ends_at_once_and_well(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    room = Path(surroundings["XDG_RUNTIME_DIR"])
    first = started(tmp_path / "profile", surroundings)
    try:
        for _ in range(int(PATIENCE_S / 0.05)):
            if any(each.is_socket() for each in room.iterdir()):
                break
            assert first.poll() is None, "the first start ended"
            _PAUSE.wait(0.05)
        assert started(tmp_path / "profile", surroundings).wait(PATIENCE_S) == 0
        assert first.poll() is None, "the first window went"
    finally:
        first.terminate()
        first.wait(PATIENCE_S)


def test_diagnostics_are_printed_before_they_are_written(tmp_path: Path) -> None:
    target = tmp_path / "facts.txt"
    words = ["diagnostics", "--profile", str(tmp_path / "none"), "--to", str(target)]
    answer = subprocess.run(
        [sys.executable, "-m", "embassy_desk.cli.main", *words],
        capture_output=True,
        timeout=PATIENCE_S,
        check=True,
    )
    assert target.read_bytes() == answer.stdout
    assert b"there is no profile" in answer.stdout
