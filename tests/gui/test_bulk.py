"""Many records of a list at once, by the keyboard, with one step to take it back."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from embassy_desk.application.office import perform
from embassy_desk.application.records import enter_record
from embassy_desk.desktop.lists.presenter import PAGE_LINES
from embassy_desk.desktop.lists.set_dialog import SetDialog
from makers.desks import Person, at_the_desk, enter, opened_store, run_on_desk

NAMES = ("An", "Ba", "Chi", "Dung")


async def choose(person: Person, *rows: int) -> None:
    """Choose some lines by clicking them with Ctrl held."""
    table = person.desk.page.list.table
    for row in rows:
        point = table.visualRect(person.desk.page.list.model.index(row, 0)).center()
        held = Qt.KeyboardModifier.ControlModifier
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, point)
    await person.sees(lambda: len(person.desk.lists.chosen) == len(rows), "what is chosen")


def act(person: Person, name: str) -> None:
    person.desk.list_acts.menu.acts[name].trigger()


def test_several_lines_go_to_the_trash_and_come_back_in_one_step(folder: Path) -> None:
    enter(folder, "contact", *({"given_name": name} for name in NAMES))

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await choose(person, 1, 3)
            assert "2 of 4 records chosen" in person.texts
            person.desk.page.list.table.setFocus()
            person.press("Delete")
            await person.sees(lambda: person.dialog, "the question")
            person.click(person.find(QPushButton, "answer-0"))
            await person.sees(lambda: person.cells() == ["An", "Chi"], "who is left")
            await person.sees_the_page_again()
            assert person.frame.notices.text == "2 records were put in the trash."
            person.press("Ctrl+Z")
            await person.sees(lambda: person.cells() == list(NAMES), "everybody")
            await person.rests()

    run_on_desk(story)


def test_the_whole_list_is_chosen_beyond_what_is_in_sight(folder: Path) -> None:
    total = 3 * PAGE_LINES
    enter(folder, "contact", *({"given_name": f"N{n:04}"} for n in range(total)))

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+Shift+A")
            await person.sees(lambda: len(person.desk.lists.chosen) == total, "all of them")
            assert len(set(person.desk.lists.chosen)) == total
            act(person, "bulk_tag")
            await person.sees(lambda: person.dialog, "the dialog")
            person.type_into(person.field("label"), "Tết")
            person.click(person.find(QPushButton, "Save"))
            await person.sees(
                lambda: person.frame.notices.text == "360 records were tagged.", "the notice"
            )
            await person.sees_the_page_again()
            assert len(person.desk.lists.chosen) == total, "the choice was lost"
            await person.rests()

    run_on_desk(story)


def test_chosen_records_stay_chosen_when_lines_move(folder: Path) -> None:
    enter(folder, "contact", *({"given_name": name} for name in NAMES))

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await choose(person, 1, 2)
            chosen = person.desk.lists.chosen
            with opened_store(folder) as store:
                perform(store, enter_record, "contact", {"given_name": "Ai"})
            person.desk.watch.look()
            await person.sees(lambda: "Ai" in person.cells(), "the new record")
            await person.rests()
            assert person.desk.lists.chosen == chosen
            rows = [row for first, last in person.desk.page.list.table.spans
                    for row in range(first, last + 1)]  # fmt: skip
            assert [person.cells()[row] for row in rows] == ["Ba", "Chi"]
            await person.rests()

    run_on_desk(story)


def test_a_field_is_set_after_before_and_after_were_shown(folder: Path) -> None:
    people = enter(folder, "contact", *({"given_name": name} for name in NAMES))
    del people

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await choose(person, 0, 2)
            person.press("Ctrl+Shift+H")
            await person.sees(lambda: person.dialog, "the dialog")
            dialog = person.dialog
            assert isinstance(dialog, SetDialog)
            at = dialog.field_box.findText("In touch at least every (days)")
            dialog.field_box.setCurrentIndex(at)
            person.type_into(person.field("cadence_days"), "45")
            await person.sees(lambda: dialog.table.rowCount() == 2, "the table")
            shown = [
                [dialog.table.item(row, column).text() for column in range(3)] for row in range(2)
            ]
            assert shown == [["An", "–", "45"], ["Chi", "–", "45"]]
            person.click(person.find(QPushButton, "Set"))
            await person.sees(
                lambda: person.frame.notices.text == "2 records were changed.", "the notice"
            )
            await person.sees_the_page_again()
            await person.rests()

    run_on_desk(story)


def test_without_a_choice_a_bulk_act_says_what_to_do(folder: Path) -> None:
    enter(folder, "contact", {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            act(person, "bulk_archive")
            said = "Choose some records of the list first."
            await person.sees(lambda: person.frame.notices.text == said, "what to do")
            await person.rests()

    run_on_desk(story)
