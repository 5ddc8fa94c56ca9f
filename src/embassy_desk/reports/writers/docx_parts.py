"""Pieces of WordprocessingML that python-docx has no words for (ISO/IEC 29500-1, 17)."""

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.table import Table
from docx.text.paragraph import Paragraph

_TWIPS_PER_POINT = 20
_HALF_POINTS = 2
_PLACES = {"left": "start", "right": "end", "centre": "center"}


def add_table(
    document: Document,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths_pt: Sequence[float],
    aligned: Sequence[str],
    size_pt: float,
) -> None:
    """Add a table whose heads are repeated on every page and whose rows stay whole.

    Written as one text and parsed once: through cells it would take minutes for a long table.

    Args:
        document: Where it is added at the end.
        heads: The heads of the columns.
        rows: The texts of the cells.
        widths_pt: Widths of the columns.
        aligned: `left`, `right` or `centre` for each column.
        size_pt: Size of the letters.
    """
    widths = [round(each * _TWIPS_PER_POINT) for each in widths_pt]
    size = round(size_pt * _HALF_POINTS)
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    head = _row(heads, widths, aligned, size, is_head=True)
    body = "".join(_row(row, widths, aligned, size, is_head=False) for row in rows)
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'{_BORDERS}<w:tblLayout w:type="fixed"/>{_MARGINS}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")
    document.add_paragraph().paragraph_format.space_after = 0


_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="999999"'
_BORDERS = (
    "<w:tblBorders>"
    + "".join(
        f"<w:{each} {_LINE}/>" for each in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)
_MARGINS = (
    '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
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


def add_rule(paragraph: Paragraph, *, before_pt: float, after_pt: float) -> None:
    """Draw a real line under an empty paragraph, drawn in from both sides.

    Args:
        paragraph: An empty paragraph, used for the line alone.
        before_pt: How far from the left margin it begins.
        after_pt: How far from the right margin it ends.
    """
    looks = paragraph._p.get_or_add_pPr()  # noqa: SLF001  the library's way to its XML
    looks.append(
        parse_xml(
            f"<w:pBdr {nsdecls('w')}>"
            '<w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        )
    )
    looks.append(
        parse_xml(
            f'<w:spacing {nsdecls("w")} w:before="20" w:after="0" w:line="120" w:lineRule="exact"/>'
        )
    )
    looks.append(
        parse_xml(
            f'<w:ind {nsdecls("w")} w:left="{round(before_pt * _TWIPS_PER_POINT)}"'
            f' w:right="{round(after_pt * _TWIPS_PER_POINT)}" w:firstLine="0"/>'
        )
    )


def add_page_number(paragraph: Paragraph) -> None:
    """Add the number of the page, kept up to date by whoever opens the document."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        element: Any
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        run._r.append(element)  # noqa: SLF001


def number_pages_from_one(section: Section) -> None:
    """Let the pages of a section be numbered from 1; the first shows no number, as in any other."""
    looks = section._sectPr  # noqa: SLF001  the library's way to its XML
    for former in looks.findall(qn("w:pgNumType")):
        looks.remove(former)
    number = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    looks.find(qn("w:pgMar")).addnext(number)


def keep_rows_whole(table: Table) -> None:
    """Keep each row of a table on one page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
