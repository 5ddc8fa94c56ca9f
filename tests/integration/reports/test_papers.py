"""An official paper measured on its pages, and its annexes behind the signature."""

from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx.oxml.ns import qn
from tests.integration.reports.conftest import wish_for
from tests.integration.reports.test_writing import (
    FONTS,
    HEAD,
    LETTERS,
    VI,
    docx_text,
    make_report_of,
    pages_of,
)

from embassy_desk.application.office import answer
from embassy_desk.application.reports import report
from embassy_desk.reports.document import Column, Heading, Letterhead, Paragraph, Report, Row, Table
from embassy_desk.reports.writers.docx_writer import write_docx
from embassy_desk.reports.writers.pdf_writer import write_pdf
from embassy_desk.reports.writers.xlsx_writer import write_xlsx
from embassy_desk.store.opening import Store
from embassy_desk.texts import N_

MM = 72 / 25.4
A4 = (210.0, 297.0)
Written = Callable[[Path, Report], str]


def as_pdf(folder: Path, made: Report) -> str:
    write_pdf(folder / "r.pdf", made, VI, FONTS, HEAD)
    return " ".join(" ".join(pages_of(folder / "r.pdf")).split())


def as_docx(folder: Path, made: Report) -> str:
    write_docx(folder / "r.docx", made, VI, FONTS, HEAD)
    return docx_text(folder / "r.docx")


@pytest.mark.parametrize("written", [as_pdf, as_docx])
def test_annexes_stand_behind_the_signature_and_the_body_refers_to_them(
    store: Store, tmp_path: Path, written: Written
) -> None:
    text = written(tmp_path, answer(store, report, "periodic", wish_for(store, "periodic")))
    signature = text.index("Nguyễn Minh Châu", text.index("Nơi nhận:"))
    for name in ("Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV", "Phụ lục V"):
        assert text.index(name) < signature < text.rindex(name)
    assert text.count("(Kèm theo Báo cáo số 05/BC-ĐSQ ngày 22 tháng 11 năm 2026 của") == 5
    assert text.index("./.") < signature
    assert VI(N_("About this report")) not in text  # it is the last annex


def test_the_pages_of_an_annex_are_numbered_on_their_own(tmp_path: Path) -> None:
    rows = tuple(Row((f"Dòng số {no}",)) for no in range(120))
    table = Table(N_("Engagements"), (Column(N_("What"), 10),), rows)
    made = make_report_of(Paragraph("Một"), Heading(N_("Engagements"), is_annex=True), table)
    write_pdf(tmp_path / "r.pdf", made, VI, FONTS, HEAD)
    first, start, *going_on, last = pages_of(tmp_path / "r.pdf")
    assert "Dòng số" not in first
    assert start.startswith("Phụ lục I\r\n")
    assert [each.split("\r\n")[-2] for each in going_on] == [
        str(no) for no in range(2, len(going_on) + 2)
    ]
    assert len(going_on) >= 2
    assert last.startswith("Phụ lục II\r\n")
    write_docx(tmp_path / "r.docx", made, VI, FONTS, HEAD)
    paper, *annexes = docx.Document(str(tmp_path / "r.docx")).sections
    starts = [each._sectPr.find(qn("w:pgNumType")) for each in (paper, *annexes)]
    assert starts[0] is None
    assert [each.get(qn("w:start")) for each in starts[1:]] == ["1", "1"]


def marks(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float, float]]:
    """Yield the box of every letter in points from the page's lower left, and its size."""
    text = page.get_textpage()
    for place in range(text.count_chars()):
        if text.get_text_range(place, 1).strip():
            yield (*text.get_charbox(place), pdfium.FPDFText_GetFontSize(text.raw, place))


def test_the_pages_keep_the_decrees_margins_and_sizes(store: Store, tmp_path: Path) -> None:
    made = answer(store, report, "periodic", wish_for(store, "periodic"))
    write_pdf(tmp_path / "r.pdf", made, VI, FONTS, HEAD)
    document = pypdfium2.PdfDocument(tmp_path / "r.pdf")
    left, right, top, bottom, sizes = [], [], [], [], set()
    for page in document:
        width, height = page.get_size()
        assert (width / MM, height / MM) == pytest.approx(A4, abs=0.5)
        for x0, y0, x1, y1, size in marks(page):
            if y0 < 20 * MM or y1 > height - 20 * MM:
                continue  # the number above, the handling below
            left.append(x0 / MM)
            right.append((width - x1) / MM)
            top.append((height - y1) / MM)
            bottom.append(y0 / MM)
            sizes.add(round(size, 1))
    document.close()
    assert 30 <= min(left) <= 35
    assert 15 <= min(right) <= 20
    assert 20 <= min(top) <= 25
    assert 20 <= min(bottom) <= 25 + 6.2  # less than a line more would not have fitted
    assert {12.0, 13.0, 13.5, 14.0} <= sizes
    assert min(sizes) >= 11.0


def test_page_numbers_stand_in_the_middle_of_the_top_margin(store: Store, tmp_path: Path) -> None:
    made = answer(store, report, "periodic", wish_for(store, "periodic"))
    write_pdf(tmp_path / "r.pdf", made, VI, FONTS, HEAD)
    document = pypdfium2.PdfDocument(tmp_path / "r.pdf")
    width, height = document[1].get_size()
    above = [each for each in marks(document[1]) if each[1] > height - 20 * MM]
    document.close()
    assert (min(x[0] for x in above) + max(x[2] for x in above)) / 2 == pytest.approx(
        width / 2, abs=2
    )
    assert {round(each[4], 1) for each in above} == {13.0}


@pytest.mark.parametrize("head", [None, HEAD])
def test_all_134_letters_are_drawn_by_each_writer_and_found_again(
    tmp_path: Path, head: Letterhead | None
) -> None:
    columns = (Column(N_("What"), 10), Column(N_("Subject"), 10))
    rows = tuple(Row((each, each)) for each in (LETTERS[:67], LETTERS[67:]))
    made = make_report_of(
        Heading(LETTERS[:30]), Paragraph(LETTERS), Table(N_("Engagements"), columns, rows)
    )
    write_pdf(tmp_path / "r.pdf", made, VI, FONTS, head)
    write_docx(tmp_path / "r.docx", made, VI, FONTS, head)
    write_xlsx(tmp_path / "r.xlsx", made, VI)
    printed = "".join("".join(pages_of(tmp_path / "r.pdf")).split())
    typed = docx_text(tmp_path / "r.docx")
    assert len(set(LETTERS)) == 134
    assert [each for each in LETTERS if printed.count(each) < 2] == []
    assert [each for each in LETTERS if typed.count(each) < 2] == []
    assert LETTERS in printed
