"""Two lines of a history are compared: what differs, both values, who and when."""

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QLabel

from embassy_desk.desktop.records.moments import MomentsDialog
from embassy_desk.desktop.records.past_pane import PastPane
from makers.desks import Person, at_the_desk, enter, run_on_desk

HUONG = {"family_name": "Đặng", "given_name": "Hường", "alias": "Cô Hường"}
NAME = "Đặng Hường"


async def saves(person: Person, **values: str) -> None:
    """Type into fields and save."""
    for name, value in values.items():
        person.type_into(person.field(name), value)
    person.press("Ctrl+S")
    await person.sees(lambda: not person.desk.page.record.is_edited, "everything saved")
    await person.rests()


async def sees_history(person: Person) -> PastPane:
    """Show the tab of history and return it."""
    person.desk.page.record.tabs.show_tab("history")
    past = person.desk.page.record.tabs.past
    await person.sees(past.table.rowCount, "the history")
    await person.rests()
    return past


def choose(past: PastPane, *rows: int) -> None:
    """Choose lines of a history."""
    past.table.clearSelection()
    for row in rows:
        index = past.table.model().index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        past.table.selectionModel().select(index, flags.Select | flags.Rows)


def rows_of(dialog: MomentsDialog) -> list[list[str]]:
    """Return the lines of a comparison, from left to right."""
    table = dialog.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


async def compare(person: Person, past: PastPane) -> MomentsDialog:
    """Press the button and return the comparison."""
    person.click(past.compare)
    await person.sees(lambda: isinstance(person.dialog, MomentsDialog), "the comparison")
    dialog = person.dialog
    assert isinstance(dialog, MomentsDialog)
    return dialog


def test_two_moments_are_shown_side_by_side_with_who_changed_what(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            await saves(person, alias="Chị Hường")
            await saves(person, alias="Chị Hường Bé", middle_name="Thị")
            past = await sees_history(person)
            assert past.table.rowCount() == 3
            assert not past.compare.isEnabled()
            choose(past, 0, 2)
            dialog = await compare(person, past)
            found = {row[0]: row[1:3] for row in rows_of(dialog)}
            assert found == {
                "Also known as": ["Cô Hường", "Chị Hường Bé"],
                "Middle name": ["", "Thị"],
            }
            assert all("Nguyễn Văn An" in row[3] for row in rows_of(dialog))
            dialog.reject()
            await person.sees_the_page_again()
            choose(past, 0, 1)
            past.table.enter_row()
            await person.sees(lambda: isinstance(person.dialog, MomentsDialog), "by the keyboard")
            assert isinstance(person.dialog, MomentsDialog)
            first, *_ = rows_of(person.dialog)
            assert first[1:3] == ["Chị Hường", "Chị Hường Bé"]
            person.dialog.reject()
            await person.sees_the_page_again()

    run_on_desk(story)


def test_what_was_changed_back_does_not_differ(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            await saves(person, alias="Chị Hường")
            await saves(person, alias="Cô Hường")
            past = await sees_history(person)
            choose(past, 0, 2)
            dialog = await compare(person, past)
            assert rows_of(dialog) == []
            said = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
            assert "Nothing differs: what was changed in between was changed back." in said
            dialog.reject()
            await person.sees_the_page_again()

    run_on_desk(story)
