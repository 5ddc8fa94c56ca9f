"""How reports look: what is read together stands together, nothing is cut, numbers are round."""

import io
import re
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import docx
import pytest
from docx.oxml.ns import qn
from reportlab.graphics.charts.barcharts import HorizontalBarChart
from tests.integration.reports.conftest import wish_for
from tests.integration.reports.test_writing import EN, FONTS, VI, make_report_of, pages_of

from embassy_desk.application.office import answer
from embassy_desk.application.reports import report
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.staff import Staff
from embassy_desk.reports.arranging import arranged
from embassy_desk.reports.document import Align, Chart, ChartForm, Column, Facts, Row, Series, Table
from embassy_desk.reports.narratives import ASSESSMENT
from embassy_desk.reports.shown import Shown
from embassy_desk.reports.writers.charts import drawing_of
from embassy_desk.reports.writers.docx_tables import DocxTables, with_rows
from embassy_desk.reports.writers.docx_writer import write_docx
from embassy_desk.reports.writers.fonts import SANS, register_fonts
from embassy_desk.reports.writers.pdf_writer import write_pdf
from embassy_desk.store.opening import Store
from embassy_desk.texts import N_, Words
from makers.templates import file_in, with_files

WIDTH_PT = 450.0
EN_SHOWN = Shown(EN)
LANGUAGES = {"vi": "Vietnamese", "en": "English", "fr": "French", "ja": "Japanese", "de": "German"}
SENTENCES = "Quan hệ phát triển tốt; hai bên giữ trao đổi đều. " * 4


def bars_of(*values: int, labels: tuple[str, ...] = ()) -> HorizontalBarChart:
    """Return the bars of a chart of one series."""
    register_fonts(FONTS)
    names = labels or tuple(f"Loại {no}" for no, _ in enumerate(values))
    chart = Chart("Bảng", names, (Series("Số", values),), ChartForm.BARS)
    drawing = drawing_of(chart, Shown(VI), SANS, WIDTH_PT)
    (bars,) = (each for each in drawing.contents if isinstance(each, HorizontalBarChart))
    return bars


@pytest.mark.parametrize(
    ("highest", "step", "end"),
    [(0, 1, 1), (1, 1, 2), (4, 1, 5), (12, 5, 15), (97, 50, 150), (4_000, 1_000, 5_000)],
)  # fmt: skip
def test_the_axis_of_a_chart_counts_in_round_steps(highest: int, step: int, end: int) -> None:
    axis = bars_of(0, highest).valueAxis
    assert (axis.valueStep, axis.valueMax) == (step, end)


def test_a_long_name_beside_the_bars_takes_two_lines_before_it_is_cut() -> None:
    long = "Giới thiệu thành tựu chuyển đổi số với báo chí"
    longer = f"{long} và các trường đại học ở phía bắc"
    names = bars_of(1, 2, 3, labels=("Ngắn", long, longer)).categoryAxis.categoryNames
    assert names[::-1][0] == "Ngắn"
    assert names[::-1][1].split() == long.split()
    assert [len(each.splitlines()) for each in names] == [2, 2, 1]
    assert names[0].endswith("…")


def test_the_people_of_one_body_stand_together_with_its_name_once(store: Store) -> None:
    made = answer(store, report, "engagement_ledger", wish_for(store, "engagement_ledger"))
    ledger = made.tables[-1]
    met = [str(row.cells[3]) for row in ledger.rows]
    several = [each for each in met if ", " in each.split(" (")[0]]
    assert several
    for each in several:
        people, _, body = each.partition(" (")
        assert body.endswith(")"), each
        assert body.removesuffix(")") not in people


@pytest.mark.parametrize("words", [VI, EN])
def test_a_country_is_told_on_one_page_with_some_sentences(
    store: Store, tmp_path: Path, words: Words
) -> None:
    wish = replace(wish_for(store, "country_brief"), narrative={ASSESSMENT.name: SENTENCES})
    made = answer(store, report, "country_brief", wish)
    write_pdf(tmp_path / "r.pdf", made, words, FONTS)
    (page,) = pages_of(tmp_path / "r.pdf")
    last = str(made.tables[-1].rows[-1].cells[2]).split()[0]
    assert last in page.partition(words(N_("The last dealings")))[2]
    assert words(N_("About this report")) in page


