"""The list: sorted by the store, filtered while typing, fetched page by page, never jumping."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from embassy_desk.application.office import perform
from embassy_desk.application.records import change_record, enter_record
from embassy_desk.desktop.lists.model import WAITING
from embassy_desk.desktop.lists.presenter import PAGE_LINES
from makers.desks import Person, at_the_desk, enter, opened_store, run_on_desk

PEOPLE = (
    {"family_name": "Đặng", "middle_name": "Thị", "given_name": "Hường"},
    {"family_name": "Nguyễn", "middle_name": "Văn", "given_name": "An"},
    {"family_name": "Lê", "middle_name": "Thị", "given_name": "Ánh"},
)
BY_GIVEN = ["Nguyễn Văn An", "Lê Thị Ánh", "Đặng Thị Hường"]
BY_FAMILY = ["Đặng Thị Hường", "Lê Thị Ánh", "Nguyễn Văn An"]


def count_of(person: Person) -> str:
    """Return how many there are, as the window says it."""
    label = person.frame.findChild(QLabel, "list-count")
    assert isinstance(label, QLabel)
    return label.text()


def click_header(person: Person, column: int) -> None:
    """Click the header of a column."""
    header = person.desk.page.list.table.horizontalHeader()
    point = header.rect().center()
    point.setX(header.sectionViewportPosition(column) + 20)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_names_stand_in_vietnamese_order_by_given_or_family_name(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            assert person.cells() == BY_GIVEN
            assert count_of(person) == "3 records"
            click_header(person, 0)
            await person.sees(lambda: person.cells() == BY_GIVEN[::-1], "the order turned round")
            person.desk.menus.acts["by_family"].trigger()
            await person.sees(lambda: person.cells() == BY_FAMILY, "order by family name")

    run_on_desk(story)


def test_list_is_filtered_while_it_is_typed_into(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+F")
            line = person.desk.page.list.top.filter
            assert line.hasFocus()
            QTest.keyClicks(line, "huong")
            await person.sees(lambda: person.cells() == ["Đặng Thị Hường"], "one line")
            assert line.text() == "huong"
            assert count_of(person) == "1 record"
            QTest.keyClicks(line, "xyz")
            nothing = "No record here holds “huongxyz”."
            await person.sees(lambda: nothing in person.texts, "that there is none")
            person.type_into(line, "")
            await person.sees(lambda: len(person.cells()) == 3, "everybody")

    run_on_desk(story)


def test_letters_that_are_still_composed_filter_nothing(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+F")
            line = person.desk.page.list.top.filter
            QApplication.sendEvent(line, QInputMethodEvent("huo", []))
            await person.rests()
            assert line.text() == ""
            assert len(person.cells()) == 3
            done = QInputMethodEvent()
            done.setCommitString("Hường")
            QApplication.sendEvent(line, done)
            await person.sees(lambda: person.cells() == ["Đặng Thị Hường"], "one line")
            assert line.text() == "Hường"

    run_on_desk(story)


def test_empty_list_says_what_to_do(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            sentence = "There is nothing here yet. Press Ctrl+N to enter the first record."
            assert sentence in person.texts

    run_on_desk(story)


def test_only_pages_in_sight_are_fetched(folder: Path) -> None:
    total = 3 * PAGE_LINES
    enter(folder, "contact", *({"given_name": f"Người {n:04}"} for n in range(total)))

    async def story() -> None:
        async with at_the_desk(folder) as person:
            model, table = person.desk.page.list.model, person.desk.page.list.table
            assert model.rowCount() == total
            assert model.line(0) is not None
            assert model.line(total - 1) is None
            table.scrollToBottom()
            await person.sees(lambda: model.line(total - 1), "the last line")
            assert model.line(PAGE_LINES) is None, "a page that was never in sight was fetched"

    run_on_desk(story)


def test_line_that_is_not_here_yet_says_so(folder: Path) -> None:
    enter(folder, "contact", *({"given_name": f"Người {n:04}"} for n in range(PAGE_LINES + 5)))

    async def story() -> None:
        async with at_the_desk(folder) as person:
            model = person.desk.page.list.model
            assert model.index(PAGE_LINES + 1, 0).data() == WAITING
            await person.sees(lambda: model.index(PAGE_LINES + 1, 0).data() != WAITING, "the line")

    run_on_desk(story)


def test_work_of_another_process_appears_and_the_choice_stays(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens("Lê Thị Ánh")
            with opened_store(folder) as store:
                perform(store, enter_record, "contact", {"given_name": "Ai"})
            person.desk.watch.look()
            await person.sees(lambda: "Ai" in person.cells(), "the new record")
            await person.rests()
            table = person.desk.page.list.table
            assert table.currentIndex().row() == person.cells().index("Lê Thị Ánh")
            assert person.title == "Lê Thị Ánh"

    run_on_desk(story)


def test_form_that_is_being_edited_is_left_alone_by_work_of_another_process(folder: Path) -> None:
    (huong, *_) = enter(folder, "contact", *PEOPLE)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens("Đặng Thị Hường")
            person.type_into(person.field("alias"), "Chị Hường")
            with opened_store(folder) as store:
                perform(store, change_record, "contact", huong.id, {"form_of_address": "Bà"})
            person.desk.watch.look()
            await person.rests()
            assert person.field("alias").text() == "Chị Hường"  # type: ignore[attr-defined]
            person.press("Ctrl+S")
            await person.sees(lambda: not person.desk.page.record.is_edited, "everything saved")
            address = person.field("form_of_address")
            assert address.text() == "Bà", "the other's change was lost"  # type: ignore[attr-defined]

    run_on_desk(story)


def test_column_without_a_sensible_order_is_not_sorted(folder: Path) -> None:
    enter(folder, "contact", *PEOPLE)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            click_header(person, 1)
            await person.rests()
            assert person.desk.lists.query.sort == "heading"

    run_on_desk(story)


def test_nobody_is_invited_to_choose_from_an_empty_list(folder: Path) -> None:
    enter(folder, "task", {"title": "Gửi công hàm"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            invitation = person.desk.page.record.invitation.label
            for section, is_shown in (("contact", False), ("task", True), ("campaign", False)):
                person.desk.page.sections.choose(section)
                await person.sees(lambda at=section: person.desk.going.section == at, section)
                await person.rests()
                assert invitation.isVisible() is is_shown, section

    run_on_desk(story)
