"""Sheets of any shape, read by a mapping of their columns: what it found, what a person chose."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from embassy_desk.interchange.cells import plain
from embassy_desk.interchange.charsets import EASTERN, WESTERN, encoding_of, text_of
from embassy_desk.interchange.delimited import DELIMITERS, parsed_rows
from embassy_desk.interchange.errors import UnreadableFileError, whole_file
from embassy_desk.interchange.files import content_of
from embassy_desk.interchange.heading_words import other_words, told_by_others
from embassy_desk.interchange.known_sheets import (
    OTHER,
    PASSED_OVER,
    author_of,
    target_of,
)
from embassy_desk.interchange.legacy import Legacy, Proposal, converted, proposals
from embassy_desk.interchange.limits import MAX_COLUMNS, MAX_ROWS
from embassy_desk.interchange.registers import KINDS_READ
from embassy_desk.interchange.sheets import HEADER_WITHIN_ROWS, Row
from embassy_desk.interchange.workbooks import OLE_MARK, ZIP_MARK, workbook_rows
from embassy_desk.texts import N_

ENCODINGS = ("utf-8", "utf-16", "cp1258", WESTERN, *EASTERN, "cp1250", "cp1251")
"""Character sets of a file that are offered; the old Vietnamese ones lie within cp1252."""

DATE_ORDERS = ("dmy", "mdy", "ymd")


@dataclass(frozen=True)
class SheetMapping:
    """How a sheet is read.

    Attributes:
        kind: What its rows are.
        encoding: One of `ENCODINGS`; nothing for a workbook, or while nobody chose.
        delimiter: Between cells; empty while nobody chose.
        header_line: Line or row of the headings, from 1; 0 finds it.
        date_order: In which order figures of a day stand where the year is not first.
        columns: Target by heading, see `known_sheets`.
        legacy: A `Legacy` by heading, for columns that are converted.
    """

    kind: str
    encoding: str = ""
    delimiter: str = ""
    header_line: int = 0
    date_order: str = "dmy"
    columns: Mapping[str, str] = field(default_factory=dict)
    legacy: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(replace(self, columns=dict(self.columns), legacy=dict(self.legacy)))

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "SheetMapping":
        """Return what `as_json` gave; what is unknown is left out."""
        known = {name: given[name] for name in cls.__dataclass_fields__ if name in given}
        return cls(**known)


@dataclass(frozen=True)
class SheetLook:
    """What a look into a sheet shows, before anything is taken from it.

    Attributes:
        mapping: How it would be read; what nobody can tell is left for a person.
        author: Which program wrote it, from `known_sheets`.
        headings: What stands above the columns.
        rows: Its first rows below the headings, as texts.
        row_count: How many rows there are.
        proposals: Columns that seem to be in an old encoding.
        is_workbook: Whether encoding and delimiter mean nothing here.
        is_guessed: Whether the character set is a guess, because it is not UTF-8.
    """

    mapping: SheetMapping
    author: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    proposals: tuple[Proposal, ...] = ()
    is_workbook: bool = False
    is_guessed: bool = False

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headings of which nobody has said what they become."""
        known = self.mapping.columns
        return tuple(each for each in self.headings if each and each not in known)


_SHOWN_ROWS = 200


def look_at_sheet(path: Path, chosen: SheetMapping | None = None) -> SheetLook:
    """Return what a sheet holds and how it would be read.

    Args:
        path: A CSV or XLSX file.
        chosen: What a person has chosen so far; the rest is found.

    Raises:
        UnreadableFileError: It is no sheet.
        StoreError: It cannot be opened.
    """
    content = content_of(path)
    kinds = (chosen.kind,) if chosen and chosen.kind else KINDS_READ
    found = [opened(content, replace(chosen or SheetMapping(""), kind=kind)) for kind in kinds]
    best = max(found, key=lambda each: each.score)
    texts = [tuple(map(plain_as_is, row.cells)) for row in best.body]
    columns = list(zip(*_even(texts, len(best.headings)), strict=True)) if texts else []
    offered = proposals(columns)
    kept = dict(best.mapping.legacy)
    if chosen is None or not chosen.legacy:
        kept |= {best.headings[each.column]: each.legacy for each in offered}
    return SheetLook(
        mapping=replace(best.mapping, legacy=kept),
        author=author_of(best.headings),
        headings=best.headings,
        rows=tuple(texts[:_SHOWN_ROWS]),
        row_count=len(texts),
        proposals=offered,
        is_workbook=best.is_workbook,
        is_guessed=best.is_guessed,
    )


def plain_as_is(cell: Any) -> str:
    """Return a cell as text, with every sign that an old encoding may need."""
    return cell.strip(" \t\r\n") if isinstance(cell, str) else plain(cell)


def _even(rows: Sequence[tuple[str, ...]], width: int) -> list[tuple[str, ...]]:
    return [(*row[:width], *("",) * (width - len(row))) for row in rows]


@dataclass(frozen=True)
class Opened:
    """A sheet with its header found.

    Attributes:
        mapping: How it is read.
        headings: What stands above the columns.
        header_line: Where they stand.
        body: The rows below.
        score: How many headings have a target.
        is_workbook: Whether encoding and delimiter mean nothing.
        is_guessed: Whether the character set is a guess.
    """

    mapping: SheetMapping
    headings: tuple[str, ...]
    header_line: int
    body: Sequence[Row]
    score: int
    is_workbook: bool
    is_guessed: bool


