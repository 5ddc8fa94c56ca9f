"""Kills a desk that carries out a wipe order, at every step and at any moment, and looks then."""

import os
import random
import time
from contextlib import closing
from pathlib import Path

from embassy_desk.application.profile import open_profile
from embassy_desk.application.wiping import obey_waiting
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import DeskError, StoreError
from embassy_desk.sealing.letters import opened
from embassy_desk.settings.wiping import ORDER_FILE, UNSENT_FILE, WIPING_FILE
from faults.deeds import BESIDE, OLD, PROFILE
from faults.errors import faults_of
from faults.found import Result
from faults.watching import Performer
from faults.wiping_deeds import CONTROL, SECRET, UNSENT_WORDS
from makers.hubs import HubClock

_STEPS = ("write", "pwrite64", "fsync", "rename", "unlink", "unlinkat", "rmdir")


def kill_wiping(performer: Performer, name: str, count: int, *, most: int = 0) -> Result:
    """Kill before each step at the disk, then so often at random moments, and check each time.

    Args:
        performer: Performs it.
        name: The deed.
        count: How many random moments.
        most: How many steps to try, spread evenly; all by default.
    """
    started = time.monotonic()
    performed, folder, record = performer.recorded(name)
    if performed.outcome != "done":
        raise RuntimeError(f"{name}: {performed.outcome}")
    steps = [each for each in faults_of(record, _STEPS) if not each.is_lasting]
    if most and len(steps) > most:
        steps = [steps[place * len(steps) // most] for place in range(most)]
    failures, killed = [], 0
    for step in steps:
        words = f"inject={step.call}:signal=SIGKILL:when={step.number}"
        options = ("-e", f"trace={step.call}", "-e", words, "-o", os.devnull)
        folder = performer.begin(name)
        killed += performer.perform(name, folder, strace=options).outcome.startswith("died")
        failures.append(problem_after(folder))
    dice, lasts_s = random.Random(9), _seconds_of(performer, name)
    for _ in range(count):
        folder = performer.begin(name)
        ended = performer.perform(name, folder, killed_after_s=dice.uniform(0.001, lasts_s))
        killed += ended.outcome.startswith("died")
        failures.append(problem_after(folder))
    what = f"kill -9: {name} ({killed} hit)"
    spent = time.monotonic() - started
    return Result(what, len(failures), list(filter(None, failures)), spent, name == CONTROL)


def _seconds_of(performer: Performer, name: str) -> float:
    began = time.monotonic()
    performer.perform(name, performer.begin(name))
    return time.monotonic() - began


def problem_after(folder: Path) -> str:
    """Return what is wrong after the next start; nothing when all is as it must be."""
    profile = folder / PROFILE
    files = [each for each in profile.rglob("*") if each.is_file()]
    if any(UNSENT_WORDS.encode() in each.read_bytes() for each in files):
        return "something lies there in the clear"
    is_begun = any((profile / each).exists() for each in (ORDER_FILE, WIPING_FILE))
    try:
        found = open_profile(profile, OLD, HubClock())
        obey_waiting(found)
    except StoreError:
        return _problem_of_remainder(folder)
    except DeskError as error:
        return f"{type(error).__name__}: {error.text}"
    with closing(found), found.store.reading() as work:
        words = [each.family_name for each in work.all(Contact)]
    if UNSENT_WORDS not in words:
        return "what was not sent is gone"
    return "it opens although it was to be wiped" if is_begun else ""


def _problem_of_remainder(folder: Path) -> str:
    """Return what is wrong with a desk that was wiped."""
    left = sorted(each.name for each in (folder / PROFILE).iterdir())
    if left != [UNSENT_FILE]:
        return f"there is left {left}"
    letter = (folder / PROFILE / UNSENT_FILE).read_bytes()
    try:
        opened(letter, (folder / BESIDE / SECRET).read_text())
    except StoreError as error:
        return f"what was not sent cannot be opened: {error.text}"
    return ""
