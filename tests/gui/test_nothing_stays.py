"""After a lock no text of any record stays: in no widget or model, and nowhere in memory."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from embassy_desk.application.office import perform
from embassy_desk.application.records import enter_record
from embassy_desk.application.views import View, keep_view
from embassy_desk.application.wishes import Wish
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.palette.screen import Palette
from embassy_desk.desktop.report_page.screen import ReportScreen
from embassy_desk.desktop.shell.page_plans import PAGE_PLANS
from embassy_desk.texts import N_
from makers.canaries import MARK, marked, marks_in_memory, marks_in_widgets
from makers.desks import NOW, Person, at_the_desk, opened_store, run_on_desk

KINDS = ("contact", "organisation", "agreement", "engagement", "task")
TABS = ("timeline", "linked", "documents", "history", "details")


def app() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


def _values(kind: str) -> dict[str, Any]:
    title = {
        "contact": {"given_name": marked(1), "family_name": "An", "notes": marked(2)},
        "organisation": {"name_vi": marked(3), "short_name": "HS"},
        "agreement": {"title_vi": marked(4), "title_en": marked(5), "country": "JP"},
        "engagement": {"subject": marked(6), "held_on": NOW.date()},
        "task": {"title": marked(7), "due_on": NOW.date()},
    }
    return title[kind]


def plant(folder: Path) -> None:
    """Enter records of every daily kind, and a view, with marked texts."""
    with opened_store(folder) as store:
        for kind in KINDS:
            perform(store, enter_record, kind, _values(kind))
        perform(store, keep_view, View(name=marked(8), wish=Wish(kind="contact")))


async def _visit(person: Person, section: str) -> None:
    person.desk.page.sections.choose(section)
    await person.sees(lambda: person.desk.going.section == section, section)
    await person.rests()


async def _pages(person: Person) -> None:
    """Show every page, and a report as paper."""
    for page in PAGE_PLANS:
        await _visit(person, page)
    await _report(person)


async def _records(person: Person) -> None:
    """Show lists with a record, its tabs, the search, a notice, a draft, a copy, the palette."""
    for kind in ("agreement", "contact"):
        await _visit(person, kind)
        await person.sees(person.cells, f"lines of {kind}")
        await person.opens(next(each for each in person.cells() if MARK in each))
    for tab in TABS:
        person.desk.page.record.tabs.show_tab(tab)
        await person.rests()
    person.type_into(person.field("alias"), marked(9))
    person.press("Ctrl+Shift+F")
    QTest.keyClicks(person.desk.page.search.line, MARK)
    await person.sees(person.desk.page.search.results.isVisible, "what was found")
    person.frame.notices.tell(Notice(N_("“{heading}” was saved.", heading=marked(10))))
    app().clipboard().setText(marked(11))
    await _palette(person)


async def _report(person: Person) -> None:
    await _visit(person, "reports")
    page = person.frame.findChild(ReportScreen)
    assert isinstance(page, ReportScreen)
    (found,) = page.list.findItems("Register of agreements", Qt.MatchFlag.MatchExactly)
    page.list.setCurrentItem(found)
    person.click(page.preview)
    await person.rests()


async def _palette(person: Person) -> None:
    """Open the palette on records that were found."""
    person.press("Ctrl+K")
    await person.sees(lambda: isinstance(person.dialog, Palette), "the palette")
    palette = person.dialog
    assert isinstance(palette, Palette)
    person.type_into(palette.line, MARK)
    await person.rests()


@pytest.mark.parametrize(
    ("walk", "seen"),
    [(_pages, (6, 7)), (_records, (1, 4, 8, 9, 10, 11))],
    ids=["pages", "records"],
)
def test_no_text_of_a_record_outlives_the_lock(
    folder: Path, walk: Callable[[Person], Awaitable[None]], seen: tuple[int, ...]
) -> None:
    plant(folder)
    told: list[list[str]] = []

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            await walk(person)
            before = "\n".join(marks_in_widgets(app()))
            assert [number for number in seen if marked(number) not in before] == []  # the control
            assert marks_in_memory(most=1)  # the control
            key = person.desk._profile.key
            del before
            person.door.session.start_locking(N_("Locked by you."))
            await person.sees(lambda: person.door.desk is None, "a locked desk")
            await person.rests()
            assert key.is_wiped
            assert person.frame.unlock.isVisible()
            told.extend([marks_in_widgets(app()), marks_in_memory()])

    run_on_desk(story)
    assert told == [[], []]
