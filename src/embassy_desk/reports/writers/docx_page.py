"""The page of a report in DOCX: styles with names, so that a mission can go on working on it."""

import io
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as DocxParagraph

from embassy_desk.domain.watching import Watched
from embassy_desk.reports import official
from embassy_desk.reports.arranging import about_line, arranged
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
)
from embassy_desk.reports.shown import Shown
from embassy_desk.reports.widths import column_widths
from embassy_desk.reports.writers.charts import picture_of
from embassy_desk.reports.writers.docx_parts import (
    add_page_number,
)
from embassy_desk.reports.writers.docx_tables import DocxTables
from embassy_desk.reports.writers.fonts import (
    DOCX_SANS,
    DOCX_SERIF,
    SANS,
    SERIF,
    width_pt,
)
from embassy_desk.texts import N_

_PT_PER_MM = 72 / 25.4
_QUIET = RGBColor(0x55, 0x55, 0x55)
_HEADER_MM = 10.0
_GAP_PT = 4.0
_PAIR_SHARES = (34, 66)
_FIGURE_SHARES = (78, 22)


class DocxPage:
    """A document that a report is written into.

    Attributes:
        document: The document.
        tables: Its tables, whose rows are put into it when it is saved.
        family: The font by which texts are measured.
        cell_pt: Size of letters in tables.
        width_mm: Width between the margins.
        width_pt: The same in points.
    """

    def __init__(
        self,
        report: Report,
        shown: Shown,
        letterhead: Letterhead | None,
        watched: Watched,
        name: str = "",
    ) -> None:
        """Begin with nothing; `watched` counts rows, `name` tells parts of a template apart."""
        self.report = report
        self.watched = watched
        self.shown = shown
        self.letterhead = letterhead
        self.is_official = letterhead is not None
        self.family = SERIF if self.is_official else SANS
        self.cell_pt = official.TABLE_PT if self.is_official else 9.0
        self.document: Document = docx.Document()
        self.tables = DocxTables(self.document, name)
        self.is_wide = report.is_wide and not self.is_official
        self.page_mm = (official.PAGE_WIDTH_MM, official.PAGE_HEIGHT_MM)
        if self.is_wide:
            self.page_mm = self.page_mm[::-1]
        self.width_mm = self.page_mm[0] - official.LEFT_MM - official.RIGHT_MM
        self.width_pt = self.width_mm * _PT_PER_MM

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
            self.run(footer.paragraphs[0], line, 8, is_quiet=True)
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

    def add_plain_head(self) -> None:
        """Add mission, title and subject in the plain layout."""
        shown = self.shown
        self.run(self.document.add_paragraph(), shown.line(self.report.mission), 10, is_quiet=True)
        self.document.add_paragraph(shown.text(self.report.title), "Title")
        subject = shown.line(self.report.subject)
        if subject:
            self.run(self.document.add_paragraph(), subject, 12, is_bold=True)

    def _block(self, block: Block) -> None:
        shown = self.shown
        if isinstance(block, Heading):
            self.document.add_paragraph(shown.line(block.text), f"Heading {block.level}")
        elif isinstance(block, Paragraph):
            self._body(shown.line(block.text), is_quiet=block.is_note)
        elif isinstance(block, Narrative):
            text = shown.line(block.text)
            self._body(text or f"[{shown.text(block.prompt)}]", is_quiet=not text)
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
            self.run(paragraph, line, is_italic=is_quiet, is_quiet=is_quiet)

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
            self.run(
                self.document.add_paragraph(),
                shown.text(table.empty),
                is_italic=True,
                is_quiet=True,
            )
            return
        self._add_table(
            table.columns,
            [shown.text(each.title) for each in table.columns],
            [[shown.text(each) for each in row.cells] for row in table.rows],
        )

    def _add_table(
        self, columns: tuple[Column, ...], heads: list[str], rows: list[list[str]]
    ) -> None:
        self.tables.add(
            heads,
            self.watched.each(rows),
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
        """Add labels and values side by side, in a table without lines, on one page if it fits."""
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
                paragraph.paragraph_format.keep_with_next = texts is not rows[-1]
                is_label = share == shares[0]
                is_number = shares == _FIGURE_SHARES and not is_label
                if is_number:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                is_quiet = is_label and not self.is_official
                self.run(paragraph, text, self.cell_pt, is_bold=is_number, is_quiet=is_quiet)
        gap = self.document.add_paragraph().paragraph_format
        gap.space_before, gap.space_after, gap.line_spacing = Pt(0), Pt(0), Pt(_GAP_PT)

    def add_about(self) -> None:
        """Add of when, of what and how complete the report is."""
        shown = self.shown
        # Head and text are one paragraph: LibreOffice parts a caption from what follows a table.
        about = self.document.add_paragraph()
        about.paragraph_format.keep_together = True
        self.run(about, shown.words(N_("About this report")), is_bold=True)
        about.add_run().add_break()
        self.run(about, about_line(self.report, shown), self.cell_pt)

    def run(
        self,
        paragraph: DocxParagraph,
        text: str,
        points: float | None = None,
        *,
        is_bold: bool = False,
        is_italic: bool = False,
        is_quiet: bool = False,
    ) -> None:
        """Add a text to a paragraph."""
        run = paragraph.add_run(text)
        run.bold, run.italic = is_bold or None, is_italic or None
        if points is not None:
            run.font.size = Pt(points)
        if is_quiet:
            run.font.color.rgb = _QUIET
