"""Takes records in from files: all of a file in one transaction, or nothing.

What takes long is done beforehand, while others may save: the file is read, every record made,
matched and checked, and the lines and words of the index are made ready. Then one transaction
writes it all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from embassy_desk.application.host import host_country, mission_day
from embassy_desk.application.intake import Intake, NewRecord
from embassy_desk.application.known_records import Ask, Key, KnownRecords
from embassy_desk.application.office import answer
from embassy_desk.application.parts_in_files import Place
from embassy_desk.application.pictures import keep_pictures
from embassy_desk.application.progress import WHOLE, GoingOn, share, unwatched
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Record, Route
from embassy_desk.domain.errors import ConflictError
from embassy_desk.interchange.apart import Run, apart
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.foreign import read_foreign
from embassy_desk.interchange.rows import rechecked
from embassy_desk.store.country_codes import known_countries
from embassy_desk.store.drafts import Author, Drafts
from embassy_desk.store.finders.freshness import newest_entry
from embassy_desk.store.guarding import refuse_staged
from embassy_desk.store.opening import Store
from embassy_desk.store.staging import Stage
from embassy_desk.store.work import Changes, UnitOfWork
from embassy_desk.texts import N_

_STEP = 500  # records between two looks at whether somebody wants to stop
_MOST_TRIES = 3
_STAGED = 300  # of 1,000 steps: matched with what is known
_READY = 500  # of 1,000 steps of keeping: ready to be written


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would do.

    Attributes:
        records: How many records were taken in, by kind; organisations that had to be made are
            counted with their kind.
        is_kept: Whether they are in the store now.
        known: How many records of the file the store held already, by kind; they are left alone.
        changes: What was changed, for whoever shows it.
    """

    records: Mapping[str, int]
    is_kept: bool
    known: Mapping[str, int] = field(default_factory=dict)
    changes: Changes = field(default_factory=lambda: Changes({}), compare=False, repr=False)


@dataclass(frozen=True)
class StagedImport:
    """Records made ready to be written.

    Attributes:
        candidates: What the file says.
        records: The new records with their parts.
        known: How many of them the store held already, by kind.
        relied_on: What the store did not hold, and must not hold when they are written.
        as_of: Newest entry of the store when it was asked.
    """

    candidates: Sequence[Candidate]
    records: Sequence[NewRecord]
    known: Mapping[str, int]
    relied_on: frozenset[Key]
    as_of: int

    @property
    def counts(self) -> dict[str, int]:
        """How many records are new, by kind."""
        counts: dict[str, int] = {}
        for each in self.records:
            kind = kind_of(each.record).name
            counts[kind] = counts.get(kind, 0) + 1
        return counts


def read_file(
    path: Path, kind: str = "", going_on: GoingOn = unwatched, *, run: Run = apart
) -> tuple[Candidate, ...]:
    """Return the records of a file, read in a process of its own and checked here again.

    Args:
        path: A vCard file, a register in CSV or XLSX, or records in JSON.
        kind: What the records are; when it is empty, a vCard file holds contacts, the headings of
            a register tell, and in JSON each record tells.
        going_on: Told how far it is.
        run: Where the reader runs.

    Raises:
        UnreadableFileError: Something is wrong with it; every problem is named by its line.
        RefusedError: Registers of that kind cannot be read.
        StoreError: The file cannot be opened.
        StoppedError: Somebody stopped it.
    """
    candidates = run(read_foreign, path, kind, going_on=going_on)
    return tuple(each if each.checked else rechecked(each) for each in candidates)


def import_candidates(
    store: Store,
    candidates: Iterable[Candidate],
    *,
    is_dry_run: bool = False,
    going_on: GoingOn = unwatched,
) -> ImportResult:
    """Take candidates in: make them ready, then write them in one transaction.

    Raises:
        UnreadableFileError: A candidate names a record that does not exist, or breaks a rule;
            every problem is named by its line.
        StoreError: The disk refuses; then nothing is kept.
        StoppedError: Somebody stopped it; then nothing is kept.
        ConflictError: Others enter the same records again and again.
    """
    staged = stage_import(store, tuple(candidates), share(going_on, 0, _STAGED))
    if is_dry_run:
        return ImportResult(staged.counts, is_kept=False, known=staged.known)
    return keep_import(store, staged, share(going_on, _STAGED, WHOLE))


