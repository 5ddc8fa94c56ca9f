"""Figures of a measurement: our time and the floor's, taken in turns, and what was hoped for."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Call = Callable[[], object]


@dataclass(frozen=True)
class Series:
    """Times of many runs of one thing, in milliseconds."""

    times_ms: tuple[float, ...]

    @property
    def median_ms(self) -> float:
        """The middle of all runs."""
        return statistics.median(self.times_ms)

    @property
    def p95_ms(self) -> float:
        """The time that 95 of 100 runs do not exceed."""
        ordered = sorted(self.times_ms)
        return ordered[-(-len(ordered) * 95 // 100) - 1]


@dataclass(frozen=True)
class Ratio:
    """How many times the floor's time ours is, over several rounds."""

    median: float
    least: float
    most: float


@dataclass(frozen=True)
class Goal:
    """What was hoped for; each limit that is given must hold.

    Attributes:
        words: The goal as the table says it.
        p95_ms: Most that 95 of 100 runs may take, in milliseconds.
        median_ms: Most that the middle run may take, in milliseconds.
        ratio: Most that the middle ratio to the floor may be.
    """

    words: str
    p95_ms: float | None = None
    median_ms: float | None = None
    ratio: float | None = None

    def is_met(self, ours: Series, ratio: Ratio | None) -> bool | None:
        """Say whether every limit holds; nothing where there is no limit."""
        checks = []
        if self.p95_ms is not None:
            checks.append(ours.p95_ms <= self.p95_ms)
        if self.median_ms is not None:
            checks.append(ours.median_ms <= self.median_ms)
        if self.ratio is not None and ratio is not None:
            checks.append(ratio.median <= self.ratio)
        return all(checks) if checks else None


NO_GOAL = Goal("–")


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        busy: Of a long run, for how long the processor worked.
    """

    what: str
    contacts: int
    ours: Series
    floor: Series | None
    ratio: Ratio | None
    goal: Goal
    busy: Series | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; nothing where there is none."""
        return self.goal.is_met(self.ours, self.ratio)


def timed(call: Call) -> float:
    """Return how long a call takes, in milliseconds."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def timed_long(call: Call) -> tuple[float, float]:
    """Return how long a long call takes and how much of it the processor worked, both in ms.

    On a machine that others use too, the second figure is the steadier one.
    """
    busy = time.process_time()
    whole = timed(call)
    return whole, (time.process_time() - busy) * 1000


def compared(
    what: str,
    contacts: int,
    pairs: Sequence[tuple[Call, Call]],
    goal: Goal = NO_GOAL,
    *,
    rounds: int,
) -> Row:
    """Measure pairs of ours and floor in turns, so that a busy moment hits both.

    The first round of all is run once unmeasured, to warm both sides the same. Within a pair ours
    and floor take turns in going first.

    Args:
        what: What is measured.
        contacts: Size of the store.
        pairs: Ours and floor, one pair for each case; all are run in every round.
        goal: What was hoped for.
        rounds: How often; each gives one ratio of medians.
    """
    for ours, floor in pairs:
        ours()
        floor()
    our_times: list[float] = []
    floor_times: list[float] = []
    ratios = []
    for turn in range(rounds):
        our_round, floor_round = [], []
        for place, (ours, floor) in enumerate(pairs):
            if (turn + place) % 2:
                floor_round.append(timed(floor))
                our_round.append(timed(ours))
            else:
                our_round.append(timed(ours))
                floor_round.append(timed(floor))
        ratios.append(statistics.median(our_round) / statistics.median(floor_round))
        our_times += our_round
        floor_times += floor_round
    ratio = Ratio(statistics.median(ratios), min(ratios), max(ratios))
    return Row(what, contacts, Series(tuple(our_times)), Series(tuple(floor_times)), ratio, goal)


def alone(what: str, contacts: int, call: Call, goal: Goal = NO_GOAL, *, rounds: int) -> Row:
    """Measure something that has no floor."""
    call()
    times = tuple(timed(call) for _ in range(rounds))
    return Row(what, contacts, Series(times), None, None, goal)


def grown(rows: Sequence[Row], what: str, goal: Goal) -> list[Row]:
    """Return a row that sets the largest store beside the smallest, where there are several."""
    same = sorted((row for row in rows if row.what == what), key=lambda row: row.contacts)
    if len(same) < _ENOUGH_TO_COMPARE:
        return []
    smallest, largest = same[0], same[-1]
    factor = largest.ours.median_ms / smallest.ours.median_ms
    ratio = Ratio(factor, factor, factor)
    label = f"{what}, beside that of {smallest.contacts:,}"
    return [Row(label, largest.contacts, largest.ours, smallest.ours, ratio, goal)]


_ENOUGH_TO_COMPARE = 2
