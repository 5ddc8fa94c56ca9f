"""What is typed is kept without being asked for, and offered when its record is opened again."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from embassy_desk.application.drafts import Draft, drafts
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import change_record
from embassy_desk.desktop.records.drafts import KEEP_AFTER_S
from embassy_desk.store.local_values import keep_local
from embassy_desk.store.work import UnitOfWork
from makers.desks import PATIENCE_S, Person, at_the_desk, enter, opened_store, run_on_desk
from makers.rows_of_records import begin_row

HUONG = {"family_name": "Đặng", "middle_name": "Thị", "given_name": "Hường"}
NAME = "Đặng Thị Hường"
ODD = "  Chị “Hường” \u0110a\u0323\u0306ng <b> & \u200b…  "


class Gate:
    """Holds up the thread that writes until it is opened."""

    def __init__(self) -> None:
        """Begin closed."""
        self._is_open = threading.Event()
        self.open = self._is_open.set

    def wait(self, _work: UnitOfWork) -> None:
        """Wait, as a command that takes its time."""
        assert self._is_open.wait(PATIENCE_S)


def kept(folder: Path) -> list[Draft]:
    """Return the drafts that lie in the store."""
    with opened_store(folder) as store:
        return list(answer(store, drafts))


def text_of(person: Person, field: str) -> str:
    """Return what stands in a field."""
    return str(person.field(field).text())  # type: ignore[attr-defined]


async def sees_offer(person: Person, part: str) -> str:
    """Wait for an offer that says something, and return all of it."""
    bar = person.desk.page.record.draft_bar
    await person.sees(lambda: part in bar.text, f"an offer with “{part}”")
    return bar.text


def test_typed_text_is_on_the_disk_within_a_second_to_the_letter(folder: Path) -> None:
    enter(folder, "contact", HUONG)
    assert KEEP_AFTER_S < 1

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), ODD)
            person.type_into(person.field("cadence_days"), "often")
            begun = asyncio.get_running_loop().time()

            async def look() -> None:
                found = await person.desk.office.ask(drafts)
                texts.append([dict(each.typed) for each in found])

            texts: list[Any] = [[]]
            while not texts[-1]:
                assert asyncio.get_running_loop().time() - begun < 10, "the draft is not kept"
                await look()
            assert texts[-1] == [{"alias": ODD, "cadence_days": "often"}]

    run_on_desk(story)


def test_leaving_keeps_what_was_typed_and_coming_back_offers_it(folder: Path) -> None:
    enter(folder, "contact", HUONG, {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), ODD)
            person.type_into(person.field("cadence_days"), "often")
            await person.opens("An")
            assert person.desk.page.record.draft_bar.isHidden()
            assert not person.desk.page.record.is_edited
            await person.opens(NAME)
            assert text_of(person, "alias") == ""
            offer = await sees_offer(person, "often")
            assert "You typed this on 22/11/2026" in offer
            person.click(person.find(QPushButton, "Continue"))
            await person.sees(lambda: text_of(person, "alias") == ODD, "the text")
            assert text_of(person, "cadence_days") == "often"
            assert person.desk.page.record.is_edited
            person.type_into(person.field("cadence_days"), "90")
            await person.rests()
            person.press("Ctrl+S")
            await person.sees(lambda: not person.desk.page.record.is_edited, "everything saved")
            await person.rests()

    run_on_desk(story)
    assert kept(folder) == []


def test_a_new_record_is_offered_after_the_window_was_closed(folder: Path) -> None:
    async def begin() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+N")
            await person.sees(lambda: person.title == "New: Contact", "an empty form")
            person.type_into(person.field("family_name"), "Lê")
            await begin_row(person, "Telephone numbers", "typed", "03-1234-5678")
            person.click(person.find(QPushButton, "Save"))
            await person.sees_the_page_again()

    async def go_on() -> None:
        async with at_the_desk(folder) as person:
            assert "Lê" not in person.cells()
            person.press("Ctrl+N")
            assert "Rows of tables: 1." in await sees_offer(person, "“Lê”")
            person.click(person.find(QPushButton, "Continue"))
            await person.sees(lambda: text_of(person, "family_name") == "Lê", "the name")
            await person.rests()
            person.press("Ctrl+S")
            await person.sees(lambda: person.title == "Lê", "the saved contact")
            await person.rests()
            (row,) = person.desk.page.record.form.rows["contact_phone"].rows
            assert row.values["e164"] == "+81312345678"

    run_on_desk(begin)
    assert [each.kind for each in kept(folder)] == ["contact"]
    run_on_desk(go_on)
    assert kept(folder) == []


def test_a_row_that_was_being_typed_comes_back_in_its_dialog(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def begin() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            await begin_row(person, "E-mail addresses", "address", "huong@exam")

    async def go_on() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            await sees_offer(person, "Rows of tables: 1.")
            person.click(person.find(QPushButton, "Continue"))
            await person.sees(lambda: person.dialog, "the dialog")
            assert text_of(person, "address") == "huong@exam"
            person.type_into(person.field("address"), "huong@example.test")
            person.click(person.find(QPushButton, "Save"))
            await person.sees_the_page_again()

    run_on_desk(begin)
    run_on_desk(go_on)
    assert kept(folder) == []


def test_an_offer_says_what_was_saved_meanwhile(folder: Path) -> None:
    (contact,) = enter(folder, "contact", {**HUONG, "alias": "Cô Hường", "source": "Sổ tay"})

    async def begin() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), "Chị Hường")
            person.type_into(person.field("notes"), "Gọi lại")

    async def come_back() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            offer = await sees_offer(person, "meanwhile")
            assert "Also known as: you typed “Chị Hường”; meanwhile “Bà Hường” was saved." in offer
            assert "Notes: you typed “Gọi lại”." in offer
            person.click(person.find(QPushButton, "Discard"))
            await person.sees(person.desk.page.record.draft_bar.isHidden, "no offer")
            assert text_of(person, "alias") == "Bà Hường"

    run_on_desk(begin)
    with opened_store(folder) as store:
        perform(store, change_record, "contact", contact.id, {"alias": "Bà Hường"})
    run_on_desk(come_back)
    assert kept(folder) == []


def test_dropping_changes_leaves_no_draft(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), "x")
            await person.desk.drafts.flush()
            assert len(await person.desk.office.ask(drafts)) == 1
            person.click(person.find(QPushButton, "Drop changes"))
            await person.sees(lambda: not person.desk.page.record.is_edited, "no changes")
            await person.rests()

    run_on_desk(story)
    assert kept(folder) == []


def test_typing_something_and_taking_it_out_again_is_no_change(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), "x")
            assert person.desk.page.record.is_edited
            await person.desk.drafts.flush()
            person.type_into(person.field("alias"), "")
            assert not person.desk.page.record.is_edited

    run_on_desk(story)
    assert kept(folder) == []


def test_what_is_typed_while_the_record_is_being_saved_stays(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), "Chị Hường")

            def type_on(_: object) -> None:
                leave()
                person.type_into(person.field("notes"), "Gọi lại")

            leave = person.desk.office.listen(type_on)
            person.press("Ctrl+S")
            await person.sees(lambda: "saved" in person.frame.notices.text, "that it is saved")
            await person.rests()
            assert person.field("notes").toPlainText() == "Gọi lại"  # type: ignore[attr-defined]
            assert person.desk.page.record.is_edited
            assert person.desk.page.record.form.changed_values() == {"notes": "Gọi lại"}

    run_on_desk(story)
    (draft,) = kept(folder)
    assert dict(draft.typed) == {"notes": "Gọi lại"}


def test_two_drafts_of_one_record_are_offered_one_after_the_other(folder: Path) -> None:
    enter(folder, "contact", HUONG, {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            for text in ("first", "second"):
                await person.opens(NAME)
                person.type_into(person.field("alias"), text)
                await person.opens("An")
            await person.opens(NAME)
            await person.rests()
            assert len(await person.desk.office.ask(drafts)) == 2
            for _ in range(2):
                before = person.desk.page.record.draft_bar.text
                person.click(person.find(QPushButton, "Discard"))
                await person.sees(
                    lambda before=before: person.desk.page.record.draft_bar.text != before,
                    "the next one",
                )
            assert person.desk.page.record.draft_bar.isHidden()

    run_on_desk(story)


@pytest.mark.parametrize("value", [[], {"kind": "spaceship"}, {"kind": "contact"}])
def test_drafts_of_another_version_do_no_harm(folder: Path, value: Any) -> None:
    enter(folder, "contact", HUONG)
    with opened_store(folder) as store:
        perform(store, keep_local, "draft", "contact:new:1", value)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.press("Ctrl+N")
            await person.sees(lambda: person.title == "New: Contact", "an empty form")
            await person.rests()

    run_on_desk(story)


def test_the_desk_reminds_of_unsaved_work_and_leads_to_it(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def begin() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), "Chị Hường")

    async def come_back() -> None:
        async with at_the_desk(folder) as person:
            assert person.frame.notices.text == "There is 1 piece of unsaved work."
            person.click(person.find(QPushButton, "Show"))
            await sees_offer(person, "“Chị Hường”")
            assert person.title == NAME
            person.click(person.find(QPushButton, "Discard"))
            await person.sees(person.desk.page.record.draft_bar.isHidden, "no offer")
            person.desk.menus.acts["drafts"].trigger()
            everything = "Everything that was typed is saved."
            await person.sees(lambda: person.frame.notices.text == everything, "that there is none")

    run_on_desk(begin)
    run_on_desk(come_back)


def test_a_draft_that_is_about_to_be_forgotten_is_offered_to_nobody(folder: Path) -> None:
    enter(folder, "contact", HUONG)
    gate = Gate()

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), "Chị Hường")
            desk = person.desk
            await desk.drafts.flush()
            # what forgets has to wait for this
            person.door.keeper.start(desk.office.do(gate.wait), name="busy")
            desk.drafts.begin("contact", desk.records.record_id, None, is_saved=True)
            await desk.drafts.offer()
            assert desk.drafts.offered is None
            assert await desk.drafts.others() == ()
            gate.open()
            await person.rests()

    run_on_desk(story)
    assert kept(folder) == []


def test_a_draft_that_was_dropped_while_others_are_written_is_not_written_after_them(
    folder: Path,
) -> None:
    enter(folder, "contact", HUONG)
    gate = Gate()

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), "Chị Hường")
            typed, keeper = person.desk.drafts, person.door.keeper
            keeper.start(person.desk.office.do(gate.wait), name="busy")
            typed.begin("contact", None, None)
            typed.note_edit()
            keeper.start(typed.flush(), name="keep both")
            await asyncio.sleep(0)
            typed.drop()
            gate.open()
            await person.rests()

    run_on_desk(story)
    assert [each.heading for each in kept(folder)] == [NAME]
