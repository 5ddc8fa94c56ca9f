"""The record page: entering, editing, saving, taking back, putting away."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from embassy_desk.application.office import answer
from embassy_desk.application.pages import ListQuery, Shelf, lines
from embassy_desk.desktop.kit.form import FieldSet
from makers.desks import Person, at_the_desk, enter, opened_store, run_on_desk
from makers.rows_of_records import begin_row

HUONG = {"family_name": "Đặng", "middle_name": "Thị", "given_name": "Hường"}
NAME = "Đặng Thị Hường"


def headings(folder: Path, kind: str, shelf: Shelf = Shelf.IN_USE) -> list[str]:
    """Return what the records of a kind are called in the store."""
    with opened_store(folder) as store:
        query = ListQuery(kind=kind, shelf=shelf)
        return [line.heading for line in answer(store, lines, query)]


def problem_of(person: Person, name: str) -> str:
    """Return the sentence below a field; empty when nothing is wrong."""
    form = person.dialog or person.desk.page.record.form
    assert form is not None
    return form.findChild(FieldSet).boxes[name].problem


def is_in_sight(person: Person, name: str) -> bool:
    """Say whether a field of the open form stands where it can be seen."""
    return not person.field(name).visibleRegion().isEmpty()


def test_contact_is_entered_by_keyboard_alone(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+N")
            await person.sees(lambda: person.title == "New: Contact", "an empty form")
            person.type_into(person.field("family_name"), "Đặng")
            person.type_into(person.field("given_name"), "Hường")
            person.press("Ctrl+S")
            await person.sees(lambda: person.title == "Đặng Hường", "the saved contact")
            await person.sees(lambda: "Đặng Hường" in person.cells(), "the contact in the list")
            await person.rests()
            assert "“Đặng Hường” was entered." in person.frame.notices.text
            assert person.desk.page.list.table.currentIndex().isValid()

    run_on_desk(story)
    assert headings(folder, "contact") == ["Đặng Hường"]


def test_nothing_typed_is_refused_in_words(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+N")
            await person.sees(lambda: person.title == "New: Contact", "an empty form")
            person.type_into(person.field("form_of_address"), "Ngài")
            person.press("Ctrl+S")
            needed = "A contact needs a name; any part of it is enough."
            await person.sees(lambda: needed in person.texts, "why it was not saved")

    run_on_desk(story)
    assert headings(folder, "contact") == []


def test_wrong_value_is_told_beside_its_field(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("cadence_days"), "often")
            form = person.desk.page.record.form
            assert form is not None
            form.verticalScrollBar().setValue(0)
            assert not is_in_sight(person, "cadence_days")
            person.press("Ctrl+S")
            await person.sees(lambda: problem_of(person, "cadence_days"), "what is wrong")
            assert problem_of(person, "cadence_days") == "Write a whole number."
            assert person.field("cadence_days").hasFocus()
            await person.sees(lambda: is_in_sight(person, "cadence_days"), "the wrong field")
            assert person.field("cadence_days").accessibleDescription() == "Write a whole number."
            person.type_into(person.field("cadence_days"), "90000")
            person.field("notes").setFocus()
            await person.sees(lambda: "3,650" in problem_of(person, "cadence_days"), "the limit")
            person.type_into(person.field("cadence_days"), "90")
            person.press("Ctrl+S")
            await person.sees(lambda: not person.desk.page.record.is_edited, "everything saved")

    run_on_desk(story)


def test_another_record_begins_at_its_top_and_a_saved_one_stays_where_it_was(folder: Path) -> None:
    enter(folder, "contact", HUONG, {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            form = person.desk.page.record.form
            assert form is not None
            bar = form.verticalScrollBar()
            await person.sees(lambda: bar.maximum() > 0, "the whole form")
            bar.setValue(bar.maximum())
            person.type_into(person.field("alias"), "Bee")
            person.press("Ctrl+S")
            await person.sees(lambda: not person.desk.page.record.is_edited, "everything saved")
            assert bar.value() > 0
            await person.opens("An")
            assert bar.value() == 0

    run_on_desk(story)


def test_row_is_added_and_a_wrong_one_stays_in_its_dialog(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            await begin_row(person, "E-mail addresses", "address", "no address")
            person.click(person.find(QPushButton, "Save"))
            await person.sees(lambda: problem_of(person, "address"), "what is wrong")
            assert "is not an e-mail address" in problem_of(person, "address")
            person.type_into(person.field("address"), "huong@example.test")
            person.click(person.find(QPushButton, "Save"))
            await person.sees_the_page_again()
            rows = person.desk.page.record.form.rows["contact_email"].model
            assert rows.index(0, 0).data() == "huong@example.test"

    run_on_desk(story)


def test_save_pressed_twice_in_a_dialog_keeps_one_row(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            await begin_row(person, "E-mail addresses", "address", "huong@example.test")
            save = person.find(QPushButton, "Save")
            person.click(save)
            person.click(save)
            await person.sees_the_page_again()
            assert len(person.desk.page.record.form.rows["contact_email"].rows) == 1

    run_on_desk(story)


def test_rows_of_a_new_record_are_saved_with_it(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+N")
            await person.sees(lambda: person.title == "New: Contact", "an empty form")
            person.type_into(person.field("family_name"), "Đặng")
            await begin_row(person, "Telephone numbers", "typed", "03-1234-5678")
            person.click(person.find(QPushButton, "Save"))
            await person.sees_the_page_again()
            person.press("Ctrl+S")
            await person.sees(lambda: person.title == "Đặng", "the saved contact")
            await person.rests()
            (row,) = person.desk.page.record.form.rows["contact_phone"].rows
            assert row.values["typed"] == "03-1234-5678"
            assert row.values["e164"] == "+81312345678"

    run_on_desk(story)


def test_last_change_is_taken_back(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("given_name"), "Hương")
            person.press("Ctrl+S")
            await person.sees(lambda: person.title == "Đặng Thị Hương", "the new name")
            await person.rests()
            person.desk.page.list.table.setFocus()
            person.press("Ctrl+Z")
            await person.sees(lambda: person.title == NAME, "the old name")
            await person.sees(lambda: NAME in person.cells(), "the old name in the list")

    run_on_desk(story)


def test_record_is_archived_with_a_reason_and_brought_back(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.desk.menus.acts["archive"].trigger()
            await person.sees(lambda: person.dialog, "the dialog")
            person.click(person.find(QPushButton, "Save"))
            await person.sees(lambda: problem_of(person, "archived_reason"), "that it is needed")
            box = person.field("archived_reason")
            box.setFocus()
            QTest.keyClick(box, Qt.Key.Key_Down)
            person.click(person.find(QPushButton, "Save"))
            await person.sees(lambda: "Archived: Left the post" in person.texts, "the badge")
            await person.sees(lambda: person.cells() == [], "an empty list")
            person.desk.menus.acts["bring_back"].trigger()
            await person.sees(lambda: NAME in person.cells(), "the record in the list again")

    run_on_desk(story)


def test_delete_puts_a_record_in_the_trash_and_offers_to_take_it_back(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            QTest.keyClick(person.desk.page.list.table, Qt.Key.Key_Delete)
            await person.sees(lambda: person.cells() == [], "an empty list")
            await person.rests()
            person.click(person.find(QPushButton, "Take back"))
            await person.sees(lambda: NAME in person.cells(), "the record in the list again")

    run_on_desk(story)
    assert headings(folder, "contact") == [NAME]


def test_history_is_told_in_sentences(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), "Chị Hường")
            person.press("Ctrl+S")
            await person.sees(lambda: not person.desk.page.record.is_edited, "everything saved")
            await person.rests()
            person.desk.page.record.tabs.show_tab("history")
            past = person.desk.page.record.tabs.past
            await person.sees(past.table.rowCount, "the history")
            newest = [past.table.item(0, column).text() for column in range(3)]
            assert newest[1:] == ["Nguyễn Văn An", "Also known as set to “Chị Hường”"]

    run_on_desk(story)


def test_a_former_value_is_brought_back_into_its_field(folder: Path) -> None:
    enter(folder, "contact", {**HUONG, "alias": "Cô Hường"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), "Chị Hường")
            person.press("Ctrl+S")
            await person.sees(lambda: not person.desk.page.record.is_edited, "everything saved")
            await person.rests()
            person.desk.page.record.tabs.show_tab("history")
            past = person.desk.page.record.tabs.past
            await person.sees(past.table.rowCount, "the history")
            former = past.former_values(0)
            assert former is not None
            (offered,) = former.actions()
            assert offered.text() == "Also known as: restore “Cô Hường”"
            assert past.former_values(past.table.rowCount() - 1) is None
            offered.trigger()
            assert person.field("alias").text() == "Cô Hường"  # type: ignore[attr-defined]
            assert person.desk.page.record.is_edited
            person.press("Ctrl+S")
            await person.sees(lambda: not person.desk.page.record.is_edited, "everything saved")

    run_on_desk(story)


def test_markup_in_a_record_stays_text_everywhere(folder: Path) -> None:
    evil = "<b>An</b> <img src=file:///etc/passwd>"
    enter(folder, "contact", {"written_name": evil, "alias": "A & B"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(evil)
            title = person.find(QLabel, "record-title")
            assert title.textFormat() is Qt.TextFormat.PlainText
            assert title.text() == evil
            model = person.desk.page.list.model
            tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
            assert "&lt;b&gt;An&lt;/b&gt;" in tip
            assert "<b>" not in tip
            assert "<img" not in tip
            for label in person.frame.findChildren(QLabel):
                assert label.textFormat() is Qt.TextFormat.PlainText or not label.text()

    run_on_desk(story)
