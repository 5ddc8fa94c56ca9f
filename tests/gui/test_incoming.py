"""Files opened by a click outside the desk: each comes to its page, once it is unlocked."""

from pathlib import Path

import pytest

from embassy_desk.desktop.headquarters_page.screen import HeadquartersScreen
from embassy_desk.desktop.importing.screen import ImportScreen
from makers.desks import PASSPHRASE, at_the_desk, at_the_window, run_on_desk

CARDS = "BEGIN:VCARD\nVERSION:3.0\nFN:Đặng Thị Hường\nEND:VCARD\n"


def test_a_file_waits_until_the_desk_is_unlocked(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "danh bạ.vcf"
    file.write_text(CARDS, "utf-8")

    async def story() -> None:
        async with at_the_window(folder) as person:
            await person.sees(person.frame.unlock.isVisible, "the unlock page")
            person.door.session.files.take_in(file)
            await person.sees(
                lambda: "“danh bạ.vcf” opens once you have unlocked the desk." in person.texts,
                "that the file waits",
            )
            person.type_into(person.frame.unlock.line, PASSPHRASE)
            person.press("Return")
            await person.sees(lambda: person.frame.findChild(ImportScreen), "the page of imports")
            page = person.frame.findChild(ImportScreen)
            assert isinstance(page, ImportScreen)
            await person.sees(page.take.isVisible, "what would come of the cards")
            assert page.file.text() == "danh bạ.vcf"
            assert page.outlook.counts.text().startswith("New: 1")
            await person.rests()

    run_on_desk(story)


@pytest.mark.parametrize("name", ["2026-11-23.POUCH", "answer.enrolment"])
def test_what_headquarters_sends_comes_to_its_page_and_must_prove_genuine(
    folder: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"not from headquarters")

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.door.session.files.take_in(file)
            await person.sees(
                lambda: person.frame.findChild(HeadquartersScreen), "the page of headquarters"
            )
            await person.sees(lambda: person.frame.notices.text, "why it is not taken")
            assert person.desk.page.shown_page == "headquarters"
            await person.rests()

    run_on_desk(story)
