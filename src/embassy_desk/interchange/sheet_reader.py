"""Rows of a sheet read as a mapping says, some at a time."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.watching import STEP, GoingOn, unwatched
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.cells import plain
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError
from embassy_desk.interchange.files import content_of
from embassy_desk.interchange.limits import MAX_PROBLEMS
from embassy_desk.interchange.mapped_rows import RowMaker
from embassy_desk.interchange.mapped_sheets import SheetMapping, opened
from embassy_desk.interchange.readings import Reading, joined
from embassy_desk.interchange.rows import checked
from embassy_desk.interchange.sheets import Row
from embassy_desk.texts import N_


def read_sheet(path: Path, mapping: SheetMapping, *, going_on: GoingOn = unwatched) -> Reading:
    """Return the records of a sheet as a mapping reads it; rows that are wrong are named.

    Raises:
        UnreadableFileError: It is no such sheet, or a heading of it has no target.
        StoreError: It cannot be sheet.
    """
    return joined(sheet_by_pieces(path, mapping, going_on=going_on))


def sheet_by_pieces(
    path: Path, mapping: SheetMapping, *, going_on: GoingOn = unwatched
) -> Iterator[Reading]:
    """Yield what `read_sheet` returns, some rows at a time.

    Raises:
        UnreadableFileError: It is no such sheet, or a heading of it has no target.
        StoreError: It cannot be sheet.
    """
    sheet = opened(content_of(path), mapping)
    unknown = [each for each in sheet.headings if each and each not in sheet.mapping.columns]
    if unknown:
        text = N_("Nobody has said what this column becomes.")
        raise UnreadableFileError(FileProblem(sheet.header_line, each, text) for each in unknown)
    maker = RowMaker(mapping.kind, sheet.headings, sheet.mapping.columns, mapping)
    delimiter = sheet.mapping.delimiter or ","
    refused = 0
    for start in range(0, len(sheet.body), STEP):
        going_on(start, len(sheet.body))
        rows = sheet.body[start : start + STEP]
        reading = _reading(maker, mapping.kind, rows, delimiter, MAX_PROBLEMS - refused)
        yield reading
        refused += len(reading.refused)
        if refused >= MAX_PROBLEMS:
            return


def _reading(
    maker: RowMaker, kind: str, rows: Sequence[Row], delimiter: str, most_problems: int
) -> Reading:
    """Return what some rows say; after too many problems the rest is not looked at."""
    found: list[Candidate] = []
    refused: list[FileProblem] = []
    sources: dict[int, str] = {}
    for row in rows:
        try:
            values, parts = maker.contents(row)
            found.append(checked(kind, values, parts, row.line))
        except InvalidError as error:
            refused += [FileProblem(row.line, e.field or maker.at, e.text) for e in error.problems]
            sources[row.line] = _source(row, delimiter)
        if len(refused) >= most_problems:
            break
    remarks = tuple(maker.remarks)
    maker.remarks.clear()
    return Reading(tuple(found), tuple(refused), remarks, sources)


def _source(row: Row, delimiter: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="").writerow(map(plain, row.cells))
    return stream.getvalue()
