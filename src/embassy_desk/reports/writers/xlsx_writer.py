"""Reports as XLSX: a sheet to read first, a sheet for each table with real types, native charts."""

import io
import math
import re
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from embassy_desk.domain.watching import STEP, GoingOn, Watched, unwatched
from embassy_desk.reports.document import (
    Both,
    Bullets,
    Chart,
    ChartForm,
    Facts,
    Figures,
    Heading,
    Narrative,
    Pair,
    Paragraph,
    Report,
    Table,
    Value,
    facts_of,
)
from embassy_desk.reports.shown import Shown
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import N_, Text, Words

_DAY_FORMAT = "dd/mm/yyyy"
_NUMBER_FORMAT = "#,##0"
_UNFIT_FOR_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET_NAME = 31
_LONGEST_CELL = 32_767
_WIDEST_COLUMN = 60
_CHART_ROWS, _CHART_PX, _ROW_PX = 18, 640, 20
_GAP_PER_CENT, _GRID = 60, "#D9DEE3"
_FIRST_ROW = 3
_HEAD_HEIGHT_PT = 46
_LINE_PT = 15.0
_TALLEST_ROW_PT = 400.0


def write_xlsx(target: Path, report: Report, words: Words, going_on: GoingOn = unwatched) -> None:
    """Write a report as XLSX, whole or not at all; no text of a record ever becomes a formula.

    Args:
        target: The file.
        report: What it says.
        words: The reader's language.
        going_on: Told how many rows are written; what it raises ends the work.

    Raises:
        StoreError: The file cannot be written; then the former one is untouched.
    """
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, options)
    watched = Watched(going_on, report.row_count)
    _XlsxReport(report, Shown(words), book, watched).fill()
    book.close()
    watched.tell()
    write_whole(target, made.getvalue())


class _WatchedSheet(Worksheet):  # type: ignore[misc]
    """A sheet that can be stopped while the library writes the whole book, when it is closed.

    Filling the cells only collects them; what takes time comes at the end, row by row.
    """

    watched: Watched

    def _write_row(self, row: int, *more: Any, **named: Any) -> None:
        if row % STEP == 0:
            self.watched.tell()
        super()._write_row(row, *more, **named)


