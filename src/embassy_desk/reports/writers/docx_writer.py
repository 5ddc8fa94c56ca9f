"""Reports as DOCX: styles with names, so that a mission can go on working on them."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from embassy_desk.domain.watching import GoingOn, Watched, unwatched
from embassy_desk.reports import official
from embassy_desk.reports.arranging import Annex, arranged, parted
from embassy_desk.reports.document import (
    Block,
    Bullets,
    Chart,
    Column,
    Facts,
    Figures,
    Heading,
    Letterhead,
    Narrative,
    Paragraph,
    Report,
    Table,
    facts_of,
)
from embassy_desk.reports.shown import Shown
from embassy_desk.reports.widths import column_widths
from embassy_desk.reports.writers.charts import picture_of
from embassy_desk.reports.writers.docx_parts import (
    add_page_number,
    add_rule,
    add_table,
    keep_rows_whole,
    number_pages_from_one,
)
from embassy_desk.reports.writers.fonts import (
    DOCX_SANS,
    DOCX_SERIF,
    SANS,
    SERIF,
    register_fonts,
    width_pt,
)
from embassy_desk.settings.files import replaced
from embassy_desk.texts import N_, Words

_PT_PER_MM = 72 / 25.4
_QUIET = RGBColor(0x55, 0x55, 0x55)
_HEADER_MM = 10.0
_SIGNATURE_ROOM_PT = 60.0
_PAIR_SHARES = (34, 66)
_FIGURE_SHARES = (78, 22)
_HEAD_SHARES = (official.LEFT_SHARE, 1 - official.LEFT_SHARE)


def write_docx(
    target: Path,
    report: Report,
    words: Words,
    fonts: Path,
    letterhead: Letterhead | None = None,
    going_on: GoingOn = unwatched,
) -> None:
    """Write a report as DOCX, whole or not at all.

    Args:
        target: The file.
        report: What it says.
        words: The reader's language.
        fonts: Folder of the shipped fonts, for measuring and for charts.
        letterhead: For an official paper in the layout of decree 30/2020/NĐ-CP; a plain modern
            layout without it.
        going_on: Told how many rows are written; what it raises ends the work.

    Raises:
        StoreError: The file cannot be written; then the former one is untouched.
    """
    with replaced(target) as stream:
        write_docx_into(stream, report, words, fonts, letterhead, going_on)


def write_docx_into(
    stream: IO[bytes],
    report: Report,
    words: Words,
    fonts: Path,
    letterhead: Letterhead | None = None,
    going_on: GoingOn = unwatched,
) -> None:
    """Write a report as DOCX into a stream; see `write_docx`."""
    register_fonts(fonts)
    # Made in memory: an archive that a full disk cuts off would go on writing when it is let go.
    watched = Watched(going_on, report.row_count)
    made = _saved(_DocxReport(report, Shown(words), letterhead, watched).made())
    watched.tell()
    stream.write(made)


def template_fields(report: Report, words: Words, letterhead: Letterhead) -> dict[str, str]:
    """Return the texts for a mission's template, by placeholder: the boxes of the decree."""
    shown = Shown(words)
    subject = shown.line(report.subject) or shown.text(report.title)
    texts = official.boxes(letterhead, subject, letterhead.issued_on or report.on)
    return {
        "superior": texts.superior,
        "body": texts.body,
        "number": texts.number,
        "place_and_date": texts.place_and_date,
        "kind": texts.kind,
        "subject": texts.subject,
        "addressees": "\n".join(official.addressee_lines(texts.addressees)),
        "authority": texts.authority,
        "signatory": texts.signatory,
        "recipients": "\n".join(texts.recipients),
        "handling": words(N_("Handling: {handling}", handling=report.handling)),
    }


def template_parts(
    report: Report,
    words: Words,
    fonts: Path,
    letterhead: Letterhead,
    going_on: GoingOn = unwatched,
) -> dict[str, bytes]:
    """Return the running text for a mission's template, as DOCX: body and annexes."""
    register_fonts(fonts)
    shown = Shown(words)
    body, annexes = parted(report, shown)
    watched = Watched(going_on, report.row_count)
    content = _DocxReport(report, shown, letterhead, watched)
    content.set_up()
    content.add_blocks(body)
    behind = _DocxReport(report, shown, letterhead, watched)
    behind.set_up()
    for annex in annexes:
        _annex_title(behind, letterhead, annex).paragraph_format.page_break_before = True
        behind.add_blocks(annex.blocks, annex.title)
    return {"content": _saved(content.document), "annexes": _saved(behind.document)}


