"""Takes back what a person did, step by step, and does it again.

What is taken back and what did so is remembered on this desk, beside the log: a second undo goes
one step further back instead of undoing the first. Undoing is a change like any other: it is
logged, and goes to headquarters as such.
"""

from dataclasses import dataclass

from embassy_desk.domain.errors import MissingError
from embassy_desk.store import history
from embassy_desk.store.local_values import keep_local, local_value
from embassy_desk.store.reading import Reading
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_TOPIC = "taking_back"
_NAME = "steps"
_MOST_STEPS = 500


@dataclass
class _Steps:
    """What was taken back on this desk.

    Attributes:
        undone: What can be done again: number of the change, and of the one that took it back.
        passed: Numbers of changes that are taken back, or only took back or did again.
        joined: Changes that are one step to the person, each list with its numbers in order.
    """

    undone: list[tuple[int, int]]
    passed: list[int]
    joined: list[list[int]]

    def of(self, number: int) -> list[int]:
        """Return the numbers of the changes that are one step with a change."""
        return next((each for each in self.joined if number in each), [number])


def undo_last(work: UnitOfWork) -> int:
    """Take back the person's last change that stands; returns the number of that change.

    Raises:
        MissingError: There is nothing to take back.
        ConflictError: Something was changed again since.
    """
    steps = _steps(work)
    mine = history.transactions(work, work.author.staff_id)
    last = next((number for number in mine if number not in steps.passed), None)
    if last is None:
        raise MissingError(N_("There is nothing to take back."))
    undo_change(work, last)
    return last


def join_step(work: UnitOfWork, first: int) -> None:
    """Let what this transaction does be one step with an earlier change, such as of one import.

    To be called in the transaction of the first change as well, with the number it will have.
    """
    steps = _steps(work)
    number = history.next_number(work)
    numbers = steps.of(first)
    if number == first:
        steps.joined.append(numbers)
    elif number not in numbers:
        numbers.append(number)
    _keep(work, steps)


def undo_change(work: UnitOfWork, transaction: int) -> None:
    """Take back one change by its number, with all that is one step with it.

    Raises:
        MissingError: There is no such change.
        ConflictError: Something was changed again since.
    """
    steps = _steps(work)
    if history.last_transaction(work, work.author.staff_id) not in steps.passed:
        steps.undone.clear()  # something else was done since
    doing = history.next_number(work)
    numbers = steps.of(transaction)
    for number in reversed(numbers):
        history.undo(work, number)
    steps.undone.append((transaction, doing))
    steps.passed += [*numbers, doing]
    _keep(work, steps)


def redo_last(work: UnitOfWork) -> int:
    """Do again what was taken back last, if nothing else was done since; returns its number.

    Raises:
        MissingError: There is nothing to do again.
        ConflictError: Something was changed again since.
    """
    steps = _steps(work)
    last = history.last_transaction(work, work.author.staff_id)
    if not steps.undone or last is None or last not in steps.passed:
        raise MissingError(N_("There is nothing to do again."))
    done, undoing = steps.undone.pop()
    doing = history.next_number(work)
    history.undo(work, undoing)
    steps.passed = [each for each in steps.passed if each not in steps.of(done)] + [doing]
    _keep(work, steps)
    return done


def _steps(work: Reading) -> _Steps:
    kept = local_value(work, _TOPIC, _NAME)
    if kept is None:
        return _Steps([], [], [])
    undone = [(int(number), int(by)) for number, by in kept.value["undone"]]
    joined = [list(map(int, each)) for each in kept.value.get("joined", ())]
    return _Steps(undone, [int(each) for each in kept.value["passed"]], joined)


def _keep(work: UnitOfWork, steps: _Steps) -> None:
    value = {
        "undone": steps.undone[-_MOST_STEPS:],
        "passed": steps.passed[-2 * _MOST_STEPS :],
        "joined": steps.joined[-_MOST_STEPS:],
    }
    keep_local(work, _TOPIC, _NAME, value)