def test_tables_that_share_a_heading_keep_their_titles(store: Store) -> None:
    made = answer(store, report, "visit_brief", wish_for(store, "visit_brief"))
    shown = arranged(made.blocks, Shown(EN), is_official=False)
    titles = [EN(each.title) for each in shown if isinstance(each, Table) and each.title]
    assert titles == ["What we owe", "What is owed to us"]


def test_a_brief_for_a_visit_names_languages_and_writes_months_as_days_are_written(
    store: Store,
) -> None:
    wish = wish_for(store, "visit_brief")
    made = answer(store, report, "visit_brief", wish)
    with store.reading() as work:
        contact = work.get(Contact, UUID(wish.subject))
    codes = contact.languages.split()
    facts = next(each for each in made.blocks if isinstance(each, Facts))
    told = {str(each.label): each.value for each in facts.pairs}
    assert [LANGUAGES[each] for each in codes] == EN_SHOWN.text(told["Languages"]).split(", ")
    posts = made.tables[0]
    assert posts.rows
    assert all(re.fullmatch(r"(\d\d/){0,2}\d{4}", str(row.cells[2])) for row in posts.rows)


def test_our_promises_say_whose_they_are(store: Store) -> None:
    made = answer(store, report, "commitments", wish_for(store, "commitments"))
    with store.reading() as work:
        staff = {each.heading for each in work.all(Staff)}
    ours = {row.cells[1] for row in made.tables[0].rows}
    assert ours
    assert ours <= staff


def test_a_long_table_of_a_document_is_not_held_as_a_tree(tmp_path: Path) -> None:
    columns = tuple(Column(name, 20) for name in ("Ngày", "Nội dung", "Mã số"))
    rows = tuple(Row((f"{no}", "Trao đổi <!--rows 0--> & học hỏi", "A-1")) for no in range(4_000))
    found = make_report_of(Table("Bảng", columns, rows), Table("Hai", columns, rows[:1]))
    write_docx(tmp_path / "warm.docx", make_report_of(), EN, FONTS)
    tracemalloc.start()
    write_docx(tmp_path / "r.docx", found, EN, FONTS)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_500 * len(rows)
    long, short = docx.Document(str(tmp_path / "r.docx")).tables
    assert [len(each._tbl.tr_lst) for each in (long, short)] == [4_001, 2]
    assert short.cell(1, 1).text == rows[0].cells[1]


def test_the_head_of_a_column_of_numbers_stands_above_them(tmp_path: Path) -> None:
    columns = (Column(N_("What")), Column(N_("Number"), 10, Align.RIGHT))
    table = Table("Bảng", columns, (Row(("một", 1)),))
    write_docx(tmp_path / "r.docx", make_report_of(table), EN, FONTS)
    made = docx.Document(str(tmp_path / "r.docx")).tables[0]
    places = [each.get(qn("w:val")) for each in made._tbl.iter(qn("w:jc"))]
    assert places[:2] == places[2:]
    assert places[0] != places[1]


def one_table() -> DocxTables:
    """Return a document with a table of one row."""
    tables = DocxTables(docx.Document(), "content")
    looks: Any = {"widths_pt": (90.0,), "aligned": ("left",), "size_pt": 9.0}
    tables.add(("Ngày",), (("01/02/2026",),), **looks)
    return tables


def test_a_paper_whose_tables_lost_their_place_or_have_it_twice_is_refused() -> None:
    skeleton = one_table().skeleton()
    mark = "<!--rows content0-->"
    for spoiled in ("", mark * 2, mark.replace("0", "1")):
        text = file_in(skeleton, "word/document.xml").replace(mark, spoiled)
        with pytest.raises(InvalidError, match="damaged"):
            with_rows(with_files(skeleton, {"word/document.xml": text}), one_table().bodies)
    made = docx.Document(io.BytesIO(with_rows(skeleton, one_table().bodies)))
    assert [row.cells[0].text for row in made.tables[0].rows] == ["Ngày", "01/02/2026"]
