"""Kills an update at a step of the disk and looks what is started afterwards; a program of its own.

    python -m makers.killed_updates ROOT STICK COUNT

Steps are what Python tells its audit hooks: files opened, renamed and removed, folders made. Each
update runs in a forked process that ends itself, as by a power cut, just before step N.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from embassy_desk.updates.installation import Installation
from embassy_desk.updates.sources import carried_source
from makers.updates import Desk, present

STEPS = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.chmod"}
)


def update(root: Path, stick: Path, kill_at: int) -> int:
    """Update in a forked process and return how many steps it took; killed before one of them."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        steps = [0]

        def count(event: str, _words: object) -> None:
            if event in STEPS:
                steps[0] += 1
                if steps[0] == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        trusted = (root / "root.json").read_bytes()
        Desk(Installation(root), trusted, present()).install(carried_source(stick))
        os.write(writer, str(steps[0]).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        answer = told.read()
    _, status = os.waitpid(child, 0)
    if kill_at:
        assert os.WIFSIGNALED(status), "it was not killed"
        return kill_at
    assert status == 0
    return int(answer)


def started(root: Path) -> str:
    """Return what the starter starts."""
    words = [str(root / "embassy-desk"), "--version"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()


def main(words: list[str]) -> None:
    """Kill as often as asked, evenly over all steps, and print what was started after each."""
    template, stick, count = Path(words[0]), Path(words[1]), int(words[2])
    whole = template.with_name("whole")
    shutil.copytree(template, whole, symlinks=True)
    steps = update(whole, stick, 0)
    found = []
    for number in range(count):
        root = template.with_name(f"killed-{number}")
        shutil.copytree(template, root, symlinks=True)
        update(root, stick, 2 + number * (steps - 2) // (count - 1))  # the first and the last too
        after = started(root)
        update(root, stick, 0)
        found.append((after, started(root)))
        shutil.rmtree(root)
    print(json.dumps({"steps": steps, "started": found}))  # noqa: T201  its answer


if __name__ == "__main__":
    main(sys.argv[1:])
