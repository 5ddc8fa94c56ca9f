"""The boxes of an official paper in DOCX, each at its place (decree 30/2020/NĐ-CP, appendix I)."""

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from embassy_desk.reports import official
from embassy_desk.reports.arranging import Annex
from embassy_desk.reports.document import (
    Letterhead,
)
from embassy_desk.reports.writers.docx_page import DocxPage
from embassy_desk.reports.writers.docx_parts import (
    add_rule,
    keep_rows_whole,
    number_pages_from_one,
)
from embassy_desk.reports.writers.fonts import (
    SERIF,
    width_pt,
)

_SIGNATURE_ROOM_PT = 60.0
_HEAD_SHARES = (official.LEFT_SHARE, 1 - official.LEFT_SHARE)


def add_official_head(
    page: DocxPage, texts: official.Boxes, like: official.Boxes | None = None
) -> None:
    """Add boxes 1 to 5 and 9a of an official paper.

    Args:
        page: The paper.
        texts: What stands in the boxes.
        like: By whose lines the rules are measured, where these are placeholders.
    """
    measured = like or texts
    table = page.document.add_table(1, 2)
    table.autofit = False
    left, right = table.rows[0].cells
    for side, share in zip(table.columns, _HEAD_SHARES, strict=True):
        side.width = Mm(page.width_mm * share)
    left.width, right.width = (
        Mm(page.width_mm * official.LEFT_SHARE),
        Mm(page.width_mm * (1 - official.LEFT_SHARE)),
    )
    last = official.body_lines(measured.body)[-1]
    body_rule = width_pt(last, SERIF.bold, official.TITLE_PT) * official.RULE_OF_BODY
    _line(page, left, texts.superior, official.TITLE_PT, is_first=True)
    for each in official.body_lines(texts.body):
        _line(page, left, each, official.TITLE_PT, is_bold=True)
    _rule(left, min(body_rule, page.width_pt * 0.2), page.width_pt * official.LEFT_SHARE)
    _line(page, left, texts.number, official.NUMBER_PT)
    _line(page, right, official.NATIONAL_TITLE, official.TITLE_PT, is_bold=True, is_first=True)
    _line(page, right, official.MOTTO, official.MOTTO_PT, is_bold=True)
    motto = width_pt(official.MOTTO, SERIF.bold, official.MOTTO_PT)
    _rule(right, motto, page.width_pt * (1 - official.LEFT_SHARE))
    _line(page, right, texts.place_and_date, official.MOTTO_PT, is_italic=True)
    for text, room_pt in ((texts.kind, 14.0), (texts.subject, 0.0)):
        paragraph = _centred(page)
        paragraph.paragraph_format.space_before = Pt(room_pt)
        page.run(paragraph, text, official.MOTTO_PT, is_bold=True)
    rule = width_pt(measured.subject, SERIF.bold, official.MOTTO_PT) * official.RULE_OF_BODY
    side = (page.width_pt - min(rule, page.width_pt * official.RULE_OF_BODY)) / 2
    add_rule(page.document.add_paragraph(), before_pt=side, after_pt=side)
    for each in official.addressee_lines(texts.addressees):
        page.run(_centred(page), each, official.BODY_PT)


def add_official_foot(page: DocxPage, texts: official.Boxes) -> None:
    """Add boxes 7 and 9b: recipients at the left, room for the signature at the right."""
    table = page.document.add_table(1, 2)
    left, right = table.rows[0].cells
    title = left.paragraphs[0].add_run("Nơi nhận:")
    title.bold = title.italic = True
    title.font.size = Pt(official.RECIPIENTS_TITLE_PT)
    for each in texts.recipients:
        line = left.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        page.run(line, each, official.RECIPIENTS_PT)
    _line(page, right, texts.authority, official.MOTTO_PT, is_bold=True, is_first=True)
    _line(page, right, texts.signatory, official.MOTTO_PT, is_bold=True)
    right.paragraphs[-1].paragraph_format.space_before = Pt(_SIGNATURE_ROOM_PT)
    keep_rows_whole(table)


def add_annex_head(page: DocxPage, letterhead: Letterhead, annex: Annex) -> None:
    """Begin an annex on a page of its own, numbered from 1: name, title, its paper."""
    number_pages_from_one(page.document.add_section(WD_SECTION.NEW_PAGE))
    add_annex_title(page, letterhead, annex)


def add_annex_title(page: DocxPage, letterhead: Letterhead, annex: Annex) -> DocxParagraph:
    """Add name and title of an annex and the paper it belongs to; return the first line."""
    first, title = _centred(page), _centred(page)
    for paragraph, text in ((first, annex.name), (title, annex.title)):
        page.run(paragraph, text, official.ANNEX_PT, is_bold=True)
    line = official.annex_line(letterhead, letterhead.issued_on or page.report.on)
    page.run(_centred(page), line, official.BODY_PT, is_italic=True)
    page.document.paragraphs[-1].paragraph_format.space_after = Pt(12)
    return first


def _line(
    page: DocxPage,
    cell: _Cell,
    text: str,
    points: float,
    *,
    is_bold: bool = False,
    is_italic: bool = False,
    is_first: bool = False,
) -> None:
    """Add one centred line to a cell; its first paragraph is there already."""
    paragraph = cell.paragraphs[0] if is_first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    page.run(paragraph, text, points, is_bold=is_bold, is_italic=is_italic)


def _rule(cell: _Cell, width: float, cell_width: float) -> None:
    """Draw a line of a width in the middle of a cell."""
    side = max((cell_width - 2 * 5.4 - width) / 2, 0.0)  # the cell's own margins are 0.19 cm
    add_rule(cell.add_paragraph(), before_pt=side, after_pt=side)


def _centred(page: DocxPage) -> DocxParagraph:
    paragraph = page.document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(2)
    return paragraph
