"""Cuts the power at many points of a recorded deed, and looks what is left."""

import hashlib
import random
import shutil
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from embassy_desk.settings.places import STORE_FILE
from embassy_desk.store.connections import connect
from embassy_desk.vault.unlocking import unlock
from faults.checking import Check
from faults.contents import content_of
from faults.controls import CONTROLS
from faults.deeds import OLD, PROFILE, key_of
from faults.disks import Disk
from faults.found import Result
from faults.known import KNOWN
from faults.recording import Event, events_of
from faults.watching import Performed, Performer


def cut_power(performer: Performer, name: str, points: int, *, seed: int = 1) -> Result:
    """Record a deed once, cut the power at random points of it, and check each time."""
    started = time.monotonic()
    performed, folder, record = performer.recorded(name)
    template, events = performer.template(name), events_of(record, folder)
    check = check_of(performer, name, folder, performed)
    dice, failures = random.Random(seed), []
    disk, known = Disk(template, folder), _Known(check, folder.with_name("cut"))
    for moment, turns in _moments(events, points, dice):
        while moment:
            disk.apply(moment.pop(0))
        found = [known.problem(disk.cut(dice), len(disk.said)) for _ in range(turns)]
        failures += filter(None, found)
    is_control = name in CONTROLS
    what = f"power cuts: {name} ({known.count} different disks)"
    return Result(what, points, failures, time.monotonic() - started, is_control)


class _Known:
    """What was found of every disk that was looked at; the same one is not looked at again."""

    def __init__(self, check: Check, place: Path) -> None:
        self._check = check
        self._place = place
        self._found: dict[tuple[bytes, int], str] = {}

    @property
    def count(self) -> int:
        """How many different disks there were."""
        return len(self._found)

    def problem(self, left: dict[Path, bytes], said: int) -> str:
        """Return what is wrong with the files that a power cut left."""
        key = (_digest(left), said)
        if key not in self._found:
            shutil.rmtree(self._place, ignore_errors=True)
            for name, content in left.items():
                (self._place / name).parent.mkdir(parents=True, exist_ok=True)
                (self._place / name).write_bytes(content)
            self._found[key] = self._check.problem(self._place, said)
        return self._found[key]


def _digest(left: dict[Path, bytes]) -> bytes:
    whole = hashlib.sha256()
    for name, content in sorted(left.items()):
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.digest()


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


def check_of(performer: Performer, name: str, folder: Path, performed: Performed) -> Check:
    """Return the check of a deed that went well once in a folder."""
    deed, said = KNOWN[name], performed.said
    if performed.outcome != "done":
        raise RuntimeError(f"{name}: {performed.outcome}")
    if deed.is_making:
        key = unlock(folder / PROFILE, OLD, notice=lambda _: None)
        return Check(name, deed, key, [0, *said])
    template = performer.template(name)
    key = key_of(template)
    with closing(connect(template / PROFILE / STORE_FILE, key)) as raw:
        (before,) = raw.execute(deed.kept).fetchone()
        content = content_of(raw) if deed.is_upgrade else None
    return Check(name, deed, key, [before, *(each or before for each in said)], content)
