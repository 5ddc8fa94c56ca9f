"""Columns, order and saved views of a list: chosen, kept, found again."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from embassy_desk.application.wishes import Chip, ChipTest
from embassy_desk.desktop.lists.columns_dialog import ColumnsDialog
from makers.desks import Person, at_the_desk, choose_from_menu, enter, run_on_desk

PEOPLE = (
    {"given_name": "An", "cadence_days": 30},
    {"given_name": "Ba", "cadence_days": 7},
)


def headers(person: Person) -> list[str]:
    """Return the words of the columns from left to right."""
    header = person.desk.page.list.table.horizontalHeader()
    model = person.desk.page.list.model
    return [
        str(model.headerData(header.logicalIndex(at), Qt.Orientation.Horizontal))
        for at in range(header.count())
    ]


def test_columns_are_chosen_and_the_list_keeps_to_them(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)

    async def choose() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+Shift+C")
            await person.sees(lambda: person.dialog, "the dialog")
            dialog = person.dialog
            assert isinstance(dialog, ColumnsDialog)
            names = [dialog.list.item(at).text() for at in range(dialog.list.count())]
            dialog.list.setCurrentRow(names.index("In touch at least every (days)"))
            item = dialog.list.currentItem()
            item.setCheckState(Qt.CheckState.Checked)
            for _ in range(dialog.list.currentRow() - 1):
                QTest.keyClick(dialog.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
            person.click(person.find(QPushButton, "Show these"))
            wanted = ["Name", "In touch at least every (days)", "Position"]
            await person.sees(lambda: headers(person)[:3] == wanted, "the columns")
            assert person.cells(1) == ["30", "7"]
            await person.sees_the_page_again()
            person.press("Ctrl+Shift+O")
            choose_from_menu("In touch at least every (days)")
            await person.sees(lambda: person.cells() == ["Ba", "An"], "the order")
            await person.rests()

    async def come_back() -> None:
        async with at_the_desk(folder) as person:
            assert headers(person)[1] == "In touch at least every (days)"
            assert person.cells() == ["Ba", "An"]
            await person.rests()

    run_on_desk(choose)
    run_on_desk(come_back)


def test_columns_that_were_moved_and_sized_stay_so(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)

    async def move() -> None:
        async with at_the_desk(folder) as person:
            table = person.desk.page.list.table
            table.horizontalHeader().moveSection(2, 1)
            table.setColumnWidth(0, 222)
            await person.sees(lambda: person.desk.lists.wish.widths, "that it was noted")
            await person.rests()

    async def come_back() -> None:
        async with at_the_desk(folder) as person:
            assert headers(person)[:3] == ["Name", "Nationality", "Position"]
            assert person.desk.page.list.table.columnWidth(0) == 222
            await person.rests()

    run_on_desk(move)
    run_on_desk(come_back)


def test_a_view_is_saved_found_in_the_sections_and_opened(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            desk = person.desk
            await desk.lists.add_chips((Chip("cadence_days", ChipTest.BETWEEN, (None, 10)),))
            desk.list_acts.menu.acts["save_view"].trigger()
            await person.sees(lambda: person.dialog, "the dialog")
            person.click(person.find(QPushButton, "Save"))
            await person.sees(lambda: "Give the view a name." in person.texts, "what is wrong")
            person.type_into(person.find(QLineEdit, "Name of the view"), "Tuần & tháng")
            person.click(person.find(QPushButton, "Save"))
            await person.sees_the_page_again()
            assert desk.page.list.top.view.accessibleName() == "Tuần & tháng"
            person.press("Ctrl+2")
            await person.sees(lambda: desk.lists.wish.kind == "organisation", "another list")
            await person.rests()
            sections = desk.page.sections
            rows = [sections.item(at).text().strip() for at in range(sections.count())]
            sections.setCurrentRow(rows.index("Tuần & tháng"))
            await person.sees(lambda: person.cells() == ["Ba"], "what the view shows")
            await desk.lists.clear()
            await person.rests()
            assert desk.page.list.top.view.accessibleName() == "Tuần & tháng (changed)"
            await person.rests()

    run_on_desk(story)


def test_a_list_opens_with_its_default_view_until_that_is_deleted(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)

    async def keep() -> None:
        async with at_the_desk(folder) as person:
            desk = person.desk
            await desk.lists.add_chips((Chip("cadence_days", ChipTest.BETWEEN, (None, 10)),))
            desk.list_acts.menu.acts["save_view"].trigger()
            await person.sees(lambda: person.dialog, "the dialog")
            person.type_into(person.find(QLineEdit, "Name of the view"), "Tuần")
            person.click(person.find(QPushButton, "Save"))
            await person.sees_the_page_again()
            await desk.list_acts.views.toggle_default()
            await person.rests()

    async def come_back() -> None:
        async with at_the_desk(folder) as person:
            assert person.cells() == ["Ba"]
            person.press("Ctrl+Shift+W")
            choose_from_menu("Delete the view …")
            await person.sees(lambda: person.dialog, "the question")
            person.click(person.find(QPushButton, "answer-0"))
            await person.sees_the_page_again()
            assert person.desk.list_acts.views.views == ()
            await person.rests()

    async def see_all() -> None:
        async with at_the_desk(folder) as person:
            assert person.cells() == ["An", "Ba"]
            await person.rests()

    for work in (keep, come_back, see_all):
        run_on_desk(work)
