"""The page of reports: chosen, told what it needs, shown as paper, written to a file."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from embassy_desk.application.attachments import attachments_of
from embassy_desk.application.lists import ListQuery, count_lines, lines
from embassy_desk.application.office import answer
from embassy_desk.application.report_paper import Paper, Sheet
from embassy_desk.application.report_templates import template_in_use
from embassy_desk.application.report_texts import written
from embassy_desk.application.reports import FORMS, Wish
from embassy_desk.desktop.report_page.printing import DeskPress
from embassy_desk.desktop.report_page.screen import ReportScreen
from embassy_desk.desktop.report_page.tabs import ReportTabs
from embassy_desk.domain.signed_report import SignedReport
from embassy_desk.reports.narratives import PERIODIC
from embassy_desk.settings.places import translations
from embassy_desk.texts import Words
from makers import make_report_duty, make_signed_report
from makers.desks import NOW, Person, at_the_desk, enter, opened_store, run_on_desk
from makers.templates import make_template

AGREEMENT = {"title_vi": "Bản ghi nhớ về số hóa", "title_en": "Memorandum", "country": "JP"}


def reports_of(person: Person) -> ReportScreen:
    page = person.frame.findChild(ReportScreen)
    assert isinstance(page, ReportScreen)
    return page


def choose(page: ReportScreen, title: str) -> None:
    (found,) = page.list.findItems(title, Qt.MatchFlag.MatchExactly)
    page.list.setCurrentItem(found)


def shown_pages(page: ReportScreen) -> list[QLabel]:
    return [each for each in page.findChildren(QLabel) if each.property("role") == "paper"]


def save_in(person: Person) -> None:
    assert person.dialog is not None
    for each in person.dialog.findChildren(QPushButton):
        if each.text() == "Save":
            person.click(each)


def said_in(person: Person) -> str:
    assert person.dialog is not None
    return "\n".join(each.text() for each in person.dialog.findChildren(QLabel))


def test_a_report_is_shown_as_paper(folder: Path) -> None:
    enter(folder, "agreement", AGREEMENT)

    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            assert page.list.count() == 14
            choose(page, "Register of agreements")
            QTest.mouseClick(page.preview, Qt.MouseButton.LeftButton)
            await person.sees(lambda: shown_pages(page), "the paper")
            await person.rests()
            (sheet,) = shown_pages(page)[:1]
            assert sheet.pixmap().width() > 600
            assert sheet.accessibleName().startswith("Page 1 of ")
            assert page.preview.isEnabled()

    run_on_desk(story)


def test_the_pages_of_a_report_come_one_by_one_and_all_of_them(qapp: QApplication) -> None:
    tabs = ReportTabs(Words("en"))
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    file = QBuffer()
    file.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(file, "PNG")  # type: ignore[call-overload]  # the stubs ask for bytes
    page = bytes(file.data().data())

    def names() -> list[str]:
        found = (each for each in tabs.findChildren(QLabel) if each.property("role") == "paper")
        return [each.accessibleName() for each in found]

    tabs.show_paper(Paper((page,) * 3, 3))
    assert names() == ["Page 1 of 3"]
    for _ in range(100):
        qapp.processEvents()
    assert names() == [f"Page {no} of 3" for no in (1, 2, 3)]


def test_only_the_fields_that_a_report_needs_are_shown(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            choose(page, "Ledger of engagements")
            shown = {name for name, each in page.fields.editors.items() if each.isVisible()}
            assert shown == {"from_on", "until_on", "country"}
            choose(page, "Sheet of an agreement")
            shown = {name for name, each in page.fields.editors.items() if each.isVisible()}
            assert shown == {"agreement"}

    run_on_desk(story)


def test_what_is_lacking_is_said_and_nothing_is_shown(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            choose(page, "Country in brief")
            QTest.mouseClick(page.preview, Qt.MouseButton.LeftButton)
            await person.sees(lambda: person.frame.notices.text, "a notice")
            await person.rests()
            assert "which country" in person.frame.notices.text
            assert shown_pages(page) == []
            assert page.preview.isEnabled()
            choose(page, "Ledger of engagements")
            page.fields.editors["from_on"].front.setText("31/02/2026")  # type: ignore[attr-defined]
            QTest.mouseClick(page.preview, Qt.MouseButton.LeftButton)
            assert page.problem.text()

    run_on_desk(story)


async def answered(person: Person, file: Path) -> None:
    """Say which file, in the dialog that asks."""
    await person.sees(lambda: person.frame.findChild(QFileDialog), "the dialog")
    dialog = person.frame.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.filesSelected.emit([str(file)])
    dialog.reject()


async def asked_where(person: Person, target: Path) -> None:
    """Press the button for a file, and say where."""
    QTest.mouseClick(reports_of(person).save, Qt.MouseButton.LeftButton)
    await answered(person, target)


def test_a_report_is_written_to_a_file_and_logged(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "register.pdf"

    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            choose(page, "Register of agreements")
            await asked_where(person, target)
            await person.sees(target.exists, "the file")
            await person.rests()
            assert "register.pdf" in person.frame.notices.text

    run_on_desk(story)
    assert target.read_bytes().startswith(b"%PDF")
    with opened_store(folder) as store:
        assert answer(store, count_lines, ListQuery(kind="export")) == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_report_that_is_stopped_leaves_no_file(folder: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / "out" / f"register{form}"
    target.parent.mkdir()

    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            choose(reports_of(person), "Register of agreements")
            await asked_where(person, target)
            await person.sees(lambda: person.frame.progress.is_busy, "that it is being written")
            assert any(f"register{form}” is being written" in each for each in person.texts)
            person.click(person.frame.progress.stop_button)
            await person.rests()
            assert not person.frame.progress.is_busy
            assert "Stopped" in person.frame.notices.text

    run_on_desk(story)
    assert list(target.parent.iterdir()) == []


def test_a_report_is_printed_to_the_file_that_a_printer_makes(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"

    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            choose(page, "Register of agreements")
            person.click(page.print)
            await person.sees(lambda: isinstance(person.dialog, QPrintDialog), "the printers")
            dialog = person.dialog
            assert isinstance(dialog, QPrintDialog)
            dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            dialog.printer().setOutputFileName(str(target))
            dialog.done(QPrintDialog.DialogCode.Accepted)
            await person.sees(target.exists, "the paper")
            await person.rests()
            assert person.frame.notices.text.startswith("The report was printed")

    run_on_desk(story)
    assert target.read_bytes().startswith(b"%PDF")
    with opened_store(folder) as store:
        (entry,) = answer(store, lines, ListQuery(kind="export", fields=("file_form",)))
    assert entry.values == ("paper",)


def printed_on(target: Path, pages: Iterator[Sheet]) -> int:
    """Print pages on a thread of its own, as the page does; return how many came out."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    with ThreadPoolExecutor(1) as pool:
        pool.submit(DeskPress(printer).print, pages).result()
    document = pypdfium2.PdfDocument(str(target))
    try:
        return len(document)
    finally:
        document.close()


