"""The search over everything: folded, grouped by kind, opened by keyboard."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from makers.desks import Person, at_the_desk, enter, run_on_desk


def prepare(folder: Path) -> None:
    """Enter records that share a word."""
    enter(folder, "contact", {"family_name": "Đặng", "given_name": "Hường"})
    enter(folder, "organisation", {"name_vi": "Công ty Hương Sen", "short_name": "HS"})
    enter(folder, "agreement", {"title_vi": "Bản ghi nhớ về hợp tác số"})


def found(person: Person) -> list[str]:
    """Return what the results show."""
    results = person.desk.page.search.results
    return [hit.heading for hit in results.shown] if results.isVisible() else []


def test_words_without_marks_find_records_of_every_kind(folder: Path) -> None:
    prepare(folder)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+Shift+F")
            line = person.desk.page.search.line
            assert line.hasFocus()
            QTest.keyClicks(line, "huong")
            await person.sees(lambda: found(person), "what was found")
            assert {"Đặng Hường", "Công ty Hương Sen"} <= set(found(person))
            assert line.text() == "huong"
            assert line.hasFocus()

    run_on_desk(story)


def test_enter_opens_what_the_arrows_chose(folder: Path) -> None:
    prepare(folder)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+Shift+F")
            line = person.desk.page.search.line
            QTest.keyClicks(line, "ghi nho")
            await person.sees(lambda: found(person), "the agreement")
            QTest.keyClick(line, Qt.Key.Key_Return)
            await person.sees(lambda: person.title == "Bản ghi nhớ về hợp tác số", "its page")
            await person.rests()
            assert person.desk.going.kind == "agreement"
            assert person.desk.page.list.table.currentIndex().isValid()

    run_on_desk(story)


def test_escape_closes_the_results_and_leaves_what_was_typed(folder: Path) -> None:
    prepare(folder)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+Shift+F")
            line = person.desk.page.search.line
            QTest.keyClicks(line, "huong")
            await person.sees(lambda: found(person), "results")
            QTest.keyClick(line, Qt.Key.Key_Escape)
            assert not person.desk.page.search.results.isVisible()
            assert line.text() == "huong"

    run_on_desk(story)


def test_search_says_when_there_is_nothing(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+Shift+F")
            QTest.keyClicks(person.desk.page.search.line, "zzzz")
            results = person.desk.page.search.results
            await person.sees(results.isVisible, "an answer")
            assert found(person) == []

    run_on_desk(story)


def test_field_that_names_a_record_takes_only_what_is_chosen(folder: Path) -> None:
    prepare(folder)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+4")
            await person.sees(lambda: person.desk.going.kind == "agreement", "agreements")
            await person.opens("Bản ghi nhớ về hợp tác số")
            line = person.field("lead_ministry_id")
            person.type_into(line, "huong sen")
            person.press("Ctrl+S")
            box = person.desk.page.record.form.fields.boxes["lead_ministry_id"]
            await person.sees(lambda: box.problem, "that a record must be chosen")
            assert line.text() == "huong sen"  # type: ignore[attr-defined]
            person.type_into(line, "huong se")
            results = box.editor._results
            await person.sees(lambda: box.editor._results, "a list to choose from")
            results = box.editor._results
            await person.sees(results.isVisible, "what was found")
            QTest.keyClick(line, Qt.Key.Key_Return)
            assert line.text() == "Công ty Hương Sen"  # type: ignore[attr-defined]
            then = person.field("lead_ministry_then")
            assert then.text() == "Công ty Hương Sen"  # type: ignore[attr-defined]
            person.press("Ctrl+S")
            await person.sees(lambda: not person.desk.page.record.is_edited, "everything saved")

    run_on_desk(story)
