"""Ways back in the window: a forgotten passphrase, a backup, and what prepares for both."""

import shutil
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWizard

from embassy_desk.application.backups import Why
from embassy_desk.application.keys import (
    help_recovery,
    make_custodian,
    name_custodians,
    write_request,
)
from embassy_desk.application.profile import open_profile
from embassy_desk.desktop.beginning.presenter import Door
from embassy_desk.desktop.ways_back.forgotten_pages import Way
from embassy_desk.desktop.ways_back.forgotten_wizard import CODE, ForgottenWizard
from embassy_desk.desktop.ways_back.restore_wizard import OPEN, RestoreWizard
from makers.desks import (
    PASSPHRASE,
    Person,
    at_the_window,
    clock,
    enter,
    run_on_desk,
)
from makers.ways_back import keep_code

pytestmark = pytest.mark.usefixtures("quick_keys")
NEW = "bảy chú vịt bơi qua sông lúc bình minh"
WizardType = TypeVar("WizardType", bound=QWizard)


async def asked(person: Person, text: str, kind: type[WizardType]) -> WizardType:
    """Press a link of the unlock page and return its wizard."""
    await person.sees(person.frame.unlock.isVisible, "the unlock page")
    person.click(person.find(QPushButton, text))
    await person.sees(lambda: isinstance(person.dialog, kind), "the wizard")
    assert isinstance(person.dialog, kind)
    return person.dialog


def go_on(wizard: QWizard) -> None:
    """Press Continue, or Finish on the last page."""
    for which in (QWizard.WizardButton.NextButton, QWizard.WizardButton.FinishButton):
        if wizard.button(which).isVisible():
            assert wizard.button(which).isEnabled()
            wizard.button(which).click()
            return


def choose_new(person: Person, wizard: ForgottenWizard) -> None:
    """Type a new passphrase twice and finish."""
    person.type_into(wizard.new.fields.line, NEW)
    person.type_into(wizard.new.fields.repeated, NEW)
    go_on(wizard)


def test_code_from_the_safe_opens_the_desk_with_a_new_passphrase(folder: Path, code: str) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            wizard = await asked(person, "Forgotten passphrase …", ForgottenWizard)
            assert not wizard.way.choices[Way.CUSTODIANS].isEnabled()
            go_on(wizard)
            person.type_into(wizard.code.line, code.lower())
            go_on(wizard)
            choose_new(person, wizard)
            await person.sees(lambda: person.door.desk is not None, "the open desk")
            assert await keep_code(person) != code

    run_on_desk(story)
    open_profile(folder, NEW, clock).close()


def test_wrong_code_is_said_beside_it_and_nothing_changes(folder: Path, code: str) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            wizard = await asked(person, "Forgotten passphrase …", ForgottenWizard)
            go_on(wizard)
            person.type_into(wizard.code.line, "0000-" + code)
            go_on(wizard)
            choose_new(person, wizard)
            await person.sees(wizard.isVisible, "the wizard again")
            assert wizard.currentId() == CODE
            problem = person.find(QLabel, "code-problem")
            await person.sees(problem.isVisible, "what is wrong")
            assert problem.text()
            assert wizard.code.line.text() == "0000-" + code
            wizard.reject()

    run_on_desk(story)
    open_profile(folder, PASSPHRASE, clock).close()


def test_store_without_a_way_says_so_and_leads_nowhere(folder: Path) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            wizard = await asked(person, "Forgotten passphrase …", ForgottenWizard)
            assert any("nobody can open it" in each.text() for each in wizard.findChildren(QLabel))
            assert not wizard.next_button().isEnabled()
            wizard.reject()
            await person.sees_the_page_again()
            assert person.frame.unlock.line.isEnabled()

    run_on_desk(story)


def test_custodians_help_by_file_and_code(folder: Path, tmp_path: Path) -> None:
    first, second, request, half, answer = (
        tmp_path / name for name in ("first", "second", "request", "half", "answer")
    )
    publics = [make_custodian(first, PASSPHRASE + " 1"), make_custodian(second, PASSPHRASE + " 2")]
    named = tmp_path / "custodians.txt"
    named.write_text("\n".join(publics), encoding="utf-8")
    profile = open_profile(folder, PASSPHRASE, clock)
    name_custodians(folder, profile.key, named)
    profile.close()
    write_request(folder, request)
    help_recovery(request, second, PASSPHRASE + " 2", half)
    told = help_recovery(half, first, PASSPHRASE + " 1", answer)

    async def story() -> None:
        async with at_the_window(folder) as person:
            wizard = await asked(person, "Forgotten passphrase …", ForgottenWizard)
            assert wizard.way.choices[Way.CUSTODIANS].isChecked()
            go_on(wizard)
            assert wizard.code.answer.isVisible()
            person.type_into(wizard.code.line, told)
            go_on(wizard)
            choose_new(person, wizard)
            assert wizard.currentId() == CODE, "the answer is still missing"
            wizard.take_answer(answer)
            go_on(wizard)
            go_on(wizard)
            await person.sees(lambda: person.door.desk is not None, "the open desk")
            await keep_code(person)

    run_on_desk(story)
    open_profile(folder, NEW, clock).close()


