"""A new version is told of quietly, and installed from the menu, now or later."""

import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from embassy_desk.application.backups import Why, local_backups
from embassy_desk.desktop.kit.dialogs import Question
from embassy_desk.store.headquarters_link import HeadquartersLink, link_headquarters
from embassy_desk.updates.installation import Installation
from makers.desks import Person, at_the_desk, run_on_desk
from makers.dialogs import choose_file
from makers.updates import PLATFORM, Place, bundle, installation, long_ago, served, zipped


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Installation]:
    """An installation at 0.1.0 that headquarters gave its keys."""
    place = Place(tmp_path / "site" / "updates", long_ago(1))
    place.publish(bundle(tmp_path / "new", "0.2.0"), "0.2.0")
    made = installation(tmp_path / "program", bundle(tmp_path / "old", "0.1.0"), "0.1.0")
    (made.root / "root.json").write_bytes(place.root)
    zipped(place.as_stick(tmp_path / "stick"))
    yield made
    shutil.rmtree(made.root)


def stand_in(person: Person, home: Installation) -> None:
    """Let the desk be the program of an installation."""
    person.desk.updating.program = home.folder("0.1.0") / "embassy-desk"


async def answers(person: Person, number: int) -> None:
    """Answer the question that is open."""
    await person.sees(lambda: isinstance(person.dialog, Question), "a question")
    dialog = person.dialog
    assert dialog is not None
    button = dialog.findChild(QPushButton, f"answer-{number}")
    assert isinstance(button, QPushButton)
    person.click(button)
    await person.sees(lambda: person.dialog is not dialog, "what follows")


@pytest.mark.skipif(platform.machine() not in PLATFORM, reason="made for another machine")
def test_an_update_on_a_stick_is_installed_beside_the_open_desk(
    folder: Path, home: Installation, tmp_path: Path
) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            stand_in(person, home)
            person.desk.menus.acts["updates"].trigger()
            await answers(person, 1)
            await choose_file(person, tmp_path / "stick.embassy-update")
            await answers(person, 0)
            await person.sees(lambda: "0.2.0" in person.frame.notices.text, "that it is installed")

    run_on_desk(story)
    assert home.current == "0.2.0"
    assert home.previous == "0.1.0"
    assert Why.BEFORE_UPGRADE in {each.why for each in local_backups(folder)}


def test_later_installs_nothing(folder: Path, home: Installation, tmp_path: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            stand_in(person, home)
            person.desk.menus.acts["updates"].trigger()
            await answers(person, 1)
            await choose_file(person, tmp_path / "stick.embassy-update")
            await answers(person, 1)
            await person.rests()

    run_on_desk(story)
    assert home.current == "0.1.0"


def test_a_program_of_the_site_says_who_updates_it(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.desk.menus.acts["updates"].trigger()
            await person.sees(lambda: person.frame.notices.text, "the reason")
            assert "tools of your site" in person.frame.notices.text
            assert person.dialog is None

    run_on_desk(story)


def test_nothing_is_said_when_nobody_could_be_asked(folder: Path, home: Installation) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            stand_in(person, home)
            await person.desk.updating.look_quietly()
            assert person.frame.notices.text == ""

    run_on_desk(story)


@pytest.mark.skipif(platform.machine() not in PLATFORM, reason="made for another machine")
def test_a_new_version_at_headquarters_is_told_of_and_leads_to_where_it_is_installed(
    folder: Path, home: Installation, tmp_path: Path
) -> None:
    async def story(url: str) -> None:
        async with at_the_desk(folder) as person:
            link = HeadquartersLink("0" * 32, url, "", "", b"")
            await person.desk.office.do(lambda work: link_headquarters(work.raw, link))
            stand_in(person, home)
            await person.desk.updating.look_quietly()
            assert "0.2.0 can be installed" in person.frame.notices.text
            person.click(person.frame.notices.way)
            await answers(person, 0)
            await answers(person, 0)
            await person.sees(lambda: "is installed" in person.frame.notices.text, "the end")

    with served(tmp_path / "site") as url:
        run_on_desk(lambda: story(url))
    assert home.current == "0.2.0"
