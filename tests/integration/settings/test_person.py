"""The settings of a person: kept one by one, never in the way of the desk, never lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.domain.errors import InvalidError, RefusedError, StoreError
from embassy_desk.settings.person import (
    DEFAULTS,
    NAMES,
    SETTINGS_FILE,
    Density,
    Language,
    PersonSettings,
    Ruling,
    SetBy,
    SettingsFile,
    TextSize,
    ThemeChoice,
)
from embassy_desk.settings.places import STORE_FILE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile's folder; what is in the store does not matter here."""
    (tmp_path / STORE_FILE).touch()
    return tmp_path


LOCKED = Ruling("lock_minutes", 5, SetBy.POLICY, is_locked=True)
CHOSEN: dict[str, Any] = {
    "language": "vi",
    "theme": "dark",
    "text_size": "large",
    "density": "compact",
    "start_page": "agreement",
    "reminders": False,
    "lock_minutes": 15,
}


def stored(folder: Path) -> Any:
    """Return what the file holds."""
    return json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))


def test_without_a_file_everything_is_as_delivered(folder: Path) -> None:
    settings = SettingsFile(folder)
    assert settings.current == DEFAULTS
    assert settings.problems == ()
    assert {settings.set_by(name) for name in NAMES} == {SetBy.PROGRAM}
    assert not (folder / SETTINGS_FILE).exists()


def test_every_setting_comes_back(folder: Path) -> None:
    assert set(CHOSEN) == set(NAMES)
    SettingsFile(folder).change(**CHOSEN)
    again = SettingsFile(folder)
    assert again.current == PersonSettings(
        Language.VIETNAMESE, ThemeChoice.DARK, TextSize.LARGE, Density.COMPACT,
        "agreement", reminders=False, lock_minutes=15,
    )  # fmt: skip
    assert {again.set_by(name) for name in NAMES} == {SetBy.PERSON}
    assert again.problems == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("theme", 3),
        ("reminders", 1),
        ("lock_minutes", True),
        ("lock_minutes", 61),
        ("lock_minutes", 0),
        ("lock_minutes", 1.5),
        ("start_page", "../x"),
        ("start_page", None),
    ],
)
def test_value_that_cannot_be_is_refused_and_changes_nothing(
    folder: Path, name: str, value: Any
) -> None:
    settings = SettingsFile(folder)
    with pytest.raises(InvalidError):
        settings.change(**{"density": "compact", name: value})
    assert settings.current == DEFAULTS
    assert not (folder / SETTINGS_FILE).exists()


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"{", b"[]", b'{"settings": 3}', b"null", b"[" * 100_000, b""],
)
def test_damaged_file_is_said_and_put_aside(folder: Path, content: bytes) -> None:
    (folder / SETTINGS_FILE).write_bytes(content)
    settings = SettingsFile(folder)
    assert settings.current == DEFAULTS
    assert len(settings.problems) == 1
    assert (folder / SETTINGS_FILE).read_bytes() == content
    settings.change(theme="dark")
    assert (folder / "settings-damaged-1.json").read_bytes() == content
    assert SettingsFile(folder).current.theme is ThemeChoice.DARK
    assert SettingsFile(folder).problems == ()


def test_second_damaged_file_does_not_replace_the_first(folder: Path) -> None:
    for content in (b"one", b"two"):
        (folder / SETTINGS_FILE).write_bytes(content)
        SettingsFile(folder).change(theme="dark")
    kept = [(folder / f"settings-damaged-{n}.json").read_bytes() for n in (1, 2)]
    assert kept == [b"one", b"two"]


def test_one_bad_value_leaves_the_others_and_stays_in_the_file(folder: Path) -> None:
    entries = {
        "theme": {"value": "purple", "set_by": "person"},
        "language": {"value": "vi", "set_by": "person"},
        "from_a_newer_program": {"value": [1, 2], "set_by": "person"},
        "density": "not even an entry",
    }
    (folder / SETTINGS_FILE).write_text(json.dumps({"format": 1, "settings": entries}))
    settings = SettingsFile(folder)
    assert settings.current.language is Language.VIETNAMESE
    assert settings.current.theme is ThemeChoice.SYSTEM
    assert [each.values["name"] for each in settings.problems] == ["theme", "density"]
    settings.change(lock_minutes=5)
    assert stored(folder)["settings"] == {
        **entries, "lock_minutes": {"value": 5, "set_by": "person"},
    }  # fmt: skip
    settings.change(theme="light")
    assert stored(folder)["settings"]["theme"] == {"value": "light", "set_by": "person"}


def test_value_of_a_policy_holds_and_cannot_be_changed(folder: Path) -> None:
    SettingsFile(folder).change(lock_minutes=60)
    settings = SettingsFile(folder, [LOCKED])
    assert settings.current.lock_minutes == 5
    assert settings.set_by("lock_minutes") is SetBy.POLICY
    with pytest.raises(RefusedError):
        settings.change(lock_minutes=30, theme="dark")
    assert settings.current.theme is ThemeChoice.SYSTEM
    settings.reset()
    assert settings.current.lock_minutes == 5
    settings.change(theme="dark")
    assert SettingsFile(folder).current.theme is ThemeChoice.DARK


def test_own_choice_returns_when_the_policy_goes(folder: Path) -> None:
    SettingsFile(folder).change(lock_minutes=60)
    SettingsFile(folder, [LOCKED]).change(theme="dark")
    assert SettingsFile(folder).current.lock_minutes == 60


def test_nothing_is_written_before_there_is_a_store(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path)
    settings.change(language="en")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / STORE_FILE).touch()
    settings.keep()
    assert SettingsFile(tmp_path).current.language is Language.ENGLISH


def test_settings_move_to_another_folder(folder: Path, tmp_path_factory: Any) -> None:
    demo = tmp_path_factory.mktemp("demo")
    (demo / STORE_FILE).touch()
    settings = SettingsFile(folder)
    settings.change(theme="dark")
    settings.settle(demo)
    settings.change(language="vi")
    assert SettingsFile(demo).current.theme is ThemeChoice.DARK
    assert SettingsFile(demo).current.language is Language.VIETNAMESE
    assert SettingsFile(folder).current.language is Language.SYSTEM


def test_reset_returns_to_what_was_delivered(folder: Path) -> None:
    settings = SettingsFile(folder)
    settings.change(**CHOSEN)
    settings.reset()
    assert settings.current == DEFAULTS
    assert SettingsFile(folder).current == DEFAULTS
    assert settings.set_by("theme") is SetBy.PROGRAM


def test_listeners_hear_every_change(folder: Path) -> None:
    settings = SettingsFile(folder)
    heard: list[PersonSettings] = []
    settings.listen(heard.append)
    settings.change(theme="dark")
    settings.reset()
    assert [each.theme for each in heard] == [ThemeChoice.DARK, ThemeChoice.SYSTEM]


def test_what_cannot_be_written_holds_and_is_said(folder: Path) -> None:
    settings = SettingsFile(folder)
    (folder / SETTINGS_FILE).mkdir()
    with pytest.raises(StoreError):
        settings.change(theme="dark")
    assert settings.current.theme is ThemeChoice.DARK
