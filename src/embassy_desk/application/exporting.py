"""Writes records to files: what `importing` reads back, and what calendars understand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

from embassy_desk.application.export_marks import mark_of
from embassy_desk.application.host import mission_zone
from embassy_desk.application.names_in_files import calling
from embassy_desk.domain.catalogue import GENERAL_PARTS, kind_named
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.entity import Part
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.export import Export
from embassy_desk.interchange.candidates import Candidate, candidate_of
from embassy_desk.interchange.exports import table_rows
from embassy_desk.interchange.marks import Mark
from embassy_desk.interchange.objects import json_object, write_json
from embassy_desk.interchange.registers import register
from embassy_desk.interchange.table_writer import write_table
from embassy_desk.store.finders.lines import ListQuery, lines
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Words

Report = Callable[[int, int], None]
_OFTEN = 200  # records between two reports


def _quiet(_done: int, _total: int) -> None:
    """Report to nobody."""


_FORMATS = {
    "contact": {".vcf", ".csv", ".xlsx", ".json"},
    "organisation": {".csv", ".xlsx", ".json"},
    "agreement": {".csv", ".xlsx", ".json", ".ics"},
    "obligation": {".ics"},
    "engagement": {".ics"},
    "task": {".ics", ".csv", ".xlsx", ".json"},
}


def export_records(
    work: UnitOfWork,
    kind: str,
    target: Path,
    *,
    with_internal: bool = False,
    ids: Sequence[UUID] | None = None,
    report: Report = _quiet,
    card_version: str = "3.0",
    marked: tuple[Export, Words] | None = None,
) -> int:
    """Write records of a kind to a file; its ending says in which form.

    Args:
        work: A unit of work.
        kind: Name of the kind.
        target: The file.
        with_internal: Whether cards, which go to other people, hold also what the mission keeps
            for itself; other forms always do.
        ids: Which records, in this order; without them all that are in use.
        report: Is told how many records were read, and of how many; may raise to stop.
        card_version: Version of cards.
        marked: Its line in the log of exports and the language in which the file says what it is.
            Cards, which go to other people, say only of when they are.

    Returns:
        How many records were written.

    Raises:
        RefusedError: Records of this kind are not written in that form.
        StoreError: The file cannot be written; then the former one is untouched.
    """
    check_form(kind, target)
    suffix = target.suffix.lower()
    candidates = list(_candidates(work, kind, ids, report))
    mark = mark_of(work, *marked) if marked else None
    if suffix == ".vcf":
        from embassy_desk.interchange.vcard_writer import write_vcards  # noqa: PLC0415  loaded when it is used

        as_of = work.at if marked else None
        write_vcards(
            target, candidates, with_internal=with_internal, version=card_version, as_of=as_of
        )
    elif suffix == ".ics":
        _write_calendar(work, kind, target, candidates, marked, mark)
    elif suffix == ".json":
        write_json(target, (json_object(each) for each in candidates), mark=mark)
    else:
        columns = ["ref", *(name for name in register(kind) if name != "ref")]
        write_table(target, columns, table_rows(candidates, columns), mark)
    return len(candidates)


def _write_calendar(
    work: UnitOfWork,
    kind: str,
    target: Path,
    candidates: Sequence[Candidate],
    marked: tuple[Export, Words] | None,
    mark: Mark | None,
) -> None:
    """Write entries, or the days that records bring with them."""
    from embassy_desk.application.deadline_days import (  # noqa: PLC0415  loads icalendar
        KINDS_WITH_DEADLINES,
        deadlines_of,
    )
    from embassy_desk.interchange.calendars import write_ics  # noqa: PLC0415  loaded when it is used

    zone = mission_zone(work)
    if kind not in KINDS_WITH_DEADLINES:
        write_ics(target, candidates, made_at=work.at, zone=zone, mark=mark)
        return
    words = marked[1] if marked else Words("vi")
    days = deadlines_of(work, kind, [UUID(each.values["id"]) for each in candidates], words)
    write_ics(target, (), made_at=work.at, zone=zone, mark=mark, deadlines=days)


def cards_of(work: UnitOfWork, ids: Sequence[UUID]) -> list[tuple[str, str]]:
    """Return contacts as cards, each with its name, to be carried to another program."""
    from embassy_desk.interchange.vcard_writer import card_text  # noqa: PLC0415  loaded when it is used

    names = work.get_many(Contact, ids)
    found = _candidates(work, "contact", ids, _quiet)
    return [(names[UUID(e.values["id"])].heading, card_text(e, as_of=work.at)) for e in found]


def forms_of(kind: str) -> tuple[str, ...]:
    """Return the endings of the files that records of a kind are written to, to be read back."""
    return tuple(sorted(_FORMATS.get(kind, ())))


def check_form(kind: str, target: Path) -> None:
    """Refuse a file whose ending is no form for records of a kind.

    Raises:
        RefusedError: Records of this kind are not written in that form.
    """
    suffix = target.suffix.lower()
    if suffix not in _FORMATS.get(kind, set()):
        raise RefusedError(
            N_(
                "“{kind}” are written to {formats}, not to “{name}”.",
                kind=kind_named(kind).plural,
                formats=", ".join(sorted(_FORMATS.get(kind, set()))),
                name=target.name,
            )
        )


def write_shown(
    target: Path,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    total: int,
    report: Report,
    mark: Mark | None = None,
) -> None:
    """Write a table as the screen shows it, in words, to a CSV or XLSX file.

    Args:
        target: The file.
        columns: The words of the columns.
        rows: The words of the cells.
        total: How many rows there are.
        report: Is told how many were written; may raise to stop, then the file is untouched.
        mark: What the file says of itself.

    Raises:
        RefusedError: The name has another ending, or the sheet cannot hold the table.
        StoreError: The file cannot be written.
    """
    write_table(target, columns, _reported(rows, total, report), mark)


def _reported(rows: Iterable[Sequence[str]], total: int, report: Report) -> Iterator[Sequence[str]]:
    for done, row in enumerate(rows, start=1):
        yield row
        if done % _OFTEN == 0:
            report(done, total)


def _candidates(
    work: UnitOfWork, kind: str, ids: Sequence[UUID] | None, report: Report
) -> Iterator[Candidate]:
    chosen = ids if ids is not None else [line.id for line in lines(work, ListQuery(kind=kind))]
    records = work.get_many(kind_named(kind).entity, chosen)
    parts = _parts_by_record(work, kind)
    name_of = calling(work, kind)
    for done, each in enumerate(chosen, start=1):
        if each in records:
            yield candidate_of(records[each], parts.get(each, ()), name_of=name_of)
        if done % _OFTEN == 0:
            report(done, len(chosen))


def _parts_by_record(work: UnitOfWork, kind: str) -> dict[UUID, list[Part]]:
    """Return all parts of the records of a kind, each class in the order they were made."""
    found: dict[UUID, list[Part]] = {}
    for part in kind_named(kind).parts:
        for each in work.all(part):
            found.setdefault(each.parent_id, []).append(each)
    for part in GENERAL_PARTS:
        for each in work.all(part, record_kind=kind):
            found.setdefault(each.parent_id, []).append(each)
    return found
