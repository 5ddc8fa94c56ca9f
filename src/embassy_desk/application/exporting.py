"""Writes records to files: what `importing` reads back, and what calendars understand."""

from collections.abc import Iterator
from pathlib import Path

from embassy_desk.application.records import record_file
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.errors import RefusedError
from embassy_desk.interchange.calendars import write_ics
from embassy_desk.interchange.candidates import Candidate, candidate_of
from embassy_desk.interchange.exports import table_rows
from embassy_desk.interchange.objects import json_object, write_json
from embassy_desk.interchange.registers import register
from embassy_desk.interchange.table_writer import write_table
from embassy_desk.interchange.vcard_writer import write_vcards
from embassy_desk.store.finders.lines import ListQuery, lines
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_FORMATS = {
    "contact": {".vcf", ".csv", ".xlsx", ".json"},
    "organisation": {".csv", ".xlsx", ".json"},
    "agreement": {".csv", ".xlsx", ".json"},
    "task": {".ics", ".csv", ".xlsx", ".json"},
}


def export_records(work: UnitOfWork, kind: str, target: Path) -> int:
    """Write all records of a kind that are in use to a file; its ending says in which form.

    Returns:
        How many records were written.

    Raises:
        RefusedError: Records of this kind are not written in that form.
        StoreError: The file cannot be written; then the former one is untouched.
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
    candidates = list(_candidates(work, kind))
    if suffix == ".vcf":
        write_vcards(target, candidates)
    elif suffix == ".ics":
        write_ics(target, candidates, made_at=work.at)
    elif suffix == ".json":
        write_json(target, (json_object(each) for each in candidates))
    else:
        columns = ["ref", *(name for name in register(kind) if name != "ref")]
        write_table(target, columns, table_rows(candidates, columns))
    return len(candidates)


def _candidates(work: UnitOfWork, kind: str) -> Iterator[Candidate]:
    for line in lines(work, ListQuery(kind=kind)):
        file = record_file(work, kind, line.id)
        parts = [part for rows in file.parts.values() for part in rows]
        yield candidate_of(file.record, parts)
