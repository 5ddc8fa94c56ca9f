"""Who decides a setting: computer, headquarters, installation, person, program, in this order."""

import json
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.domain.errors import RefusedError
from embassy_desk.settings.person import NAMES, SetBy, SettingsFile, ThemeChoice
from embassy_desk.settings.places import STORE_FILE
from embassy_desk.settings.policy import (
    DEFAULT,
    POLICY_FILE,
    PRESEED_FILE,
    Policy,
    in_force,
    policies_of_machine,
    read_policy,
    schema,
    understood,
)

LIGHT, DARK = ThemeChoice.LIGHT, ThemeChoice.DARK


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile's folder; what is in the store does not matter here."""
    (tmp_path / STORE_FILE).touch()
    return tmp_path


def told(source: SetBy, **values: Any) -> Policy:
    named = {name.replace("default_", DEFAULT, 1): value for name, value in values.items()}
    return understood(named, source)


@pytest.mark.parametrize(
    ("machine", "headquarters", "preseed", "own", "holds", "decided_by", "locked"),
    [
        ({}, {}, {}, None, "system", SetBy.PROGRAM, False),
        ({}, {}, {}, "dark", "dark", SetBy.PERSON, False),
        ({}, {}, {"theme": "light"}, None, "light", SetBy.PRESEED, False),
        ({}, {}, {"theme": "light"}, "dark", "dark", SetBy.PERSON, False),
        ({}, {"default_theme": "dark"}, {"theme": "light"}, None, "dark", SetBy.POLICY, False),
        ({}, {"default_theme": "light"}, {}, "dark", "dark", SetBy.PERSON, False),
        ({}, {"theme": "light"}, {}, "dark", "light", SetBy.POLICY, True),
        ({"theme": "dark"}, {"theme": "light"}, {}, "light", "dark", SetBy.MACHINE, True),
        ({"default_theme": "dark"}, {"theme": "light"}, {}, None, "light", SetBy.POLICY, True),
        ({"default_theme": "dark"}, {"default_theme": "light"}, {}, None, "dark", SetBy.MACHINE,
         False),
    ],
)  # fmt: skip
def test_the_first_in_the_order_is_heard(  # noqa: PLR0917  columns of the table
    folder: Path,
    machine: dict[str, Any],
    headquarters: dict[str, Any],
    preseed: dict[str, Any],
    own: str | None,
    holds: str,
    decided_by: SetBy,
    locked: bool,  # noqa: FBT001  a column of the table
) -> None:
    if own is not None:
        SettingsFile(folder).change(theme=own)
    policies = [
        told(SetBy.MACHINE, **machine),
        told(SetBy.POLICY, **headquarters),
        told(SetBy.PRESEED, **preseed),
    ]
    settings = SettingsFile(folder, in_force(policies))
    assert settings.current.theme.value == holds
    assert settings.set_by("theme") is decided_by
    assert settings.is_locked("theme") is locked
    if locked:
        with pytest.raises(RefusedError):
            settings.change(theme="system")


def test_a_policy_that_comes_later_tells_who_listens(folder: Path) -> None:
    settings = SettingsFile(folder)
    heard: list[ThemeChoice] = []
    settings.listen(lambda current: heard.append(current.theme))
    settings.govern(in_force([told(SetBy.POLICY, theme="dark")]))
    settings.govern(())
    assert heard == [DARK, ThemeChoice.SYSTEM]
    assert [each.name for each in settings.rulings] == []


def test_a_choice_under_a_default_is_the_persons_own(folder: Path) -> None:
    settings = SettingsFile(folder, in_force([told(SetBy.MACHINE, default_theme="dark")]))
    settings.change(theme="light")
    assert settings.current.theme is LIGHT
    settings.reset()
    assert settings.current.theme is DARK
    assert settings.set_by("theme") is SetBy.MACHINE


def test_what_is_not_understood_is_told_and_the_rest_holds() -> None:
    policy = understood(
        {"theme": "dark", "colour": "blue", "lock_minutes": 9999, "default.reminders": "no"},
        SetBy.MACHINE,
    )
    assert [each.name for each in policy.rulings] == ["theme"]
    assert len(policy.problems) == 3
    assert "“colour”" in str(policy.problems[0])
    assert "9999" in str(policy.problems[1])


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b'{"theme": "dark"}' + b" " * 70_000])
def test_a_damaged_file_decides_nothing_and_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / POLICY_FILE
    path.write_bytes(content)
    policy = read_policy(path, SetBy.MACHINE)
    assert policy.rulings == ()
    assert [POLICY_FILE in str(each) for each in policy.problems] == [True]


def test_both_files_of_a_computer_are_read_and_an_installation_never_locks(tmp_path: Path) -> None:
    (tmp_path / POLICY_FILE).write_text('{"lock_minutes": 5}', encoding="utf-8")
    (tmp_path / PRESEED_FILE).write_text('{"theme": "dark"}', encoding="utf-8")
    machine, preseed = policies_of_machine(tmp_path)
    assert [(each.name, each.is_locked) for each in machine.rulings] == [("lock_minutes", True)]
    assert [(each.name, each.is_locked) for each in preseed.rulings] == [("theme", False)]
    assert policies_of_machine(tmp_path / "nothing") == (Policy(), Policy())


def test_the_schema_knows_every_setting_locked_and_proposed() -> None:
    known = schema()["properties"]
    assert set(known) == {*NAMES, *(DEFAULT + name for name in NAMES)}
    assert known["theme"] == {"enum": ["system", "light", "dark"]}
    assert json.loads(json.dumps(schema())) == schema()
