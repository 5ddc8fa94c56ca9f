"""What is written can be opened, says what the model says, and keeps the decree's measures."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from python_calamine import CalamineWorkbook
from reportlab.pdfbase.ttfonts import TTFont
from tests.integration.reports.conftest import TODAY, wish_for

from embassy_desk.application.lists import ListQuery, count_lines, lines
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import change_record
from embassy_desk.application.reports import FORMS, Wish, letterhead, report, write_report
from embassy_desk.domain.entity import Handling
from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.reports import official
from embassy_desk.reports.asked import Needs
from embassy_desk.reports.catalogue import REPORTS
from embassy_desk.reports.document import (
    Bullets,
    Chart,
    Column,
    Letterhead,
    Paragraph,
    Report,
    Row,
    Series,
    Table,
    facts_of,
)
from embassy_desk.reports.shown import Shown
from embassy_desk.reports.writers.docx_writer import write_docx
from embassy_desk.reports.writers.fonts import SERIF, register_fonts, width_pt
from embassy_desk.reports.writers.pdf_writer import write_pdf
from embassy_desk.reports.writers.xlsx_writer import write_xlsx
from embassy_desk.settings.places import resources, translations
from embassy_desk.store.opening import Store
from embassy_desk.texts import N_, Words
from makers.rights import seen_by_local_staff

FONTS = resources() / "fonts"
VI, EN = Words("vi", translations()), Words("en", translations())
TONED = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
LETTERS = TONED + TONED.lower()
HOSTILE = ("=1+1", '=HYPERLINK("http://x.test","a")', "+2", "-3", "@SUM(1)", "<b>đậm</b>", "&amp;")
HEAD = Letterhead(
    superior="Bộ Ngoại giao",
    body="Đại sứ quán Việt Nam tại Nhật Bản",
    place="Tô-ki-ô",
    symbol="BC-ĐSQ",
    number=5,
    addressees=("Vụ Tổng hợp kinh tế",),
    authority="Đại sứ",
    signatory="Nguyễn Minh Châu",
    recipients=("Như trên",),
)


def make_report_of(*blocks: Any, **values: Any) -> Report:
    defaults: dict[str, Any] = {
        "name": "test",
        "title": N_("Periodic report"),
        "as_of": datetime(2026, 2, 5, tzinfo=UTC),
        "on": date(2026, 2, 5),
        "blocks": blocks,
    }
    return Report(**{**defaults, **values})


def pages_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def docx_text(path: Path) -> str:
    return "\n".join(
        node.text or "" for node in docx.Document(str(path)).element.body.iter(qn("w:t"))
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_written_in_every_form(
    store: Store, tmp_path: Path, name: str, language: str
) -> None:
    words = VI if language == "vi" else EN
    wish = wish_for(store, name)
    title = words(REPORTS[name].title)
    for form in FORMS:
        made = write_report(store, name, wish, tmp_path / f"r{form}", words)
    if REPORTS[name].is_official and language == "vi":
        title = words(made.subject)  # the type is “BÁO CÁO”, what it is about stands below
    assert title in "".join(pages_of(tmp_path / "r.pdf")).replace("\r\n", " ")
    assert title in docx_text(tmp_path / "r.docx")
    book = CalamineWorkbook.from_path(str(tmp_path / "r.xlsx"))
    assert len(book.sheet_names) >= 1 + len(made.tables)
    assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def squeezed(text: str) -> str:
    """Return a text without spaces and colons, which stand where the layout wants them."""
    return "".join(text.replace(":", "").split())


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_prints_as_of_when_of_which_days_and_of_what_it_was_made(
    store: Store, tmp_path: Path, name: str
) -> None:
    made = write_report(store, name, wish_for(store, name), tmp_path / "r.pdf", VI)
    printed = squeezed("".join(pages_of(tmp_path / "r.pdf")))
    shown = Shown(VI)
    labels: list[str] = []
    for each in facts_of(made):
        label, value = shown.line(each.label), shown.text(each.value).removesuffix(".")
        assert squeezed(value if label in labels else label + value) in printed
        labels.append(label)
    needed = {VI(N_("As of")), VI(N_("Handling")), VI(made.counts[0][0])}
    assert needed <= set(labels)
    assert (VI(N_("Period")) in labels) is (REPORTS[name].needs is Needs.PERIOD)
    assert (VI(N_("Chosen by")) in labels) is (REPORTS[name].needs is Needs.COUNTRY)


def test_every_vietnamese_letter_has_a_shape_in_every_font() -> None:
    assert len(LETTERS) == 134
    files = sorted(FONTS.glob("*.ttf"))
    assert len(files) == 6
    for file in files:
        shapes = TTFont(f"test {file.stem}", str(file)).face.charToGlyph
        assert [letter for letter in LETTERS if ord(letter) not in shapes] == []


@pytest.mark.parametrize("head", [None, HEAD])
def test_letters_and_markup_come_out_as_they_are(tmp_path: Path, head: Letterhead | None) -> None:
    made = make_report_of(*(Paragraph(each) for each in (LETTERS, *HOSTILE)))
    write_pdf(tmp_path / "r.pdf", made, VI, FONTS, head)
    write_docx(tmp_path / "r.docx", made, VI, FONTS, head)
    paper = "".join(pages_of(tmp_path / "r.pdf")).replace("\r\n", "")
    for each in (LETTERS, *HOSTILE):
        assert each in paper
        assert each in docx_text(tmp_path / "r.docx")


def test_a_long_table_repeats_its_heads_and_numbers_its_pages(tmp_path: Path) -> None:
    columns = (Column(N_("Day"), 10), Column(N_("What"), 30))
    rows = tuple(Row((date(2026, 1, 1 + no % 28), f"Dòng số {no}")) for no in range(300))
    made = make_report_of(Table(N_("Deadlines"), columns, rows))
    write_pdf(tmp_path / "r.pdf", made, VI, FONTS, HEAD)
    pages = pages_of(tmp_path / "r.pdf")
    assert len(pages) > 5
    lists = [page for page in pages if "Dòng số" in page]
    assert all(VI(N_("What")) in page for page in lists)
    *body, annex = pages
    assert not body[0].split("\r\n")[-2].isdigit()
    assert [page.split("\r\n")[-2] for page in body[1:]] == [
        str(no) for no in range(2, len(body) + 1)
    ]
    assert annex.startswith("Phụ lục I\r\n")  # numbered on its own, its first page not at all
    whole = "".join(pages)
    assert all(f"Dòng số {no}\r\n" in whole + "\r\n" for no in (0, 150, 299))
    write_docx(tmp_path / "r.docx", made, VI, FONTS, HEAD)
    table = docx.Document(str(tmp_path / "r.docx")).tables[1]
    marks = table.rows[0]._tr.trPr
    assert marks.find(qn("w:tblHeader")) is not None
    assert len(table.rows) == 301


def test_an_official_paper_keeps_the_decrees_measures(tmp_path: Path) -> None:
    write_docx(tmp_path / "r.docx", make_report_of(Paragraph("Nội dung")), VI, FONTS, HEAD)
    document = docx.Document(str(tmp_path / "r.docx"))
    assert len(document.sections) == 2  # the paper and its annex
    for section in document.sections:
        assert abs(section.page_width - Mm(210)) < Mm(0.1)
        assert abs(section.page_height - Mm(297)) < Mm(0.1)
        assert Mm(20) <= section.top_margin <= Mm(25)
        assert Mm(20) <= section.bottom_margin <= Mm(25)
        assert Mm(30) <= section.left_margin <= Mm(35)
        assert Mm(15) <= section.right_margin <= Mm(20)
        assert section.different_first_page_header_footer
        assert section.first_page_header.paragraphs[0].text == ""
    runs = {run.text: run for run in _runs(document)}
    sizes = {
        official.NATIONAL_TITLE: (12, 13, True),
        official.MOTTO: (13, 14, True),
        "BỘ NGOẠI GIAO": (12, 13, None),
        "ĐẠI SỨ QUÁN VIỆT NAM": (12, 13, True),
        "TẠI NHẬT BẢN": (12, 13, True),
        "Số: 05/BC-ĐSQ": (13, 13, None),
        "Tô-ki-ô, ngày 05 tháng 02 năm 2026": (13, 14, None),
        "BÁO CÁO": (13, 14, True),
        "ĐẠI SỨ": (13, 14, True),
        "Nguyễn Minh Châu": (13, 14, True),
        "Nơi nhận:": (12, 12, True),
        "- Lưu: VT.": (11, 11, None),
    }
    for text, (least, most, is_bold) in sizes.items():
        run = runs[text]
        assert Pt(least) <= run.font.size <= Pt(most), text
        assert run.bold is is_bold, text
    assert runs["Tô-ki-ô, ngày 05 tháng 02 năm 2026"].italic
    body = document.styles["Normal"].font
    assert (body.name, Pt(13) <= body.size <= Pt(14)) == ("Times New Roman", True)
    rules = list(document.element.body.iter(qn("w:pBdr")))
    assert len(rules) == 3  # under the motto, the issuing body and the subject
    assert "MẬT" not in docx_text(tmp_path / "r.docx")


def _runs(document: Any) -> Any:
    for paragraph in document.paragraphs:
        yield from paragraph.runs
    for table in document.tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            for paragraph in cell.paragraphs:
                yield from paragraph.runs


def test_the_national_title_stands_on_one_line(tmp_path: Path) -> None:
    register_fonts(FONTS)
    room = (210 - official.LEFT_MM - official.RIGHT_MM) * (1 - official.LEFT_SHARE) * 72 / 25.4
    inner = room - 2 * 5.4  # the margins of a cell in DOCX
    assert width_pt(official.NATIONAL_TITLE, SERIF.bold, official.TITLE_PT) <= inner
    write_pdf(tmp_path / "r.pdf", make_report_of(), VI, FONTS, HEAD)
    assert official.NATIONAL_TITLE in pages_of(tmp_path / "r.pdf")[0]


def test_the_letterhead_follows_from_the_mission(store: Store) -> None:
    found = answer(store, letterhead)
    assert (found.body, found.symbol) == ("Đại sứ quán Việt Nam tại Nhật Bản", "BC-ĐSQ")


def test_workbook_keeps_types_and_runs_no_text(tmp_path: Path) -> None:
    columns = (Column(N_("Day")), Column(N_("Number")), Column(N_("What")))
    rows = tuple(Row((date(2026, 3, 7), 12, each)) for each in HOSTILE)
    chart = Chart(N_("Charts"), ("a", "b"), (Series(N_("Number"), (1, 2)),))
    write_xlsx(tmp_path / "r.xlsx", make_report_of(Table(N_("Posts"), columns, rows), chart), EN)
    book = CalamineWorkbook.from_path(str(tmp_path / "r.xlsx"))
    cells = book.get_sheet_by_name("Posts").to_python()[1:]
    assert [row[2] for row in cells] == list(HOSTILE)
    assert {(row[0], row[1]) for row in cells} == {(date(2026, 3, 7), 12.0)}
    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        names = archive.namelist()
        sheets = b"".join(archive.read(each) for each in names if "worksheets/sheet" in each)
    assert [each for each in names if "charts/chart" in each]
    assert b"<f>" not in sheets


def test_the_first_sheet_says_the_sentences_of_a_report(store: Store, tmp_path: Path) -> None:
    made = write_report(
        store, "talking_points", wish_for(store, "talking_points"), tmp_path / "r.xlsx", EN
    )
    (sentences,) = (each.items for each in made.blocks if isinstance(each, Bullets))
    book = CalamineWorkbook.from_path(str(tmp_path / "r.xlsx"))
    cells = [row[0] for row in book.get_sheet_by_index(0).to_python()]
    assert {EN(each) for each in sentences} <= set(cells)


def test_csv_guards_what_a_sheet_would_run(store: Store, tmp_path: Path) -> None:
    write_report(store, "deadlines", Wish(on=TODAY), tmp_path / "r.csv", EN)
    rows = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    assert rows[0][:2] == ["Day", "What"]
    assert all(date.fromisoformat(row[0]) for row in rows[1:])


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    store: Store, tmp_path: Path, form: str
) -> None:
    with pytest.raises(StoreError):
        write_report(store, "data_health", Wish(on=TODAY), tmp_path / "no" / f"r{form}", EN)
    assert list(tmp_path.iterdir()) == []


def test_a_writer_that_fails_leaves_the_former_file(tmp_path: Path) -> None:
    target = tmp_path / "r.pdf"
    target.write_bytes(b"former")
    broken = make_report_of(Table(N_("Posts"), (Column(N_("Day")),), (Row(("a", "b")),)))
    with pytest.raises(ValueError, match="zip"):
        write_pdf(target, broken, VI, FONTS)
    assert target.read_bytes() == b"former"
    assert [each.name for each in tmp_path.iterdir()] == ["r.pdf"]


def test_a_report_is_taken_out_with_a_line_in_the_log(store: Store, tmp_path: Path) -> None:
    before = answer(store, count_lines, ListQuery(kind="export"))
    write_report(store, "deadlines", Wish(on=TODAY), tmp_path / "r.pdf", EN)
    assert answer(store, count_lines, ListQuery(kind="export")) == before + 1


def test_an_unknown_form_is_refused_before_anything_is_logged(store: Store, tmp_path: Path) -> None:
    before = answer(store, count_lines, ListQuery(kind="export"))
    with pytest.raises(RefusedError, match="docx"):
        write_report(store, "deadlines", Wish(on=TODAY), tmp_path / "r.odt", EN)
    assert answer(store, count_lines, ListQuery(kind="export")) == before


def test_who_sees_no_restricted_records_gets_a_report_without_them(
    store: Store, tmp_path: Path
) -> None:
    line = answer(store, lines, ListQuery(kind="agreement"))[0]
    perform(store, change_record, "agreement", line.id, {"handling": "restricted"})
    everything = answer(store, report, "agreement_register", Wish(on=TODAY))
    with seen_by_local_staff(store):
        mine = answer(store, report, "agreement_register", Wish(on=TODAY))
        with pytest.raises(RefusedError, match="not among the rights"):
            write_report(store, "agreement_register", Wish(on=TODAY), tmp_path / "r.pdf", EN)
    perform(store, change_record, "agreement", line.id, {"handling": "internal"})
    assert len(mine.tables[0].rows) == len(everything.tables[0].rows) - 1
    assert line.id not in {row.record_id for row in mine.tables[0].rows}
    assert (everything.handling, mine.handling) == (Handling.RESTRICTED, Handling.INTERNAL)
    assert list(tmp_path.iterdir()) == []
