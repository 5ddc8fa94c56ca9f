"""XLSX workbooks as rows of cells, after a look at what unpacking them would cost.

A workbook is an archive of XML. The reader allots a rectangle from the first cell to the last, so
one cell in the far corner would cost gigabytes; the positions are therefore read before it is.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from xml.parsers import expat  # declarations, where its dangers lie, are refused

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from embassy_desk.interchange.errors import whole_file
from embassy_desk.interchange.limits import (
    MAX_ARCHIVE_MEMBERS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    MAX_UNPACKED_RATIO,
)
from embassy_desk.interchange.sheets import Row
from embassy_desk.texts import N_, Text
from embassy_desk.texts.cells import unguarded

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old Excel files, and new ones that a password protects, begin with it."""

_PROTECTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError,
    RuntimeError, ValueError,
)  # fmt: skip
"""What zipfile raises over damaged archives."""

_CHUNK_BYTES = 64 * 1024
_ENCRYPTED_FLAG = 0x1
_MAX_HEADER_ROWS = 20
"""Rows that titles above the header may take beyond the limit."""


def workbook_rows(content: bytes) -> list[Row]:
    """Return the rows of the first visible sheet that are not blank.

    Raises:
        UnreadableFileError: It is no workbook, is protected, or too large when unpacked.
    """
    if content.startswith(OLE_MARK):
        raise whole_file(_reason_of_old_file(content))
    _check(content)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            return list(_rows(_first_sheet(workbook)))
    except CalamineError as error:
        raise whole_file(N_("This is not an XLSX workbook, or it is damaged.")) from error


def _reason_of_old_file(content: bytes) -> Text:
    if _PROTECTED_STREAM in content:
        return N_("The workbook is protected by a password. Save it without one first.")
    return N_("This is an old Excel file (.xls). Save it as .xlsx first.")


def _first_sheet(workbook: CalamineWorkbook) -> CalamineSheet:
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible:
            return workbook.get_sheet_by_index(index)
    raise whole_file(N_("The workbook has no visible sheet."))


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    for line, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        if any(not isinstance(cell, str) or cell.strip() for cell in cells):
            yield Row(line, [unguarded(e) if isinstance(e, str) else e for e in cells])


def _check(content: bytes) -> None:
    """Refuse an archive that is no workbook, is protected, or would unpack to too much."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_members(archive, len(content))
    except _DAMAGES as error:
        raise whole_file(N_("This is not an XLSX workbook, or it is damaged.")) from error


def _check_members(archive: zipfile.ZipFile, packed_bytes: int) -> None:
    members = archive.infolist()
    if len(members) > MAX_ARCHIVE_MEMBERS:
        raise whole_file(N_("The workbook is made of too many parts."))
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise whole_file(N_("The workbook is protected by a password. Save it without one first."))
    if "xl/workbook.xml" not in archive.namelist():
        raise whole_file(N_("This is not an XLSX workbook, or it is damaged."))
    left = min(MAX_UNPACKED_BYTES, packed_bytes * MAX_UNPACKED_RATIO)
    for member in members:
        with archive.open(member) as stream:
            left -= _checked_bytes(stream, left, is_xml=not member.filename.endswith(".vml"))


def _checked_bytes(stream: IO[bytes], limit: int, *, is_xml: bool) -> int:
    """Read a part to its end and return its size, counted here because headers lie."""
    size = 0
    extent = _Extent()
    while chunk := stream.read(_CHUNK_BYTES):
        if size == 0:
            is_xml = is_xml and chunk.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")[:1] == b"<"
        size += len(chunk)
        if size > limit:
            raise whole_file(N_("Unpacked, the workbook would be too large."))
        if is_xml:
            extent.feed(chunk)
    return size


class _Extent:
    """Watches how far the cells of a sheet reach."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._declared
        self._row = 0
        self._column = 0

    def feed(self, chunk: bytes) -> None:
        """Read on; refuses what is not XML and cells out of reach."""
        try:
            self._parser.Parse(chunk, False)  # noqa: FBT003 # takes it by position only
        except (expat.ExpatError, LookupError, ValueError) as error:  # also unknown encodings
            raise whole_file(N_("This is not an XLSX workbook, or it is damaged.")) from error

    def _declared(self, *_: object) -> None:
        raise whole_file(N_("This is not an XLSX workbook, or it is damaged."))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(" ")[2]
        if element == "row":
            self._column = 0
            self._row = _number(attributes.get("r", "")) or self._row + 1
        elif element == "c":
            place = attributes.get("r", "")
            letters = place.rstrip("0123456789")
            self._column = _column_number(letters) or self._column + 1
            self._row = _number(place[len(letters) :]) or self._row
        elif element in {"v", "is"}:
            self._holds_something()

    def _holds_something(self) -> None:
        """Refuse a cell with a value out of reach; those with only a format cost nothing."""
        if self._row > MAX_ROWS + _MAX_HEADER_ROWS:
            raise whole_file(N_("The file has more than {limit} rows.", limit=MAX_ROWS))
        if self._column > MAX_COLUMNS:
            raise whole_file(N_("The file has more than {limit} columns.", limit=MAX_COLUMNS))


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdecimal() else 0


def _column_number(letters: str) -> int:
    """Return the number of a column, `A` being 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