def _saved(document: Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


class _DocxReport:
    """One report on its way into a document."""

    def __init__(
        self, report: Report, shown: Shown, letterhead: Letterhead | None, watched: Watched
    ) -> None:
        self.report = report
        self.watched = watched
        self.shown = shown
        self.letterhead = letterhead
        self.is_official = letterhead is not None
        self.family = SERIF if self.is_official else SANS
        self.cell_pt = official.TABLE_PT if self.is_official else 9.0
        self.document: Document = docx.Document()
        self.is_wide = report.is_wide and not self.is_official
        self.page_mm = (official.PAGE_WIDTH_MM, official.PAGE_HEIGHT_MM)
        if self.is_wide:
            self.page_mm = self.page_mm[::-1]
        self.width_mm = self.page_mm[0] - official.LEFT_MM - official.RIGHT_MM
        self.width_pt = self.width_mm * _PT_PER_MM

    def made(self) -> Document:
        """Return the whole document."""
        self.set_up()
        if self.letterhead is None:
            self._plain_head()
            self.add_blocks(self.report.blocks)
            self._about()
            return self.document
        body, annexes = parted(self.report, self.shown)
        _official_head(self, self.letterhead)
        self.add_blocks(body)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        _official_foot(self, self.letterhead)
        for annex in annexes:
            _annex_head(self, self.letterhead, annex)
            self.add_blocks(annex.blocks, annex.title)
        return self.document

    def add_blocks(self, blocks: Iterable[Block], above: str = "") -> None:
        """Add blocks at the end; `above` is the heading that stands above the first."""
        for block in arranged(blocks, self.shown, is_official=self.is_official, above=above):
            self._block(block)
            self.watched.tell()

    def set_up(self) -> None:
        """Set page, margins, styles, page numbers and what stands at the foot."""
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE if self.is_wide else WD_ORIENT.PORTRAIT
        width, height = self.page_mm
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.bottom_margin = Mm(official.TOP_MM), Mm(official.BOTTOM_MM)
        section.left_margin, section.right_margin = Mm(official.LEFT_MM), Mm(official.RIGHT_MM)
        section.header_distance = section.footer_distance = Mm(_HEADER_MM)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_page_number(number)
        line = self.shown.words(N_("Handling: {handling}", handling=self.report.handling))
        for footer in (section.footer, section.first_page_footer):
            self._run(footer.paragraphs[0], line, 8, is_quiet=True)
        self._styles()
        properties = self.document.core_properties
        properties.title = self.shown.text(self.report.title)
        properties.author = self.shown.line(self.report.mission)
        properties.language = self.shown.words.language
        properties.comments = ""

    def _styles(self) -> None:
        size = official.BODY_PT if self.is_official else 10.0
        name = DOCX_SERIF if self.is_official else DOCX_SANS
        looks = {"Normal": (size, False), "Header": (official.NUMBER_PT, False)}
        looks |= {"Heading 1": (size + 1, True), "Heading 2": (size, True), "Title": (18, True)}
        looks |= {"Caption": (size, True), "List Bullet": (size, False)}
        for style_name, (points, is_bold) in looks.items():
            style = self.document.styles[style_name]
            assert isinstance(style, ParagraphStyle)
            style.font.name, style.font.size, style.font.bold = name, Pt(points), is_bold
            style.font.italic = False
            style.font.color.rgb = RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(script), name)
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
                fonts.attrib.pop(qn(theme), None)
            style.paragraph_format.space_before = Pt(10 if style_name == "Heading 1" else 4)
            style.paragraph_format.space_after = Pt(6 if style_name == "Normal" else 3)
            style.paragraph_format.keep_with_next = is_bold
            style.paragraph_format.line_spacing = 1.15
            for border in style.element.pPr.findall(qn("w:pBdr")):
                style.element.pPr.remove(border)

    def _plain_head(self) -> None:
        shown = self.shown
        self._run(self.document.add_paragraph(), shown.line(self.report.mission), 10, is_quiet=True)
        self.document.add_paragraph(shown.text(self.report.title), "Title")
        subject = shown.line(self.report.subject)
        if subject:
            self._run(self.document.add_paragraph(), subject, 12, is_bold=True)

    def _block(self, block: Block) -> None:
        shown = self.shown
        if isinstance(block, Heading):
            self.document.add_paragraph(shown.line(block.text), f"Heading {block.level}")
        elif isinstance(block, Paragraph):
            self._body(shown.line(block.text), is_quiet=block.is_note)
        elif isinstance(block, Narrative):
            self._body(block.text or f"[{shown.text(block.prompt)}]", is_quiet=not block.text)
        elif isinstance(block, Bullets):
            for each in block.items:
                self.document.add_paragraph(shown.text(each), "List Bullet")
        elif isinstance(block, Chart):
            self._chart(block)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._pairs(block)

    def _body(self, text: str, *, is_quiet: bool = False) -> None:
        for line in text.splitlines():
            paragraph = self.document.add_paragraph()
            if self.is_official:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
                paragraph.paragraph_format.first_line_indent = Mm(official.FIRST_LINE_MM)
            self._run(paragraph, line, is_italic=is_quiet, is_quiet=is_quiet)

    def _chart(self, chart: Chart) -> None:
        if any(any(each.values) for each in chart.series):
            self.document.add_paragraph(self.shown.text(chart.title), "Caption")
            picture = picture_of(chart, self.shown, self.family, self.width_pt)
            self.document.add_picture(io.BytesIO(picture), width=Mm(self.width_mm))

    def _table(self, table: Table) -> None:
        shown = self.shown
        if table.title is not None:
            self.document.add_paragraph(shown.text(table.title), "Caption")
        if not table.rows:
            self._run(
                self.document.add_paragraph(),
                shown.text(table.empty),
                is_italic=True,
                is_quiet=True,
            )
            return
        self._add_table(
            table.columns,
            [shown.text(each.title) for each in table.columns],
            [[shown.text(each) for each in row.cells] for row in self.watched.each(table.rows)],
        )

    def _add_table(
        self, columns: tuple[Column, ...], heads: list[str], rows: list[list[str]]
    ) -> None:
        add_table(
            self.document,
            heads,
            rows,
            widths_pt=column_widths(
                [each.width for each in columns],
                [heads, *rows],
                self.width_pt,
                lambda text: width_pt(text, self.family.bold, self.cell_pt),
            ),
            aligned=[each.align.value for each in columns],
            size_pt=self.cell_pt,
        )

    def _pairs(self, block: Facts | Figures) -> None:
        shown = self.shown
        if isinstance(block, Facts):
            known = [each for each in block.pairs if each.value not in {None, ""}]
            rows = [(shown.line(each.label), shown.text(each.value)) for each in known]
            self._sheet(rows, _PAIR_SHARES)
        else:
            rows = [(shown.text(each.label), shown.text(each.value)) for each in block.items]
            self._sheet(rows, _FIGURE_SHARES)

    def _sheet(self, rows: list[tuple[str, str]], shares: tuple[int, int]) -> None:
        """Add labels and values side by side, in a table without lines."""
        if not rows:
            return
        table = self.document.add_table(len(rows), 2)
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Mm(self.width_mm * share / 100)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text, share in zip(row.cells, texts, shares, strict=True):
                cell.width = Mm(self.width_mm * share / 100)
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(1)
                is_label = share == shares[0]
                is_number = shares == _FIGURE_SHARES and not is_label
                if is_number:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                is_quiet = is_label and not self.is_official
                self._run(paragraph, text, self.cell_pt, is_bold=is_number, is_quiet=is_quiet)
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def _about(self) -> None:
        shown = self.shown
        self.document.add_paragraph(shown.words(N_("About this report")), "Caption")
        facts = facts_of(self.report)
        self._sheet([(shown.line(x.label), shown.text(x.value)) for x in facts], _PAIR_SHARES)

    def _run(
        self,
        paragraph: DocxParagraph,
        text: str,
        points: float | None = None,
        *,
        is_bold: bool = False,
        is_italic: bool = False,
        is_quiet: bool = False,
    ) -> None:
        run = paragraph.add_run(text)
        run.bold, run.italic = is_bold or None, is_italic or None
        if points is not None:
            run.font.size = Pt(points)
        if is_quiet:
            run.font.color.rgb = _QUIET


