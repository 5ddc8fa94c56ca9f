"""Where pages end: headings stay with their rows, no row stands alone; charts have room."""

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from tests.integration.reports.test_writing import EN, FONTS, VI, make_report_of, pages_of

from embassy_desk.reports.document import (
    Block,
    Chart,
    ChartForm,
    Column,
    Heading,
    Paragraph,
    Row,
    Series,
    Table,
)
from embassy_desk.reports.writers.pdf_writer import write_pdf
from embassy_desk.reports.writers.xlsx_writer import write_xlsx

_SHEET = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def table_of(rows: int, title: str | None = None) -> Table:
    return Table(title, (Column("Head"),), tuple(Row((f"row {no};",)) for no in range(rows)))


def pages_with(folder: Path, *blocks: Block) -> list[str]:
    write_pdf(folder / "r.pdf", make_report_of(*blocks), VI, FONTS)
    return pages_of(folder / "r.pdf")


@pytest.mark.parametrize("lines", range(28, 40))
def test_a_heading_stands_on_the_page_of_the_first_rows_below_it(
    tmp_path: Path, lines: int
) -> None:
    above = [Paragraph(f"line {no}") for no in range(lines)]
    headings = (Heading("Steps", 1), Heading("taken", 2))
    pages = pages_with(tmp_path, *above, *headings, table_of(60))
    (page,) = (each for each in pages if "Steps" in each)
    assert "taken" in page
    assert "row 1;" in page


@pytest.mark.parametrize("lines", range(24, 36))
def test_a_short_table_is_not_broken(tmp_path: Path, lines: int) -> None:
    above = [Paragraph(f"line {no}") for no in range(lines)]
    pages = pages_with(tmp_path, *above, table_of(8, "Short"))
    (page,) = (each for each in pages if "Short" in each)
    assert "row 7;" in page


def test_the_last_row_of_a_long_table_never_stands_on_a_page_alone(tmp_path: Path) -> None:
    on_second_pages = set()
    for rows in range(36, 48):
        pages = pages_with(tmp_path, table_of(rows))
        found = [re.findall(r"row (\d+);", page) for page in pages]
        assert [int(no) for page in found for no in page] == list(range(rows))
        on_second_pages |= {len(each) for each in found[1:] if each}
    assert min(on_second_pages) == 2


def test_a_chart_of_a_workbook_has_room_for_each_category_and_says_its_numbers(
    tmp_path: Path,
) -> None:
    names = tuple(f"A stage with a long name {no}" for no in range(30))
    one, two = (Series(each, tuple(range(30))) for each in ("One", "Two"))
    charts = (Chart("Bars", names, (one,)), Chart("Both", names, (one, two), ChartForm.STACKED))
    write_xlsx(tmp_path / "r.xlsx", make_report_of(*charts), EN)
    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        drawing = etree.fromstring(archive.read("xl/drawings/drawing1.xml"))
        drawn = [etree.fromstring(archive.read(f"xl/charts/chart{no}.xml")) for no in (1, 2)]
    places = [
        [int(each.findtext(f"{_SHEET}row")) for each in (anchor[0], anchor[1])]
        for anchor in drawing.iter(f"{_SHEET}twoCellAnchor")
    ]
    (first, last), (following, _) = places
    assert last - first >= 30
    assert following > last
    assert [each.find(f".//{_CHART}showVal") is not None for each in drawn] == [True, False]
