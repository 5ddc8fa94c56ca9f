"""The diagnostics file tells about program, files and log, and nothing of any record."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from embassy_desk.application.backups import Why
from embassy_desk.application.diagnostics import diagnostics
from embassy_desk.application.office import perform
from embassy_desk.application.profile import create_profile
from embassy_desk.application.records import enter_record
from embassy_desk.application.views import View, keep_view
from embassy_desk.application.wishes import Wish
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.settings.log_lines import LogLines, Plain
from embassy_desk.settings.person import SettingsFile

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PASSPHRASE = "con mèo đen ngủ trên mái nhà"
CANARIES = ("Quetzalkanarie", "quetzal@kanarie.vn", "mật danh quetzal", "Kanarienname", PASSPHRASE)
LOG = logging.getLogger("embassy_desk.test_diagnostics")


def clock() -> datetime:
    return NOW


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile full of canaries: records, a view, files, settings and a log."""
    folder = tmp_path / "Kanarienname"
    profile = create_profile(
        folder, PASSPHRASE, clock, mission="TOK", person="Kanarienname", parameters=FLOOR
    )
    perform(
        profile.store,
        enter_record,
        "contact",
        {"given_name": "Quetzalkanarie", "notes": "mật danh quetzal", "alias": CANARIES[1]},
    )
    perform(profile.store, keep_view, View(name="Quetzalkanarie", wish=Wish(kind="contact")))
    profile.back_up_beside(Why.DAILY, NOW)
    SettingsFile(folder).change(theme="dark")
    profile.close()
    (folder / "Quetzalkanarie.docx").write_text("Quetzalkanarie", encoding="utf-8")
    (folder / "logs").mkdir()
    _log(folder / "logs" / "desk.log")
    return folder


def _log(path: Path) -> None:
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(LogLines())
    record = logging.makeLogRecord(
        {"name": LOG.name, "levelname": "INFO", "msg": "refused: %s of %s"}
    )
    record.args = (Plain("conflict"), "Quetzalkanarie")
    handler.handle(record)
    handler.close()
    with path.open("a", encoding="utf-8") as file:
        file.write("ValueError: Quetzalkanarie is no number\n  at Quetzalkanarie, once more\n")


def test_nothing_of_a_record_is_in_it(folder: Path) -> None:
    text = diagnostics(folder, NOW, {"qt": "6.11"})
    assert "Quetzalkanarie" in (folder / "logs" / "desk.log").read_text("utf-8")  # the control
    assert [each for each in CANARIES if each.lower() in text.lower()] == []


def test_it_tells_what_helps(folder: Path) -> None:
    lines = diagnostics(folder, NOW, {"qt": "6.11"}).splitlines()
    assert lines[0] == "embassy-desk 0.1.0, 2026-11-22T09:30:00+00:00"
    assert "qt: 6.11" in lines
    assert any(each.lower().startswith("sqlalchemy: 2.") for each in lines)
    assert any(each.startswith("store.db: ") and "mode 600" in each for each in lines)
    assert any(each.startswith("20261122-093000-daily.backup: ") for each in lines)
    assert "theme: dark (person)" in lines
    assert "other files and folders: 1" in lines
    assert any(each.endswith(": refused: conflict of …") for each in lines)
    assert "lines of another form, left out: 2" in lines


def test_it_needs_no_store(tmp_path: Path) -> None:
    assert "there is no profile" in diagnostics(tmp_path / "none", NOW)
    assert "there is no log" in diagnostics(tmp_path, NOW)
