"""The page of imports: a sheet with old letters, what would come of it, taken in and taken back."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from embassy_desk.application.import_job import read_for_import
from embassy_desk.application.import_template import write_template
from embassy_desk.desktop.importing.screen import ImportScreen
from embassy_desk.domain.contact import Contact
from embassy_desk.interchange.apart import here
from embassy_desk.interchange.readings import joined
from embassy_desk.interchange.tables import likely_kind
from makers.desks import Person, at_the_desk, opened_store, run_on_desk

FILES = Path(__file__).parents[1] / "files"


def page_of(person: Person) -> ImportScreen:
    page = person.frame.findChild(ImportScreen)
    assert isinstance(page, ImportScreen)
    return page


def contacts(folder: Path) -> list[str]:
    with opened_store(folder) as store, store.reading() as work:
        return sorted(each.heading for each in work.all(Contact) if not each.is_trashed)


def click(widget: object) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_a_sheet_of_2003_is_shown_converted_and_comes_in_right(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="import") as person:
            page = page_of(person)
            page.file_given.emit(FILES / "sheets" / "tcvn3-2003.csv")
            await person.sees(page.over.isVisible, "the mapping")
            table = page.mapping.table
            assert table.horizontalHeaderItem(1).text() == "Họ và tên"
            assert table.item(2, 1).text() == "Nguyễn Thị Hường"
            assert page.mapping.samples.rowCount() > 5
            assert page.mapping.undecided == []
            click(page.over)
            await person.sees(page.take.isVisible, "the outlook")
            assert page.outlook.counts.text().startswith("New: 5")
            click(page.take)
            await person.sees(page.result.text, "the result")
            assert "8 entered" in page.result.text()  # three organisations with them
            await person.rests()

    run_on_desk(story)
    assert contacts(folder)[0] == "Lê Thị Thu Thủy"
    assert len(contacts(folder)) == 5


def test_what_nobody_agreed_to_is_shown_as_it_stands(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="import") as person:
            page = page_of(person)
            page.file_given.emit(FILES / "sheets" / "vni-2003.csv")
            await person.sees(page.over.isVisible, "the mapping")
            choice = page.mapping.table.cellWidget(1, 1)
            choice.setCurrentIndex(choice.findData("none"))
            choice.activated.emit(choice.currentIndex())
            assert page.mapping.table.item(2, 1).text() == "Nguyeãn Thò Höôøng"
            assert "Hoï vaø teân" not in page.mapping.mapping.legacy
            await person.rests()

    run_on_desk(story)


def test_cards_are_looked_over_at_once_and_refused_ones_are_told(
    folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "people.vcf"
    good = "BEGIN:VCARD\nVERSION:3.0\nFN:An A\nEND:VCARD\n"
    file.write_text(good + good.replace("An A", "B B\nEMAIL:nobody"), "utf-8")

    async def story() -> None:
        async with at_the_desk(folder, section="import") as person:
            page = page_of(person)
            page.file_given.emit(file)
            await person.sees(page.take.isVisible, "the outlook")
            assert "Refused: 1" in page.outlook.counts.text()
            assert page.errors.isVisible()
            assert page.outlook.table.item(0, 0).text() == "8"
            await person.rests()

    run_on_desk(story)
    assert contacts(folder) == []


def test_the_empty_workbook_is_read_without_a_mapping(tmp_path: Path) -> None:
    for language in ("vi", "en"):
        for kind in ("contact", "organisation", "task", "agreement"):
            file = tmp_path / f"{kind}-{language}.xlsx"
            write_template(file, kind, language)
            assert likely_kind(file) == kind
            assert len(joined(read_for_import(file, run=here)).candidates) == 1