def test_pages_come_onto_paper_whole_and_the_right_way_round(
    qapp: QApplication, tmp_path: Path
) -> None:
    assert qapp is not None
    wide, upright = Sheet(300, 200, b"\x00" * 180_000), Sheet(200, 300, b"\x00" * 180_000)
    assert printed_on(tmp_path / "wide.pdf", iter((wide, wide))) == 2
    assert printed_on(tmp_path / "upright.pdf", iter((upright,))) == 1
    for name, is_wide in (("wide", True), ("upright", False)):
        document = pypdfium2.PdfDocument(str(tmp_path / f"{name}.pdf"))
        page = document[0]
        assert (page.get_width() > page.get_height()) is is_wide
        picture = page.render(scale=1).to_pil().convert("L")
        document.close()
        assert {picture.getpixel(at) for at in ((3, 3), (picture.width - 4, 3))} == {0}


def test_texts_are_kept_while_they_are_typed_and_stand_on_the_paper(folder: Path) -> None:
    """The desk is never told to save: what a crash would leave is read beside it."""
    wish = Wish(from_on=date(2026, 1, 1), until_on=NOW.date())

    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            choose(page, "Periodic report")
            await person.rests()
            page.tabs.setCurrentIndex(1)
            assert list(page.tabs.texts.fields) == [part.name for part in PERIODIC]
            person.type_into(page.tabs.texts.fields["general"], "Tình hình ổn định")

            def kept() -> bool:
                with opened_store(folder) as store:
                    return bool(answer(store, written, "periodic", wish))

            await person.sees(kept, "the text in the store")
            QTest.mouseClick(page.preview, Qt.MouseButton.LeftButton)
            await person.sees(lambda: shown_pages(page), "the paper")
            choose(page, "Register of agreements")
            assert not page.tabs.isTabVisible(1)

    run_on_desk(story)
    with opened_store(folder) as store:
        assert answer(store, written, "periodic", wish) == {"general": "Tình hình ổn định"}

    async def next_day() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            choose(page, "Periodic report")
            field = page.tabs.texts.fields["general"]
            await person.sees(field.toPlainText, "the text of yesterday")
            page.fields.editors["from_on"].front.setText("01/07/2026")  # type: ignore[attr-defined]
            await person.sees(lambda: not field.toPlainText(), "the text of another period")

    run_on_desk(next_day)


