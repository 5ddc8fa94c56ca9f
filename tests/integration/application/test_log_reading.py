"""The log as people read it: the newest first, only what has the form of the log."""

from pathlib import Path

from embassy_desk.application.log_reading import chosen_entries, log_entries
from embassy_desk.settings.places import LOG_FILE, LOG_FOLDER

OLD = "2026-11-20 08:00:00,001 INFO embassy_desk.desktop.app: started\n"
NEW = """\
2026-11-21 08:00:00,001 WARNING embassy_desk.transport: slow
a line of something else with a name in it
2026-11-21 09:00:00,001 CRITICAL embassy_desk.desktop.kit.keeper: incident A1B2C3
  ValueError
    desktop/going.py:12 open
Đặng Hường stood here
"""


def written(folder: Path) -> Path:
    (folder / LOG_FOLDER).mkdir()
    (folder / LOG_FOLDER / LOG_FILE).write_text(NEW, encoding="utf-8")
    (folder / LOG_FOLDER / f"{LOG_FILE}.1").write_text(OLD, encoding="utf-8")
    return folder


def test_entries_come_newest_first_with_their_traces_and_nothing_else(tmp_path: Path) -> None:
    newest, slow, oldest = log_entries(written(tmp_path))
    assert (newest.weight, newest.said, newest.part) == (
        "CRITICAL", "incident A1B2C3", "desktop.kit.keeper",
    )  # fmt: skip
    assert newest.trace == ("  ValueError", "    desktop/going.py:12 open")
    assert (slow.at, oldest.said) == ("2026-11-21 08:00:00", "started")
    assert "Hường" not in "".join(each.text for each in (newest, slow, oldest))


def test_entries_are_chosen_by_words_and_weight(tmp_path: Path) -> None:
    entries = log_entries(written(tmp_path))
    assert [each.said for each in chosen_entries(entries, "GOING a1b2", only_grave=False)] == [
        "incident A1B2C3"
    ]
    assert [each.is_grave for each in chosen_entries(entries, "", only_grave=True)] == [True, True]
    assert chosen_entries(entries, "started", only_grave=True) == ()


def test_a_profile_without_a_log_has_no_entries(tmp_path: Path) -> None:
    assert log_entries(tmp_path) == ()
