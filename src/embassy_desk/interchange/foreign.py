"""Any foreign file that brings records, by what it says it is."""

from collections.abc import Iterator
from pathlib import Path

from embassy_desk.domain.watching import GoingOn, unwatched
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.files import content_of
from embassy_desk.interchange.known_sheets import NOTED, OTHER
from embassy_desk.interchange.mapped_sheets import (
    SheetLook,
    SheetMapping,
    look_at_sheet,
)
from embassy_desk.interchange.objects import read_json
from embassy_desk.interchange.readings import Reading
from embassy_desk.interchange.sheet_reader import sheet_by_pieces
from embassy_desk.interchange.tables import likely_kind, read_table, table_by_pieces

CARD_SUFFIXES = frozenset({".vcf", ".vcard"})
SHEET_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls"})
CALENDAR_SUFFIXES = frozenset({".ics", ".ical", ".icalendar"})
FILE_SUFFIXES = CARD_SUFFIXES | SHEET_SUFFIXES | CALENDAR_SUFFIXES | {".json"}


def read_foreign(
    path: Path, kind: str = "", *, going_on: GoingOn = unwatched
) -> tuple[Candidate, ...]:
    """Return the records of a file of which everything must be read.

    Args:
        path: A vCard file, a register in CSV or XLSX, or records in JSON.
        kind: What the records are; when it is empty, a vCard file holds contacts, the headings of
            a register tell, and in JSON each record tells.
        going_on: Told how far it is.

    Raises:
        UnreadableFileError: Something is wrong with it; every problem is named by its line.
        RefusedError: Registers of that kind cannot be read.
        StoreError: The file cannot be opened.
    """
    suffix = path.suffix.lower()
    if suffix in CARD_SUFFIXES and kind in {"", "contact"}:
        from embassy_desk.interchange.vcards import read_vcards  # noqa: PLC0415  loads vobject

        return read_vcards(path, going_on=going_on)
    if suffix == ".json":
        return read_json(path, kind, going_on=going_on)
    return read_table(path, kind or likely_kind(path), going_on=going_on)


def readings_of(
    path: Path,
    kind: str = "",
    mapping: SheetMapping | None = None,
    encoding: str = "",
    zone: str = "",
    *,
    going_on: GoingOn = unwatched,
) -> Iterator[Reading]:
    """Yield what a file says piece by piece, with what of it cannot be taken.

    Args:
        path: The file.
        kind: What its records are; empty when the file tells.
        mapping: How a sheet is read; without it the headings tell.
        encoding: Character set of cards that are not in UTF-8.
        zone: The mission's zone, for times of calendars that say none.
        going_on: Told how far it is.

    Raises:
        UnreadableFileError: It is no such file, or nobody can tell what it holds; what was yielded
            before means nothing then.
        RefusedError: Registers of that kind cannot be read.
        StoreError: The file cannot be opened.
    """
    suffix = path.suffix.lower()
    if suffix in CARD_SUFFIXES:
        from embassy_desk.interchange.vcards import vcards_by_pieces  # noqa: PLC0415  loads vobject

        yield from vcards_by_pieces(content_of(path), encoding=encoding, going_on=going_on)
        return
    if suffix in CALENDAR_SUFFIXES:
        from embassy_desk.interchange.calendar_reader import calendar_in  # noqa: PLC0415  icalendar

        yield calendar_in(content_of(path), zone=zone, going_on=going_on)
        return
    if suffix == ".json":
        yield Reading(read_json(path, kind, going_on=going_on))
        return
    if not mapping:
        look = look_at_sheet(path, SheetMapping(kind))
        if look.author == OTHER and not _is_told(look):
            yield from table_by_pieces(path, look.mapping.kind, going_on=going_on)
            return
        mapping = look.mapping
    yield from sheet_by_pieces(path, mapping, going_on=going_on)


def _is_told(look: SheetLook) -> bool:
    """Say whether a sheet of no known program can be read without asking anybody.

    Own registers are read as such; what is in an old encoding, or has a column that nobody knows,
    is for a person to decide.
    """
    targets = look.mapping.columns.values()
    is_foreign = any("#" in each or each == NOTED for each in targets)
    return is_foreign and not (look.unknown or look.is_guessed or look.proposals)


def look_of(path: Path, mapping: SheetMapping | None = None) -> SheetLook:
    """Return what a sheet shows before anything is taken from it.

    Raises:
        UnreadableFileError: It is no sheet.
        StoreError: It cannot be opened.
    """
    return look_at_sheet(path, mapping)
