"""Chips over a list: added, combined, changed and removed, by the keyboard too."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from embassy_desk.application.wishes import Chip, ChipTest
from embassy_desk.desktop.lists.chip_dialog import ChipDialog
from embassy_desk.desktop.lists.chip_values import DaysValue, TicksValue
from makers.desks import Person, at_the_desk, choose_from_menu, enter, run_on_desk

TASKS = (
    {"title": "Alpha", "state": "open", "due_on": "2026-11-25", "priority": "urgent"},
    {"title": "Beta", "state": "done", "due_on": "2026-11-26"},
    {"title": "Gamma", "state": "open", "due_on": "2026-10-01"},
)
OPEN = Chip("state", ChipTest.NONE_OF, ("done", "cancelled"))
OVERDUE = Chip("overdue", ChipTest.HOLDS)


async def at_the_tasks(person: Person) -> None:
    person.press("Ctrl+7")
    await person.sees(lambda: person.desk.lists.wish.kind == "task", "the tasks")
    await person.rests()


def chips(person: Person) -> list[str]:
    """Return what the chips say."""
    return [each.front.text() for each in person.desk.page.list.top.chips.boxes]


def test_ready_filters_are_offered_and_combine(folder: Path) -> None:
    enter(folder, "task", *TASKS)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await at_the_tasks(person)
            person.press("Ctrl+Shift+L")
            choose_from_menu("Still open")
            await person.sees(lambda: person.cells() == ["Gamma", "Alpha"], "what is open")
            person.click(person.desk.page.list.top.add)
            choose_from_menu("Overdue")
            await person.sees(lambda: person.cells() == ["Gamma"], "what is overdue")
            assert chips(person) == ["State is not Done, Cancelled", "Overdue"]
            assert "1 record" in person.texts
            await person.rests()

    run_on_desk(story)


def test_chip_is_removed_by_a_key_and_the_focus_goes_on(folder: Path) -> None:
    enter(folder, "task", *TASKS)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await at_the_tasks(person)
            await person.desk.lists.add_chips((OPEN, OVERDUE))
            person.press("Ctrl+Shift+G")
            bar = person.desk.page.list.top.chips
            assert bar.boxes[0].front.hasFocus()
            person.press("Right")
            assert bar.boxes[1].front.hasFocus()
            person.press("Delete")
            await person.sees(lambda: len(person.cells()) == 2, "two lines")
            assert bar.boxes[0].front.hasFocus()
            person.press("Backspace")
            await person.sees(lambda: len(person.cells()) == 3, "every line")
            assert person.desk.page.list.top.filter.hasFocus()
            assert bar.isHidden()
            await person.rests()

    run_on_desk(story)


def test_all_filters_and_words_go_at_once(folder: Path) -> None:
    enter(folder, "task", *TASKS)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await at_the_tasks(person)
            await person.desk.lists.add_chips((OPEN, OVERDUE))
            await person.desk.lists.filter("nothing of the kind")
            await person.sees(lambda: not person.cells(), "no line")
            assert "No record here holds “nothing of the kind”." in person.texts
            person.press("Ctrl+Shift+Backspace")
            await person.sees(lambda: len(person.cells()) == 3, "every line")
            assert chips(person) == []
            assert person.desk.page.list.top.filter.text() == ""
            await person.rests()

    run_on_desk(story)


def test_filter_by_a_field_is_made_in_a_dialog_and_changed_there(folder: Path) -> None:
    enter(folder, "task", *TASKS)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await at_the_tasks(person)
            person.desk.list_acts.start_chip()
            await person.sees(lambda: person.dialog, "the dialog")
            dialog = person.dialog
            assert isinstance(dialog, ChipDialog)
            dialog.choose_field("priority")
            ticks = dialog.value
            assert isinstance(ticks, TicksValue)
            person.click(person.find(QPushButton, "Filter"))
            assert "This is needed." in person.texts
            ticks.show_value(("urgent",), {})
            person.click(person.find(QPushButton, "Filter"))
            await person.sees(lambda: person.cells() == ["Alpha"], "the urgent task")
            assert chips(person) == ["Priority: Urgent"]
            await person.sees_the_page_again()
            person.click(person.desk.page.list.top.chips.boxes[0].front)
            await person.sees(lambda: person.dialog, "the dialog again")
            dialog = person.dialog
            assert isinstance(dialog, ChipDialog)
            assert isinstance(dialog.value, TicksValue)
            assert dialog.value.value() == ("urgent",)
            dialog.value.show_value(("normal",), {})
            person.click(person.find(QPushButton, "Filter"))
            await person.sees(lambda: len(person.cells()) == 2, "the others")
            await person.sees_the_page_again()
            await person.rests()

    run_on_desk(story)


def test_days_from_today_are_asked_as_a_number(folder: Path) -> None:
    enter(folder, "task", *TASKS)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await at_the_tasks(person)
            dialog = ChipDialog(person.frame, person.desk.outfit, "task")
            made: list[Chip] = []
            dialog.chosen.connect(made.append)
            dialog.show_chip(Chip("due_on", ChipTest.NEXT_DAYS, 3), {})
            assert isinstance(dialog.value, DaysValue)
            dialog.open()
            person.click(person.find(QPushButton, "Filter"))
            assert made == [Chip("due_on", ChipTest.NEXT_DAYS, 3)]
            await person.rests()

    run_on_desk(story)


def test_chips_speak_the_language_of_the_window(folder: Path) -> None:
    enter(folder, "task", *TASKS)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await at_the_tasks(person)
            await person.desk.lists.add_chips((OVERDUE,))
            person.frame.languages["vi"].trigger()
            await person.sees(lambda: chips(person) == ["Quá hạn"], "the chip in Vietnamese")
            await person.rests()

    run_on_desk(story)
