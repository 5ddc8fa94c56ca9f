"""Two laptops and headquarters, three processes, over a slow line: bytes, seconds, round trips.

The line carries 256 kbit/s each way with 600 ms there and back, once without and once with 1 % of
packets lost; bytes are those that TCP carries, so TLS and what was sent again count.
First upload and fresh download go over a quick line, where the programs themselves are the limit.
Needs Linux and root.

    python bench/line.py [--records 50000] [--database URL] [--whole]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slowline import (
    FAR,
    FAR_ADDRESS,
    NEAR,
    QUICK,
    SLOW,
    SLOW_AND_LOSSY,
    Shape,
    SlowLine,
    is_possible,
    within,
)

PORT = 8443
CHANGES = 1_000
WARMING = 4
_HERE = Path(__file__).resolve().parent
_HQ = [sys.executable, "-m", "embassy_desk.cli.hq", "--language", "en"]


@dataclass(frozen=True)
class Goal:
    """What was hoped for; nothing where there is no limit."""

    seconds: float | None = None
    bytes: int | None = None
    turns: int | None = None


@dataclass(frozen=True)
class Measured:
    """One thing that was done."""

    what: str
    seconds: float
    processor_s: float
    headquarters_s: float
    up: int
    down: int
    turns: int
    memory_mib: float
    goal: Goal
    peers: str

    @property
    def is_met(self) -> bool | None:
        """Whether every limit holds; nothing where there is none."""
        pairs = (
            (self.seconds, self.goal.seconds),
            (max(self.up, self.down), self.goal.bytes),
            (self.turns, self.goal.turns),
        )
        checks = [value <= limit for value, limit in pairs if limit is not None]
        return all(checks) if checks else None

    @property
    def line(self) -> str:
        """A line of the table."""
        limits = (
            (self.goal.seconds, "≤ {} s"),
            (self.goal.bytes and self.goal.bytes // 1000, "≤ {} kB"),
            (self.goal.turns, "≤ {} turn"),
        )
        goal = ", ".join(words.format(limit) for limit, words in limits if limit)
        verdict = {True: "met", False: "**missed**", None: ""}[self.is_met]
        cells = (
            self.what,
            f"{self.seconds:.2f}",
            f"{self.processor_s:.2f}",
            f"{self.headquarters_s:.2f}",
            f"{self.up:,}",
            f"{self.down:,}",
            str(self.turns),
            f"{self.memory_mib:.0f}",
            goal,
            self.peers,
            verdict,
        )
        return f"| {' | '.join(cells)} |"


class LaptopProcess:
    """A laptop in the near namespace."""

    def __init__(self, line: SlowLine, folder: Path, code: str, number: int, service: int) -> None:
        """Start it and wait until it has asked to be let in."""
        program = [sys.executable, str(_HERE / "linelaptop.py"), str(folder), code, str(number)]
        self._line = line
        self._service = service
        self._process = subprocess.Popen(
            [*within(NEAR), *program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ,
        )
        self.node = str(self._answer()["node"])

    def do(self, what: str, count: int = 0) -> dict[str, Any]:
        """Let it do something."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, "count": count}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def sync(self, what: str, goal: Goal = Goal(), peers: str = "") -> Measured:
        """Let it exchange, and count what goes over the line."""
        up, down, busy = self._line.up.bytes, self._line.down.bytes, _busy_s(self._service)
        came = self.do("sync")
        return Measured(
            what,
            came["seconds"],
            came["processor_s"],
            _busy_s(self._service) - busy,
            self._line.up.bytes - up,
            self._line.down.bytes - down,
            came["turns"],
            came["memory_mib"],
            goal,
            peers,
        )

    def close(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the laptop ended")
        told: dict[str, Any] = json.loads(line)
        return told


def _busy_s(process: int) -> float:
    """Return for how long the processor worked for a process."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _run_hq(home: Path, *words: str) -> str:
    return subprocess.run(
        [*_HQ, "--home", str(home), *words], check=True, capture_output=True, text=True
    ).stdout


@contextmanager
def _headquarters(home: Path, database: str) -> Iterator[int]:
    """Serve a new headquarters in the far namespace; gives the number of its process."""
    address = f"{FAR_ADDRESS}:{PORT}"
    words = ["--database", database] if database else []
    _run_hq(home, "init", "--address", address, "--name", FAR_ADDRESS, *words)
    _run_hq(home, "mission", "add", "TOK")
    program = [*within(FAR), *_HQ, "--home", str(home), "serve", "--host", FAR_ADDRESS]
    process = subprocess.Popen(
        [*program, "--port", str(PORT)], stderr=subprocess.PIPE, text=True, env=os.environ
    )
    try:
        assert process.stderr is not None
        process.stderr.readline()
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _laptop(line: SlowLine, folder: Path, home: Path, number: int, service: int) -> LaptopProcess:
    told = json.loads(_run_hq(home, "enrolment", "new", "--mission", "TOK", "--json"))
    laptop = LaptopProcess(line, folder / f"laptop{number}", told["code"], number, service)
    _run_hq(home, "devices", "approve", laptop.node)
    return laptop


def measured(records: int, folder: Path, database: str, *, is_whole: bool) -> list[Measured]:
    """Return the figures of one run."""
    home = folder / "hq"
    with SlowLine() as line, _headquarters(home, database) as service:
        one, other = (_laptop(line, folder, home, number, service) for number in (1, 2))
        try:
            return list(_phases(line, one, other, records, is_whole=is_whole))
        finally:
            one.close()
            other.close()


def _phases(
    line: SlowLine, one: LaptopProcess, other: LaptopProcess, records: int, *, is_whole: bool
) -> Iterator[Measured]:
    floor = one.do("enter", records)["floor_bytes"]
    print(f"the records as JSON, zstd -9 in one piece: {floor:,} bytes", flush=True)
    large = Goal(bytes=8_000_000 * records // 50_000)
    yield one.sync(f"first upload of {records:,}", large, "floor 1.65 s, 7.5 MB; Anki 1.4 s")
    if is_whole:
        line.shape = SLOW
    yield other.sync(f"fresh download of {records:,}", large, "floor 1.4 s, 7.5 MB; Anki 0.6 s")
    yield from _changes(line, QUICK, "quick line", one, other)
    yield from _changes(line, SLOW, "600 ms, 256 kbit/s", one, other)
    yield from _changes(line, SLOW_AND_LOSSY, "and 1 % lost", one, other)
    line.shape = QUICK
    one.do("sync")
    digests = [each.do("digest")["digest"] for each in (one, other)]
    if digests[0] != digests[1]:
        raise RuntimeError("the laptops differ")


def _changes(
    line: SlowLine, shape: Shape, words: str, one: LaptopProcess, other: LaptopProcess
) -> Iterator[Measured]:
    line.shape = QUICK
    for each in (one, other):
        each.do("sync")
        each.do("reconnect")
    line.shape = shape
    for each in (one, other):
        for _ in range(WARMING):
            each.do("sync")  # the connection is warm, and its ends know how slow the line is
    is_slow, is_lossy = shape is SLOW, shape is SLOW_AND_LOSSY
    nothing = Goal(bytes=1_000 if not is_lossy else None, turns=1)
    yield one.sync(f"{words}: nothing to say", nothing, "Anki 3.9 kB, 8 turns; PouchDB 5.6 kB, 9")
    for what, act, goal, peers in (
        (
            "1,000 edits of one field",
            "edit",
            Goal(3.5 if is_slow else None, 30_000 if is_slow else None, 1),
            "",
        ),
        (
            "1,000 records, three fields",
            "edit_three",
            Goal(5.5 if is_slow else None, 110_000 if is_slow else None, 1),
            "floor 6.4 s, 153 kB; Anki 15–17 s, 174 kB; PouchDB 22–129 s, 0.3–0.9 MB"
            if is_slow or is_lossy
            else "Anki 0.16 s, 0.15 s",
        ),
    ):
        one.do(act, CHANGES)
        yield one.sync(f"{words}: {what}, up", goal, peers)
        yield other.sync(f"{words}: {what}, down", goal, peers)


def table(found: list[Measured]) -> str:
    """Return the figures as Markdown."""
    head = (
        "| what | s | laptop's processor s | headquarters' | bytes up | bytes down | turns | MiB |"
        " goal | peers | verdict |"
    )
    return "\n".join([head, "|---|---:|---:|---:|---:|---:|---:|---:|---|---|---|", *(
        each.line for each in found
    )])  # fmt: skip


def main(words: list[str]) -> int:
    """Measure and print; 0 also where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--database", default="", help="PostgreSQL instead of the file in the home")
    parser.add_argument(
        "--whole", action="store_true", help="the fresh download over the slow line"
    )
    wishes = parser.parse_args(words)
    if not is_possible():
        print("a slow line needs Linux, root and the tool ip; left out", file=sys.stderr)
        return 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = measured(wishes.records, Path(folder), wishes.database, is_whole=wishes.whole)
    print(table(found))
    print(f"{time.monotonic() - started:.0f} s in all", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
