"""An answer that cannot be written is told in a sentence, and the command counts as refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from embassy_desk.cli.hq import main as run_hub_command

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="there is no device that is full")


@pytest.mark.parametrize(
    ("module", "words"),
    [("main", ("reports",)), ("hq", ("mission", "list", "--json", "--home", "hq"))],
)
def test_an_answer_onto_a_full_disk_is_refused_in_words(
    tmp_path: Path, module: str, words: tuple[str, ...]
) -> None:
    if module == "hq":
        assert run_hub_command(["init", "--home", str(tmp_path / "hq")]) == 0
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", f"embassy_desk.cli.{module}", *words],
            stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "No space left on device\n")