def _official_head(page: _DocxReport, letterhead: Letterhead) -> None:
    """Add boxes 1 to 5 and 9a of an official paper."""
    shown = page.shown
    subject = shown.line(page.report.subject) or shown.text(page.report.title)
    texts = official.boxes(letterhead, subject, letterhead.issued_on or page.report.on)
    table = page.document.add_table(1, 2)
    table.autofit = False
    left, right = table.rows[0].cells
    for side, share in zip(table.columns, _HEAD_SHARES, strict=True):
        side.width = Mm(page.width_mm * share)
    left.width, right.width = (
        Mm(page.width_mm * official.LEFT_SHARE),
        Mm(page.width_mm * (1 - official.LEFT_SHARE)),
    )
    body_rule = width_pt(texts.body, SERIF.bold, official.TITLE_PT) * official.RULE_OF_BODY
    _line(page, left, texts.superior, official.TITLE_PT, is_first=True)
    _line(page, left, texts.body, official.TITLE_PT, is_bold=True)
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
        page._run(paragraph, text, official.MOTTO_PT, is_bold=True)  # noqa: SLF001
    rule = width_pt(texts.subject, SERIF.bold, official.MOTTO_PT) * official.RULE_OF_BODY
    side = (page.width_pt - min(rule, page.width_pt * official.RULE_OF_BODY)) / 2
    add_rule(page.document.add_paragraph(), before_pt=side, after_pt=side)
    for each in official.addressee_lines(texts.addressees):
        page._run(_centred(page), each, official.BODY_PT)  # noqa: SLF001


