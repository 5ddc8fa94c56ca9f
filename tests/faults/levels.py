"""Performs deeds on a small disk of its own that is nearly full, at several levels of fullness.

The disk is a `tmpfs` with its own size, so this needs the right to mount: root, or `unshare -Urm`.
"""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embassy_desk.settings.reserve import give_up, lay_up
from faults.checking import Check
from faults.deeds import PROFILE
from faults.found import Result
from faults.known import KNOWN
from faults.power import check_of
from faults.watching import Performed, Performer

KIB = 1024
LEVELS_KIB = (0, 4, 16, 64, 128, 256, 512, 1024, 2048, 4096)
"""How much is free besides the reserve."""
_SIZE_MIB = 400
_FILLER = "filler"


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a disk of 400 MiB on a folder, and take it away in the end."""
    folder.mkdir(exist_ok=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE_MIB}m", "tmpfs", str(folder)]
    subprocess.run(words, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill_up(performer: Performer, name: str, folder: Path, *, has_reserve: bool = True) -> Result:
    """Perform a deed at each level, free the reserve if the desk did not, and perform it again.

    Full must be told in words, nothing acknowledged may be gone, and the second try must do.

    Args:
        performer: Performs it.
        name: The deed.
        folder: An empty place for the disk.
        has_reserve: Whether the desk has laid up its reserve; the control has none.
    """
    started = time.monotonic()
    plain = performer.begin(name)
    performed = performer.perform(name, plain)
    template, check = performer.template(name), check_of(performer, name, plain, performed)
    failures, refused = [], 0
    with small_disk(folder / "disk") as disk:
        for free in LEVELS_KIB:
            run = _run_on(disk, template, free * KIB, has_reserve=has_reserve)
            first = performer.perform(name, run)
            refused += first.outcome.startswith("refused")
            problem = _problem(performer, name, run, first, check)
            failures += [f"{free} KiB free: {problem}"] if problem else []
    what = f"full disk: {name} (refused at {refused})"
    spent = time.monotonic() - started
    return Result(what, len(LEVELS_KIB), failures, spent, is_control=not has_reserve)


def _run_on(disk: Path, template: Path, free: int, *, has_reserve: bool) -> Path:
    """Copy a template to the disk, and fill the rest but for what is to be free."""
    for each in disk.iterdir():
        _remove(each)
    run = disk / "run"
    shutil.copytree(template, run)
    (run / PROFILE).mkdir(exist_ok=True)
    if has_reserve and not lay_up(run / PROFILE):
        raise RuntimeError("no reserve could be laid up")
    room = shutil.disk_usage(disk).free - free
    with (disk / _FILLER).open("wb") as filler:
        while room > 0:
            room -= filler.write(bytes(min(room, KIB * KIB)))
    return run


def _problem(performer: Performer, name: str, run: Path, first: Performed, check: Check) -> str:
    if first.outcome.startswith("died"):
        return first.outcome
    if not KNOWN[name].is_making and (problem := _found(run, first, check)):
        return problem
    if first.outcome == "done":
        return ""
    if "FullDiskError" not in first.outcome:
        return f"told “{first.outcome}”"
    give_up(run / PROFILE)  # as a person frees space
    again = performer.perform(name, run)
    if again.outcome != "done":
        return f"after “{first.outcome}” the next try: {again.outcome}"
    return ""


def _found(run: Path, performed: Performed, check: Check) -> str:
    """Look at a copy, because looking needs room too."""
    copied = run.parent.parent / "looked at"
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(run, copied)
    return check.problem(copied, len(performed.said))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
