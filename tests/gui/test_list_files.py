"""Lists on paper and in files: as filtered or as chosen, allowed and written down first."""

import csv
import json
from pathlib import Path

import pypdfium2
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QApplication, QRadioButton

from embassy_desk.application.pages import Page
from embassy_desk.application.taking_out import lines_of
from embassy_desk.application.wishes import Chip, ChipTest
from embassy_desk.desktop.kit.theme import FONT_FAMILY
from embassy_desk.desktop.lists.pick_dialog import PickDialog
from embassy_desk.desktop.lists.print_list import ListPaper, PaperHead
from embassy_desk.desktop.lists.shown_lines import ShownTable, shown_table
from embassy_desk.domain.export import Export
from embassy_desk.texts import Words
from makers.desks import Person, at_the_desk, enter, opened_store, run_on_desk
from makers.dialogs import choose_file, choose_form

PEOPLE = (
    {"given_name": "An", "cadence_days": 30},
    {"given_name": "Bà =1+1", "cadence_days": 7},
    {"given_name": "Chi", "cadence_days": 30},
)
MONTHLY = Chip("cadence_days", ChipTest.BETWEEN, (30, 30))


async def export(person: Person, form: str, target: Path) -> None:
    """Write the list to a file by way of both dialogs."""
    person.desk.list_acts.menu.acts["export_list"].trigger()
    await choose_form(person, form)
    await choose_file(person, target)
    await person.rests()


def exports(folder: Path) -> list[tuple[str, str, int, str]]:
    with opened_store(folder) as store, store.reading() as work:
        return [
            (each.taken_kind, each.file_form, each.record_count, each.filters)
            for each in work.all(Export)
        ]


def test_the_list_is_written_as_filtered_and_as_shown(folder: Path, tmp_path: Path) -> None:
    enter(folder, "contact", *PEOPLE)
    target = tmp_path / "list.csv"

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.desk.lists.arrange(("heading", "cadence_days"))
            await person.desk.lists.add_chips((MONTHLY,))
            await export(person, "Table as shown, CSV", target)
            told = "2 records were written to “list.csv”."
            await person.sees(lambda: person.frame.notices.text == told, "the notice")

    run_on_desk(story)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    (mark,), *rows = rows
    assert rows == [["Name", "In touch at least every (days)"], ["An", "30"], ["Chi", "30"]]
    filters = "In touch at least every (days): 30 to 30"
    assert mark.endswith(f"2 records · Chosen by: {filters}")
    assert exports(folder) == [("contact", "csv", 2, filters)]


def test_only_what_is_chosen_is_written_whole(folder: Path, tmp_path: Path) -> None:
    enter(folder, "contact", *PEOPLE)
    target = tmp_path / "some.json"

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.desk.lists.choose(((1, 2),))
            await export(person, "Whole records to be read back, JSON", target)

    run_on_desk(story)
    about, *found = json.loads(target.read_text(encoding="utf-8"))
    assert "2 records" in about["about_this_file"]
    assert sorted(each["given_name"] for each in found) == ["Bà =1+1", "Chi"]
    assert exports(folder) == [("contact", "json", 2, "")]


def test_a_single_chosen_record_is_offered_and_the_whole_list_is_said_to_be_whole(
    folder: Path, tmp_path: Path
) -> None:
    enter(folder, "contact", *PEOPLE)
    target = tmp_path / "one.json"

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.desk.lists.choose(((1, 1),))
            person.desk.list_acts.menu.acts["export_list"].trigger()
            await person.sees(lambda: isinstance(person.dialog, PickDialog), "the choice of forms")
            whole = person.find(QRadioButton, "The whole list: 3 records")
            assert whole.isChecked()
            person.find(QRadioButton, "The selected record").setChecked(True)
            await choose_form(person, "Whole records to be read back, JSON")
            await choose_file(person, target)
            await person.rests()

    run_on_desk(story)
    _, *found = json.loads(target.read_text(encoding="utf-8"))
    assert [each["given_name"] for each in found] == ["Bà =1+1"]
    assert exports(folder) == [("contact", "json", 1, "")]


def test_no_file_of_the_store_is_written_over(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)
    own = folder / "store.db"

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await export(person, "Table as shown, CSV", own)
            said = "“store.db” belongs to the store itself."
            await person.sees(lambda: person.frame.notices.text == said, "why not")

    run_on_desk(story)
    assert exports(folder) == []


def pdf_of(table: ShownTable, target: Path) -> list[str]:
    """Print a table to a PDF file and return the text of its pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    head = PaperHead(mission="Đại sứ quán", as_of="22 November 2026", mark="Restricted")
    paper = ListPaper(table, head, Words("en"), FONT_FAMILY)
    paper.prepare(printer)
    paper.paint(printer)
    document = pypdfium2.PdfDocument(str(target))
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_every_page_says_what_it_is(qapp: QApplication, tmp_path: Path) -> None:
    rows = tuple((f"Nguyễn Thị Hường {n:03}", "<b>Vụ trưởng</b> & đồng nghiệp") for n in range(120))
    table = ShownTable("Contacts", "Gone quiet", ("Name", "Position"), (24, 30), rows)
    pages = pdf_of(table, tmp_path / "list.pdf")
    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        for said in ("Contacts", "Restricted", "22 November 2026", "Gone quiet", "Position"):
            assert said in text, said
    whole = "".join(pages)
    assert all(whole.count(row[0]) == 1 for row in rows)
    assert "<b>Vụ trưởng</b> & đồng nghiệp" in whole


def test_an_empty_list_and_very_long_cells_are_printed(qapp: QApplication, tmp_path: Path) -> None:
    empty = ShownTable("Contacts", "", ("Name",), (24,), ())
    assert len(pdf_of(empty, tmp_path / "empty.pdf")) == 1
    long = ShownTable("Contacts", "x" * 900, ("Name",), (24,), (("dài " * 4000,), ("b",)))
    assert len(pdf_of(long, tmp_path / "long.pdf")) == 1


def test_the_preview_opens_and_paper_is_written_down(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.desk.list_acts.menu.acts["print_list"].trigger()
            await person.sees(lambda: isinstance(person.dialog, QPrintPreviewDialog), "preview")
            dialog = person.dialog
            assert dialog is not None
            dialog.reject()
            await person.rests()

    run_on_desk(story)
    assert exports(folder) == [("contact", "paper", 3, "")]


def test_lines_come_in_the_words_of_the_window(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            desk = person.desk
            await desk.lists.filter("an")
            page: Page = await desk.office.ask(lines_of, desk.lists.query, ())
            found = shown_table(desk.lists.wish, desk.lists.plan, page, desk.outfit, {})
            assert found.filters == "holds “an”"
            assert [row[0] for row in found.rows] == ["An"]
            assert found.title == "Contacts"
            await person.rests()

    run_on_desk(story)
