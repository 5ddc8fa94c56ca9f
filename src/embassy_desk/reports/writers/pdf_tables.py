"""Tables of any length in PDF: laid out a page at a time, with the heads repeated.

The library's own long table copies all rows that are left at each page, and wraps each cell three
times: ten times the rows would take forty times as long. Here each cell is broken into lines once,
from widths of words that are measured once, and only the rows of the page become a table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, LongTable, TableStyle
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import Table as PdfTable

from embassy_desk.reports.writers.fonts import Family, width_pt
from embassy_desk.reports.writers.pdf_letters import is_covered, marked

TABLE_LINE = HexColor("#999999")
_HEAD_FILL = HexColor("#eef1f4")
_LEADING = 1.25
_ABOVE_PT, _BELOW_PT, _SIDE_PT = 2.0, 3.0, 3.0
_BEYOND_PT = 1.0
_AT_LEAST = 2


@dataclass(frozen=True)
class TableLooks:
    """What a table looks like.

    Attributes:
        family: Its font; heads are bold.
        size_pt: Size of its letters.
        widths_pt: Widths of the columns.
        aligned: `LEFT`, `RIGHT` or `CENTER` for each column.
        page_pt: Height of a whole page; a row that is taller is broken.
    """

    family: Family
    size_pt: float
    widths_pt: Sequence[float]
    aligned: Sequence[str]
    page_pt: float


@dataclass(frozen=True)
class _Laid:
    """A row on its way to paper: its cells as the library takes them, and its height."""

    cells: tuple[Any, ...]
    height: float


class _Breaker:
    """Breaks the texts of one font into lines as wide as a column."""

    def __init__(self, looks: TableLooks, font: str) -> None:
        self._looks = looks
        self._style = ParagraphStyle(
            font, fontName=font, fontSize=looks.size_pt, leading=looks.size_pt * _LEADING
        )
        self._widths: dict[str, float] = {}

    def row(self, texts: Sequence[str]) -> _Laid:
        """Return a row with its texts broken into lines."""
        cells, height = [], 0.0
        for text, width in zip(texts, self._looks.widths_pt, strict=True):
            cell, needed = self._cell(text, width - 2 * _SIDE_PT)
            cells.append(cell)
            height = max(height, needed)
        return _Laid(tuple(cells), height + _ABOVE_PT + _BELOW_PT)

    def _cell(self, text: str, width: float) -> tuple[Any, float]:
        font = self._style.fontName
        lines = [line for each in text.splitlines() or [""] for line in self._lines(each, width)]
        if None not in lines and is_covered(text, font):
            return "\n".join(map(str, lines)), len(lines) * self._style.leading
        # A word that is wider than the column, or of another font, is left to the library.
        paragraph = PdfParagraph(marked(text, font), self._style)
        return paragraph, paragraph.wrap(width, self._looks.page_pt)[1]

    def _lines(self, text: str, width: float) -> list[str | None]:
        """Return the lines of a text; nothing stands for a word that is too wide."""
        found: list[str | None] = []
        line, room, space = "", width, self._width(" ")
        for word in text.split():
            wide = self._width(word)
            if wide > width:
                return [None]
            if line and wide + space <= room:
                line, room = f"{line} {word}", room - wide - space
                continue
            if line:
                found.append(line)
            line, room = word, width - wide
        return [*found, line]

    def _width(self, word: str) -> float:
        known = self._widths.get(word)
        if known is None:
            known = width_pt(word, self._style.fontName, self._looks.size_pt)
            self._widths[word] = known
        return known


def paged_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    looks: TableLooks,
    laid: Callable[[int], object],
) -> "PagedTable":
    """Return a table that gives each page the rows that fit on it.

    Args:
        heads: Stand above the columns, on every page.
        rows: The texts of the cells.
        looks: What it looks like.
        laid: Told how many rows have come to paper.
    """
    return PagedTable(_Rows(heads, rows, looks, laid))


class _Rows:
    """The rows that have not come to paper yet."""

    def __init__(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        looks: TableLooks,
        laid: Callable[[int], object],
    ) -> None:
        self.looks = looks
        self.head = _Breaker(looks, looks.family.bold).row(heads)
        self.left = len(rows)
        self._rows = iter(rows)
        self._laid = laid
        self._breaker = _Breaker(looks, looks.family.regular)
        self._ready: list[_Laid] = []

    def fitting(self, height: float) -> tuple[int, float]:
        """Return how many rows fit into a height, and what they need together with the heads."""
        needed, count = self.head.height, 0
        while count < self.left:
            if count == len(self._ready):
                self._ready.append(self._breaker.row(next(self._rows)))
            if needed + self._ready[count].height > height:
                break
            needed += self._ready[count].height
            count += 1
        return count, needed

    def least_pt(self, whole_pt: float) -> float:
        """Return what all rows need if that is no more than this, else heads and two rows."""
        count, needed = self.fitting(whole_pt)
        if count == self.left:
            return needed
        return self.head.height + sum(each.height for each in self._ready[:_AT_LEAST])

    def take(self, count: int) -> list[_Laid]:
        """Return the next rows, which were measured before."""
        taken = self._ready[:count]
        del self._ready[:count]
        self.left -= count
        self._laid(count)
        return taken

    @property
    def is_next_too_tall(self) -> bool:
        """Whether the next row, which was measured before, is taller than a page."""
        return self.head.height + self._ready[0].height > self.looks.page_pt

    def table(self, rows: Sequence[_Laid], *, is_broken: bool = False) -> PdfTable:
        """Return rows as a table of the library."""
        make = LongTable if is_broken else PdfTable
        heights = None if is_broken else [self.head.height, *(each.height for each in rows)]
        return make(
            [self.head.cells, *(each.cells for each in rows)],
            colWidths=list(self.looks.widths_pt),
            rowHeights=heights,
            repeatRows=1,
            splitInRow=int(is_broken),
            style=_style_of(self.looks),
        )


class PagedTable(Flowable):  # type: ignore[misc]
    """The rows that are left; whatever does not fit goes on in another one, as the library asks."""

    def __init__(self, rows: _Rows) -> None:
        super().__init__()
        self._rows = rows

    def least_pt(self, whole_pt: float) -> float:
        """Return the room to begin with: for all rows of a short table, else for two.

        Args:
            whole_pt: A table that is no taller is not broken where a page can hold it.
        """
        return self._rows.least_pt(whole_pt)

    def wrap(self, _width: float, height: float) -> tuple[float, float]:
        """Return the size, or a little more than there is room for."""
        count, needed = self._rows.fitting(height)
        is_whole = count == self._rows.left
        return sum(self._rows.looks.widths_pt), needed if is_whole else height + _BEYOND_PT

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the rows that fit as a table, and the rest; nothing if none fits."""
        rows = self._rows
        count, _ = rows.fitting(height)
        if rows.left - count == 1 and count > _AT_LEAST:
            count -= 1  # the last row does not stand on a page alone
        if count:
            parts = [rows.table(rows.take(count))]
        elif rows.is_next_too_tall:
            parts = rows.table(rows.take(1), is_broken=True).split(width, height)
        else:
            return []
        return [*parts, PagedTable(rows)] if rows.left else parts

    def draw(self) -> None:
        """Draw the rows that are left; they fit."""
        table = self._rows.table(self._rows.take(self._rows.left))
        table.wrapOn(self.canv, sum(self._rows.looks.widths_pt), self._rows.looks.page_pt)
        table.drawOn(self.canv, 0, 0)


def _style_of(looks: TableLooks) -> TableStyle:
    family, size = looks.family, looks.size_pt
    style: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), family.regular, size, size * _LEADING),
        ("FONT", (0, 0), (-1, 0), family.bold, size, size * _LEADING),
        ("GRID", (0, 0), (-1, -1), 0.4, TABLE_LINE),
        ("BACKGROUND", (0, 0), (-1, 0), _HEAD_FILL),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), _ABOVE_PT),
        ("BOTTOMPADDING", (0, 0), (-1, -1), _BELOW_PT),
        ("LEFTPADDING", (0, 0), (-1, -1), _SIDE_PT),
        ("RIGHTPADDING", (0, 0), (-1, -1), _SIDE_PT),
    ]
    style += [("ALIGN", (no, 0), (no, -1), place) for no, place in enumerate(looks.aligned)]
    return TableStyle(style)
