"""Kills the process of a deed after each of its words and at random moments, and looks then."""

import random
import time

from faults.controls import CONTROLS
from faults.found import Result
from faults.known import KNOWN
from faults.power import check_of
from faults.watching import Performer


def kill(performer: Performer, name: str, count: int, *, seed: int = 1) -> Result:
    """Kill a deed with SIGKILL: right after each of its words, then so often at random moments."""
    started = time.monotonic()
    folder = performer.begin(name)
    began = time.monotonic()
    performed = performer.perform(name, folder)
    lasts_s = time.monotonic() - began
    deed, checks = KNOWN[name], check_of(performer, name, folder, performed)
    dice, failures, killed = random.Random(seed), [], 0
    words = [(0.0, word) for word in range(1, len(performed.said) + 1)]
    moments = words + [(dice.uniform(0, lasts_s), 0) for _ in range(count)]
    for killed_after_s, killed_at in moments:
        folder = performer.begin(name)
        performed = performer.perform(
            name, folder, killed_after_s=killed_after_s, killed_at=killed_at
        )
        killed += performed.outcome.startswith("died")
        if deed.is_making:
            again = performer.perform(name, folder)
            is_fine = again.outcome == "done" or "already" in again.outcome
            problem = "" if is_fine else again.outcome
        else:
            problem = checks.problem(folder, len(performed.said))
        if problem:
            failures.append(problem)
    spent = time.monotonic() - started
    what = f"kill -9: {name} ({killed} hit)"
    return Result(what, len(moments), failures, spent, name in CONTROLS)
