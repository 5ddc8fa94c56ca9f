"""Reports as PDF: embedded fonts, tables over several pages with repeated heads, page numbers."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import Table as PdfTable

from embassy_desk.domain.watching import GoingOn, Watched, unwatched
from embassy_desk.reports import official
from embassy_desk.reports.arranging import Annex, about_line, arranged, parted
from embassy_desk.reports.document import (
    Align,
    Block,
    Bullets,
    Chart,
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
from embassy_desk.reports.writers.charts import drawing_of
from embassy_desk.reports.writers.fonts import SANS, SERIF, Family, register_fonts, width_pt
from embassy_desk.reports.writers.pdf_letters import marked
from embassy_desk.reports.writers.pdf_tables import TABLE_LINE, PagedTable, TableLooks, paged_table
from embassy_desk.settings.files import replaced
from embassy_desk.texts import N_, Words

_INK = HexColor("#000000")
_QUIET = HexColor("#555555")
_CELL_PT = {True: 11.0, False: 9.0}
_KEEP_WITH_NEXT_PT = 90.0
_CAPTION_PT = 30.0
_WHOLE_SHARE = 1 / 3
_HEAD_OF_PAGE_MM = 10.0

_ALIGNED = {Align.LEFT: "LEFT", Align.RIGHT: "RIGHT", Align.CENTRE: "CENTRE"}


def write_pdf(
    target: Path,
    report: Report,
    words: Words,
    fonts: Path,
    letterhead: Letterhead | None = None,
    going_on: GoingOn = unwatched,
) -> None:
    """Write a report as PDF, whole or not at all.

    Args:
        target: The file.
        report: What it says.
        words: The reader's language.
        fonts: Folder of the shipped fonts.
        letterhead: For an official paper in the layout of decree 30/2020/NĐ-CP; a plain modern
            layout without it.
        going_on: Told after each page how many rows are laid out; what it raises ends the work.

    Raises:
        StoreError: The file cannot be written; then the former one is untouched.
    """
    with replaced(target) as stream:
        write_pdf_into(stream, report, words, fonts, letterhead, going_on)


def write_pdf_into(
    stream: BinaryIO,
    report: Report,
    words: Words,
    fonts: Path,
    letterhead: Letterhead | None,
    going_on: GoingOn = unwatched,
) -> None:
    """Write a report as PDF into a stream, for looking at it; see `write_pdf`."""
    register_fonts(fonts)
    _PdfReport(report, Shown(words), letterhead, going_on).write(stream)


class _PdfReport:
    """One report on its way to paper."""

    def __init__(
        self, report: Report, shown: Shown, letterhead: Letterhead | None, going_on: GoingOn
    ) -> None:
        self.report = report
        self.shown = shown
        self.letterhead = letterhead
        self.is_official = letterhead is not None
        self.family: Family = SERIF if self.is_official else SANS
        self.page_mm = (official.PAGE_WIDTH_MM, official.PAGE_HEIGHT_MM)
        if report.is_wide and not self.is_official:
            self.page_mm = self.page_mm[::-1]
        # The same margins serve both layouts.
        self.width = (self.page_mm[0] - official.LEFT_MM - official.RIGHT_MM) * mm
        self.height = (self.page_mm[1] - official.TOP_MM - official.BOTTOM_MM) * mm
        self.styles = _styles(self.family, is_official=self.is_official)
        self.first_page = 1
        self.watched = Watched(going_on, report.row_count)

    def write(self, stream: Any) -> None:
        """Lay out all pages into a stream."""
        document = BaseDocTemplate(
            stream,
            pagesize=tuple(each * mm for each in self.page_mm),
            title=self.shown.text(self.report.title),
            author=self.shown.line(self.report.mission),
            lang=self.shown.words.language,
            pageCompression=1,
        )
        frame = Frame(
            official.LEFT_MM * mm,
            official.BOTTOM_MM * mm,
            self.width,
            self.height,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        document.addPageTemplates([PageTemplate("all", [frame], onPageEnd=self._page)])
        document.build(self._story())

    def _page(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """Put the number at the top, centred, from the second page on; the handling at the foot.

        Annexes are numbered on their own.
        """
        self.watched.tell()
        canvas.saveState()
        middle = self.page_mm[0] / 2 * mm
        number = document.page - self.first_page + 1
        if number > 1:
            canvas.setFont(self.family.regular, official.NUMBER_PT)
            canvas.drawCentredString(middle, (self.page_mm[1] - _HEAD_OF_PAGE_MM) * mm, str(number))
        canvas.setFont(self.family.regular, 8)
        canvas.setFillColor(_QUIET)
        line = self.shown.words(N_("Handling: {handling}", handling=self.report.handling))
        canvas.drawString(official.LEFT_MM * mm, _HEAD_OF_PAGE_MM * mm, line)
        canvas.restoreState()

    def _story(self) -> list[Flowable]:
        if self.letterhead is None:
            return [*self._head(), *self._body(self.report.blocks), *self._about()]
        blocks, annexes = parted(self.report, self.shown)
        *body, closing = self._body(blocks)
        # The signature never stands alone on a page.
        signed = KeepTogether([closing, *_official_foot(self, self.letterhead)])
        story = [*_official_head(self, self.letterhead), *body, signed]
        for annex in annexes:
            story += _annex_head(self, self.letterhead, annex)
            story += self._body(annex.blocks, annex.title)
        return story

    def _head(self) -> list[Flowable]:
        shown, styles = self.shown, self.styles
        subject = shown.line(self.report.subject)
        return [
            _text(shown.line(self.report.mission), styles["mission"]),
            _text(shown.text(self.report.title), styles["title"]),
            *([_text(subject, styles["subject"])] if subject else []),
            HRFlowable(width="100%", thickness=1, color=TABLE_LINE, spaceBefore=4, spaceAfter=8),
        ]

    def _body(self, blocks: Iterable[Block], above: str = "") -> list[Flowable]:
        found: list[Flowable] = []
        heads: CondPageBreak | None = None
        for block in arranged(blocks, self.shown, is_official=self.is_official, above=above):
            made = self._block(block)
            first = made[0] if made else None
            if heads is not None and isinstance(first, CondPageBreak):
                # What stands under a heading asks for its room together with it.
                heads.height += max(first.height - _KEEP_WITH_NEXT_PT, 0.0) + _CAPTION_PT
                del made[0]
            if not isinstance(block, Heading):
                heads = None
            elif heads is None:
                heads = first
            found.extend(made)
        return found

    def _block(self, block: Block) -> list[Flowable]:
        shown, styles = self.shown, self.styles
        if isinstance(block, Heading):
            style = styles["heading1" if block.level == 1 else "heading2"]
            return [CondPageBreak(_KEEP_WITH_NEXT_PT), _text(shown.line(block.text), style)]
        if isinstance(block, Paragraph):
            style = styles["note" if block.is_note else "body"]
            return [_text(each, style) for each in shown.line(block.text).splitlines()]
        if isinstance(block, Narrative):
            if block.text:
                return [_text(each, styles["body"]) for each in shown.line(block.text).splitlines()]
            return [_text(f"[{shown.text(block.prompt)}]", styles["note"])]
        if isinstance(block, Bullets):
            return [_text(f"–  {shown.text(each)}", styles["bullet"]) for each in block.items]
        if isinstance(block, Chart):
            return self._chart(block)
        return self._rows(block)

    def _chart(self, chart: Chart) -> list[Flowable]:
        if not any(any(each.values) for each in chart.series):
            return []
        drawing = drawing_of(chart, self.shown, self.family, self.width)
        return [
            CondPageBreak(drawing.height + 40),
            _text(self.shown.text(chart.title), self.styles["caption"]),
            drawing,
            Spacer(1, 8),
        ]

    def _rows(self, block: Facts | Figures | Table) -> list[Flowable]:
        shown, styles = self.shown, self.styles
        if isinstance(block, Facts):
            pairs = [
                (each.label, each.value) for each in block.pairs if each.value not in {None, ""}
            ]
            return [self._pairs([(shown.line(a), shown.text(b)) for a, b in pairs]), Spacer(1, 6)]
        if isinstance(block, Figures):
            lines = [(shown.text(each.label), shown.text(each.value)) for each in block.items]
            return [self._pairs(lines, is_number=True), Spacer(1, 6)]
        if not block.rows:
            return [
                *self._caption(block),
                _text(shown.text(block.empty), styles["note"]),
            ]
        table = self._table(block)
        least = min(table.least_pt(self.height * _WHOLE_SHARE) + _CAPTION_PT, self.height / 2)
        return [
            CondPageBreak(max(least, _KEEP_WITH_NEXT_PT)),
            *self._caption(block),
            table,
            Spacer(1, 8),
        ]

    def _caption(self, table: Table) -> list[Flowable]:
        if table.title is None:
            return []
        return [_text(self.shown.text(table.title), self.styles["caption"])]

    def _table(self, table: Table) -> PagedTable:
        size = _CELL_PT[self.is_official]
        texts = [[self.shown.text(each) for each in row.cells] for row in table.rows]
        heads = [self.shown.text(each.title) for each in table.columns]
        looks = TableLooks(
            family=self.family,
            size_pt=size,
            widths_pt=column_widths(
                [each.width for each in table.columns],
                [heads, *texts],
                self.width,
                lambda text: width_pt(text, self.family.bold, size),
            ),
            aligned=[_ALIGNED[each.align] for each in table.columns],
            page_pt=self.height,
        )
        return paged_table(heads, texts, looks, self._count)

    def _count(self, rows: int) -> None:
        self.watched.done += rows

    def _pairs(self, pairs: list[tuple[str, str]], *, is_number: bool = False) -> Flowable:
        """Return labels and values side by side."""
        label, value = self.styles["label"], self.styles["number" if is_number else "value"]
        rows = [[_text(a, label), _text(b, value)] for a, b in pairs]
        if not rows:
            return Spacer(1, 1)
        parts = (0.78, 0.22) if is_number else (0.34, 0.66)
        style = TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.3, TABLE_LINE),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ]
        )
        return PdfTable(rows, colWidths=[self.width * each for each in parts], style=style)

    def _about(self) -> list[Flowable]:
        shown = self.shown
        caption = _text(shown.words(N_("About this report")), self.styles["caption"])
        about = _text(about_line(self.report, shown), self.styles["value"])
        return [KeepTogether([caption, about])]


def _official_head(page: _PdfReport, letterhead: Letterhead) -> list[Flowable]:
    """Return boxes 1 to 5 and 9a of an official paper."""
    shown, family = page.shown, page.family
    subject = shown.line(page.report.subject) or shown.text(page.report.title)
    texts = official.boxes(letterhead, subject, letterhead.issued_on or page.report.on)
    left, right = page.width * official.LEFT_SHARE, page.width * (1 - official.LEFT_SHARE)
    body = _head_lines(page, texts)
    head = PdfTable(
        body,
        colWidths=[left, right],
        style=TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("ALIGN", (0, 0), (-1, -1), "CENTER"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        ),
    )
    rule = width_pt(texts.subject, family.bold, official.MOTTO_PT) * official.RULE_OF_BODY
    return [
        head,
        Spacer(1, 14),
        _text(texts.kind, page.styles["centred_bold"]),
        _text(texts.subject, page.styles["centred_bold"]),
        _rule(min(rule, page.width * official.RULE_OF_BODY)),
        Spacer(1, 10),
        *(
            _text(each, page.styles["addressee"])
            for each in official.addressee_lines(texts.addressees)
        ),
        Spacer(1, 6),
    ]


def _head_lines(page: _PdfReport, texts: official.Boxes) -> list[list[Any]]:
    styles, family = page.styles, page.family
    motto_rule = width_pt(official.MOTTO, family.bold, official.MOTTO_PT)
    lines = official.body_lines(texts.body)
    body_rule = width_pt(lines[-1], family.bold, official.TITLE_PT) * official.RULE_OF_BODY
    left = [
        _text(texts.superior, styles["superior"]),
        *(_text(each, styles["issuer"]) for each in lines),
        _rule(min(body_rule, page.width * 0.2)),
        _text(texts.number, styles["centred"]),
    ]
    right = [
        _text(official.NATIONAL_TITLE, styles["national"]),
        _text(official.MOTTO, styles["motto"]),
        _rule(motto_rule),
        _text(texts.place_and_date, styles["place"]),
    ]
    return [[left, right]]


def _official_foot(page: _PdfReport, letterhead: Letterhead) -> list[Flowable]:
    """Return boxes 7 and 9b: recipients at the left, signature at the right."""
    texts = official.boxes(letterhead, "", letterhead.issued_on or page.report.on)
    left = [_text("Nơi nhận:", page.styles["recipients_title"])]
    left += [_text(each, page.styles["recipients"]) for each in texts.recipients]
    right = [_text(texts.authority, page.styles["centred_bold"]), Spacer(1, 62)]
    right.append(_text(texts.signatory, page.styles["centred_bold"]))
    block = PdfTable(
        [[left, right]],
        colWidths=[page.width * 0.5] * 2,
        style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)]),
    )
    return [Spacer(1, 16), block]


class _FirstPage(Flowable):  # type: ignore[misc]
    """Takes no room; the page it lands on is the first of an annex."""

    def __init__(self, report: _PdfReport) -> None:
        super().__init__()
        self.report = report

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return no size."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Let the pages be numbered from here."""
        self.report.first_page = self.canv.getPageNumber()


