"""The calendar: month, week and coming days; by keys alone; Vietnamese weeks and days."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.calendar.presenter import CalendarForm
from embassy_desk.desktop.calendar.screen import CalendarScreen
from embassy_desk.settings.places import translations
from makers.desks import NOW, Person, at_the_desk, enter, run_on_desk

TODAY = NOW.date()
TASK = {"title": "Báo cáo quý", "due_on": date(2026, 11, 24)}


def calendar_of(person: Person) -> CalendarScreen:
    """Return the page."""
    page = person.frame.findChild(CalendarScreen)
    assert isinstance(page, CalendarScreen)
    return page


def on_day(person: Person) -> list[str]:
    """Return what stands on the chosen day."""
    return [each.text for each in calendar_of(person).day.lines.entries]


def test_arrows_go_from_day_to_day_also_into_another_month(folder: Path) -> None:
    enter(folder, "task", TASK)

    async def story() -> None:
        async with at_the_desk(folder, section="calendar") as person:
            person.press("F6")
            days = calendar_of(person).days
            assert days.hasFocus()
            assert days.day == TODAY
            QTest.keyClick(days, Qt.Key.Key_Right)
            QTest.keyClick(days, Qt.Key.Key_Right)
            await person.sees(lambda: on_day(person) == ["Báo cáo quý"], "the task of the day")
            QTest.keyClick(days, Qt.Key.Key_Down)
            QTest.keyClick(days, Qt.Key.Key_Down)
            QTest.keyClick(days, Qt.Key.Key_Down)
            await person.sees(lambda: "December 2026" in person.texts, "the next month")
            await person.rests()
            assert days.day == date(2026, 12, 15)
            QTest.keyClick(days, Qt.Key.Key_PageUp)
            await person.sees(lambda: "November 2026" in person.texts, "the month before")
            await person.rests()
            assert days.day == date(2026, 11, 15)

    run_on_desk(story)


def test_enter_leads_to_the_day_and_then_to_the_record(folder: Path) -> None:
    enter(folder, "task", {**TASK, "due_on": TODAY})

    async def story() -> None:
        async with at_the_desk(folder, section="calendar") as person:
            person.press("F6")
            QTest.keyClick(calendar_of(person).days, Qt.Key.Key_Return)
            lines = calendar_of(person).day
            assert lines.hasFocus()
            QTest.keyClick(lines, Qt.Key.Key_Return)
            await person.sees(lambda: person.title == "Báo cáo quý", "the task")
            await person.rests()

    run_on_desk(story)


def test_week_and_coming_days_show_the_same_things(folder: Path) -> None:
    enter(folder, "task", TASK)

    async def story() -> None:
        async with at_the_desk(folder, section="calendar") as person:
            page = calendar_of(person)
            person.click(page.top.forms[CalendarForm.WEEK])
            heading = "Week 47: 16/11/2026 – 22/11/2026"
            await person.sees(lambda: heading in person.texts, "the week")
            assert (page.days.days.rowCount(), page.days.days.columnCount()) == (1, 7)
            person.click(page.top.forms[CalendarForm.AGENDA])
            await person.sees(page.agenda.isVisible, "the coming days")
            await person.rests()
            texts = [each.text for each in page.agenda.lines.entries]
            assert texts == ["Tuesday, 24 November 2026", "Báo cáo quý"]

    run_on_desk(story)


def test_vietnamese_weeks_begin_on_thu_hai_and_days_are_spoken(folder: Path) -> None:
    enter(folder, "task", TASK)

    async def story() -> None:
        async with at_the_desk(
            folder, section="calendar", language="vi", catalogue=translations()
        ) as person:
            days = calendar_of(person).days.days
            headers = [days.headerData(at, Qt.Orientation.Horizontal) for at in range(7)]
            assert headers == ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]
            assert days.headerData(3, Qt.Orientation.Vertical) == "Tuần 47"
            assert "Tháng 11 năm 2026" in person.texts
            cell = days.index_of(date(2026, 11, 24))
            assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == (
                "Thứ Ba, 24/11/2026, 1 mục, Công việc đến hạn, Báo cáo quý"
            )

    run_on_desk(story)


def test_something_new_begins_with_the_chosen_day(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="calendar") as person:
            page = calendar_of(person)
            page.days.setCurrentIndex(page.days.days.index_of(date(2026, 11, 26)))
            task, engagement = page.top.entering.actions()
            assert task.text() == "Task due on this day"
            engagement.trigger()
            await person.sees(lambda: person.title.startswith("New: "), "a new engagement")
            assert person.desk.going.section == "engagement"
            field = person.field("held_on")
            await person.sees(lambda: field.text() == "26/11/2026", "the chosen day")
            person.type_into(person.field("subject"), "Gặp đối tác")
            person.press("Ctrl+S")
            await person.sees(lambda: person.title == "Gặp đối tác", "the saved engagement")
            person.press("Ctrl+Shift+D")
            await person.sees(lambda: "● Gặp đối tác" in on_cells(person), "it on its day")

    run_on_desk(story)


def on_cells(person: Person) -> list[str]:
    """Return the lines in the cell of 26 November 2026."""
    days = calendar_of(person).days.days
    cell = days.index_of(date(2026, 11, 26))
    tip = str(cell.data(Qt.ItemDataRole.ToolTipRole))
    return tip.removeprefix("<qt>").removesuffix("</qt>").split("<br>")


def test_f6_goes_from_the_days_to_the_chosen_day(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="calendar") as person:
            names = []
            for _ in range(4):
                person.press("F6")
                focused = QApplication.focusWidget()
                names.append(focused.objectName() if focused is not None else "")
            assert names == ["calendar-days", "calendar-day", "search", "sections"]

    run_on_desk(story)