def _official_foot(page: _DocxReport, letterhead: Letterhead) -> None:
    """Add boxes 7 and 9b: recipients at the left, room for the signature at the right."""
    texts = official.boxes(letterhead, "", letterhead.issued_on or page.report.on)
    table = page.document.add_table(1, 2)
    left, right = table.rows[0].cells
    title = left.paragraphs[0].add_run("Nơi nhận:")
    title.bold = title.italic = True
    title.font.size = Pt(official.RECIPIENTS_TITLE_PT)
    for each in texts.recipients:
        line = left.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        page._run(line, each, official.RECIPIENTS_PT)  # noqa: SLF001
    _line(page, right, texts.authority, official.MOTTO_PT, is_bold=True, is_first=True)
    _line(page, right, texts.signatory, official.MOTTO_PT, is_bold=True)
    right.paragraphs[-1].paragraph_format.space_before = Pt(_SIGNATURE_ROOM_PT)
    keep_rows_whole(table)


def _annex_head(page: _DocxReport, letterhead: Letterhead, annex: Annex) -> None:
    """Begin an annex on a page of its own, numbered from 1: name, title, its paper."""
    number_pages_from_one(page.document.add_section(WD_SECTION.NEW_PAGE))
    _annex_title(page, letterhead, annex)


def _annex_title(page: _DocxReport, letterhead: Letterhead, annex: Annex) -> DocxParagraph:
    """Add name and title of an annex and the paper it belongs to; return the first line."""
    first, title = _centred(page), _centred(page)
    for paragraph, text in ((first, annex.name), (title, annex.title)):
        page._run(paragraph, text, official.ANNEX_PT, is_bold=True)  # noqa: SLF001
    line = official.annex_line(letterhead, letterhead.issued_on or page.report.on)
    page._run(_centred(page), line, official.BODY_PT, is_italic=True)  # noqa: SLF001
    page.document.paragraphs[-1].paragraph_format.space_after = Pt(12)
    return first


def _line(
    page: _DocxReport,
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
    page._run(paragraph, text, points, is_bold=is_bold, is_italic=is_italic)  # noqa: SLF001


def _rule(cell: _Cell, width: float, cell_width: float) -> None:
    """Draw a line of a width in the middle of a cell."""
    side = max((cell_width - 2 * 5.4 - width) / 2, 0.0)  # the cell's own margins are 0.19 cm
    add_rule(cell.add_paragraph(), before_pt=side, after_pt=side)


def _centred(page: _DocxReport) -> DocxParagraph:
    paragraph = page.document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(2)
    return paragraph
