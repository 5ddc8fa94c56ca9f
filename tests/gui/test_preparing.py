"""What an open desk prepares for a bad day: passphrase, recovery code, a backup on a stick."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from embassy_desk.application import keys
from embassy_desk.application.profile import open_profile
from embassy_desk.application.restoring import restore
from embassy_desk.desktop.ways_back import preparing
from embassy_desk.domain.contact import Contact
from makers.desks import (
    PASSPHRASE,
    at_the_desk,
    clock,
    enter,
    opened_store,
    run_on_desk,
)
from makers.ways_back import is_code_shown, keep_code, prove_code

pytestmark = pytest.mark.usefixtures("quick_keys")
NEW = "bảy chú vịt bơi qua sông lúc bình minh"


def test_open_desk_changes_its_passphrase(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.desk.menus.acts["passphrase"].trigger()
            await person.sees(lambda: person.dialog is not None, "the dialog")
            for name, text in (
                ("present-passphrase", "not this one at all"),
                ("new-passphrase", NEW),
                ("repeated-passphrase", NEW),
            ):
                person.type_into(person.find(QLineEdit, name), text)
            change = person.find(QPushButton, "Change the passphrase")
            change.click()
            await person.sees(change.isEnabled, "the refusal")
            assert "not right" in person.find(QLabel, "preparing-problem").text()
            person.type_into(person.find(QLineEdit, "present-passphrase"), PASSPHRASE)
            change.click()
            await person.sees(lambda: "changed" in person.frame.notices.text, "the end of it")

    run_on_desk(story)
    open_profile(folder, NEW, clock).close()


def test_open_desk_makes_a_recovery_code(folder: Path) -> None:
    shown: list[str] = []

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.desk.menus.acts["recovery"].trigger()
            await person.sees(lambda: person.dialog is not None, "the dialog")
            person.type_into(person.find(QLineEdit, "present-passphrase"), PASSPHRASE)
            person.find(QPushButton, "Make a recovery code").click()
            await person.sees(lambda: is_code_shown(person), "the code")
            shown.append(await keep_code(person))

    run_on_desk(story)
    assert keys.recover(folder, shown[0], NEW)


def test_code_on_paper_is_tried_out_and_stays_good(folder: Path, code: str) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.desk.menus.acts["drill"].trigger()
            await person.sees(lambda: person.dialog is not None, "the dialog")
            line = person.find(QLineEdit, "present-code")
            assert line.hasFocus()
            person.type_into(line, "0000-" + code)
            tried = person.find(QPushButton, "Try the recovery code")
            tried.click()
            await person.sees(tried.isEnabled, "the refusal")
            assert person.find(QLabel, "preparing-problem").text()
            person.type_into(line, code.lower())
            tried.click()
            await person.sees(lambda: "opens this store" in person.frame.notices.text, "the proof")

    run_on_desk(story)
    prove_code(folder, code)


def test_open_desk_writes_a_backup_to_a_stick_which_opens(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(folder, "contact", {"given_name": "An"})
    stick, suggested = tmp_path / "stick.backup", list[str]()

    async def chosen(*asked: object) -> Path:
        suggested.extend(map(str, asked[3:4]))
        return stick

    monkeypatch.setattr(preparing, "place_to_save", chosen)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.desk.menus.acts["back_up"].trigger()
            await person.sees(lambda: "was written to" in person.frame.notices.text, "the end")
            assert "“stick.backup” and checked" in person.frame.notices.text

    run_on_desk(story)
    assert suggested == ["embassy-desk-2026-11-22"]
    restore(tmp_path / "new", stick, PASSPHRASE, clock)
    with opened_store(tmp_path / "new") as store, store.reading() as work:
        assert [each.given_name for each in work.all(Contact)] == ["An"]


def test_backup_over_the_store_itself_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def chosen(*_asked: object) -> Path:
        return folder / "store.db"

    monkeypatch.setattr(preparing, "place_to_save", chosen)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.desk.menus.acts["back_up"].trigger()
            await person.sees(lambda: "belongs to the store" in person.frame.notices.text, "why")

    run_on_desk(story)
    open_profile(folder, PASSPHRASE, clock).close()
