"""A record on paper: everything its form holds, whole, and written down as taken out."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QApplication

from embassy_desk.application.lists import ListQuery, lines
from embassy_desk.application.office import answer, perform
from embassy_desk.application.sheets import enter_sheet, record_sheet
from embassy_desk.desktop.kit.theme import FONT_FAMILY
from embassy_desk.desktop.lists.print_list import ListPaper, PaperHead
from embassy_desk.desktop.record_paper import record_table
from embassy_desk.texts import Words
from makers.desks import at_the_desk, enter, opened_store, run_on_desk

HUONG = {"family_name": "Đặng", "given_name": "Hường"}
LONG = " ".join(f"chữ{number}" for number in range(1500))


@pytest.fixture
def printed(folder: Path, tmp_path: Path) -> str:
    """The text of the pages on which a contact with a long note was printed."""
    told: list[str] = []

    async def story() -> None:
        async with at_the_desk(folder) as person:
            store = person.desk.office.store
            values = {**HUONG, "notes": f"<b>dòng một</b>\ndòng hai\n{LONG}"}
            rows = {"contact_email": [{"address": "huong@example.test"}]}
            record = perform(store, enter_sheet, "contact", values, rows)[0]
            sheet = answer(store, record_sheet, "contact", record.id)
            table = record_table(sheet, person.desk.outfit)
            told.append(pdf_text(table, tmp_path / "record.pdf", record.ref))

    run_on_desk(story)
    return told[0]


def pdf_text(table: object, target: Path, about: str) -> str:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    head = PaperHead(mission="Đại sứ quán", as_of="x", mark="Internal", about=about)
    paper = ListPaper(table, head, Words("en"), FONT_FAMILY)  # type: ignore[arg-type]
    paper.prepare(printer)
    paper.paint(printer)
    document = pypdfium2.PdfDocument(str(target))
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_a_record_is_printed_whole_with_its_rows(qapp: QApplication, printed: str) -> None:
    assert qapp is not None
    for said in ("Đặng Hường", "Family name", "huong@example.test", "Internal", "-CON-"):
        assert said in printed, said
    assert "<b>dòng một</b>" in printed
    words = printed.split()
    missing = [word for word in LONG.split() if word not in words]
    assert missing == []
    assert "Filters:" not in printed


def test_the_preview_of_a_record_opens_and_paper_is_written_down(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            act = person.desk.menus.acts["print_record"]
            assert not act.isEnabled()
            await person.opens("Đặng Hường")
            act.trigger()
            await person.sees(lambda: isinstance(person.dialog, QPrintPreviewDialog), "preview")
            dialog = person.dialog
            assert dialog is not None
            dialog.reject()
            await person.rests()

    run_on_desk(story)
    fields = ("taken_kind", "file_form", "record_count")
    with opened_store(folder) as store:
        found = answer(store, lines, ListQuery(kind="export", fields=fields))
    assert [each.values for each in found] == [("contact", "paper", 1)]
