"""One import for every sort of file: looked over first, decided by a person, written as one step.

    reading = read_for_import(path)
    outlook = look_over(store, reading)  # writes nothing: what is new, changed, doubtful
    done = take_over(store, outlook, Rules(), original=path)

What is refused stays out and can be written to a file for mending; everything else is written as
one step, so one undo takes it back. The file itself is kept, encrypted, beside the store.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from embassy_desk.application.host import zone_name
from embassy_desk.application.import_batches import HereAndNow, Turn, Updates, keep_in_batches
from embassy_desk.application.import_decisions import Decision, Done, Outlook, Rules
from embassy_desk.application.import_matching import Match, Matcher
from embassy_desk.application.importing import StagedImport, stage_import
from embassy_desk.application.office import answer
from embassy_desk.application.progress import WHOLE, GoingOn, share, unwatched
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.errors import ConflictError
from embassy_desk.interchange.apart import RunByPieces, apart, apart_by_pieces
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError
from embassy_desk.interchange.foreign import look_of, readings_of
from embassy_desk.interchange.mapped_sheets import SheetLook, SheetMapping
from embassy_desk.interchange.readings import Reading, joined
from embassy_desk.interchange.rows import rechecked
from embassy_desk.settings.files import write_whole
from embassy_desk.store import history
from embassy_desk.store.attachments import attachments_folder, keep_content
from embassy_desk.store.finders.freshness import newest_entry, seen_now
from embassy_desk.store.local_values import keep_local
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Words
from embassy_desk.texts.cells import guarded

IMPORTS = "import"
"""Topic under which this desk remembers what was imported."""

_MOST_TRIES = 5
_STAGED = 300  # of 1,000 steps: made ready
_OVERTAKEN = N_(
    "Somebody has changed this record since the file was looked over; that stays. Import the file "
    "again to see both."
)
_BYTE_ORDER_MARK = "\ufeff"


def read_for_import(
    path: Path,
    kind: str = "",
    mapping: SheetMapping | None = None,
    encoding: str = "",
    zone: str = "",
    *,
    going_on: GoingOn = unwatched,
    run: RunByPieces = apart_by_pieces,
) -> Iterator[Reading]:
    """Yield what a file says piece by piece, read in a process of its own and checked here again.

    Args:
        path: The file.
        kind: What its records are; empty when the file tells.
        mapping: How a sheet is read; nothing when its headings tell.
        encoding: Character set of cards that are not in UTF-8.
        zone: The mission's zone, from `host.zone_name`, for times of calendars that say none.
        going_on: Told how far it is.
        run: Where the reader runs.

    Raises:
        UnreadableFileError: It is no such file; what was yielded before means nothing then.
        RefusedError: Registers of that kind cannot be read.
        StoreError: It cannot be opened.
        StoppedError: Somebody stopped it.
    """
    for piece in run(readings_of, path, kind, mapping, encoding, zone, going_on=going_on):
        checked = tuple(each if each.checked else rechecked(each) for each in piece.candidates)
        yield replace(piece, candidates=checked)


def look_into(_store: Store, path: Path, mapping: SheetMapping | None) -> SheetLook:
    """Return what a sheet shows before anything is taken from it; beside the store, not in it.

    Raises:
        UnreadableFileError: It is no sheet.
        StoreError: It cannot be opened.
    """
    return apart(look_of, path, mapping)


def read_and_look_over(
    store: Store, path: Path, mapping: SheetMapping | None, going_on: GoingOn
) -> Outlook:
    """Read a file and say what every row of it is to the store.

    Raises:
        UnreadableFileError: It is no such file.
        StoreError: It cannot be opened.
        StoppedError: Somebody stopped it.
    """
    zone = answer(store, zone_name)
    return look_over(store, read_for_import(path, mapping=mapping, zone=zone, going_on=going_on))


def look_over(store: Store, readings: Iterable[Reading]) -> Outlook:
    """Say what every row of a file is to the store; nothing is written.

    The file may still be read meanwhile: what of it is there is looked over.

    Raises:
        DeskError: What reading raises.
    """
    as_of, seen = answer(store, newest_entry), answer(store, seen_now)
    matchers: dict[str, Matcher] = {}
    matches: list[Match] = []
    pieces: list[Reading] = []
    for piece in readings:
        for candidate in piece.candidates:
            if candidate.kind not in matchers:
                matchers[candidate.kind] = Matcher(partial(answer, store), candidate.kind)
            matches.append(matchers[candidate.kind].match(candidate))
        pieces.append(replace(piece, candidates=()))
    rest = joined(pieces)
    return Outlook(tuple(matches), rest.refused, rest.remarks, rest.sources, as_of, seen)


def take_over(
    store: Store,
    outlook: Outlook,
    rules: Rules,
    *,
    original: Path | None = None,
    going_on: GoingOn = unwatched,
    turn: Turn | None = None,
) -> Done:
    """Write what was decided, as one step; rows that turn out wrong stay out.

    Args:
        store: The store.
        outlook: What was looked over.
        rules: What was decided.
        original: The file, to be kept.
        going_on: Told how far it is.
        turn: Runs what is short where the store is written, such as `Office.turn`; here if nothing.

    Raises:
        RefusedError: This person may not enter records.
        ConflictError: Somebody entered something since it was looked over.
        StoreError: The disk refuses; then nothing is kept.
        StoppedError: Somebody stopped it; then nothing is kept.
    """
    turn = turn or HereAndNow(store)
    turn(partial(_refuse_changed, as_of=outlook.as_of))
    decided = [(match, rules.of(match)) for match in outlook.matches]
    fresh = [match for match, decision in decided if _is_entered(match, decision)]
    updates = [
        match
        for match, decision in decided
        if decision is Decision.UPDATE and match.record_id is not None and match.changes
    ]
    staged, problems = _staged(store, fresh, share(going_on, 0, _STAGED))
    begin = partial(_keep_original, store, original, len(fresh), len(updates))
    guarded_updates = Updates(updates, outlook.seen)
    writing = share(going_on, _STAGED, WHOLE)
    changes = keep_in_batches(staged, guarded_updates, turn, begin, writing)
    overtaken = [
        FileProblem(each.candidate.line, "", _OVERTAKEN) for each in guarded_updates.overtaken
    ]
    problems += overtaken
    wrong = {each.line for each in problems}
    return Done(
        entered=staged.counts,
        updated=len(updates) - len(overtaken),
        left=len(outlook.matches) - len(fresh) - len(updates),
        refused=(*outlook.refused, *problems),
        sources=dict(outlook.sources) | {line: _said(outlook, line) for line in wrong},
        changes=changes,
    )


def _staged(
    store: Store, fresh: Sequence[Match], going_on: GoingOn
) -> tuple[StagedImport, list[FileProblem]]:
    """Make new records ready; rows that break a rule of the store are left out and told."""
    problems: list[FileProblem] = []
    candidates = [_without_taken_ref(each) for each in fresh]
    for _ in range(_MOST_TRIES):
        try:
            staged = stage_import(store, candidates, going_on, takes_all=True)
        except UnreadableFileError as error:
            problems += error.problems
            wrong = {each.line for each in error.problems}
            candidates = [each for each in candidates if each.line not in wrong]
        else:
            return staged, problems
    raise UnreadableFileError(problems)


def _without_taken_ref(match: Match) -> Candidate:
    """Return a row as it is entered; a reference that another record bears is given anew."""
    values = match.candidate.values
    if match.record_id is None or "ref" not in values:
        return match.candidate
    kept = {name: text for name, text in values.items() if name != "ref"}
    return rechecked(replace(match.candidate, values=kept))


def _is_entered(match: Match, decision: Decision) -> bool:
    """Say whether a row becomes a record: also one that is only like another row of the file."""
    is_alone = decision is Decision.UPDATE and match.record_id is None
    return decision is Decision.ENTER or is_alone


def _refuse_changed(store: Store, as_of: int) -> None:
    """Refuse to go by what was looked over before somebody changed the store.

    Raises:
        ConflictError: Somebody did.
    """
    if answer(store, newest_entry) != as_of:
        raise ConflictError(N_("The store has changed since. Look the file over again."))


def _keep_original(
    store: Store, original: Path | None, entered: int, updated: int, work: UnitOfWork
) -> None:
    """Keep the file with what comes of it, in the first change of the import."""
    if original is None:
        return
    number = history.next_number(work)
    with original.open("rb") as source:
        digest, size_bytes = keep_content(work, attachments_folder(store.path), source)
    told = {
        "file": original.name,
        "digest": digest,
        "size_bytes": size_bytes,
        "entered": entered,
        "updated": updated,
        "transaction": number,
    }
    keep_local(work, IMPORTS, work.at.isoformat(), told)


def _said(outlook: Outlook, line: int) -> str:
    for each in outlook.matches:
        if each.candidate.line == line:
            return ", ".join(each.candidate.values.values())
    return ""


def write_refused(
    path: Path, refused: Sequence[FileProblem], sources: Mapping[int, str], words: Words
) -> None:
    """Write a file of what was refused: line, column, reason and the row as it stood.

    Raises:
        StoreError: It cannot be written.
    """
    stream = io.StringIO()
    stream.write(_BYTE_ORDER_MARK)
    rows = csv.writer(stream, lineterminator="\r\n")
    heads = (N_("Line"), N_("Column"), N_("Reason"), N_("As it stands in the file"))
    rows.writerow([words(each) for each in heads])
    for each in refused:
        texts = (each.field, words(each.text), sources.get(each.line, ""))
        rows.writerow([each.line, *map(guarded, texts)])
    write_whole(path, stream.getvalue().encode("utf-8"))


def kind_words(counts: Mapping[str, int], words: Words) -> str:
    """Return counts by kind as a sentence gives them."""
    return ", ".join(f"{words(kind_named(kind).plural)}: {count}" for kind, count in counts.items())
