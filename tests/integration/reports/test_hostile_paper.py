"""Two hundred hostile texts come to paper as they are: no form of a report reads them."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.integration.reports.test_writing import (
    EN,
    FONTS,
    HEAD,
    LETTERS,
    VI,
    docx_text,
    make_report_of,
    pages_of,
)

from embassy_desk.reports.document import (
    Bullets,
    Chart,
    Column,
    Facts,
    Heading,
    Letterhead,
    Narrative,
    Pair,
    Paragraph,
    Report,
    Row,
    Series,
    Table,
)
from embassy_desk.reports.writers.csv_writer import write_csv
from embassy_desk.reports.writers.docx_writer import write_docx
from embassy_desk.reports.writers.pdf_writer import write_pdf
from embassy_desk.reports.writers.xlsx_writer import write_xlsx
from embassy_desk.texts import N_
from makers.hostile import HOSTILE

BLOCKS = (
    *(Heading(each, 2) for each in HOSTILE[::10]),
    *(Paragraph(each) for each in HOSTILE[1::10]),
    *(Narrative("part", N_("What"), each) for each in HOSTILE[2::10]),
    Narrative("part", N_("What"), "pasted\x01 from elsewhere"),
    Bullets(HOSTILE[3::10]),
    Facts(tuple(Pair(each, each) for each in HOSTILE[4::10])),
)


@pytest.fixture
def paper() -> Report:
    """A report with every text in a table, and some wherever else a text can stand."""
    table = Table(HOSTILE[0], (Column(HOSTILE[1], 10),), tuple(Row((each,)) for each in HOSTILE))
    chart = Chart(HOSTILE[2], HOSTILE[:9], (Series(HOSTILE[3], tuple(range(9))),))
    return make_report_of(
        *BLOCKS, chart, table, title=HOSTILE[4], subject=HOSTILE[5], mission=HOSTILE[6]
    )


@pytest.mark.parametrize("head", [None, HEAD])
def test_two_hundred_texts_stand_in_a_pdf_as_they_are(
    paper: Report, tmp_path: Path, head: Letterhead | None
) -> None:
    write_pdf(tmp_path / "r.pdf", paper, VI, FONTS, head)
    printed = "".join("".join(pages_of(tmp_path / "r.pdf")).split())
    assert [each for each in HOSTILE if not re.search(_looked_for(each), printed)] == []
    assert printed.count("田中") >= 20
    links = re.findall(rb"/(?:URI|JavaScript|Launch|EmbeddedFile)\b", _read(tmp_path / "r.pdf"))
    assert links == []


def _looked_for(text: str) -> str:
    """Return a pattern in which only letters of other scripts and those without shape are free."""
    letters = "".join(text.split())
    return "".join(re.escape(x) if x.isascii() or x in LETTERS else ".{0,2}" for x in letters)


def _read(path: Path) -> bytes:
    return path.read_bytes()


@pytest.mark.parametrize("head", [None, HEAD])
def test_two_hundred_texts_stand_in_a_docx_as_they_are(
    paper: Report, tmp_path: Path, head: Letterhead | None
) -> None:
    write_docx(tmp_path / "r.docx", paper, VI, FONTS, head)
    said = docx_text(tmp_path / "r.docx").splitlines()
    assert [each for each in (*HOSTILE, "pasted from elsewhere") if each not in said] == []
    with zipfile.ZipFile(tmp_path / "r.docx") as archive:
        told = b"".join(archive.read(each) for each in archive.namelist() if "rels" in each)
    assert b"TargetMode" not in told


def test_two_hundred_texts_stand_in_a_workbook_as_they_are(paper: Report, tmp_path: Path) -> None:
    write_xlsx(tmp_path / "r.xlsx", paper, EN)
    book = CalamineWorkbook.from_path(str(tmp_path / "r.xlsx"))
    sheets = [book.get_sheet_by_name(each).to_python() for each in book.sheet_names]
    assert any([row[0] for row in rows[1:]] == list(HOSTILE) for rows in sheets)
    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        inside = b"".join(map(archive.read, archive.namelist()))
    assert b"<f>" not in inside
    assert b"TargetMode" not in inside


def test_two_hundred_texts_stand_in_a_csv_as_they_are(paper: Report, tmp_path: Path) -> None:
    write_csv(tmp_path / "r.csv", paper, EN)
    rows = csv.reader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig")))
    assert [row[0] for row in rows] == [HOSTILE[1], *HOSTILE]
