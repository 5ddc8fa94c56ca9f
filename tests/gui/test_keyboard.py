"""Everything can be reached and named without a mouse."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPlainTextEdit, QWidget

from embassy_desk.desktop.plans import DAILY_KINDS
from makers.desks import Person, at_the_desk, enter, run_on_desk


def unnamed(window: QWidget) -> list[str]:
    """Return the widgets that take the focus and have no name to be spoken."""
    return [
        f"{type(each).__name__} “{each.objectName()}” in {type(each.parent()).__name__}"
        for each in window.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and not each.accessibleName()
        and type(each).__name__ != "QScrollArea"
    ]


def test_everything_that_takes_the_focus_has_a_name(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            for at, kind in enumerate(DAILY_KINDS, start=1):
                person.press(f"Ctrl+{at}")
                await person.sees(lambda kind=kind: person.desk.going.kind == kind, kind)
                await person.rests()
                person.press("Ctrl+N")
                await person.sees(lambda: person.title.startswith("New: "), f"new {kind}")
                assert unnamed(person.frame) == []
                person.desk.page.record.revert()

    run_on_desk(story)


def test_sections_have_keys(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            for at in range(len(DAILY_KINDS), 0, -1):
                person.press(f"Ctrl+{at}")
                kind = DAILY_KINDS[at - 1]
                await person.sees(lambda kind=kind: person.desk.going.kind == kind, kind)
                await person.rests()

    run_on_desk(story)


def pane_of(person: Person) -> str:
    """Return the name of the pane that has the focus."""
    page, focused = person.desk.page, QApplication.focusWidget()
    panes = {
        "search": page.search,
        "sections": page.sections,
        "list": page.list,
        "record": page.record,
    }
    return next(
        (
            name
            for name, pane in panes.items()
            if focused is pane or (focused is not None and pane.isAncestorOf(focused))
        ),
        "",
    )


def test_f6_goes_round_the_panes(folder: Path) -> None:
    enter(folder, "contact", {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens("An")
            seen = []
            for _ in range(4):
                person.press("F6")
                seen.append(pane_of(person))
            assert seen == ["record", "search", "sections", "list"]

    run_on_desk(story)


def test_f6_reaches_the_filter_of_an_empty_list_and_goes_on(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            assert not person.cells()
            seen = []
            for _ in range(3):
                person.press("F6")
                seen.append(pane_of(person))
            assert sorted(seen) == ["list", "search", "sections"]
            person.desk.page.list.focus_list()
            assert person.desk.page.list.top.filter.hasFocus()

    run_on_desk(story)


def test_tab_leaves_a_text_of_several_lines(folder: Path) -> None:
    enter(folder, "contact", {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens("An")
            notes = person.field("notes")
            assert isinstance(notes, QPlainTextEdit)
            notes.setFocus()
            QTest.keyClick(notes, Qt.Key.Key_Tab)
            assert not notes.hasFocus()
            assert notes.toPlainText() == ""

    run_on_desk(story)


def test_tab_leaves_a_table(folder: Path) -> None:
    enter(folder, "contact", {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            table = person.desk.page.list.table
            table.setFocus()
            QTest.keyClick(table, Qt.Key.Key_Tab)
            assert not isinstance(QApplication.focusWidget(), QAbstractItemView)

    run_on_desk(story)


def test_arrow_keys_open_records_after_a_pause(folder: Path) -> None:
    enter(folder, "contact", {"given_name": "An"}, {"given_name": "Bình"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.desk.page.list.focus_list()
            await person.sees(lambda: person.title == "An", "the first record")
            QTest.keyClick(person.desk.page.list.table, Qt.Key.Key_Down)
            await person.sees(lambda: person.title == "Bình", "the second record")

    run_on_desk(story)