def backed_up(folder: Path) -> Path:
    """Make a backup beside the store and return its file."""
    profile = open_profile(folder, PASSPHRASE, clock)
    made = profile.back_up_beside(Why.DAILY, clock())
    profile.close()
    return made.path


def test_backup_takes_the_place_of_the_store_which_is_kept(folder: Path) -> None:
    enter(folder, "contact", {"given_name": "An"})
    backed_up(folder)
    enter(folder, "contact", {"given_name": "Bình"})

    async def story() -> None:
        async with at_the_window(folder) as person:
            wizard = await asked(person, "Restore a backup …", RestoreWizard)
            assert "Daily backup" in wizard.backup.chosen_text
            go_on(wizard)
            person.type_into(wizard.open_page.line, "not this one at all")
            go_on(wizard)
            go_on(wizard)
            await person.sees(wizard.isVisible, "the wizard again")
            assert wizard.currentId() == OPEN
            person.type_into(wizard.open_page.line, PASSPHRASE)
            go_on(wizard)
            go_on(wizard)
            await person.sees(lambda: "was restored" in person.frame.notices.text, "the end of it")
            person.desk.page.sections.choose("contact")
            await person.sees(lambda: person.cells() == ["An"], "the contact of the backup")

    run_on_desk(story)
    assert list((folder / "kept").iterdir())


def test_backup_comes_to_a_new_computer(folder: Path, tmp_path: Path) -> None:
    enter(folder, "contact", {"given_name": "An"})
    profile = open_profile(folder, PASSPHRASE, clock)
    profile.back_up(tmp_path / "on-a-stick")
    profile.close()

    async def story() -> None:
        async with at_the_window(tmp_path / "new" / "profile") as person:
            await person.sees(lambda: person.door.first_run is not None, "the first run")
            assert person.door.first_run is not None
            begin = person.door.first_run.wizard
            await person.sees(begin.isVisible, "the wizard")
            begin.welcome.doors[Door.RESTORE].click()
            go_on(begin)
            await person.sees(lambda: isinstance(person.dialog, RestoreWizard), "the backups")
            wizard = person.dialog
            assert isinstance(wizard, RestoreWizard)
            assert not wizard.next_button().isEnabled()
            choose = person.find(QPushButton, "Choose a file …")
            await person.sees(choose.hasFocus, "the focus on what chooses a file")
            wizard.backup.take(tmp_path / "on-a-stick")
            assert wizard.backup.list.hasFocus()
            go_on(wizard)
            person.type_into(wizard.open_page.line, PASSPHRASE)
            go_on(wizard)
            go_on(wizard)
            await person.sees(lambda: person.door.desk is not None, "the desk")
            await person.rests()

    run_on_desk(story)
    open_profile(tmp_path / "new" / "profile", PASSPHRASE, clock).close()


async def restored(person: Person, row: int) -> list[str]:
    """Restore what stands in a row of the list, and return the contacts that are there then."""
    wizard = await asked(person, "Restore a backup …", RestoreWizard)
    assert wizard.backup.list.hasFocus()
    wizard.backup.list.setCurrentRow(row)
    go_on(wizard)
    person.type_into(wizard.open_page.line, PASSPHRASE)
    go_on(wizard)
    go_on(wizard)
    await person.sees(lambda: "was restored" in person.frame.notices.text, "the end of it")
    person.desk.page.sections.choose("contact")
    await person.rests()
    return person.cells()


def test_older_store_names_the_newest_backup_and_what_is_set_aside_comes_back(folder: Path) -> None:
    old = folder.with_name("old.db")
    backed_up(folder)
    enter(folder, "contact", {"given_name": "An"})
    shutil.copy(folder / "store.db", old)
    enter(folder, "contact", {"given_name": "Bình"})
    shutil.copy(old, folder / "store.db")

    async def story() -> None:
        async with at_the_window(folder) as person:
            await person.sees(person.frame.unlock.isVisible, "the unlock page")
            person.type_into(person.frame.unlock.line, PASSPHRASE)
            person.press("Return")
            line = person.frame.unlock.line
            missing = "1 change is missing"
            await person.sees(lambda: missing in line.accessibleDescription(), "what is wrong")
            assert "It holds what was entered until" in line.accessibleDescription()
            assert "The newest backup beside it is of" in line.accessibleDescription()
            assert await restored(person, 0) == []  # the backup was older still
            person.press("Ctrl+L")
            await person.sees(lambda: person.door.desk is None, "the lock")
            await person.rests()
            assert await restored(person, 1) == ["An"]

    run_on_desk(story)
