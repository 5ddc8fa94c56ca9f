"""The first run: a wizard makes a store or the demonstration; nothing is written before its end."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWizard

from embassy_desk.application import profile as profiles
from embassy_desk.desktop.beginning.presenter import Door
from embassy_desk.desktop.beginning.screen import PASSPHRASE as PASSPHRASE_PAGE
from embassy_desk.desktop.beginning.screen import SUMMARY, WELCOME, WHO, BeginningWizard
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.settings.person import Language, SettingsFile
from embassy_desk.settings.places import demo_profile, translations
from makers.desks import PASSPHRASE, Person, at_the_desk, at_the_window, opened_store, run_on_desk
from makers.ways_back import keep_code, prove_code


@pytest.fixture
def place(tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the store will lie; keys are derived quickly, as in all tests."""
    monkeypatch.setattr(profiles, "scaled_parameters", lambda: FLOOR)
    return tmp_path / "new" / "profile"


@pytest.fixture
def no_demo() -> Iterator[Path]:
    """The folder of the demonstration, empty before and after."""
    folder = demo_profile()
    shutil.rmtree(folder, ignore_errors=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


async def wizard_of(person: Person) -> BeginningWizard:
    """Wait for the wizard."""
    await person.sees(lambda: person.door.first_run is not None, "the first run")
    assert person.door.first_run is not None
    wizard = person.door.first_run.wizard
    await person.sees(wizard.isVisible, "the wizard")
    return wizard


def press(wizard: BeginningWizard, which: QWizard.WizardButton) -> None:
    """Press a button of the wizard."""
    button = wizard.button(which)
    assert button.isVisible()
    button.click()


NEXT, BACK = QWizard.WizardButton.NextButton, QWizard.WizardButton.BackButton
FINISH, NOT_NOW = QWizard.WizardButton.FinishButton, QWizard.WizardButton.CancelButton


def answer_all(person: Person, wizard: BeginningWizard) -> None:
    """Answer every page up to the summary."""
    press(wizard, NEXT)
    person.type_into(wizard.who.filter, "han quoc")
    person.type_into(wizard.who.person, "Lê Thị Thu Hà")
    press(wizard, NEXT)
    person.type_into(wizard.passphrase.fields.line, PASSPHRASE)
    person.type_into(wizard.passphrase.fields.repeated, PASSPHRASE)
    press(wizard, NEXT)
    assert wizard.currentId() == SUMMARY


def everything_in(folder: Path) -> list[str]:
    """Return what lies in a folder that need not exist."""
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*"))


def test_wizard_makes_a_store_and_its_recovery_code_and_leads_to_the_desk(place: Path) -> None:
    codes: list[str] = []

    async def story() -> None:
        async with at_the_window(place, catalogue=translations()) as person:
            wizard = await wizard_of(person)
            answer_all(person, wizard)
            said = [each.text() for each in wizard.summary.findChildren(QLabel)]
            assert "Embassy of Viet Nam in the Republic of Korea" in said
            assert "Lê Thị Thu Hà" in said
            assert everything_in(place.parents[1]) == [], "something was written before Finish"
            press(wizard, FINISH)
            await person.sees(lambda: person.door.desk is not None, "the desk")
            codes.append(await keep_code(person))
            await person.rests()
            assert person.desk.page.isVisible()
            assert any("Lê Thị Thu Hà" in each for each in person.texts)
            person.press("Ctrl+1")  # the keys go to the desk at once
            await person.sees(lambda: person.desk.going.section == "contact", "the contacts")
            await person.rests()

    run_on_desk(story)
    with opened_store(place) as store:
        assert store.identity.mission == "SEL"
    prove_code(place, codes[0])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_keys_begin_at_the_language_that_holds(place: Path, language: str) -> None:
    async def story() -> None:
        async with at_the_window(place, language=language, catalogue=translations()) as person:
            wizard = await wizard_of(person)
            holds = wizard.welcome.languages[language]
            await person.sees(holds.hasFocus, "the keys at the language")
            assert holds.isChecked()
            press(wizard, NOT_NOW)

    run_on_desk(story)


def test_nothing_is_written_into_a_folder_that_exists_either(place: Path) -> None:
    place.mkdir(parents=True)

    async def story() -> None:
        async with at_the_window(place, catalogue=translations()) as person:
            wizard = await wizard_of(person)
            wizard.welcome.languages["vi"].click()
            answer_all(person, wizard)
            press(wizard, NOT_NOW)

    run_on_desk(story)
    assert everything_in(place) == []


def test_escape_puts_the_wizard_aside_and_loses_nothing(place: Path) -> None:
    async def story() -> None:
        async with at_the_window(place) as person:
            wizard = await wizard_of(person)
            answer_all(person, wizard)
            press(wizard, BACK)
            assert wizard.currentId() == PASSPHRASE_PAGE
            await person.sees(wizard.isActiveWindow, "the wizard in front")
            QTest.keyClick(wizard, Qt.Key.Key_Escape)
            await person.sees(wizard.isHidden, "the page behind the wizard")
            person.click(person.find(QPushButton, "Set up …"))
            await person.sees(wizard.isVisible, "the wizard again")
            assert wizard.currentId() == PASSPHRASE_PAGE
            assert wizard.passphrase.fields.line.text() == PASSPHRASE
            assert wizard.who.person.text() == "Lê Thị Thu Hà"
            press(wizard, NEXT)
            assert wizard.currentId() == SUMMARY

    run_on_desk(story)
    assert not place.exists()


def test_pages_say_what_is_missing_and_where(place: Path) -> None:
    async def story() -> None:
        async with at_the_window(place) as person:
            wizard = await wizard_of(person)
            press(wizard, NEXT)
            press(wizard, NEXT)
            assert wizard.currentId() == WHO
            assert "Choose the mission where you work." in texts(wizard)
            await person.sees(wizard.who.filter.hasFocus, "the focus on the missions")
            person.type_into(wizard.who.filter, "Seoul")
            press(wizard, NEXT)
            assert "Say who works at this desk." in texts(wizard)
            person.type_into(wizard.who.person, "Lê Hà")
            press(wizard, NEXT)
            fields = wizard.passphrase.fields
            person.type_into(fields.line, "matkhau123")
            press(wizard, NEXT)
            assert any("too short" in each for each in texts(wizard))
            person.type_into(fields.line, PASSPHRASE)
            press(wizard, NEXT)
            assert "The two are not the same." in texts(wizard)
            fields.show_box.click()
            assert fields.repeated.isHidden()
            press(wizard, NEXT)
            assert wizard.currentId() == SUMMARY

    run_on_desk(story)


def texts(wizard: BeginningWizard) -> list[str]:
    """Return what the visible labels of the wizard say."""
    return [each.text() for each in wizard.findChildren(QLabel) if each.isVisible()]


def test_language_of_the_wizard_changes_at_once_and_is_kept(place: Path) -> None:
    async def story() -> None:
        async with at_the_window(place, catalogue=translations()) as person:
            wizard = await wizard_of(person)
            wizard.welcome.languages["vi"].click()
            assert "Chào mừng quý vị đến với Embassy Desk" in texts(wizard)
            assert wizard.button(NEXT).text() == "Tiếp tục"
            answer_all(person, wizard)
            assert "Đại sứ quán Việt Nam tại Hàn Quốc" in texts(wizard)
            press(wizard, FINISH)
            await person.sees(lambda: person.door.desk is not None, "the desk")
            await keep_code(person)
            await person.rests()

    run_on_desk(story)
    assert SettingsFile(place).current.language is Language.VIETNAMESE


def test_trouble_brings_the_wizard_back_with_the_reason(place: Path) -> None:
    place.parent.mkdir()
    place.write_text("in the way", encoding="utf-8")

    async def story() -> None:
        async with at_the_window(place) as person:
            wizard = await wizard_of(person)
            answer_all(person, wizard)
            press(wizard, FINISH)
            await person.sees(
                lambda: any("No store can be made" in each for each in texts(wizard)), "the reason"
            )
            press(wizard, BACK)
            assert wizard.passphrase.fields.line.text() == PASSPHRASE

    run_on_desk(story)


def test_demonstration_is_made_beside_and_opened(
    place: Path, no_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embassy_desk.desktop.first_run.DEMO_CONTACTS", 12)

    async def story() -> None:
        async with at_the_window(place) as person:
            wizard = await wizard_of(person)
            wizard.welcome.doors[Door.DEMO].click()
            press(wizard, NEXT)
            assert wizard.currentId() == SUMMARY
            press(wizard, FINISH)
            await person.sees(lambda: person.door.desk is not None, "the desk")
            await person.rests()
            assert any(each.startswith("Demonstration") for each in person.texts)

    run_on_desk(story)
    assert not place.exists()
    assert (no_demo / "store.db").exists()


def test_demonstration_that_is_stopped_leaves_nothing(place: Path, no_demo: Path) -> None:
    async def story() -> None:
        async with at_the_window(place) as person:
            wizard = await wizard_of(person)
            wizard.welcome.doors[Door.DEMO].click()
            press(wizard, NEXT)
            press(wizard, FINISH)
            bar = person.frame.progress
            await person.sees(bar.isVisible, "how far it is")
            bar.stop_button.click()
            await person.sees(wizard.isVisible, "the wizard again")
            assert any(each.startswith("Stopped") for each in texts(wizard))
            assert wizard.currentId() == SUMMARY
            press(wizard, BACK)
            assert wizard.currentId() == WELCOME

    run_on_desk(story)
    assert everything_in(no_demo.parent) == []


def test_store_that_is_there_asks_for_its_passphrase(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            assert person.door.first_run is None

    run_on_desk(story)
