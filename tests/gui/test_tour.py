"""The tour of a first day: each step ticks itself off when the person does it, and stays so."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from embassy_desk.application.office import answer
from embassy_desk.application.tour import steps_done
from embassy_desk.desktop.boards.screen import BoardScreen
from embassy_desk.desktop.help.pages import page
from embassy_desk.desktop.home_page.screen import HomeScreen
from embassy_desk.desktop.report_page.screen import ReportScreen
from embassy_desk.desktop.tour.panel import TourPanel
from embassy_desk.desktop.tour.steps import STEPS
from embassy_desk.settings.places import translations
from embassy_desk.texts import Words
from makers.desks import Person, at_the_desk, enter, opened_store, run_on_desk

AGREEMENT = {"title_vi": "Bản ghi nhớ về số hóa", "country": "JP"}
CODES = [each.code for each in STEPS]


async def toured(person: Person) -> TourPanel:
    """Begin the tour by the menu, and return its panel."""
    person.desk.menus.acts["tour"].trigger()
    await person.sees(lambda: person.desk.tour.panel, "the tour")
    await person.rests()
    panel = person.desk.tour.panel
    assert panel is not None
    return panel


def ticked(panel: TourPanel) -> list[str]:
    """Return the steps that are ticked off, as a screen reader says them."""
    return [
        code
        for at, code in enumerate(CODES)
        if str(panel.list.item(at).data(Qt.ItemDataRole.AccessibleTextRole)).startswith("Done: ")
    ]


async def go(person: Person, panel: TourPanel, code: str) -> None:
    """Choose a step in the list and be taken there."""
    panel.list.setFocus()
    panel.list.setCurrentRow(CODES.index(code))
    person.press("Return")
    await person.rests()


def test_looking_and_finding_are_ticked_off_by_doing_them(folder: Path) -> None:
    enter(folder, "agreement", AGREEMENT)
    (task,) = enter(folder, "task", {"title": "Gọi Bộ Ngoại giao"})

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            panel = await toured(person)
            home = person.frame.findChild(HomeScreen)
            assert home is not None
            home.record_asked.emit("task", task.id)
            await person.sees(lambda: ticked(panel) == ["home"], "the first tick")
            assert "Next: “Find somebody”." in person.frame.notices.text

            await go(person, panel, "find")
            line = person.desk.page.search.line
            results = person.desk.page.search.results
            person.type_into(line, "so hoa")
            await person.sees(lambda: results.isVisible() and results.shown, "the hits")
            QTest.keyClick(line, Qt.Key.Key_Return)
            await person.sees(lambda: "agreement" in ticked(panel), "an agreement that was found")
            assert "find" in ticked(panel)

    run_on_desk(story)
    with opened_store(folder) as store:
        assert answer(store, steps_done) == {"home", "find", "agreement"}


def test_entering_and_taking_back_are_ticked_off_by_doing_them(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            panel = await toured(person)
            await go(person, panel, "contact")
            person.press("Ctrl+N")
            await person.sees(lambda: person.title == "New: Contact", "a form")
            person.type_into(person.field("given_name"), "Lan")
            person.press("Ctrl+S")
            await person.sees(lambda: "contact" in ticked(panel), "that a contact was saved")
            await person.rests()
            person.desk.page.list.table.setFocus()
            person.press("Ctrl+Z")
            await person.sees(lambda: "undo" in ticked(panel), "that it was taken back")

    run_on_desk(story)
    with opened_store(folder) as store:
        assert answer(store, steps_done) == {"contact", "undo"}


def test_moving_a_card_and_making_a_report_are_ticked_off_by_doing_them(folder: Path) -> None:
    enter(folder, "task", {"title": "Gọi Bộ Ngoại giao"})

    async def story() -> None:
        async with at_the_desk(folder, section="contact") as person:
            panel = await toured(person)
            await go(person, panel, "card")
            board = person.frame.findChild(BoardScreen)
            assert board is not None
            await person.sees(lambda: board.columns[0].cards.cards, "a card")
            board.columns[0].setFocus()
            board.columns[0].setCurrentIndex(board.columns[0].cards.index(0))
            person.press("Ctrl+Right")
            await person.sees(lambda: "card" in ticked(panel), "that a card was moved")

            await go(person, panel, "report")
            reports = person.frame.findChild(ReportScreen)
            assert reports is not None
            person.click(reports.preview)
            await person.sees(lambda: "report" in ticked(panel), "that a report was made")
            await person.rests()
            assert panel.chosen.code == "home"
            assert "2 of 8 done" in person.texts

    run_on_desk(story)


def test_the_tour_is_begun_ended_and_begun_anew_by_keys(folder: Path) -> None:
    enter(folder, "contact", {"given_name": "Lan"})

    async def story() -> None:
        async with at_the_desk(folder, section="contact") as person:
            panel = await toured(person)
            assert panel.list.hasFocus()
            assert panel.list.accessibleName() == "Steps of the tour"
            await person.sees(person.cells, "a line to go to")
            seen = []
            for _ in range(6):  # F6 goes round all panes, the tour among them
                person.press("F6")
                seen.append(QApplication.focusWidget())
            assert panel.list in seen, seen
            assert "This is your own desk: what you enter here is kept." in person.texts
            await go(person, panel, "engagement")
            assert person.desk.going.kind == "engagement"

            person.desk.menus.acts["undo"].trigger()
            await person.sees(lambda: "undo" in ticked(panel), "a tick")
            await person.rests()
            done = ticked(panel)
            person.click(button_of(panel, "End the tour"))
            assert person.desk.tour.panel is None
            assert not panel.isVisible()
            panel = await toured(person)
            assert ticked(panel) == done
            person.click(button_of(panel, "Begin anew"))
            await person.sees(lambda: ticked(panel) == [], "no tick")
            person.frame.languages["vi"].trigger()
            await person.sees(lambda: "Kết thúc" in said_by(panel), "the other language")

    run_on_desk(story)


def button_of(panel: TourPanel, text: str) -> QPushButton:
    return next(each for each in panel.findChildren(QPushButton) if each.text() == text)


def said_by(panel: TourPanel) -> str:
    return " ".join(each.text() for each in panel.findChildren(QPushButton))


def test_help_tells_of_every_step_in_both_languages() -> None:
    for language in ("vi", "en"):
        words = Words(language, translations())
        told = page("first_day", language)
        assert [words(each.title) for each in STEPS if words(each.title) not in told] == []
