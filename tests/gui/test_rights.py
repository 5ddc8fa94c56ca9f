"""What the rights do not allow is greyed, and the reason is told to eye, ear and key."""

import html
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from embassy_desk.desktop.importing.screen import ImportScreen
from embassy_desk.desktop.kit.rows import RowsBox
from embassy_desk.domain.rights import Grant, Reach, Role
from makers import identity
from makers.desks import Person, at_the_desk, enter, run_on_desk

HUONG = {"family_name": "Đặng", "middle_name": "Thị", "given_name": "Hường"}
NAME = "Đặng Thị Hường"
OVER = "Your rights ended on 31 December 2025."


async def sit_down(person: Person, **values: Any) -> None:
    """Let the person at the desk have a grant, as after unlocking with one."""
    store = person.desk.office.store
    defaults: dict[str, Any] = {
        "staff_id": store.author.staff_id,
        "mission": store.author.mission,
        "role": Role.OFFICER,
        "valid_from": date(2020, 1, 1),
        "valid_to": date(2090, 1, 1),
        "serial": 1,
    }
    store.author = replace(store.author, grant=Grant.read({**defaults, **values}))
    await person.desk.reload()


def tip_of(widget: Any) -> str:
    """Return a tooltip as people read it."""
    return html.unescape(re.sub("<[^>]+>", "", widget.toolTip()))


def test_the_log_of_exports_is_greyed_for_whoever_may_not_see_it(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            sections = person.desk.page.sections
            item = sections.findItems("Log of exports", Qt.MatchFlag.MatchExactly)[0]
            assert item.flags() & Qt.ItemFlag.ItemIsEnabled
            await sit_down(person)
            assert not item.flags() & Qt.ItemFlag.ItemIsEnabled
            right, role = "“See who changed and exported what”", "“Officer”"
            reason = f"{right} is not among the rights of {role} here."
            assert tip_of(item) == reason
            assert item.data(Qt.ItemDataRole.AccessibleDescriptionRole) == reason
            sections.choose("export")  # as a saved place or the palette would
            await person.sees(lambda: reason in person.frame.notices.text, "why not")
            await sit_down(person, role=Role.HEAD_OF_MISSION)
            assert item.flags() & Qt.ItemFlag.ItemIsEnabled

    run_on_desk(story)


def test_an_expired_grant_greys_what_changes_anything_and_says_why(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            form = person.desk.page.record.form
            assert form is not None
            line = person.field("given_name")
            assert not line.isReadOnly()  # type: ignore[attr-defined]
            await sit_down(person, valid_to=date(2025, 12, 31))
            await person.sees(line.isReadOnly, "a field that is only read")  # type: ignore[attr-defined]
            told = person.desk.page.record.findChild(QLabel, "record-refusal")
            assert told.text().startswith(OVER)
            for name in ("new", "archive", "trash", "bring_back", "undo", "redo"):
                act = person.desk.menus.acts[name]
                assert not act.isEnabled(), name
                assert tip_of(act).startswith(OVER), name
                assert act.whatsThis().startswith(OVER), name
            new = person.desk.page.list.top.new
            assert not new.isEnabled()
            assert tip_of(new).startswith(OVER)
            assert new.accessibleDescription().startswith(OVER)
            box = form.findChild(RowsBox, "contact_email")
            for each in box.findChildren(QToolButton):
                assert not each.isEnabled()
                assert each.accessibleDescription().startswith(OVER)

    run_on_desk(story)


def test_who_may_only_read_is_offered_no_way_to_go_on_with_a_draft_or_an_import(
    folder: Path,
) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), "Bee")
            person.desk.page.sections.choose("import")
            await person.sees(lambda: person.desk.going.section == "import", "the page of imports")
            await person.rests()
            page = person.frame.findChild(ImportScreen)
            assert isinstance(page, ImportScreen)
            assert page.take.isEnabled()
            await sit_down(person, valid_to=date(2025, 12, 31))
            assert not page.take.isEnabled()
            assert tip_of(page.take).startswith(OVER)
            person.desk.page.sections.choose("contact")
            await person.rests()
            await person.opens(NAME)
            bar = person.desk.page.record.draft_bar
            await person.sees(bar.isVisible, "the draft")
            assert not bar.carry_on.isEnabled()
            assert tip_of(bar.carry_on).startswith(OVER)
            assert bar.discard.isEnabled()

    run_on_desk(story)


def test_keys_of_a_greyed_act_tell_why(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+S")
            nothing = "There is nothing that is not saved."
            await person.sees(lambda: person.frame.notices.text == nothing, "why nothing is saved")
            await sit_down(person, valid_to=date(2025, 12, 31))
            person.press("Ctrl+N")
            await person.sees(lambda: OVER in person.frame.notices.text, "why nothing is entered")
            await sit_down(person)
            person.press("Ctrl+N")
            await person.sees(lambda: person.title == "New: Contact", "a form, once it is allowed")

    run_on_desk(story)


def test_local_staff_may_not_archive_print_or_write_files(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            await sit_down(person, role=Role.LOCAL_STAFF)
            acts = {**person.desk.menus.acts, **person.desk.list_acts.menu.acts}
            await person.sees(lambda: not acts["archive"].isEnabled(), "no archiving")
            assert "“Archive records and put them in the trash”" in tip_of(acts["archive"])
            for name in ("print_list", "export_list"):
                assert "“Write records to files”" in tip_of(acts[name]), name
                assert not acts[name].isEnabled()
            for name in ("new", "bulk_set", "bulk_tag"):
                assert acts[name].isEnabled(), name
            person.press("Ctrl+Shift+E")
            await person.sees(
                lambda: "Locally engaged staff" in person.frame.notices.text, "why no file"
            )

    run_on_desk(story)


def test_a_colleagues_record_is_read_only_and_ones_own_is_not(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            await sit_down(person, reach=Reach.OWN)
            told = person.desk.page.record.findChild(QLabel, "record-refusal")
            assert told.isHidden()
            await sit_down_as_somebody_else(person)
            await person.sees(lambda: "a colleague's" in told.text(), "whose record it is")

    run_on_desk(story)


async def sit_down_as_somebody_else(person: Person) -> None:
    """Let the grant be one of somebody who did not enter anything here."""
    store = person.desk.office.store
    assert store.author.grant is not None
    somebody = store.author.grant.model_copy(update={"staff_id": identity("somebody else")})
    store.author = replace(store.author, grant=somebody)
    await person.desk.reload()


def test_reports_are_not_signed_by_an_officer(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            await sit_down(person)
            person.press("Ctrl+Shift+P")
            await person.sees(lambda: person.desk.pages.report is not None, "the page of reports")
            report = person.desk.pages.report
            assert report is not None
            sign: QPushButton = report.screen.sign
            await person.sees(lambda: not sign.isEnabled(), "a greyed button")
            assert "“Sign reports off” is not among the rights of “Officer”" in tip_of(sign)
            assert report.screen.save.isEnabled()

    run_on_desk(story)
