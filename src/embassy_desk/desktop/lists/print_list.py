"""Lists on paper: painted page by page, with what, by which filters, as of when, which page."""

from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter

from embassy_desk.desktop.lists.shown_lines import ShownTable
from embassy_desk.texts import N_, Text, Words

MOST_ROWS = 5_000
"""More lines than anybody reads on paper; longer lists are filtered or written to a file."""

_MARGIN_MM = 14.0
_TITLE_PT, _TEXT_PT, _SMALL_PT = 13.0, 8.5, 7.5
_POINTS_PER_INCH = 72.0
_PADDING_PT = 3.0
_MOST_LINES = 4
_MOST_CHARACTERS = 600  # more than as many lines of a sheet hold
# Not quite black: a preview takes black for “no colour was chosen” and draws the theme's, which
# on white paper is not to be read where the desk is dark.
_INK, _FAINT, _LINE = QColor("#0a0a0a"), QColor("#444444"), QColor("#999999")
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(
    Qt.TextFlag.TextWordWrap
)


@dataclass(frozen=True)
class PaperHead:
    """What stands on every page beside the lines.

    Attributes:
        mission: Whose list it is.
        as_of: Day of printing, in words.
        mark: How the strictest of the records is handled, in words.
        about: What a single record is; empty for a list, of which filters and lines are told.
    """

    mission: str
    as_of: str
    mark: str
    about: str = ""


class ListPaper:
    """Paints a list onto the pages of a printer."""

    def __init__(self, table: ShownTable, head: PaperHead, words: Words, family: str) -> None:
        """Print this table in this language and font."""
        self._table = table
        self._head = head
        self._words = words
        self._family = family

    def prepare(self, printer: QPrinter) -> None:
        """Choose sheet and margins; more than a few columns lie across."""
        is_wide = sum(self._table.widths) > _UPRIGHT_CHARACTERS
        landscape, upright = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
        printer.setPageOrientation(landscape if is_wide else upright)
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        printer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
        printer.setDocName(self._table.title)

    def paint(self, printer: QPrinter) -> None:
        """Paint every page."""
        painter = QPainter(printer)
        page = QRectF(printer.pageLayout().paintRectPixels(printer.resolution()))
        area = QRectF(0, 0, page.width(), page.height())
        sheet = _Sheet(painter, area, printer.resolution() / _POINTS_PER_INCH, self._family)
        pages = self._pages(sheet)
        for number, rows in enumerate(pages, start=1):
            if number > 1:
                printer.newPage()
            self._paint_page(sheet, rows, number, len(pages))
        painter.end()

    def _pages(self, sheet: "_Sheet") -> list[list[tuple[str, ...]]]:
        """Return the rows of each page, as many as fit."""
        widths = sheet.widths(self._table.widths)
        room = sheet.area.height() - self._head_height(sheet) - sheet.line(_SMALL_PT) * 2
        room -= sheet.row_height(self._table.columns, widths)
        pages: list[list[tuple[str, ...]]] = [[]]
        used = 0.0
        for row in self._table.rows:
            height = sheet.row_height(row, widths)
            if pages[-1] and used + height > room:
                pages.append([])
                used = 0.0
            pages[-1].append(row)
            used += height
        return pages

    def _head_height(self, sheet: "_Sheet") -> float:
        return sheet.line(_TITLE_PT) + sheet.line(_SMALL_PT) * 3

    def _told(self) -> tuple[Text | str, Text]:
        """Return the two lines below the title."""
        table, head = self._table, self._head
        if head.about:
            return head.about, N_("{mission} · as of {day}", mission=head.mission, day=head.as_of)
        none = self._words(N_("none"))
        count = self._words.number(len(table.rows))
        return N_("Filters: {filters}", filters=table.filters or none), N_(
            "{mission} · as of {day} · {shown} lines",
            mission=head.mission,
            day=head.as_of,
            shown=count,
        )

    def _paint_page(
        self, sheet: "_Sheet", rows: list[tuple[str, ...]], number: int, total: int
    ) -> None:
        words, table, head = self._words, self._table, self._head
        y = 0.0
        sheet.text(table.title, 0.0, y, _TITLE_PT, is_bold=True)
        sheet.text(head.mark, 0.0, y, _TITLE_PT, is_bold=True, is_right=True)
        y += sheet.line(_TITLE_PT)
        chosen, told = self._told()
        sheet.text(words(chosen), 0.0, y, _SMALL_PT)
        y += sheet.line(_SMALL_PT)
        sheet.text(words(told), 0.0, y, _SMALL_PT)
        y += sheet.line(_SMALL_PT) * 2
        widths = sheet.widths(table.widths)
        y = sheet.row(table.columns, widths, y, is_bold=True)
        for row in rows:
            y = sheet.row(row, widths, y)
        foot = sheet.area.height() - sheet.line(_SMALL_PT)
        sheet.text(words(N_("Page {number} of {total}", number=number, total=total)), 0.0, foot,
                   _SMALL_PT, is_right=True)  # fmt: skip
        sheet.text(head.mark, 0.0, foot, _SMALL_PT)


