"""Kills the process of a deed at random moments, and looks what is left."""

import random
import time

from faults.controls import CONTROLS
from faults.found import Result
from faults.known import KNOWN
from faults.power import check_of
from faults.watching import Performer


def kill(performer: Performer, name: str, count: int, *, seed: int = 1) -> Result:
    """Kill a deed so often with SIGKILL, each time after another moment of its running time."""
    started = time.monotonic()
    folder = performer.begin(name)
    began = time.monotonic()
    performed = performer.perform(name, folder)
    lasts_s = time.monotonic() - began
    deed, checks = KNOWN[name], check_of(performer, name, folder, performed)
    dice, failures, killed = random.Random(seed), [], 0
    for _ in range(count):
        folder = performer.begin(name)
        performed = performer.perform(name, folder, killed_after_s=dice.uniform(0, lasts_s))
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
    return Result(what, count, failures, spent, name in CONTROLS)
