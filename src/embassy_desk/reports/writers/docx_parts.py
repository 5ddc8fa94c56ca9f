"""Pieces of WordprocessingML that python-docx has no words for (ISO/IEC 29500-1, 17)."""

from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.table import Table
from docx.text.paragraph import Paragraph

_TWIPS_PER_POINT = 20


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
