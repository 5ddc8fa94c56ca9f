"""Nothing is lost on the way to paper: no letter, no row, however long a table is."""

import re
from pathlib import Path

from python_calamine import CalamineWorkbook
from tests.integration.reports.test_writing import (
    EN,
    FONTS,
    LETTERS,
    VI,
    make_report_of,
    pages_of,
)

from embassy_desk.reports.document import Column, Paragraph, Row, Table
from embassy_desk.reports.writers.pdf_writer import write_pdf
from embassy_desk.reports.writers.xlsx_writer import write_xlsx
from embassy_desk.texts import N_


def test_letters_that_our_fonts_lack_are_never_left_out_of_a_pdf(tmp_path: Path) -> None:
    names = ("近藤 美香", "张伟", "홍길동", "Владимир", "Ελένη")
    table = Table("Tên", (Column("Tên"),), tuple(Row((each,)) for each in (*names, "สมชาย")))
    write_pdf(tmp_path / "r.pdf", make_report_of(Paragraph(", ".join(names)), table), VI, FONTS)
    (page,) = pages_of(tmp_path / "r.pdf")
    for each in names:
        assert page.count(each) == 2, each
    assert "□□□□□" in page


def test_a_table_of_many_pages_repeats_its_heads_and_loses_no_row(tmp_path: Path) -> None:
    rows = tuple(Row((f"dòng {no}", "chữ " * (no % 40 + 1))) for no in range(300))
    tall = Row(("cao", "rất " * 6_000))
    table = Table("Bảng", (Column("Số"), Column("Nội dung", 40)), (*rows, tall, *rows))
    write_pdf(tmp_path / "r.pdf", make_report_of(table), VI, FONTS)
    pages = pages_of(tmp_path / "r.pdf")
    said = " ".join(pages)
    assert [int(each) for each in re.findall(r"dòng (\d+)", said)] == [*range(300), *range(300)]
    assert said.count("rất") == 6_000
    assert len(pages) > 20
    assert sum("Nội dung" in each for each in pages) >= len(pages) - 1


def test_every_accented_letter_is_in_a_workbook(tmp_path: Path) -> None:
    columns = (Column(N_("What")),)
    rows = tuple(Row((each,)) for each in LETTERS)
    write_xlsx(tmp_path / "r.xlsx", make_report_of(Table(N_("Posts"), columns, rows)), EN)
    book = CalamineWorkbook.from_path(str(tmp_path / "r.xlsx"))
    cells = [row[0] for row in book.get_sheet_by_name("Posts").to_python()[1:]]
    assert len(cells) == 134
    assert cells == list(LETTERS)
