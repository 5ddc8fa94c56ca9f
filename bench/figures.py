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
        ours: Our times by the clock.
        floor: The floor's; the processor's times where only reading is measured.
        busy: For how long the processor worked in ours.
        is_reading: Whether the processor's time decides.
    """

    what: str
    contacts: int
    ours: Series
    floor: Series | None
    ratio: Ratio | None
    goal: Goal
    busy: Series | None = None
    is_reading: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; nothing where there is none."""
        return self.goal.is_met(self.decisive, self.ratio)

    @property
    def decisive(self) -> Series:
        """The times that decide: the processor's where only reading is measured."""
        return self.busy if self.is_reading and self.busy is not None else self.ours


def timed(call: Call) -> tuple[float, float]:
    """Return how long a call takes and how much of it the processor worked, both in ms.

    Threads of ours all count. On a machine that others use too, the second is the steadier one.
    """
    busy, started = time.process_time(), time.perf_counter()
    call()
    whole = time.perf_counter() - started
    return whole * 1000, (time.process_time() - busy) * 1000


def compared(
    what: str,
    contacts: int,
    pairs: Sequence[tuple[Call, Call]],
    goal: Goal = NO_GOAL,
    *,
    rounds: int,
    is_reading: bool = False,
) -> Row:
    """Measure pairs of ours and floor in turns, so that a busy moment hits both.

    All are run once unmeasured, to warm both sides the same. Within a pair ours and floor take
    turns in going first.

    Args:
        what: What is measured.
        contacts: Size of the store.
        pairs: Ours and floor, one pair for each case; all are run in every round.
        goal: What was hoped for.
        rounds: How often; each gives one ratio of medians.
        is_reading: Neither side waits for the disk, so the processor's time is what counts:
            ratio and verdict are those of a machine without other programs.
    """
    for ours, floor in pairs:
        ours()
        floor()
    our_times: list[tuple[float, float]] = []
    floor_times: list[tuple[float, float]] = []
    ratios = []
    for turn in range(rounds):
        our_round, floor_round = _round(pairs, turn)
        ratios.append(_middle(our_round, is_reading) / _middle(floor_round, is_reading))
        our_times += our_round
        floor_times += floor_round
    whole, busy = series_of(our_times)
    floor_series = series_of(floor_times)[1 if is_reading else 0]
    ratio = Ratio(statistics.median(ratios), min(ratios), max(ratios))
    return Row(what, contacts, whole, floor_series, ratio, goal, busy, is_reading)


def _round(
    pairs: Sequence[tuple[Call, Call]], turn: int
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    our_round, floor_round = [], []
    for place, (ours, floor) in enumerate(pairs):
        if (turn + place) % 2:
            floor_round.append(timed(floor))
            our_round.append(timed(ours))
        else:
            our_round.append(timed(ours))
            floor_round.append(timed(floor))
    return our_round, floor_round


def _middle(times: Sequence[tuple[float, float]], is_reading: bool) -> float:  # noqa: FBT001
    return statistics.median(busy if is_reading else whole for whole, busy in times)


def series_of(times: Sequence[tuple[float, float]]) -> tuple[Series, Series]:
    """Return the whole times and the processor's, as `timed` gave them."""
    whole, busy = zip(*times, strict=True)
    return Series(whole), Series(busy)


def grown(rows: Sequence[Row], what: str, goal: Goal) -> list[Row]:
    """Return a row that sets the largest store beside the smallest, where there are several.

    Both were measured at different times, so only the processor's times can be compared.
    """
    same = sorted((row for row in rows if row.what == what), key=lambda row: row.contacts)
    if len(same) < _ENOUGH_TO_COMPARE:
        return []
    smallest, largest = same[0].busy or same[0].ours, same[-1].busy or same[-1].ours
    factor = largest.median_ms / smallest.median_ms
    ratio = Ratio(factor, factor, factor)
    label = f"{what} (processor), beside that of {same[0].contacts:,}"
    return [Row(label, same[-1].contacts, largest, smallest, ratio, goal)]


_ENOUGH_TO_COMPARE = 2
