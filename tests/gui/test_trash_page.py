"""The page of the trash: every kind at once, brought back by a key, taken back like anything."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import trash
from embassy_desk.application.trash import trash_now
from embassy_desk.desktop.kit.entries import EntriesView
from makers.desks import Person, at_the_desk, enter, opened_store, run_on_desk
from makers.rights import seen_by_local_staff


def throw_away(folder: Path) -> None:
    """Put a contact, a task and a restricted agreement into the trash, in this order."""
    (contact,) = enter(folder, "contact", {"given_name": "An"})
    (task,) = enter(folder, "task", {"title": "Gửi công hàm", "due_on": date(2026, 11, 30)})
    agreement = {"title_vi": "Bản ghi nhớ", "country": "JP", "handling": "restricted"}
    (paper,) = enter(folder, "agreement", agreement)
    with opened_store(folder) as store:
        for kind, record in (("contact", contact), ("task", task), ("agreement", paper)):
            perform(store, trash, kind, record.id)


def headings(person: Person) -> list[str]:
    """Return what the lines of the page say."""
    model = person.find(EntriesView, "trash").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_every_kind_lies_in_one_page_and_comes_back(folder: Path) -> None:
    throw_away(folder)

    async def story() -> None:
        async with at_the_desk(folder, section="trash") as person:
            assert set(headings(person)) == {"An", "Gửi công hàm", "Bản ghi nhớ"}
            back = person.find(QPushButton, "Bring back")
            assert not back.isEnabled(), "nothing is chosen yet"
            lines = person.find(EntriesView, "trash")
            lines.setFocus()
            lines.setCurrentIndex(lines.model().index(headings(person).index("An"), 0))
            person.press("Ctrl+B")
            await person.sees(lambda: "An" not in headings(person), "the trash without it")
            assert "was brought back" in person.frame.notices.text
            await person.rests()
            person.press("Ctrl+Z")
            await person.sees(lambda: "An" in headings(person), "the trash as before")

    run_on_desk(story)


def test_enter_opens_what_lies_in_the_trash(folder: Path) -> None:
    throw_away(folder)

    async def story() -> None:
        async with at_the_desk(folder, section="trash") as person:
            lines = person.find(EntriesView, "trash")
            lines.setFocus()
            lines.setCurrentIndex(lines.model().index(headings(person).index("An"), 0))
            person.press("Return")
            await person.sees(lambda: person.title == "An", "the record")

    run_on_desk(story)


def test_what_may_not_be_seen_is_neither_shown_nor_counted(folder: Path) -> None:
    throw_away(folder)
    with opened_store(folder) as store:
        whole = answer(store, trash_now)
        with seen_by_local_staff(store):
            some = answer(store, trash_now)
    assert (whole.count, some.count) == (3, 2)
    assert "Bản ghi nhớ" not in {each.heading for each in some.lines}
    assert {each.who for each in whole.lines} == {"Nguyễn Văn An"}


def test_empty_trash_says_so(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="trash") as person:
            assert "The trash is empty." in person.texts

    run_on_desk(story)
