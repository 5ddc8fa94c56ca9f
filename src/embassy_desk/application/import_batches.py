"""Writes what an import has made ready: some records at a time, so that others save in between.

To the person it is one step all the same: the changes are joined, one undo takes all of them back,
and what breaks off is taken back at once. An import of fewer records is one change.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

from embassy_desk.application.import_matching import Match
from embassy_desk.application.import_updates import apply_updates
from embassy_desk.application.importing import (
    StagedImport,
    is_outdated,
    stage_import,
    stage_of,
    with_references,
)
from embassy_desk.application.intake import NewRecord
from embassy_desk.application.office import perform
from embassy_desk.application.pictures import keep_pictures
from embassy_desk.application.progress import GoingOn
from embassy_desk.application.taking_back import join_step, undo_change
from embassy_desk.domain.entity import Route
from embassy_desk.domain.errors import ConflictError
from embassy_desk.domain.organisation import Organisation
from embassy_desk.store import history
from embassy_desk.store.finders.freshness import Seen, changed_since
from embassy_desk.store.opening import Store
from embassy_desk.store.staging import Stage
from embassy_desk.store.work import Changes, UnitOfWork
from embassy_desk.texts import N_

TURN_S = 0.15
"""How long one turn is to last, in seconds: a person's save waits for no more than one."""

AT_ONCE = 200
"""Records in the first change, while nobody knows yet how quick the machine is."""

_FEWEST, _MOST = 50, 1_000
_MOST_TRIES = 3

Answer = TypeVar("Answer")


class Turn(Protocol):
    """Runs something short where the store is written, such as `Office.turn`."""

    def __call__(self, function: Callable[[Store], Answer], /) -> Answer:
        """Run it there and return its answer."""


class HereAndNow:
    """Runs what is short at once, on the thread that asks: where nobody else is at the desk."""

    def __init__(self, store: Store) -> None:
        """Run it on a store."""
        self._store = store

    def __call__(self, function: Callable[[Store], Answer], /) -> Answer:
        """Run it and return its answer."""
        return function(self._store)


@dataclass
class Updates:
    """Records that take over what a file says, unless somebody has changed them meanwhile.

    Attributes:
        matches: What the file says of which record.
        seen: How far the log had come when that was found.
        overtaken: Of which a newer change was kept instead.
    """

    matches: Sequence[Match]
    seen: Seen
    overtaken: list[Match] = field(default_factory=list)
    _own: set[UUID] = field(default_factory=set)

    def apply(self, work: UnitOfWork, some: Sequence[Match]) -> None:
        """Let some records take over what the file says; those that others changed stay.

        Raises:
            DeskError: As `apply_updates`.
        """
        others = changed_since(work, self.seen) - self._own if some else frozenset()
        kept = [each for each in some if each.record_id not in others]
        self.overtaken += [each for each in some if each.record_id in others]
        apply_updates(work, kept)
        self._own.update(each.record_id for each in kept if each.record_id is not None)


@dataclass(frozen=True)
class _Batch:
    """What one change writes: new records, and records that take over what the file says."""

    records: Sequence[NewRecord]
    updates: Sequence[Match]