def _annex_head(page: _PdfReport, letterhead: Letterhead, annex: Annex) -> list[Flowable]:
    """Return the head of an annex on a page of its own: name, title, the paper it belongs to."""
    line = official.annex_line(letterhead, letterhead.issued_on or page.report.on)
    return [
        PageBreak(),
        _FirstPage(page),
        _text(annex.name, page.styles["annex"]),
        _text(annex.title, page.styles["annex"]),
        _text(line, page.styles["annex_of"]),
        Spacer(1, 12),
    ]


def _rule(width: float) -> HRFlowable:
    return HRFlowable(
        width=width, thickness=0.75, color=_INK, spaceBefore=1.5, spaceAfter=3, hAlign="CENTER"
    )


def _text(text: str, style: ParagraphStyle) -> PdfParagraph:
    """Return a paragraph of plain text; what looks like markup is shown as it is."""
    return PdfParagraph(marked(text, style.fontName), style)


def _styles(family: Family, *, is_official: bool) -> dict[str, ParagraphStyle]:
    size = official.BODY_PT if is_official else 10.0
    cell = _CELL_PT[is_official]

    def style(
        name: str, points: float = size, *, font: str = family.regular, **more: Any
    ) -> ParagraphStyle:
        return ParagraphStyle(name, fontName=font, fontSize=points, leading=points * 1.3, **more)

    centred = {"alignment": TA_CENTER}
    body: dict[str, Any] = {"spaceAfter": 6}
    if is_official:
        body |= {"alignment": TA_JUSTIFY, "firstLineIndent": official.FIRST_LINE_MM * mm}
    return {
        each.name: each
        for each in (
            style("body", **body),
            style("note", size - 1, font=family.italic, textColor=_QUIET, spaceAfter=6),
            style("bullet", leftIndent=14, spaceAfter=4),
            style("heading1", size + 1, font=family.bold, spaceBefore=12, spaceAfter=5),
            style("heading2", size, font=family.bold, spaceBefore=9, spaceAfter=4),
            style("caption", size, font=family.bold, spaceBefore=6, spaceAfter=4),
            style("label", cell, textColor=_INK if is_official else _QUIET),
            style("value", cell),
            style("number", cell + 1, font=family.bold, alignment=TA_RIGHT),
            style("mission", 10, textColor=_QUIET),
            style("title", 18, font=family.bold, spaceBefore=2),
            style("subject", 12, font=family.bold, spaceBefore=2),
            style("national", official.TITLE_PT, font=family.bold, **centred),
            style("motto", official.MOTTO_PT, font=family.bold, **centred),
            style("superior", official.TITLE_PT, **centred),
            style("issuer", official.TITLE_PT, font=family.bold, **centred),
            style("centred", official.NUMBER_PT, **centred),
            style("centred_bold", official.MOTTO_PT, font=family.bold, **centred),
            style("place", official.MOTTO_PT, font=family.italic, **centred),
            style("annex", official.ANNEX_PT, font=family.bold, **centred),
            style("annex_of", official.BODY_PT, font=family.italic, **centred),
            style("addressee", official.BODY_PT, **centred),
            style("recipients_title", official.RECIPIENTS_TITLE_PT, font=family.bold_italic),
            style("recipients", official.RECIPIENTS_PT),
        )
    }
