"""Writing reports, each form beside its own library writing the same cells and nothing else."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import docx
import xlsxwriter
from figures import Goal, Row, compared
from reportlab.lib.pagesizes import A4
from reportlab.platypus import LongTable, SimpleDocTemplate

from embassy_desk.domain.engagement import EngagementKind
from embassy_desk.reports import document as model
from embassy_desk.reports.writers.docx_writer import write_docx
from embassy_desk.reports.writers.pdf_writer import write_pdf
from embassy_desk.reports.writers.xlsx_writer import write_xlsx
from embassy_desk.settings.places import resources, translations
from embassy_desk.texts import N_, Words

_YEAR, _SHEET = 2_200, 50_000
_PAPER_GOAL = Goal("≤ 3 s", median_ms=3_000)
_SHEET_GOAL = Goal("≤ 5 s", median_ms=5_000)
_FONTS = resources() / "fonts"
_KINDS = tuple(EngagementKind)


def rows(folder: Path, *, rounds: int) -> list[Row]:
    """Measure a year's report (2,000 engagements, 200 agreements) and a sheet of 50,000 rows.

    Args:
        folder: For files that are thrown away.
        rounds: How often each is written.
    """
    words = Words("vi", translations())
    found = []
    for count, goal in ((_YEAR // 10, _PAPER_GOAL), (_YEAR, _PAPER_GOAL)):
        report = _report(count)
        docx_ours = partial(write_docx, folder / "r.docx", report, words, _FONTS)
        pdf_ours = partial(write_pdf, folder / "r.pdf", report, words, _FONTS)
        floors = partial(_docx_floor, report, folder), partial(_pdf_floor, report, folder)
        for form, ours, floor in zip(("DOCX", "PDF"), (docx_ours, pdf_ours), floors, strict=True):
            what = f"report of {count:,} rows as {form}"
            found.append(compared(what, count, [(ours, floor)], goal, rounds=rounds))
    for count in (_SHEET // 10, _SHEET):
        report = _report(count)
        ours = partial(write_xlsx, folder / "r.xlsx", report, words)
        floor = partial(_xlsx_floor, report, folder)
        what = f"report of {count:,} rows as XLSX"
        found.append(compared(what, count, [(ours, floor)], _SHEET_GOAL, rounds=rounds))
    return found


def _report(count: int) -> model.Report:
    first = date(2026, 1, 1)
    columns = tuple(model.Column(N_("What"), width) for width in (10, 11, 28, 26, 14))
    lines = tuple(
        model.Row(
            (
                first + timedelta(days=no % 365),
                _KINDS[no % len(_KINDS)],
                f"Trao đổi về hợp tác chuyển đổi số và trung tâm dữ liệu, phiên thứ {no}",
                f"Ông Nguyễn Văn Hùng {no}, Bộ Khoa học và Công nghệ",
                f"TOK-ENG-A7K2-{no:04}",
            )
        )
        for no in range(count)
    )
    return model.Report(
        name="bench",
        title=N_("Engagements"),
        as_of=datetime(2026, 11, 22, tzinfo=UTC),
        on=date(2026, 11, 22),
        blocks=(model.Table(N_("Engagements"), columns, lines),),
    )


def _texts(report: model.Report) -> list[list[str]]:
    return [[str(cell) for cell in row.cells] for row in report.tables[0].rows]


def _docx_floor(report: model.Report, folder: Path) -> None:
    """Write the cells as paragraphs, which python-docx does quickest."""
    paper = docx.Document()
    for row in _texts(report):
        paper.add_paragraph("\t".join(row))
    paper.save(str(folder / "floor.docx"))


def _pdf_floor(report: model.Report, folder: Path) -> None:
    """Write the cells without wrapping, which reportlab does quickest."""
    table = LongTable([[cell[:20] for cell in row] for row in _texts(report)], repeatRows=1)
    SimpleDocTemplate(str(folder / "floor.pdf"), pagesize=A4).build([table])


def _xlsx_floor(report: model.Report, folder: Path) -> None:
    with xlsxwriter.Workbook(str(folder / "floor.xlsx"), {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for no, row in enumerate(_texts(report)):
            sheet.write_row(no, 0, row)
