"""Tables as CSV and XLSX files that no spreadsheet runs as formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeGuard

from embassy_desk.domain.errors import RefusedError
from embassy_desk.interchange.marks import Mark
from embassy_desk.settings.files import replaced
from embassy_desk.texts import N_
from embassy_desk.texts.cells import guarded, kept_whole

Value = str | int | float | bool | date | datetime | None
"""What a cell may hold; nothing is an empty cell."""

MAX_SHEET_ROWS = 1_048_576
MAX_CELL_CHARACTERS = 32_767

_FIRST_EXCEL_YEAR = 1900
_A4_PAPER = 9
_LONGEST_HEAD = 200  # a workbook holds 255 characters of it
_MIN_WIDTH, _MAX_WIDTH = 8, 60
"""Widths of columns, in characters."""

_WORKBOOK_OPTIONS = {
    # Rows would otherwise be kept in a readable file in the system's folder for such files.
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_table(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    mark: Mark | None = None,
) -> None:
    """Write a table to a file, whole or not at all; the ending of its name says how.

    A `.csv` file is in UTF-8 with a byte order mark, so that Excel shows Vietnamese; days are
    ISO 8601, and texts that a spreadsheet would run get an apostrophe that reading takes off. In
    an `.xlsx` file texts are text cells and days are days, shown as dd/mm/yyyy. A mark stands in a
    line above the header; in a workbook on paper, in its properties and on a sheet of its own.

    Raises:
        RefusedError: The name has another ending, or the sheet cannot hold the table.
        StoreError: The file cannot be written.
    """
    writers = {".csv": _write_csv, ".xlsx": _write_workbook}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise RefusedError(
            N_("A table is written to a .csv or an .xlsx file, not to “{name}”.", name=path.name)
        )
    with replaced(path) as stream:
        writer(stream, columns, rows, mark)


def _write_csv(
    stream: BinaryIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    mark: Mark | None,
) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if mark is not None:
        writer.writerow([guarded(mark.text)])
    writer.writerow([guarded(each) for each in columns])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    text.flush()
    text.detach()  # closing it would close the file that is not yet in place


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guarded(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _write_workbook(
    stream: BinaryIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    mark: Mark | None,
) -> None:
    import xlsxwriter  # noqa: PLC0415  loaded when it is used

    with xlsxwriter.Workbook(stream, _WORKBOOK_OPTIONS) as workbook:
        sheet = workbook.add_worksheet()
        head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        day = workbook.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        widths = [_MIN_WIDTH] * len(columns)
        for place, heading in enumerate(columns):
            sheet.write_string(0, place, heading, head)
        last = 0
        for last, row in enumerate(rows, start=1):
            if last >= MAX_SHEET_ROWS:
                raise RefusedError(N_("A sheet holds {limit} rows.", limit=MAX_SHEET_ROWS - 1))
            for place, value in enumerate(row):
                _write_cell(sheet, last, place, value, text=text, day=day)
                widths[place] = max(widths[place], _width(value))
        _lay_out(sheet, columns, widths, last)
        if mark is not None:
            _mark(workbook, sheet, mark)


def _write_cell(sheet: Any, row: int, place: int, value: Value, *, text: Any, day: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif _is_excel_day(value):
        sheet.write_datetime(row, place, value, day)
    elif value is not None and value != "":
        written = kept_whole(value) if isinstance(value, str) else value.isoformat()
        if len(written) > MAX_CELL_CHARACTERS:
            raise RefusedError(
                N_(
                    "Row {row} has a text of more than {limit} characters, which no cell of a "
                    "workbook holds. Write a .csv file instead.",
                    row=row + 1,
                    limit=MAX_CELL_CHARACTERS,
                )
            )
        sheet.write_string(row, place, written, text)


def _is_excel_day(value: Value) -> TypeGuard[date]:
    """Say whether it is a day that a workbook can hold; points in time need their offset."""
    if not isinstance(value, date) or isinstance(value, datetime):
        return False
    return value.year >= _FIRST_EXCEL_YEAR


def _mark(workbook: Any, sheet: Any, mark: Mark) -> None:
    """Say what the file is on every page of paper, in its properties and on its last sheet."""
    handling, *_ = mark.lines
    head = f"{mark.title} · {handling}".replace("&", "&&")
    sheet.set_header(f"&L{head[:_LONGEST_HEAD]}&R&D")
    sheet.set_footer("&C&P / &N")
    workbook.set_properties({"title": mark.title, "subject": handling, "comments": mark.text})
    about = workbook.add_worksheet(mark.about)
    about.set_column(0, 0, _MAX_WIDTH)
    for row, line in enumerate((mark.title, *mark.lines)):
        about.write_string(row, 0, line)


def _width(value: Value) -> int:
    if not isinstance(value, str):
        return len("00/00/0000")
    return min(_MAX_WIDTH, max((len(line) for line in value.split("\n")), default=0) + 1)


def _lay_out(sheet: Any, columns: Sequence[str], widths: Sequence[int], last: int) -> None:
    """Make the sheet easy to read and to print: header in view, filters, A4 across."""
    for place, heading in enumerate(columns):
        sheet.set_column(place, place, max(widths[place], min(_MAX_WIDTH, len(heading) + 3)))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(_A4_PAPER)
    sheet.fit_to_pages(1, 0)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