def test_what_is_typed_last_is_kept_when_the_desk_closes(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            choose(page, "Periodic report")
            await person.rests()
            page.tabs.setCurrentIndex(1)
            person.type_into(page.tabs.texts.fields["next"], "Sang năm")

    run_on_desk(story)
    with opened_store(folder) as store:
        assert answer(store, written, "periodic", Wish())["next"] == "Sang năm"


def test_a_report_is_signed_off_on_the_page_and_kept_with_its_files(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            choose(page, "Periodic report")
            await person.rests()
            QTest.mouseClick(page.sign, Qt.MouseButton.LeftButton)
            await person.sees(lambda: person.dialog, "the dialog")
            person.type_into(person.field("signatory"), "Phạm Quang Hiệu")
            person.press("Return")
            await person.sees(
                lambda: (
                    person.dialog
                    and any(
                        "Still to" in each.text() for each in person.dialog.findChildren(QLabel)
                    )
                ),
                "what is missing",
            )
            person.press("Escape")
            await person.sees_the_page_again()
            choose(page, "Register of agreements")
            QTest.mouseClick(page.sign, Qt.MouseButton.LeftButton)
            await person.sees(lambda: person.dialog, "the dialog")
            person.type_into(person.field("signatory"), "Phạm Quang Hiệu")
            save_in(person)
            await person.sees_the_page_again()
            assert "was signed off. Số: 01/BC-ĐSQ" in person.frame.notices.text

    run_on_desk(story)
    with opened_store(folder) as store, store.reading() as work:
        (record,) = work.all(SignedReport)
        files = {each.name for each in attachments_of(work, record)}
    assert record.signatory == "Phạm Quang Hiệu"
    assert files == {f"{record.ref}.pdf", f"{record.ref}.docx"}


def test_a_figure_opens_the_list_behind_it(folder: Path) -> None:
    enter(folder, "agreement", AGREEMENT, {**AGREEMENT, "title_vi": "Ý định thư"})

    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            choose(page, "Register of agreements")
            assert not page.tabs.isTabVisible(2)
            QTest.mouseClick(page.preview, Qt.MouseButton.LeftButton)
            await person.sees(lambda: page.tabs.isTabVisible(2), "the figures")
            page.tabs.setCurrentIndex(2)
            figures = page.tabs.figures
            assert figures.item(0).text() == "In preparation: 2"
            figures.setCurrentRow(0)
            figures.setFocus()
            QTest.keyClick(figures, Qt.Key.Key_Return)
            await person.sees(lambda: len(person.cells()) == 2, "the list behind the figure")
            assert person.desk.going.kind == "agreement"

    run_on_desk(story)


def test_the_page_speaks_vietnamese(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(
            folder, section="reports", language="vi", catalogue=translations()
        ) as person:
            page = reports_of(person)
            assert page.list.item(0).text() == "Báo cáo định kỳ"
            assert page.save.text() == "Lưu thành tệp …"

    run_on_desk(story)


def test_a_template_to_begin_with_is_saved_and_can_be_used(folder: Path, tmp_path: Path) -> None:
    enter(folder, "letterhead", {"issuer": "Đại sứ quán Việt Nam tại Nhật Bản"})
    target = tmp_path / "ours.dotx"

    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            for act, said in (
                (page.begin_template, "written to “ours.dotx”"),
                (page.use_template, "written into the template “ours.dotx”; PDF keeps"),
            ):
                act.trigger()
                await answered(person, target)
                await person.sees(lambda said=said: said in person.frame.notices.text, said)
                await person.rests()

    run_on_desk(story)
    with opened_store(folder) as store:
        assert answer(store, template_in_use, store) == target.read_bytes()


def test_a_template_is_taken_in_and_a_bad_one_is_refused_in_words(folder: Path) -> None:
    enter(folder, "letterhead", {"issuer": "Đại sứ quán Việt Nam tại Nhật Bản"})
    good, bad = folder.parent / "good.docx", folder.parent / "bad.docx"
    good.write_bytes(make_template())
    bad.write_bytes(make_template("{{ salary }}"))

    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            for file, said in ((bad, "{{ salary }} is not known"), (good, "good.dotx")):
                page.use_template.trigger()
                await answered(person, file)
                await person.sees(
                    lambda said=said: (
                        said in person.frame.notices.text or said in "".join(person.texts)
                    ),
                    said,
                )
                await person.rests()

    run_on_desk(story)
    with opened_store(folder) as store:
        assert answer(store, template_in_use, store) == good.read_bytes()


def test_what_is_owed_and_was_handed_in_stands_in_a_list_of_its_own(folder: Path) -> None:
    with opened_store(folder) as store, store.work() as work:
        work.save(make_report_duty(title_en="Monthly report", missions="TOK PAR"))
        work.save(make_signed_report(signed_on=date(2026, 11, 3)))
        work.commit()

    async def story() -> None:
        async with at_the_desk(folder, section="reports") as person:
            page = reports_of(person)
            duties = page.tabs.duties
            await person.sees(lambda: duties.rowCount() > 0, "what is owed")
            page.tabs.setCurrentWidget(duties)
            assert duties.isVisible()
            cells = [
                [duties.item(row, column).text() for column in range(duties.columnCount())]
                for row in range(duties.rowCount())
            ]
            standings = [each[4] for each in cells]
            assert standings[:2] == ["Overdue", "Overdue"]
            assert standings[-1] == "Handed in"
            assert cells[-1] == [
                "TOK",
                "Monthly report",
                "01/10/2026 to 31/10/2026",
                "05/11/2026",
                "Handed in",
                "03/11/2026",
            ]
            assert {each[0] for each in cells} == {"TOK"}
            assert page.owed.text().count("was due on") == 3  # only the first of them
            duties.setCurrentCell(duties.rowCount() - 1, 1)
            duties.setFocus()
            person.press("Return")
            await person.sees(lambda: person.title == "Báo cáo định kỳ", "the signed report")

    run_on_desk(story)
