"""The page of duplicates: pairs with reasons, side by side by keys, merged and kept apart."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton

from embassy_desk.application.contacts import Reach, enter_contact
from embassy_desk.application.merging import merge_records
from embassy_desk.application.office import answer, perform
from embassy_desk.desktop.duplicates.screen import DuplicatesScreen
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.kept_apart import KeptApart
from makers.desks import Person, at_the_desk, opened_store, run_on_desk


def filled(folder: Path) -> tuple[Contact, Contact]:
    with opened_store(folder) as store:
        one = perform(
            store,
            enter_contact,
            {"written_name": "Đặng Thị Hường", "notes": "a"},
            Reach(emails=("h@x.vn",)),
        )[0]
        other = perform(
            store,
            enter_contact,
            {"written_name": "Dang Thi Huong", "alias": "Bee", "notes": "b"},
            Reach(emails=("h@x.vn", "huong@home.vn")),
        )[0]
    # The clock stands still, so that identities come in any order; the lower one is kept.
    kept, lost = sorted((one, other), key=lambda each: each.id)
    return kept, lost


def page_of(person: Person) -> DuplicatesScreen:
    page = person.frame.findChild(DuplicatesScreen)
    assert isinstance(page, DuplicatesScreen)
    return page


def texts_of(page: DuplicatesScreen) -> list[str]:
    return [each.text for each in page.lines.lines.entries]


async def opened_pair(person: Person) -> DuplicatesScreen:
    page = page_of(person)
    await person.sees(lambda: len(texts_of(page)) == 2, "the pair")
    page.lines.focus_first()
    QTest.keyClick(page.lines, Qt.Key.Key_Return)
    await person.sees(lambda: not page.pair.is_empty, "the two side by side")
    return page


def test_a_pair_is_shown_with_its_reasons_and_merged_with_the_chosen_values(folder: Path) -> None:
    one, other = filled(folder)

    async def story() -> None:
        async with at_the_desk(folder, section="duplicates") as person:
            page = await opened_pair(person)
            title, pair = texts_of(page)
            assert title == "Almost certainly the same"
            assert "Đặng Thị Hường" in pair
            assert "The same e-mail address: h@x.vn." in page.pair.reasons.text()
            assert page.pair.two.values["alias"] == "Bee"
            assert page.pair.two.values["notes"] == f"{one.notes}\n\n{other.notes}"
            QTest.mouseClick(page.pair.acts["merge"], Qt.MouseButton.LeftButton)
            await person.sees(lambda: page.pane.is_empty, "nothing left")
            assert "was merged into" in person.frame.notices.text
            await person.rests()

    run_on_desk(story)
    with opened_store(folder) as store:
        kept = answer(store, lambda work: work.get(Contact, one.id))
        lost = answer(store, lambda work: work.get(Contact, other.id))
    assert (kept.alias, lost.merged_into) == ("Bee", one.id)
    assert kept.notes == f"{one.notes}\n\n{other.notes}"


def test_both_records_are_seen_in_a_narrow_window(folder: Path) -> None:
    filled(folder)

    async def story() -> None:
        async with at_the_desk(folder, section="duplicates") as person:
            page = await opened_pair(person)
            person.frame.showNormal()
            for width, elsewhere in ((1366, "home"), (1000, "home"), (1000, "calendar")):
                person.desk.page.sections.choose(elsewhere)
                await person.sees(lambda at=elsewhere: person.desk.going.section == at, elsewhere)
                person.frame.resize(width, 700)
                person.desk.page.sections.choose("duplicates")
                await person.sees(page.isVisible, "the page again")
                await person.rests()
                sides = page.pair.two
                await person.sees(
                    lambda s=sides: s.widget().width() <= s.viewport().width(), f"both, {width}"
                )
                shown = [each for each in sides.findChildren(QRadioButton) if each.isVisible()]
                assert len(shown) >= 4
                assert all(each.toolTip() for each in shown)

    run_on_desk(story)


def test_the_other_one_can_be_kept(folder: Path) -> None:
    one, other = filled(folder)

    async def story() -> None:
        async with at_the_desk(folder, section="duplicates") as person:
            page = await opened_pair(person)
            heads = [
                each
                for each in page.pair.two.findChildren(QRadioButton)
                if other.ref in each.accessibleName()
            ]
            QTest.mouseClick(heads[0], Qt.MouseButton.LeftButton)
            await person.sees(
                lambda: page.pair.plan is not None and page.pair.plan.kept.id == other.id, "turned"
            )
            QTest.mouseClick(page.pair.acts["merge"], Qt.MouseButton.LeftButton)
            await person.sees(lambda: page.pane.is_empty, "nothing left")
            await person.rests()

    run_on_desk(story)
    with opened_store(folder) as store:
        assert answer(store, lambda work: work.get(Contact, one.id)).merged_into == other.id


def test_two_that_are_not_the_same_are_remembered(folder: Path) -> None:
    filled(folder)

    async def story() -> None:
        async with at_the_desk(folder, section="duplicates") as person:
            page = await opened_pair(person)
            QTest.mouseClick(page.pair.acts["apart"], Qt.MouseButton.LeftButton)
            await person.sees(lambda: page.pane.is_empty, "nothing left")
            QTest.mouseClick(page.look, Qt.MouseButton.LeftButton)
            await person.rests()
            assert page.pane.is_empty

    run_on_desk(story)
    with opened_store(folder) as store:
        assert len(answer(store, lambda work: work.all(KeptApart))) == 1


def test_a_merged_record_opens_the_one_that_stands_for_it_and_says_so(folder: Path) -> None:
    one, other = filled(folder)
    with opened_store(folder) as store:
        perform(store, merge_records, "contact", one.id, other.id, {})

    async def story() -> None:
        async with at_the_desk(folder, section="contact") as person:
            person.desk.going.start_opening("contact", other.id)
            await person.sees(lambda: person.title == one.heading, "the record that stands")
            assert f"“{other.heading}”" in person.frame.notices.text
            assert other.ref in person.frame.notices.text
            await person.rests()

    run_on_desk(story)


def test_who_might_be_the_same_is_told_while_typing_and_stops_nobody(folder: Path) -> None:
    filled(folder)

    async def story() -> None:
        async with at_the_desk(folder, section="contact") as person:
            person.press("Ctrl+N")
            await person.sees(lambda: person.desk.page.record.form is not None, "a form")
            form = person.desk.page.record.form
            assert form is not None
            form.fields.show_typed(
                {"family_name": "Đặng", "middle_name": "Thị", "given_name": "Hường"}
            )
            bar = person.desk.page.record.alike
            await person.sees(lambda: "Đặng Thị Hường" in bar.text, "who might be the same")
            assert "The same name." in bar.text
            person.press("Ctrl+S")
            await person.sees(lambda: "was entered" in person.frame.notices.text, "it is saved")
            await person.rests()
            assert bar.text == ""

    run_on_desk(story)