class _XlsxReport:
    """One report on its way into a workbook."""

    def __init__(self, report: Report, shown: Shown, book: Any, watched: Watched) -> None:
        self.report = report
        self.shown = shown
        self.book = book
        self.names: set[str] = set()
        self.watched = watched
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 15})
        self.quiet = book.add_format({"font_color": "#555555"})
        self.head = book.add_format({"bold": True, "bg_color": "#EEF1F4", "border": 1,
                                     "text_wrap": True, "valign": "top"})  # fmt: skip
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": _DAY_FORMAT, "valign": "top", "align": "left"})
        self.number = book.add_format({"num_format": _NUMBER_FORMAT, "valign": "top"})

    def fill(self) -> None:
        """Write every sheet; the first one tells what the others hold."""
        self.book.set_properties(
            {
                "title": self.shown.text(self.report.title),
                "author": self.shown.line(self.report.mission),
            }
        )
        self._summary()
        above: Text | Both | str | None = None
        for block in self.report.blocks:
            if isinstance(block, Table):
                self._table(block, self.shown.text(above or block.title))
            above = block.text if isinstance(block, Heading) else None
        charts = [each for each in self.report.blocks if isinstance(each, Chart)]
        if any(each.categories for each in charts):
            self._charts([each for each in charts if each.categories])

    def _sheet(self, title: str) -> Any:
        """Return a new sheet; its name is cut to what a workbook allows and told apart."""
        plain = _UNFIT_FOR_NAME.sub(" ", title).strip()[:_LONGEST_SHEET_NAME] or "–"
        name, no = plain, 2
        while name.casefold() in self.names:
            ending = f" {no}"
            name = plain[: _LONGEST_SHEET_NAME - len(ending)] + ending
            no += 1
        self.names.add(name.casefold())
        sheet = self.book.add_worksheet(name, worksheet_class=_WatchedSheet)
        sheet.watched = self.watched
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_landscape()
        handling = self.shown.words(N_("Handling: {handling}", handling=self.report.handling))
        sheet.set_footer(f"&L{handling}&C&P / &N")
        return sheet

    def _summary(self) -> None:
        shown = self.shown
        sheet = self._sheet(shown.words(N_("Summary")))
        sheet.set_portrait()
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 70)
        sheet.write_string(0, 0, shown.text(self.report.title), self.title)
        sheet.write_string(1, 0, shown.line(self.report.mission), self.quiet)
        sheet.write_string(1, 1, shown.line(self.report.subject), self.bold)
        row = _FIRST_ROW
        for block in self.report.blocks:
            if isinstance(block, Heading):
                row += 1
                sheet.write_string(row, 0, shown.line(block.text), self.bold)
                row += 1
            elif isinstance(block, Facts | Figures):
                for pair in _pairs(block):
                    self._pair(sheet, row, pair)
                    row += 1
            elif isinstance(block, Paragraph | Narrative | Bullets):
                for each in block.items if isinstance(block, Bullets) else (block.text,):
                    sheet.merge_range(row, 0, row, 1, "", self.text)
                    sheet.write_string(row, 0, shown.line(each)[:_LONGEST_CELL], self.text)
                    row += 1
        row += 1
        for pair in facts_of(self.report):
            self._pair(sheet, row, pair)
            row += 1

    def _pair(self, sheet: Any, row: int, pair: Pair) -> None:
        sheet.write_string(row, 0, self.shown.line(pair.label), self.quiet)
        self._value(sheet, row, 1, pair.value)

    def _value(
        self, sheet: Any, row: int, column: int, value: Value, width: float = math.inf
    ) -> int:
        """Write a value as what it is: days and numbers stay such, all else is text.

        Returns:
            How many lines it takes in a column of this width, in characters.
        """
        if value is None or value == "":
            return 1
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, self.day)
            return 1
        if isinstance(value, int) and not isinstance(value, bool):
            sheet.write_number(row, column, value, self.number)
            return 1
        text = self.shown.text(value)[:_LONGEST_CELL]
        sheet.write_string(row, column, text, self.text)
        if len(text) <= width and "\n" not in text:
            return 1
        return sum(max(1, math.ceil(len(each) / width)) for each in text.splitlines())

    def _table(self, table: Table, name: str) -> None:
        """Write a table on a sheet that is named by the heading above it, or by its title."""
        shown = self.shown
        sheet = self._sheet(name)
        for no, column in enumerate(table.columns):
            sheet.set_column(no, no, _width(column.width))
            sheet.write_string(0, no, shown.text(column.title), self.head)
        widths = [_width(each.width) for each in table.columns]
        for no, row in enumerate(self.watched.each(table.rows), 1):
            places = enumerate(zip(row.cells, widths, strict=True))
            lines = max(
                (self._value(sheet, no, at, value, width) for at, (value, width) in places),
                default=1,
            )
            if lines > 1:  # not every program makes room for wrapped texts by itself
                sheet.set_row(no, min(lines * _LINE_PT, _TALLEST_ROW_PT))
        sheet.set_row(0, _HEAD_HEIGHT_PT)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)

    def _charts(self, charts: list[Chart]) -> None:
        """Write the numbers of the charts on one sheet, and the charts beside them."""
        shown = self.shown
        sheet = self._sheet(shown.words(N_("Charts")))
        categories = [shown.text(each) for chart in charts for each in chart.categories]
        labels = [shown.text(each.label) for chart in charts for each in chart.series]
        sheet.set_column(0, 0, _room([*categories, *(shown.text(x.title) for x in charts)]))
        sheet.set_column(1, max(len(each.series) for each in charts), _room(labels))
        name, row = sheet.get_name(), 0
        for chart in charts:
            sheet.write_string(row, 0, shown.text(chart.title), self.bold)
            for no, series in enumerate(chart.series, 1):
                sheet.write_string(row, no, shown.text(series.label), self.head)
            for no, category in enumerate(chart.categories, 1):
                sheet.write_string(row + no, 0, shown.text(category))
                for series_no, series in enumerate(chart.series, 1):
                    sheet.write_number(row + no, series_no, series.values[no - 1])
            picture = self._native(chart, name, row)
            rows = max(len(chart.categories) + 3, _CHART_ROWS)
            picture.set_size({"width": _CHART_PX, "height": rows * _ROW_PX})
            sheet.insert_chart(row, len(chart.series) + 2, picture)
            row += rows + 1

    def _native(self, chart: Chart, sheet_name: str, row: int) -> Any:
        kind = {"type": "bar"}
        if chart.form is ChartForm.STACKED:
            kind["subtype"] = "stacked"
        native = self.book.add_chart(kind)
        last = row + len(chart.categories)
        for no, _ in enumerate(chart.series, 1):
            native.add_series(
                {
                    "name": [sheet_name, row, no],
                    "categories": [sheet_name, row + 1, 0, last, 0],
                    "values": [sheet_name, row + 1, no, last, no],
                    "gap": _GAP_PER_CENT,
                    "data_labels": {"value": len(chart.series) == 1},
                }
            )
        native.set_title({"name": self.shown.text(chart.title), "name_font": {"size": 12}})
        # The first category stands at the top; each has its name.
        native.set_y_axis({"reverse": True, "interval_unit": 1})
        native.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": _GRID}}})
        if len(chart.series) == 1:
            native.set_legend({"none": True})
        return native


def _width(share: int) -> float:
    """Return the width of a column in characters of average width."""
    return min(max(share, 10) * 1.3, _WIDEST_COLUMN)


def _pairs(block: Facts | Figures) -> list[Pair]:
    if isinstance(block, Facts):
        return [each for each in block.pairs if each.value not in {None, ""}]
    return [Pair(each.label, each.value) for each in block.items]


def _room(texts: list[str]) -> float:
    """Return the width of a column that holds these texts in a line each, if it is no giant."""
    return min(max(map(len, texts), default=0) + 3, _WIDEST_COLUMN)
