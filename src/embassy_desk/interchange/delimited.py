"""CSV files as rows of texts, with the line on which each row begins."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice

from embassy_desk.interchange.errors import FileProblem, UnreadableFileError, whole_file
from embassy_desk.interchange.limits import MAX_COLUMNS, MAX_ROWS
from embassy_desk.interchange.sheets import HEADER_WITHIN_ROWS, Row
from embassy_desk.texts import N_
from embassy_desk.texts.cells import unguarded

DELIMITERS = (",", ";", "\t")

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark, or UTF-16 with one.

    Raises:
        UnreadableFileError: It is in another encoding, or no text at all; names the line.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = N_(
            "The text is not in UTF-8. Save the file as “CSV UTF-8”; older encodings, such as "
            "TCVN3, VNI or windows-1258, have to be converted first."
        )
        raise UnreadableFileError([FileProblem(line, "", reason)]) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableFileError([FileProblem(line, "", N_("This is not a text file."))])
    return text


def utf8_of(content: bytes) -> bytes:
    """Return a text as it is, or in UTF-8 where a byte order mark says that it is in UTF-16.

    Raises:
        UnreadableFileError: It is no text at all; names the line.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decoded(content).encode("utf-8")
    if b"\x00" in content:
        line = content.count(b"\n", 0, content.index(b"\x00")) + 1
        raise UnreadableFileError([FileProblem(line, "", N_("This is not a text file."))])
    return content.removeprefix(codecs.BOM_UTF8)


def csv_rows(content: bytes, score: Callable[[list[str]], int]) -> list[Row]:
    """Return the rows of a CSV file that are not blank.

    The delimiter is the one under which one of the first rows has the most headings that `score`
    knows; in doubt the one that gives the most cells.

    Raises:
        UnreadableFileError: The encoding, the quotes or the size cannot be taken.
    """
    text = decoded(content)
    skipped = 0
    if text[:4].lower() == "sep=" and text[4:5] in DELIMITERS:
        # Excel's own hint, which it writes before the header.
        first, _, text = text.partition("\n")
        skipped = 1
        return _all_rows(text, first[4], skipped)
    return _all_rows(text, max(DELIMITERS, key=lambda each: _fit(text, each, score)), skipped)


def parsed_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a text that are not blank, without Excel's own hint before them.

    Raises:
        UnreadableFileError: Quotation marks do not close, or there is too much of something.
    """
    text = text.removeprefix("\ufeff")
    skipped = int(text[:4].lower() == "sep=")
    if skipped:
        text = text.partition("\n")[2]
    for count, row in enumerate(_parsed(text, delimiter, skipped)):
        if count > MAX_ROWS + HEADER_WITHIN_ROWS:
            raise whole_file(N_("The file has more than {limit} rows.", limit=MAX_ROWS))
        yield row


def _fit(text: str, delimiter: str, score: Callable[[list[str]], int]) -> tuple[int, int]:
    """Return how well a delimiter fits: known headings, then cells, in the best first row."""
    try:
        first = list(islice(_parsed(text, delimiter, 0), HEADER_WITHIN_ROWS))
    except UnreadableFileError:
        return (0, 0)
    return max(((score(row.texts), len(row.cells)) for row in first), default=(0, 0))


def _all_rows(text: str, delimiter: str, skipped: int) -> list[Row]:
    rows: list[Row] = []
    for row in _parsed(text, delimiter, skipped):
        if len(rows) > MAX_ROWS:
            raise whole_file(N_("The file has more than {limit} rows.", limit=MAX_ROWS))
        if len(row.cells) > MAX_COLUMNS:
            raise UnreadableFileError(
                [FileProblem(row.line, "", N_("More than {limit} columns.", limit=MAX_COLUMNS))]
            )
        rows.append(row)
    return rows


def _parsed(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    """Yield the rows that are not blank; a quoted cell may run over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = skipped + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = N_("The quotation marks of this row do not close, or a cell is too long.")
            raise UnreadableFileError([FileProblem(line, "", reason)]) from error
        if any(cell.strip() for cell in cells):
            yield Row(line, [unguarded(cell) for cell in cells])
        line = skipped + reader.line_num + 1
