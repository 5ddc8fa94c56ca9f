"""Registers in CSV and XLSX files, read into candidates: all of a file, or nothing of it."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from embassy_desk.domain.vietnamese import fold
from embassy_desk.domain.watching import STEP, GoingOn, unwatched
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.cells import Labels
from embassy_desk.interchange.delimited import csv_rows
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError, whole_file
from embassy_desk.interchange.files import content_of
from embassy_desk.interchange.headings import HEADINGS
from embassy_desk.interchange.limits import MAX_COLUMNS, MAX_PROBLEMS, MAX_ROWS
from embassy_desk.interchange.readings import Reading, joined
from embassy_desk.interchange.registers import KEPT_BY_THE_DESK, KINDS_READ, Column, register
from embassy_desk.interchange.rows import RowReader
from embassy_desk.interchange.sheets import HEADER_WITHIN_ROWS, Row
from embassy_desk.interchange.workbooks import OLE_MARK, ZIP_MARK, workbook_rows
from embassy_desk.texts import N_, Text

PASSED_OVER = ""
"""In a mapping: the column is known and not wanted."""

_OF_WORKBOOKS = {".xlsx", ".xlsm", ".xls"}

_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_LABELS: Labels = MappingProxyType({})


def read_table(
    path: Path,
    kind: str,
    *,
    labels: Labels = _NO_LABELS,
    mapping: Mapping[str, str] = _NOTHING,
    going_on: GoingOn = unwatched,
) -> tuple[Candidate, ...]:
    """Return the records of a register in a CSV or XLSX file.

    What the file is, its content decides; only one that calls itself a workbook must be one. The
    header may carry field names or
    Vietnamese or English headings, in any order. Of a workbook the first visible sheet is read.

    Args:
        path: The file.
        kind: What its rows are: agreement, contact, organisation or task.
        labels: Further words for the values of a column, such as the labels of a controlled list:
            value by word, by the name of the column.
        mapping: Column by heading, for headings that nobody foresaw; `PASSED_OVER` leaves a
            column out.
        going_on: Told how many rows are read.

    Raises:
        UnreadableFileError: Something is wrong with it; every problem found is named by its line.
        RefusedError: No register of that kind can be read.
        MissingError: There is no such kind.
        StoreError: The file cannot be opened.
    """
    pieces = table_by_pieces(path, kind, labels=labels, mapping=mapping, going_on=going_on)
    return joined(pieces).candidates


def table_by_pieces(
    path: Path,
    kind: str,
    *,
    labels: Labels = _NO_LABELS,
    mapping: Mapping[str, str] = _NOTHING,
    going_on: GoingOn = unwatched,
) -> Iterator[Reading]:
    """Yield what `read_table` returns, some rows at a time.

    Raises:
        DeskError: As `read_table`; what was yielded before means nothing then.
    """
    headings = _Headings(kind, mapping)
    header, body = _header_and_body(_rows_of(path, content_of(path), headings), headings)
    columns = headings.columns(header)
    _check_widths(header, body)
    reader = RowReader(kind, columns, labels)
    for start in range(0, len(body), STEP):
        going_on(start, len(body))
        found = _candidates(reader, body[start : start + STEP])
        if len(reader.problems) >= MAX_PROBLEMS:
            break
        yield Reading(found)
    if reader.problems:
        raise UnreadableFileError(reader.problems)


def likely_kind(path: Path) -> str:
    """Return the kind whose register has the most of a table's headings.

    Raises:
        UnreadableFileError: The file cannot be read as a table.
        StoreError: The file cannot be opened.
    """
    content = content_of(path)
    scores = {}
    for kind in KINDS_READ:
        headings = _Headings(kind, _NOTHING)
        header, _ = _header_and_body(_rows_of(path, content, headings), headings)
        scores[kind] = headings.score(header.texts)
    return max(scores, key=lambda kind: scores[kind])


def _rows_of(path: Path, content: bytes, headings: "_Headings") -> list[Row]:
    if path.suffix.lower() in _OF_WORKBOOKS and not content.startswith((ZIP_MARK, OLE_MARK)):
        raise whole_file(N_("This is not an XLSX workbook, or it is damaged."))
    if content.startswith((ZIP_MARK, OLE_MARK)):
        return workbook_rows(content)
    return csv_rows(content, headings.score)


class _Headings:
    """The headings that a register of one kind may carry."""

    def __init__(self, kind: str, mapping: Mapping[str, str]) -> None:
        self._columns = register(kind)
        self._mapping = {fold(heading): name for heading, name in mapping.items()}
        self._names = {fold(name): name for name in KEPT_BY_THE_DESK}
        for name, words in HEADINGS[kind].items():
            self._names |= dict.fromkeys(map(fold, words), name)
        self._names |= {fold(name): name for name in self._columns}
        self._names |= self._mapping

    def score(self, cells: Sequence[str]) -> int:
        """Return how many of the cells are headings that are known."""
        return sum(fold(cell) in self._names for cell in cells if cell.strip())

    def columns(self, header: Row) -> list[Column | None]:
        """Return the column under each heading; nothing for those passed over.

        Raises:
            UnreadableFileError: Some headings are unknown or stand twice.
        """
        problems: list[FileProblem] = []
        taken: dict[str, str] = {}
        columns: list[Column | None] = []
        for place, heading in enumerate(text.strip() for text in header.texts):
            name = self._names.get(fold(heading)) if heading else PASSED_OVER
            if name is None:
                problems.append(FileProblem(header.line, heading, self._unknown(heading)))
            elif name in taken:
                text = N_("This column stands twice, also as “{other}”.", other=taken[name])
                problems.append(FileProblem(header.line, heading, text))
            columns.append(self._columns.get(name) if name else None)
            if name and name in self._columns:
                taken[name] = heading or str(place + 1)
        if problems:
            raise UnreadableFileError(problems)
        return columns

    def _unknown(self, heading: str) -> Text:
        near = difflib.get_close_matches(fold(heading), self._names, n=1)
        if not near:
            return N_("There is no column “{heading}”.", heading=heading)
        return N_(
            "There is no column “{heading}”. Did you mean “{near}”?",
            heading=heading,
            near=self._names[near[0]],
        )


def _header_and_body(rows: Sequence[Row], headings: _Headings) -> tuple[Row, Sequence[Row]]:
    """Find the header among the first rows; titles above it are left out."""
    if not rows:
        raise whole_file(N_("The file is empty."))
    first = rows[:HEADER_WITHIN_ROWS]
    best = max(range(len(first)), key=lambda place: (headings.score(first[place].texts), -place))
    body = rows[best + 1 :]
    if len(body) > MAX_ROWS:
        raise whole_file(N_("The file has more than {limit} rows.", limit=MAX_ROWS))
    if len(rows[best].cells) > MAX_COLUMNS:
        raise whole_file(N_("The file has more than {limit} columns.", limit=MAX_COLUMNS))
    return rows[best], body


def _check_widths(header: Row, body: Iterable[Row]) -> None:
    """Refuse rows with more or fewer cells than the header, and cells under no heading.

    Raises:
        UnreadableFileError: There are such rows, or there is no row at all.
    """
    problems = []
    bare = [place for place, heading in enumerate(header.texts) if not heading.strip()]
    empty = True
    for row in body:
        empty = False
        reason = _wrong_width(header, bare, row)
        if reason is not None:
            problems.append(FileProblem(row.line, "", reason))
    if empty:
        raise whole_file(N_("The file has a header and no rows."))
    if problems:
        raise UnreadableFileError(problems[:MAX_PROBLEMS])


def _wrong_width(header: Row, bare: Sequence[int], row: Row) -> Text | None:
    wanted, given = len(header.cells), len(row.cells)
    if given != wanted:
        return N_(
            "The row has {given} cells, but the header has {wanted}. A cell that contains the "
            "separator needs quotation marks.",
            given=given,
            wanted=wanted,
        )
    for place in bare:
        if str(row.cells[place]).strip():
            return N_("Column {number} has no heading.", number=place + 1)
    return None


def _candidates(reader: RowReader, rows: Sequence[Row]) -> tuple[Candidate, ...]:
    """Return what some rows say; after too many problems the rest is not looked at."""
    candidates = []
    for row in rows:
        candidate = reader.read(row)
        if candidate is not None:
            candidates.append(candidate)
        if len(reader.problems) >= MAX_PROBLEMS:
            break
    return tuple(candidates)
