"""The home page: shown first, every line opens its record, reached by keys and screen readers."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.home_page.screen import HomeScreen
from embassy_desk.desktop.kit.year import PICTURE
from embassy_desk.settings.places import translations
from makers.desks import NOW, Person, at_the_desk, enter, run_on_desk

TODAY = NOW.date()
DUE = ({"title": "Gọi Bộ Ngoại giao", "due_on": TODAY}, {"title": "Báo cáo", "due_on": TODAY})
AGREEMENT = {
    "title_vi": "Bản ghi nhớ về số hóa",
    "state": "in_force",
    "in_force_on": date(2025, 2, 10),
    "initial_term_months": 12,
    "renewal_type": "tacit",
    "renewal_months": 12,
    "notice_months": 2,
}


def home_of(person: Person) -> HomeScreen:
    """Return the page."""
    page = person.frame.findChild(HomeScreen)
    assert isinstance(page, HomeScreen)
    return page


def texts_of(person: Person) -> list[str]:
    """Return what the first list of the page says."""
    return [each.text for each in home_of(person).needs.lines.entries]


def test_home_is_shown_after_unlocking_and_says_what_is_due(folder: Path) -> None:
    enter(folder, "task", *DUE)

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            assert person.desk.going.section == "home"
            assert texts_of(person) == ["Tasks due today", "Báo cáo", "Gọi Bộ Ngoại giao"]
            assert "Sunday, 22 November 2026" in person.texts

    run_on_desk(story)


def test_home_speaks_vietnamese(folder: Path) -> None:
    enter(folder, "task", DUE[0])

    async def story() -> None:
        async with at_the_desk(
            folder, section="home", language="vi", catalogue=translations()
        ) as person:
            assert "Chủ nhật, 22/11/2026" in person.texts
            assert texts_of(person)[0] == "Công việc đến hạn hôm nay"
            assert home_of(person).needs.lines.entries[1].below == "Đến hạn hôm nay."

    run_on_desk(story)


def test_line_opens_its_record_by_keys_and_the_section_leads_back(folder: Path) -> None:
    enter(folder, "task", *DUE)

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            person.press("F6")
            lines = home_of(person).needs
            assert lines.hasFocus()
            assert lines.chosen is not None
            assert lines.chosen.text == "Báo cáo"
            QTest.keyClick(lines, Qt.Key.Key_Down)
            QTest.keyClick(lines, Qt.Key.Key_Return)
            await person.sees(lambda: person.title == "Gọi Bộ Ngoại giao", "the task")
            await person.rests()
            assert person.desk.going.section == "task"
            person.press("Ctrl+0")
            await person.sees(lambda: person.desk.going.section == "home", "home")
            await person.rests()
            QTest.keyClick(lines, Qt.Key.Key_Return)
            await person.sees(lambda: person.title == "Gọi Bộ Ngoại giao", "the task again")
            await person.rests()

    run_on_desk(story)


def test_picture_of_the_year_is_told_in_words_and_opens_agreements(folder: Path) -> None:
    enter(folder, "agreement", AGREEMENT)

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            year = home_of(person).year
            model = year.model_of_year
            spoken = [
                str(model.index(0, at).data(Qt.ItemDataRole.AccessibleTextRole)) for at in (0, 1)
            ]
            assert spoken[0] == (
                "Bản ghi nhớ về số hóa, now, Renews unless notice is given by 10 December 2026."
            )
            assert spoken[1] == "Last day for notice: 10/12/2026; Next term begins: 10/02/2027"
            heard = QAccessible.queryAccessibleInterface(year)
            cells = [heard.child(at) for at in range(heard.childCount())]
            assert spoken[1] in [each.text(QAccessible.Text.Name) for each in cells]
            year.focus_first()
            QTest.keyClick(year, Qt.Key.Key_Return)
            await person.sees(lambda: person.title == "Bản ghi nhớ về số hóa", "the agreement")
            await person.rests()

    run_on_desk(story)


def test_marks_of_the_picture_lie_on_their_days(folder: Path) -> None:
    enter(folder, "agreement", AGREEMENT)

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            year = home_of(person).year
            area = year.visualRect(year.model_of_year.index(0, PICTURE))
            notice, today = (
                round(year.painter_of_year.place(day, area)) for day in (date(2026, 12, 10), TODAY)
            )
            image = year.viewport().grab().toImage()
            ratio = image.devicePixelRatio()
            seen = image.pixelColor(round(notice * ratio), round(area.center().y() * ratio))
            assert seen.name() == person.desk.outfit.colours.caution
            assert area.left() < today < notice < area.right()

    run_on_desk(story)


def test_whole_mission_shows_what_others_have_to_do(folder: Path) -> None:
    other = enter(folder, "staff", {"given_name": "Bình"})[0]
    enter(folder, "task", {"title": "Của người khác", "due_on": TODAY, "assignee": other.id})

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            assert "Nothing is due today. Well done." in person.texts
            person.click(home_of(person).everyone)
            await person.sees(lambda: "Của người khác" in texts_of(person), "the other's task")

    run_on_desk(story)


def test_page_follows_changes_and_keeps_the_line_that_was_chosen(folder: Path) -> None:
    enter(folder, "task", *DUE)

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            lines = home_of(person).needs
            lines.setCurrentIndex(lines.lines.index(2))
            enter(folder, "task", {"title": "An ủi", "due_on": TODAY})
            person.press("F5")
            await person.sees(lambda: "An ủi" in texts_of(person), "the new task")
            assert lines.chosen is not None
            assert lines.chosen.text == "Gọi Bộ Ngoại giao"

    run_on_desk(story)


def test_f6_goes_round_the_panes_of_the_page(folder: Path) -> None:
    enter(folder, "task", *DUE)
    enter(folder, "agreement", AGREEMENT)

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            names = []
            for _ in range(4):
                person.press("F6")
                focused = QApplication.focusWidget()
                names.append(focused.objectName() if focused is not None else "")
            assert names == ["home-needs", "home-year", "search", "sections"]

    run_on_desk(story)


def test_counts_open_the_list_behind_them(folder: Path) -> None:
    overdue = [{"title": f"Việc {at}", "due_on": date(2026, 11, at)} for at in range(1, 10)]
    enter(folder, "task", *overdue, {"title": "Không gấp"})
    enter(folder, "agreement", AGREEMENT, {"title_vi": "Khác"})

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            lines = home_of(person).needs
            at = texts_of(person).index("Overdue tasks")
            assert lines.lines.entries[at].aside == "9"
            lines.setCurrentIndex(lines.lines.index(at))
            QTest.keyClick(lines, Qt.Key.Key_Return)
            await person.sees(lambda: person.desk.going.section == "task", "the list of tasks")
            await person.sees(lambda: person.title == "Việc 1", "the first of them")
            await person.rests()
            assert sorted(person.cells()) == [each["title"] for each in overdue]
            person.press("Ctrl+0")
            await person.sees(lambda: person.desk.going.section == "home", "home")
            await person.rests()
            running_out = home_of(person).year_pane.counts["running_out"]
            assert running_out.text() == "Running out: 1"
            person.click(running_out)
            await person.sees(lambda: person.desk.going.section == "agreement", "agreements")
            await person.rests()
            assert person.cells() == ["Bản ghi nhớ về số hóa"]
            await person.sees(lambda: person.title == "Bản ghi nhớ về số hóa", "its record")
            await person.rests()

    run_on_desk(story)