class Pace:
    """How many records one turn takes, so that each lasts about as long on every machine."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        """Begin with few.

        Args:
            timer: Seconds since some moment.
        """
        self.count = AT_ONCE
        self._timer = timer
        self._began = 0.0

    def begin(self) -> None:
        """Take note that a turn begins."""
        self._began = self._timer()

    def end(self) -> None:
        """Take more next time when it was short, fewer when it was long."""
        lasted_s = max(self._timer() - self._began, TURN_S / 2)
        self.count = min(max(int(self.count * TURN_S / lasted_s), _FEWEST), _MOST)


def keep_in_batches(
    staged: StagedImport,
    updates: Updates,
    turn: Turn,
    begin: Callable[[UnitOfWork], None],
    going_on: GoingOn,
    pace: Pace | None = None,
) -> Changes:
    """Write new records and changes, one batch after the other.

    Args:
        staged: The new records.
        updates: Records that take over what a file says.
        turn: Runs each batch where the store is written.
        begin: What else belongs into the first batch.
        going_on: Told how far it is.
        pace: How many records a turn takes.

    Raises:
        ConflictError: Others enter the same records again and again.
        StoreError: The disk refuses.
        StoppedError: Somebody stopped it. Whatever the reason, what was written is taken back.
    """
    for _ in range(_MOST_TRIES):
        if not turn(partial(_asked_whether_outdated, staged=staged)):
            break
        staged = turn(partial(stage_import, candidates=staged.candidates, takes_all=True))
    else:
        raise ConflictError(N_("Others are entering the same records. Import the file again."))
    records = turn(partial(_numbered, records=staged.records))
    writing = _Writing(updates, begin, pace or Pace())
    return writing.write(records, turn, going_on)


def _asked_whether_outdated(store: Store, staged: StagedImport) -> bool:
    with store.reading() as work:
        return is_outdated(work, staged)


def _numbered(store: Store, records: Sequence[NewRecord]) -> list[NewRecord]:
    return with_references(store, replace(store.author, via=Route.IMPORT), records)


@dataclass
class _Writing:
    """Writes batches, each as a change of its own, and joins them to one step.

    Attributes:
        updates: Records that take over what a file says.
        begin: What else belongs into the first batch.
        pace: How many records a turn takes.
        first: Number of the first change.
    """

    updates: Updates
    begin: Callable[[UnitOfWork], None]
    pace: Pace
    first: int | None = None

    def write(self, records: Sequence[NewRecord], turn: Turn, going_on: GoingOn) -> Changes:
        """Write all of it, or take back what was written."""
        # Organisations that others name come first.
        ordered = sorted(records, key=lambda each: not isinstance(each.record, Organisation))
        changed = self.updates.matches
        turns: list[Future[Changes]] = []
        done, total = 0, len(changed) + len(ordered)
        is_whole = False
        # One batch is made ready while the one before is written; only the turns hold up others.
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="import") as hand:
            try:
                while done < total or not turns:
                    going_on(done, total)
                    until = done + self.pace.count
                    start, end = (max(each - len(changed), 0) for each in (done, until))
                    batch = _Batch(ordered[start:end], changed[done:until])
                    stage = stage_of(batch.records)
                    _wait_for_last(turns)
                    turns.append(hand.submit(turn, partial(self._turn, batch=batch, stage=stage)))
                    done = min(until, total)
                _wait_for_last(turns)
                going_on(total, total)
                is_whole = True
            finally:
                wait(turns)
                if not is_whole and self.first is not None:
                    turn(partial(_take_back, first=self.first))
        return _joined([each.result() for each in turns])

    def _turn(self, store: Store, batch: _Batch, stage: Stage) -> Changes:
        """Write one batch; return what was changed."""
        self.pace.begin()
        author = replace(store.author, via=Route.IMPORT)
        with store.work(author) as work:
            number = history.next_number(work)
            if self.first is None:
                self.begin(work)
            join_step(work, number if self.first is None else self.first)
            self.updates.apply(work, batch.updates)
            pictures = ((each.record, each.picture) for each in batch.records if each.picture)
            keep_pictures(work, store, pictures)
            work.add_staged(stage)
            changes = work.commit()
        self.first = number if self.first is None else self.first
        self.pace.end()
        return changes


def _wait_for_last(turns: Sequence[Future[Changes]]) -> None:
    """Wait until a turn is over, and raise what it raised."""
    for each in turns[-1:]:
        each.result()


def _take_back(store: Store, first: int) -> None:
    perform(store, undo_change, first)


def _joined(found: Sequence[Changes]) -> Changes:
    records: dict[str, frozenset[UUID]] = {}
    for changes in found:
        for kind, ids in changes.records.items():
            records[kind] = records.get(kind, frozenset()) | ids
    return Changes(records, sum(each.operations for each in found))
