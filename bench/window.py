"""The window: start-up and memory beside a bare PySide6 window, and acts on a long list.

Every run is a process of its own on a screen of its own (Xvfb), bare windows and desks in turns.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from figures import Goal, Ratio, Row, Series
from stores import Stores

_CHILD = Path(__file__).with_name("window_child.py")
_PAINT = Goal("≤ 1.5 × a bare window", ratio=1.5)
_FILLED = Goal("≤ 1.0 s", median_ms=1_000)
_MEMORY = Goal("≤ 150 MiB", median_ms=150)
_TURN = Goal("no turn > 50 ms", p95_ms=50)
_FIRST_ROWS = Goal("p95 ≤ 50 ms", p95_ms=50)


def start_rows(stores: Stores, contacts: int, *, rounds: int) -> list[Row]:
    """Measure starting the desk on a store of a size, a bare window in turns with it."""
    folder = stores.profile(contacts)
    bare, desk = [], []
    with _screen() as place:
        for _ in range(rounds + 1):  # the first of each only warms
            bare.append(_run(place, "bare"))
            desk.append(_run(place, "start", folder))
    bare, desk = bare[1:], desk[1:]
    return [
        _beside("start: first paint", contacts, bare, desk, "painted", _PAINT),
        _alone("start: home filled and quiet", contacts, desk, "filled", _FILLED),
        Row(
            "start: longest turn until then",
            contacts,
            Series(tuple(each["turn_ms"] for each in desk)),
            None,
            None,
            _TURN,
        ),
        Row(
            "start: memory (MiB, PSS)",
            contacts,
            Series(tuple(each["memory_mib"] for each in desk)),
            Series(tuple(each["memory_mib"] for each in bare)),
            _ratio([a["memory_mib"] / b["memory_mib"] for a, b in zip(desk, bare, strict=True)]),
            _MEMORY,
        ),
    ]


def use_rows(stores: Stores, contacts: int, *, rounds: int) -> list[Row]:
    """Measure what a person does with the list of contacts of a store of a size."""
    folder = stores.profile(contacts)
    with _screen() as place:
        runs = [_run(place, "use", folder) for _ in range(rounds)]
    found = []
    for name in runs[0]["acts"]:
        told = [each["acts"][name] for each in runs]
        found.append(
            Row(
                f"window: {name}",
                contacts,
                Series(tuple(each["ms"] for each in told)),
                None,
                None,
                _FIRST_ROWS if name == "open the list" else Goal("–"),
                Series(tuple(each["busy_ms"] for each in told)),
                is_reading=True,
            )
        )
        turns = Series(tuple(each["turn_ms"] for each in told))
        found.append(Row(f"window: {name}, longest turn", contacts, turns, None, None, _TURN))
    memory = Series(tuple(each["memory_after_mib"] for each in runs))
    return [
        *found,
        Row("window: memory after all this (MiB)", contacts, memory, None, None, _MEMORY),
    ]


def _beside(
    what: str,
    contacts: int,
    bare: Sequence[dict[str, Any]],
    desk: Sequence[dict[str, Any]],
    moment: str,
    goal: Goal,
) -> Row:
    ratios = [a[moment]["busy_ms"] / b[moment]["busy_ms"] for a, b in zip(desk, bare, strict=True)]
    row = _alone(what, contacts, desk, moment, goal)
    floor = Series(tuple(each[moment]["busy_ms"] for each in bare))
    return Row(what, contacts, row.ours, floor, _ratio(ratios), goal, row.busy, is_reading=True)


def _alone(
    what: str, contacts: int, desk: Sequence[dict[str, Any]], moment: str, goal: Goal
) -> Row:
    ours = Series(tuple(each[moment]["ms"] for each in desk))
    busy = Series(tuple(each[moment]["busy_ms"] for each in desk))
    return Row(what, contacts, ours, None, None, goal, busy, is_reading=True)


def _ratio(each: Sequence[float]) -> Ratio:
    return Ratio(statistics.median(each), min(each), max(each))


def _run(place: dict[str, str], *words: object) -> dict[str, Any]:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(_CHILD), *map(str, words)],
        env={**place, "BENCH_STARTED": repr(started), "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@contextmanager
def _screen() -> Iterator[dict[str, str]]:
    """Start a screen in memory and yield the environment that draws on it."""
    program = shutil.which("Xvfb")
    if program is None:
        raise RuntimeError("this measure draws on Xvfb, which is not here")
    read, write = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read, encoding="ascii") as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb does not start")
        yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()
