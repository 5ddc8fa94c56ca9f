"""Cuts the power at many points of a recorded deed, and looks what is left."""

import random
import shutil
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from embassy_desk.sealing.keys import StoreKey
from embassy_desk.settings.places import STORE_FILE
from embassy_desk.store.connections import connect
from embassy_desk.vault.unlocking import unlock
from faults.checking import Check
from faults.deeds import CONTROLS, KNOWN, OLD, PROFILE, Deed, key_of
from faults.disks import Disk
from faults.found import Result
from faults.recording import Event, events_of
from faults.watching import Performer


def cut_power(performer: Performer, name: str, points: int, *, seed: int = 1) -> Result:
    """Record a deed once, cut the power at random points of it, and check each time."""
    started = time.monotonic()
    performed, folder, record = performer.recorded(name)
    if performed.outcome != "done":
        raise RuntimeError(f"{name}: {performed.outcome}")
    deed = KNOWN[name]
    template, events = performer.template(name), events_of(record, folder)
    states = states_of(deed, template, performed.said)
    check = Check(name, deed, key_of_run(deed, folder, template), states)
    dice, failures = random.Random(seed), []
    disk, cut = Disk(template, folder), folder.with_name("cut")
    for moment, turns in _moments(events, points, dice):
        while moment:
            disk.apply(moment.pop(0))
        for _ in range(turns):
            shutil.rmtree(cut, ignore_errors=True)
            disk.cut(cut, dice)
            if problem := check.problem(cut, len(disk.said)):
                failures.append(problem)
    is_control = name in CONTROLS
    return Result(f"power cuts: {name}", points, failures, time.monotonic() - started, is_control)


def _moments(
    events: Sequence[Event], points: int, dice: random.Random
) -> list[tuple[list[Event], int]]:
    """Return the events in order, cut up where the power is to be cut, and how often there."""
    chosen = sorted(dice.choices(range(len(events) + 1), k=points))
    found: list[tuple[list[Event], int]] = []
    before = 0
    for place in sorted(set(chosen)):
        found.append((list(events[before:place]), chosen.count(place)))
        before = place
    return found


def key_of_run(deed: Deed, folder: Path, template: Path) -> StoreKey:
    """Return the key of the store that a run left."""
    if deed.is_making:
        return unlock(folder / PROFILE, OLD, notice=lambda _: None)
    return key_of(template)


def states_of(deed: Deed, template: Path, said: Sequence[int]) -> list[int]:
    """Return how many operations there are before a deed and after each of its commits."""
    if deed.is_making:
        return [0, *said]
    with closing(connect(template / PROFILE / STORE_FILE, key_of(template))) as raw:
        (before,) = raw.execute("SELECT count(*) FROM sync_op").fetchone()
    return [before, *(each or before for each in said)]