def opened(content: bytes, mapping: SheetMapping) -> Opened:
    """Return a sheet with its header found, as a mapping says.

    Raises:
        UnreadableFileError: It is no sheet, or too large.
    """
    is_workbook = content.startswith((ZIP_MARK, OLE_MARK))
    is_guessed = False
    if is_workbook:
        rows = workbook_rows(content)
        mapping = replace(mapping, encoding="", delimiter="")
    else:
        encoding, is_guessed = encoding_of(
            content, mapping.encoding, partial(_known_in, kind=mapping.kind)
        )
        text = text_of(content, encoding)
        delimiter = mapping.delimiter or _delimiter_of(text, mapping.kind)
        rows = list(parsed_rows(text, delimiter))
        mapping = replace(mapping, encoding=encoding, delimiter=delimiter)
    if not rows:
        raise whole_file(N_("The file is empty."))
    place = _header_place(rows, mapping)
    line = rows[place].line
    headings = tuple(plain_as_is(cell) for cell in rows[place].cells)
    below = rows[place + 1].cells if len(rows) > place + 1 else ()
    under = tuple(plain_as_is(cell) for cell in below)
    if is_workbook and _is_second_heading(headings, under, mapping.kind):
        headings = tuple(low or high for high, low in zip_longest(headings, under, fillvalue=""))
        place += 1
    if len(headings) > MAX_COLUMNS:
        raise whole_file(N_("The file has more than {limit} columns.", limit=MAX_COLUMNS))
    if len(rows) - place - 1 > MAX_ROWS:
        raise whole_file(N_("The file has more than {limit} rows.", limit=MAX_ROWS))
    columns = _columns_of(headings, mapping)
    return Opened(
        replace(mapping, header_line=line, columns=columns),
        headings,
        line,
        rows[place + 1 :],
        sum(each != PASSED_OVER for each in columns.values()),
        is_workbook,
        is_guessed,
    )


def _columns_of(headings: Sequence[str], mapping: SheetMapping) -> dict[str, str]:
    """Return the target of each heading: as chosen, else as its words or its old words tell."""
    author = author_of(headings)
    is_strange = mapping.kind == "contact" and author == OTHER
    decided = told_by_others(headings) if is_strange else {}
    columns = {}
    for heading in filter(None, headings):
        ways = (converted(heading, legacy) for legacy in Legacy)
        found = (target_of(mapping.kind, way, author) for way in (heading, *ways))
        chosen = mapping.columns.get(heading, decided.get(heading))
        if chosen is None:
            chosen = next((each for each in found if each is not None), None)
        if chosen is None and mapping.kind == "contact":
            others = (target_of("contact", word, author) for word in other_words(heading))
            chosen = next((each for each in others if each is not None), None)
        if chosen is not None:
            columns[heading] = chosen
    return columns


def _known_in(text: str, kind: str) -> int:
    """Return how many known headings the first rows of a text have at most."""
    try:
        rows = _first(text, _delimiter_of(text, kind))
    except UnreadableFileError:
        return 0
    return max((_known(kind, row) for row in rows), default=0)


def _delimiter_of(text: str, kind: str) -> str:
    if text[:4].lower() == "sep=" and text[4:5] in DELIMITERS:
        return text[4]

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            rows = _first(text, delimiter)
        except UnreadableFileError:
            return (0, 0)
        return max(((_known(kind, row), len(row.cells)) for row in rows), default=(0, 0))

    return max(DELIMITERS, key=fit)


def _first(text: str, delimiter: str) -> list[Row]:
    rows = []
    for row in parsed_rows(text, delimiter):
        rows.append(row)
        if len(rows) == HEADER_WITHIN_ROWS:
            break
    return rows


def _known(kind: str, row: Row) -> int:
    """Return how many cells of a row are headings that somebody knows, also in old letters."""
    texts = [plain_as_is(cell) for cell in row.cells[:MAX_COLUMNS]]  # wider ones are refused
    author = author_of(texts)
    return sum(
        any(target_of(kind, converted(text, each), author) is not None for each in Legacy)
        for text in texts
        if text
    )


def _is_second_heading(high: Sequence[str], low: Sequence[str], kind: str) -> bool:
    """Say whether a row stands under headings of several columns and says what each of them is.

    Such as “Liên hệ” over “Điện thoại” and “Email”, and nothing under the others.
    """
    said = [place for place, text in enumerate(low) if text]
    author = author_of(low)
    under_wide = all(
        place >= len(high) or not high[place] or not "".join(high[place + 1 : place + 2])
        for place in said
    )
    return (
        bool(said)
        and under_wide
        and all(target_of(kind, low[place], author) is not None for place in said)
    )


def _header_place(rows: Sequence[Row], mapping: SheetMapping) -> int:
    if mapping.header_line:
        for place, row in enumerate(rows[: 10 * HEADER_WITHIN_ROWS]):
            if row.line >= mapping.header_line:
                return place
    first = rows[:HEADER_WITHIN_ROWS]
    scores = [(_known(mapping.kind, row), len(row.cells)) for row in first]
    return max(range(len(first)), key=lambda place: (*scores[place], -place))
