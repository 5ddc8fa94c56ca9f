"""Writes what an import has made ready: some records at a time, so that others save in between.

To the person it is one step all the same: the changes are joined, one undo takes all of them back,
and what breaks off is taken back at once. An import of fewer records is one change.
"""

from collections.abc import Callable, Sequence
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

AT_ONCE = 500
"""Records in one change; a person's save waits about half a second for as many."""

_UPDATES_AT_ONCE = 200
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


def keep_in_batches(
    staged: StagedImport,
    updates: Updates,
    turn: Turn,
    begin: Callable[[UnitOfWork], None],
    going_on: GoingOn,
) -> Changes:
    """Write new records and changes, one batch after the other.

    Args:
        staged: The new records.
        updates: Records that take over what a file says.
        turn: Runs each batch where the store is written.
        begin: What else belongs into the first batch.
        going_on: Told how far it is.

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
    return _write_all(_batches(records, updates.matches), updates, turn, begin, going_on)


def _asked_whether_outdated(store: Store, staged: StagedImport) -> bool:
    with store.reading() as work:
        return is_outdated(work, staged)


def _numbered(store: Store, records: Sequence[NewRecord]) -> list[NewRecord]:
    return with_references(store, replace(store.author, via=Route.IMPORT), records)


def _batches(records: Sequence[NewRecord], updates: Sequence[Match]) -> list[_Batch]:
    """Return what is written together; organisations that others name come first."""
    ordered = sorted(records, key=lambda each: not isinstance(each.record, Organisation))
    changed = [
        updates[at : at + _UPDATES_AT_ONCE] for at in range(0, len(updates), _UPDATES_AT_ONCE)
    ]
    entered = [ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE)]
    *earlier, last = changed or [()]
    first, *later = entered or [[]]
    return [
        *(_Batch([], each) for each in earlier),
        _Batch(first, last),
        *(_Batch(each, ()) for each in later),
    ]


def _write_all(
    batches: Sequence[_Batch],
    updates: Updates,
    turn: Turn,
    begin: Callable[[UnitOfWork], None],
    going_on: GoingOn,
) -> Changes:
    """Write the batches, or take back those that were written."""
    first: int | None = None
    found: list[Changes] = []
    is_whole = False
    try:
        for done, batch in enumerate(batches):
            going_on(done, len(batches))
            stage = stage_of(batch.records)  # here, not where others wait
            write = partial(
                _write, batch=batch, updates=updates, stage=stage, first=first, begin=begin
            )
            number, changes = turn(write)
            first = number if first is None else first
            found.append(changes)
        going_on(len(batches), len(batches))
        is_whole = True
    finally:
        if not is_whole and first is not None:
            turn(partial(_take_back, first=first))
    return _joined(found)


def _write(
    store: Store,
    batch: _Batch,
    updates: Updates,
    stage: Stage,
    first: int | None,
    begin: Callable[[UnitOfWork], None],
) -> tuple[int, Changes]:
    """Write one batch; return its number as a change, and what was changed."""
    author = replace(store.author, via=Route.IMPORT)
    with store.work(author) as work:
        number = history.next_number(work)
        if first is None:
            begin(work)
        join_step(work, number if first is None else first)
        updates.apply(work, batch.updates)
        pictures = ((each.record, each.picture) for each in batch.records if each.picture)
        keep_pictures(work, store, pictures)
        work.add_staged(stage)
        return number, work.commit()


def _take_back(store: Store, first: int) -> None:
    perform(store, undo_change, first)


def _joined(found: Sequence[Changes]) -> Changes:
    records: dict[str, frozenset[UUID]] = {}
    for changes in found:
        for kind, ids in changes.records.items():
            records[kind] = records.get(kind, frozenset()) | ids
    return Changes(records, sum(each.operations for each in found))
