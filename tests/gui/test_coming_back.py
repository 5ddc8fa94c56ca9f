"""After unlocking the person is where the lock came, with what was typed, to the letter."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from embassy_desk.desktop.kit.notice import Way
from embassy_desk.desktop.kit.progress import Progress
from embassy_desk.domain.errors import StoppedError
from embassy_desk.texts import N_
from makers.desks import PASSPHRASE, Person, at_the_desk, enter, run_on_desk

HUONG = {"family_name": "Đặng", "given_name": "Hường"}
NAME = "Đặng Hường"
ODD = "  Chị “Hường” \u0110a\u0323\u0306ng <b> & \u200b…  "


async def locks_and_unlocks(person: Person) -> None:
    person.press("Ctrl+L")
    await person.sees(lambda: person.door.desk is None, "a locked desk")
    await person.sees(lambda: not person.frame.unlock.line.isReadOnly(), "a line to type in")
    await person.rests()
    person.type_into(person.frame.unlock.line, PASSPHRASE)
    person.press("Return")
    await person.sees(lambda: person.door.desk is not None, "the open desk")
    await person.rests()


def text_of(person: Person, field: str) -> str:
    line = person.field(field)
    assert isinstance(line, QLineEdit)
    return line.text()


def told(folder: Path, story: Callable[[Person], Awaitable[None]], section: str) -> None:
    async def whole() -> None:
        async with at_the_desk(folder, section=section) as person:
            await story(person)

    run_on_desk(whole)


def test_record_comes_back_with_what_was_typed_to_the_letter(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story(person: Person) -> None:
        await person.opens(NAME)
        person.type_into(person.field("alias"), ODD)
        await locks_and_unlocks(person)
        await person.sees(lambda: person.title == NAME, "the record")
        assert person.desk.going.section == "contact"
        assert text_of(person, "alias") == ODD
        assert not person.desk.page.record.draft_bar.isVisible()
        assert person.desk.page.record.is_edited
        person.press("Ctrl+S")
        await person.sees(lambda: not person.desk.page.record.is_edited, "a saved record")

    told(folder, story, "contact")


def test_new_record_comes_back_with_what_was_typed(folder: Path) -> None:
    async def story(person: Person) -> None:
        person.press("Ctrl+N")
        await person.rests()
        person.type_into(person.field("title"), "Gọi Bộ Ngoại giao")
        await locks_and_unlocks(person)
        assert person.desk.going.section == "task"
        assert text_of(person, "title") == "Gọi Bộ Ngoại giao"

    told(folder, story, "task")


def test_row_that_was_being_edited_opens_again(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story(person: Person) -> None:
        await person.opens(NAME)
        person.desk.page.record.tabs.pages.add_asked.emit("contact_email")
        await person.sees(lambda: person.dialog, "the dialog of a row")
        person.type_into(person.field("address"), "huong@example.vn")
        person.door.session.start_locking(N_("Locked by you."))
        await person.sees(lambda: person.door.desk is None, "a locked desk")
        await person.sees(lambda: not person.frame.unlock.line.isReadOnly(), "a line to type in")
        assert person.dialog is None
        person.type_into(person.frame.unlock.line, PASSPHRASE)
        person.press("Return")
        await person.sees(lambda: person.dialog, "the dialog again")
        assert text_of(person, "address") == "huong@example.vn"
        assert person.dialog is not None
        person.dialog.reject()
        await person.rests()

    told(folder, story, "contact")


@pytest.mark.parametrize("section", ["home", "board", "agreement", "calendar"])
def test_section_comes_back(folder: Path, section: str) -> None:
    async def story(person: Person) -> None:
        await locks_and_unlocks(person)
        assert person.desk.going.section == section

    told(folder, story, section)


def test_record_that_was_only_looked_at_comes_back_without_a_draft(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story(person: Person) -> None:
        await person.opens(NAME)
        await locks_and_unlocks(person)
        await person.sees(lambda: person.title == NAME, "the record")
        assert not person.desk.page.record.is_edited
        notices = person.frame.notices
        assert notices._act != Way(N_("Show"), "drafts").act

    told(folder, story, "contact")


def test_long_work_is_stopped_by_the_lock_and_the_person_is_told(folder: Path) -> None:
    ended: list[str] = []

    async def story(person: Person) -> None:
        def read(progress: Progress) -> None:
            try:
                while True:
                    progress(1, 2)
            except StoppedError:
                ended.append("stopped")
                raise

        def work(progress: Progress) -> Awaitable[None]:
            return asyncio.to_thread(read, progress)

        long = person.frame.progress.during(N_("Importing “{file}” …", file="a.csv"), work)
        person.door.keeper.start(long, name="long")
        await person.sees(person.frame.progress.isVisible, "the long work")
        await locks_without_resting(person)
        assert not person.frame.progress.isVisible()
        person.type_into(person.frame.unlock.line, PASSPHRASE)
        person.press("Return")
        await person.sees(lambda: "stopped when the desk locked" in person.frame.notices.text, "it")

    told(folder, story, "contact")
    assert ended == ["stopped"]


async def locks_without_resting(person: Person) -> None:
    person.press("Ctrl+L")
    await person.sees(lambda: person.door.desk is None, "a locked desk")
    await person.sees(lambda: not person.frame.unlock.line.isReadOnly(), "a line to type in")
