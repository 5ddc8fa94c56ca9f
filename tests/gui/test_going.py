"""Back and forward, and new records of any kind from anywhere."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from makers.desks import at_the_desk, enter, run_on_desk

NAME = "Đặng Thị Hường"
HUONG = {"family_name": "Đặng", "middle_name": "Thị", "given_name": "Hường"}


def test_back_and_forward_lead_to_where_the_person_was(folder: Path) -> None:
    enter(folder, "contact", HUONG, {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            await person.opens("An")
            person.press("Ctrl+2")
            await person.sees(lambda: person.desk.going.section == "organisation", "organisations")
            await person.rests()
            for heading in ("An", NAME):
                person.press("Alt+Left")
                await person.sees(lambda heading=heading: person.title == heading, heading)
                await person.rests()
            assert person.desk.going.section == "contact"
            person.press("Alt+Right")
            await person.sees(lambda: person.title == "An", "An again")

    run_on_desk(story)


def test_a_line_that_is_clicked_while_the_list_is_read_again_opens(folder: Path) -> None:
    enter(folder, "contact", HUONG, {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            table = person.desk.page.list.table
            index = table.model().index(person.cells().index("An"), 0)
            QTest.mouseClick(
                table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center()
            )
            person.desk.going.follow_list()
            await person.sees(lambda: person.title == "An", "the record that was clicked")
            await person.rests()
            person.desk.going.follow_list()
            assert table.currentIndex().row() == index.row()

    run_on_desk(story)


def test_a_record_of_any_kind_is_entered_from_anywhere(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+Shift+N")
            menu = person.desk.menus.new_menu
            await person.sees(menu.isVisible, "the kinds")
            menu.close()
            kinds = {each.objectName() for each in menu.actions()}
            assert {"new-contact", "new-task", "new-agreement"} <= kinds
            assert not {"new-country", "new-attachment"} & kinds
            next(each for each in menu.actions() if each.objectName() == "new-task").trigger()
            await person.sees(lambda: person.title == "New: Task", "an empty form")
            assert person.desk.going.section == "task"

    run_on_desk(story)


def test_new_follows_the_section_that_is_shown(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            new = person.desk.menus.acts["new"]
            for section, may_enter in (
                ("mission", False), ("contact", True), ("country", False), ("board", True),
            ):  # fmt: skip
                person.desk.page.sections.choose(section)
                await person.sees(lambda at=section: person.desk.going.section == at, section)
                await person.rests()
                assert new.isEnabled() is may_enter, section
            person.press("Ctrl+N")
            await person.sees(lambda: person.title == "New: Task", "an empty form")

    run_on_desk(story)


def test_undo_goes_back_step_by_step_and_redo_forward_again(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            for alias in ("Chị Hường", "Cô Hường"):
                person.type_into(person.field("alias"), alias)
                person.press("Ctrl+S")
                await person.sees(lambda: not person.desk.page.record.is_edited, "it saved")
                await person.rests()
            person.desk.page.list.table.setFocus()
            line = person.field("alias")
            for keys, text, notice in (
                ("Ctrl+Z", "Chị Hường", f"Undone: “{NAME}”."),
                ("Ctrl+Z", "", f"Undone: “{NAME}”."),
                ("Ctrl+Y", "Chị Hường", f"Done again: “{NAME}”."),
                ("Ctrl+Y", "Cô Hường", f"Done again: “{NAME}”."),
            ):
                person.press(keys)
                await person.sees(lambda text=text: line.text() == text, f"“{text}”")  # type: ignore[attr-defined, misc]
                await person.rests()
                assert person.frame.notices.text == notice
            person.press("Ctrl+Y")
            nothing = "There is nothing to do again."
            await person.sees(lambda: person.frame.notices.text == nothing, "that it is all")

    run_on_desk(story)


def test_a_line_opens_again_after_its_section_was_chosen_again(folder: Path) -> None:
    enter(folder, "contact", {"family_name": "Đặng", "given_name": "Hường"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens("Đặng Hường")
            person.press("Ctrl+0")
            await person.sees(lambda: person.desk.page.shown_page == "home", "the home page")
            await person.rests()
            person.press("Ctrl+1")
            await person.sees(lambda: not person.desk.page.shown_page, "the list")
            await person.rests()
            assert person.title == ""
            await person.opens("Đặng Hường")

    run_on_desk(story)