_UPRIGHT_CHARACTERS = 100


class _Sheet:
    """Measures and paints text on one sheet; all lengths in dots of the printer."""

    def __init__(self, painter: QPainter, area: QRectF, per_point: float, family: str) -> None:
        self._painter = painter
        self.area = area
        self._per_point = per_point
        self._family = family

    def _font(self, points: float, *, is_bold: bool = False) -> QFont:
        font = QFont(self._family)
        font.setPixelSize(max(1, round(points * self._per_point)))
        font.setBold(is_bold)
        return font

    def line(self, points: float) -> float:
        return QFontMetricsF(self._font(points)).lineSpacing()

    def widths(self, characters: tuple[int, ...]) -> list[float]:
        whole = sum(characters)
        return [self.area.width() * each / whole for each in characters]

    def row_height(self, cells: tuple[str, ...], widths: list[float]) -> float:
        padding = _PADDING_PT * self._per_point
        metrics = QFontMetricsF(self._font(_TEXT_PT))
        most = metrics.lineSpacing() * _MOST_LINES
        heights = [
            metrics.boundingRect(
                QRectF(0, 0, width - padding, 1e6), _WRAPPED, _start(text)
            ).height()
            for text, width in zip(cells, widths, strict=True)
        ]
        return min(most, max([metrics.lineSpacing(), *heights])) + padding

    def row(
        self, cells: tuple[str, ...], widths: list[float], y: float, *, is_bold: bool = False
    ) -> float:
        """Paint one row and return where the next one begins."""
        padding = _PADDING_PT * self._per_point
        height = self.row_height(cells, widths)
        painter, x = self._painter, 0.0
        painter.setFont(self._font(_TEXT_PT, is_bold=is_bold))
        painter.setPen(_INK)
        for text, width in zip(cells, widths, strict=True):
            area = QRectF(x, y + padding / 2, width - padding, height - padding)
            painter.save()
            painter.setClipRect(area)
            painter.drawText(area, _WRAPPED, _start(text))
            painter.restore()
            x += width
        painter.setPen(QPen(_LINE, self._per_point * (0.9 if is_bold else 0.4)))
        painter.drawLine(0, round(y + height), round(self.area.width()), round(y + height))
        return y + height

    def text(
        self, text: str, x: float, y: float, points: float, *, is_bold: bool = False,
        is_right: bool = False,
    ) -> None:  # fmt: skip
        font = self._font(points, is_bold=is_bold)
        self._painter.setFont(font)
        self._painter.setPen(_INK if is_bold else _FAINT)
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        area = QRectF(x, y, self.area.width() - x, self.line(points))
        shown = QFontMetricsF(font).elidedText(
            _start(text), Qt.TextElideMode.ElideRight, area.width()
        )
        self._painter.drawText(area, int(side | Qt.AlignmentFlag.AlignTop), shown)


def _start(text: str) -> str:
    return text[:_MOST_CHARACTERS]
