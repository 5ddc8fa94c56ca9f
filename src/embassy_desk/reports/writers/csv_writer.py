"""Reports as CSV: the tables one after another, for other programs.

UTF-8 with a mark at the beginning, by which spreadsheets know it. A text that a spreadsheet would
take for a formula gets an apostrophe before it (`texts/cells.py`).
"""

import csv
import io
from datetime import date
from pathlib import Path

from embassy_desk.domain.watching import GoingOn, Watched, unwatched
from embassy_desk.reports.document import Report, Value
from embassy_desk.reports.shown import Shown
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import Words
from embassy_desk.texts.cells import guarded


def write_csv(target: Path, report: Report, words: Words, going_on: GoingOn = unwatched) -> None:
    """Write the tables of a report as CSV, whole or not at all; days are ISO 8601.

    Args:
        target: The file.
        report: What it says.
        words: The reader's language.
        going_on: Told how many rows are written; what it raises ends the work.

    Raises:
        StoreError: The file cannot be written; then the former one is untouched.
    """
    shown = Shown(words)
    watched = Watched(going_on, report.row_count)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for no, table in enumerate(report.tables):
        if no:
            writer.writerow([])
        if len(report.tables) > 1:
            writer.writerow([guarded(shown.line(table.title or ""))])
        writer.writerow([guarded(shown.text(each.title)) for each in table.columns])
        for row in watched.each(table.rows):
            writer.writerow([_cell(each, shown) for each in row.cells])
    watched.tell()
    write_whole(target, text.getvalue().encode("utf-8-sig"))


def _cell(value: Value, shown: Shown) -> str | int:
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return value
    return guarded(shown.text(value))
