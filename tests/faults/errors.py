"""Lets system calls of a deed fail, one at a time or all from one on; looks what comes of it."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from faults.checking import Check
from faults.controls import CONTROLS
from faults.found import Result
from faults.known import KNOWN
from faults.power import check_of
from faults.watching import Performed, Performer

WRITING = ("pwrite64", "write", "ftruncate", "fsync", "fdatasync", "rename", "unlink", "link")
FORCING = ("fsync", "fdatasync")


@dataclass(frozen=True)
class Fault:
    """A system call that fails.

    Attributes:
        call: Its name.
        number: Which of them, counted from 1.
        error: With what.
        is_lasting: Whether all later ones fail too.
    """

    call: str
    number: int
    error: str = "EIO"
    is_lasting: bool = False

    @property
    def when(self) -> str:
        """The fault as strace is told."""
        return f"{self.number}+" if self.is_lasting else str(self.number)


def faults_of(record: Path, calls: Sequence[str], error: str = "EIO") -> Iterator[Fault]:
    """Yield every fault that a recorded deed could meet, each once and lasting."""
    lines = record.read_text("ascii").splitlines()
    for call in calls:
        count = sum(line.startswith(f"{call}(") for line in lines)
        for number in range(1, count + 1):
            yield Fault(call, number, error)
            yield Fault(call, number, error, is_lasting=True)


def let_fail(
    performer: Performer,
    name: str,
    *,
    calls: Sequence[str] = WRITING,
    error: str = "EIO",
    most: int = 0,
) -> Result:
    """Meet every fault of a deed, or some of them spread evenly, and check each time.

    The error must be one that the person is told in words; what was acknowledged must be there;
    and without the fault the deed must succeed the next time.

    Args:
        performer: Performs it.
        name: The deed.
        calls: The system calls that fail.
        error: What they fail with.
        most: How many faults to try; all by default.
    """
    started = time.monotonic()
    performed, folder, record = performer.recorded(name)
    check = check_of(performer, name, folder, performed)
    faults = list(faults_of(record, calls, error))
    if most and len(faults) > most:
        faults = [faults[place * len(faults) // most] for place in range(most)]
    failures = [
        f"{fault.call} {fault.when}: {problem}"
        for fault in faults
        if (problem := _problem(performer, name, fault, check))
    ]
    spent = time.monotonic() - started
    return Result(f"{error}: {name}", len(faults), failures, spent, name in CONTROLS)


def _problem(performer: Performer, name: str, fault: Fault, check: Check) -> str:
    performed, folder = performer.hurt(name, fault.call, fault.error, fault.when)
    if performed.outcome.startswith("died"):
        return performed.outcome
    if KNOWN[name].is_making:  # each run makes a store of its own
        return _problem_of_retry(performer.perform(name, folder), performed)
    problem = check.problem(folder, len(performed.said))
    if problem or performed.outcome == "done" or len(KNOWN[name].passphrases) > 1:
        return problem
    return _problem_of_retry(performer.perform(name, folder), performed)


def _problem_of_retry(again: Performed, before: Performed) -> str:
    is_there_already = before.said or before.outcome == "done"
    if again.outcome == "done" or (is_there_already and "already" in again.outcome):
        return ""
    return f"after “{before.outcome}” the next try: {again.outcome}"