def stage_import(
    store: Store,
    candidates: Sequence[Candidate],
    going_on: GoingOn = unwatched,
    *,
    takes_all: bool = False,
) -> StagedImport:
    """Make records of candidates, while others may read and write.

    Args:
        store: The store.
        candidates: What the file says.
        going_on: Told how far it is.
        takes_all: Whether a person has decided already that all of them are new.

    Raises:
        UnreadableFileError: A candidate names a record that does not exist, or breaks a rule;
            every problem is named by its line.
        RefusedError: This person may not enter records.
        StoppedError: Somebody stopped it.
    """
    author = replace(store.author, via=Route.IMPORT)
    answer(store, lambda work: refuse_staged(work.rights))
    as_of = answer(store, newest_entry)
    place = answer(store, _place)
    known = KnownRecords(partial(answer, store))
    intake = Intake(known, Drafts(author, store.clock()), place, takes_all=takes_all)
    for done, candidate in enumerate(candidates):
        if done % _STEP == 0:
            going_on(done, len(candidates))
        intake.take(candidate)
    intake.finish()
    records = tuple(intake.records.values())
    return StagedImport(candidates, records, intake.known, frozenset(intake.relied_on), as_of)


def _place(work: UnitOfWork) -> Place:
    return Place(host_country(work), mission_day(work), known_countries(work))


def keep_import(
    store: Store,
    staged: StagedImport,
    going_on: GoingOn = unwatched,
    *,
    before: Callable[[UnitOfWork], None] | None = None,
) -> ImportResult:
    """Write what was made ready, in one transaction.

    When somebody has entered the same in the meantime, it is made ready anew.

    Args:
        store: The store.
        staged: The records.
        going_on: Told how far it is.
        before: What else belongs into the transaction; it is done first.

    Raises:
        UnreadableFileError: The records no longer fit what is in the store.
        StoreError: The disk refuses; then nothing is kept.
        StoppedError: Somebody stopped it; then nothing is kept.
        ConflictError: Others enter the same records again and again.
    """
    for _ in range(_MOST_TRIES):
        result = _kept(store, staged, going_on, before)
        if result is not None:
            return result
        staged = stage_import(store, staged.candidates)
    raise ConflictError(N_("Others are entering the same records. Import the file again."))


def _kept(
    store: Store,
    staged: StagedImport,
    going_on: GoingOn,
    before: Callable[[UnitOfWork], None] | None,
) -> ImportResult | None:
    """Write the records; return nothing when the store holds what must not be there."""
    author = replace(store.author, via=Route.IMPORT)
    records = with_references(store, author, staged.records)
    stage = stage_of(records, share(going_on, 0, _READY))
    with store.work(author) as work:
        if is_outdated(work, staged):
            return None
        writing, total = share(going_on, _READY, WHOLE), len(stage)
        if before is not None:
            before(work)
        keep_pictures(work, store, ((e.record, e.picture) for e in records if e.picture))
        work.add_staged(stage, lambda done: writing(done, total))
        changes = work.commit()
    return ImportResult(staged.counts, is_kept=True, known=staged.known, changes=changes)


def with_references(store: Store, author: Author, records: Sequence[NewRecord]) -> list[NewRecord]:
    """Return the records with references, which are given out in a short transaction of its own.

    Should the import fail afterwards, these references are never used.
    """
    without: dict[str, int] = {}
    for each in records:
        if not each.record.ref:
            code = kind_of(each.record).code
            without[code] = without.get(code, 0) + 1
    with store.work(author) as work:
        refs = {code: iter(work.new_refs(code, count)) for code, count in without.items()}
        work.commit()

    def numbered(record: Record) -> Record:
        if record.ref:
            return record
        return record.model_copy(update={"ref": next(refs[kind_of(record).code])})

    return [replace(each, record=numbered(each.record)) for each in records]


def stage_of(records: Sequence[NewRecord], going_on: GoingOn = unwatched) -> Stage:
    """Return records ready to be written."""
    stage = Stage()
    for done, each in enumerate(records):
        if done % _STEP == 0:
            going_on(done, len(records))
        stage.add(each.record, each.parts.values())
    return stage


def is_outdated(work: UnitOfWork, staged: StagedImport) -> bool:
    """Say whether somebody has entered meanwhile what the records rely on not to be there."""
    if newest_entry(work) == staged.as_of:
        return False
    known = KnownRecords(_asking(work))
    return any(map(known.holds, staged.relied_on))


def _asking(work: UnitOfWork) -> Ask:
    def ask(query: Any) -> Any:
        return query(work)

    return ask
