"""Hostile texts stay texts on pages, tabs, in notices, questions, tips and the palette."""

from pathlib import Path

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel

from embassy_desk.application.office import perform
from embassy_desk.application.records import change_record, enter_record, trash
from embassy_desk.desktop.kit.dialogs import Question
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.kit.plain import safe_tooltip
from embassy_desk.desktop.palette.screen import Palette
from embassy_desk.texts import N_, Words
from makers.desks import NOW, Person, at_the_desk, opened_store, run_on_desk
from makers.hostile import HOSTILE, shown_texts, wrongly_shown

TODAY = NOW.date()
PAGES = ("home", "calendar", "reminder", "board", "duplicates", "reports", "import", "conflict",
         "headquarters")  # fmt: skip
TABS = ("timeline", "linked", "documents", "history", "details")
SHOWING = {"home", "calendar", "reminder", "board", "headquarters", "trash", "palette", *TABS}
"""Where something of these records stands (headquarters' page: what waits to be sent)."""


def plant(folder: Path) -> None:
    """Enter the texts as tasks of today, agreements, engagements, contacts, and in the trash."""
    kinds = {
        "task": ("title", {"due_on": TODAY}),
        "agreement": ("title_vi", {"country": "JP"}),
        "engagement": ("subject", {"held_on": TODAY}),
        "contact": ("written_name", {}),
    }
    with opened_store(folder) as store:
        for at, text in enumerate(HOSTILE[::5]):
            kind, (field, more) = list(kinds.items())[at % len(kinds)]
            made, _ = perform(store, enter_record, kind, {field: text, **more})
            if kind == "contact":
                perform(store, change_record, kind, made.id, {"notes": text})
        gone, _ = perform(store, enter_record, "task", {"title": HOSTILE[0]})
        perform(store, trash, "task", gone.id)


def literally() -> int:
    """Return how many of the texts are shown to the letter."""
    shown = shown_texts()
    return sum(each in shown for each in HOSTILE)


async def goes_to(person: Person, section: str) -> None:
    person.desk.page.sections.choose(section)
    await person.sees(lambda: person.desk.going.section == section, section)
    await person.rests()


def test_every_page_and_tab_shows_them_as_they_are(folder: Path) -> None:
    plant(folder)
    found: list[str] = []
    shown: dict[str, int] = {}

    def look(where: str) -> None:
        found.extend(f"{where}: {each}" for each in wrongly_shown())
        shown[where] = literally()

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            for page in (*PAGES, "trash"):
                await goes_to(person, page)
                look(page)
            await goes_to(person, "contact")
            await person.opens(HOSTILE[15])
            for tab in TABS:
                person.desk.page.record.tabs.show_tab(tab)
                await person.rests()
                look(tab)
            person.press("Ctrl+K")
            await person.sees(lambda: isinstance(person.dialog, Palette), "the palette")
            assert isinstance(person.dialog, Palette)
            person.type_into(person.dialog.line, "onclick")
            await person.rests()
            look("palette")

    run_on_desk(story)
    assert found == []
    assert {where for where, count in shown.items() if count} == SHOWING


def test_notices_questions_and_tips_show_all_two_hundred(folder: Path) -> None:
    wrong: list[str] = []

    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            for each in HOSTILE:
                text = N_("“{heading}” was saved.", heading=each)
                person.frame.notices.tell(Notice(text))
                asked = Question(person.frame, Words("en"), text, (N_("Yes"), N_("No")))
                labels = [label.text() for label in asked.findChildren(QLabel)]
                tip = QTextDocument()
                tip.setHtml(safe_tooltip(each))
                if not (
                    each in person.frame.notices.text
                    and any(each in label for label in labels)
                    and tip.toPlainText() == each
                ):
                    wrong.append(each)
                wrong.extend(wrongly_shown() if each is HOSTILE[-1] else ())
                asked.deleteLater()

    run_on_desk(story)
    assert wrong == []
    assert QApplication.activeModalWidget() is None
