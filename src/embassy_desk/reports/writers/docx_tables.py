"""Tables of DOCX, whose rows never lie in memory all at once (ISO/IEC 29500-1, 17.4).

A document is one tree in memory, and a row of it takes 30 kB there. So a table is put into the tree
with its heads alone and a mark, a comment, which no text of a record can be; the rows take the
place of the mark as the file is put together.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.texts import N_

_TWIPS_PER_POINT = 20
_HALF_POINTS = 2
_PLACES = {"left": "start", "right": "end", "centre": "center"}
_BODY = "word/document.xml"
_MARK = re.compile(rb"<!--rows ([a-z]*\d+)-->")
_ROWS_AT_ONCE = 200


Bodies = dict[str, Iterator[str]]
"""The rows of tables, by what stands in the mark of each."""


class DocxTables:
    """The tables of one document, kept until it is saved.

    Attributes:
        bodies: Their rows, which can be gone through once.
    """

    def __init__(self, document: Document, name: str = "") -> None:
        """Begin with none; `name`, of small letters, tells documents apart that become one."""
        self._document = document
        self._name = name
        self.bodies: Bodies = {}

    def add(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        widths_pt: Sequence[float],
        aligned: Sequence[str],
        size_pt: float,
    ) -> None:
        """Add a table whose heads are repeated on every page and whose rows stay whole.

        Args:
            heads: The heads of the columns.
            rows: The texts of the cells; gone through when the document is saved.
            widths_pt: Widths of the columns.
            aligned: `left`, `right` or `centre` for each column.
            size_pt: Size of the letters.
        """
        widths = [round(each * _TWIPS_PER_POINT) for each in widths_pt]
        size = round(size_pt * _HALF_POINTS)
        mark = f"{self._name}{len(self.bodies)}"
        grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
        head = _row(heads, widths, aligned, size, is_head=True)
        xml = (
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblInd w:w="{_PADDING}" w:type="dxa"/>{_BORDERS}'
            f'<w:tblLayout w:type="fixed"/>{_MARGINS}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{head}<!--rows {mark}--></w:tbl>"
        )
        self._document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")
        self._document.add_paragraph().paragraph_format.space_after = 0
        self.bodies[mark] = (_row(each, widths, aligned, size, is_head=False) for each in rows)

    def skeleton(self) -> bytes:
        """Return the document with marks in the place of rows."""
        made = io.BytesIO()
        self._document.save(made)
        return made.getvalue()

    def saved(self) -> bytes:
        """Return the document with all rows, once; what goes through the rows may end it."""
        return with_rows(self.skeleton(), self.bodies)


def with_rows(skeleton: bytes, bodies: Bodies) -> bytes:
    """Return a document with the rows of its tables in the place of their marks.

    Raises:
        InvalidError: A mark was lost or stands twice, by a template that does so.
    """
    left, whole = dict(bodies), io.BytesIO()
    with ZipFile(io.BytesIO(skeleton)) as before, ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for each in before.infolist():
            content = before.read(each)
            with archive.open(each, "w") as part:
                if each.filename == _BODY:
                    _write_body(content, part, left)
                else:
                    part.write(content)
    if left:
        raise _spoiled()
    return whole.getvalue()


def _write_body(content: bytes, part: IO[bytes], left: Bodies) -> None:
    written = 0
    for mark in _MARK.finditer(content):
        part.write(content[written : mark.start()])
        rows = left.pop(mark[1].decode(), None)
        if rows is None:
            raise _spoiled()
        while some := "".join(islice(rows, _ROWS_AT_ONCE)):
            part.write(some.encode())
        written = mark.end()
    part.write(content[written:])


def _spoiled() -> InvalidError:
    said = N_("This template cannot be filled in; it is damaged.")
    return InvalidError([Problem("template", said)])


_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="999999"'
_BORDERS = (
    "<w:tblBorders>"
    + "".join(
        f"<w:{each} {_LINE}/>" for each in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)
_PADDING = 70
_MARGINS = (
    f'<w:tblCellMar><w:left w:w="{_PADDING}" w:type="dxa"/>'
    f'<w:right w:w="{_PADDING}" w:type="dxa"/></w:tblCellMar>'
)


def _row(
    texts: Sequence[str],
    widths: Sequence[int],
    aligned: Sequence[str],
    size: int,
    *,
    is_head: bool,
) -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if is_head else "<w:cantSplit/>"
    cells = "".join(
        _cell(text, width, place, size, is_head=is_head)
        for text, width, place in zip(texts, widths, aligned, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, place: str, size: int, *, is_head: bool) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF1F4"/>' if is_head else ""
    weight = "<w:b/>" if is_head else ""
    looks = f'{weight}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(each)}</w:t>' for each in text.splitlines() or [""]
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:firstLine="0"/><w:jc w:val="{_PLACES[place]}"/></w:pPr>'
        f"<w:r><w:rPr>{looks}</w:rPr>{lines}</w:r></w:p></w:tc>"
    )
