"""What others decide about the settings of a person, and in which order they are heard.

A setting that somebody **locked** cannot be changed by the person; of several locks the first in
this order holds: the administrator of the computer, then headquarters. Without a lock the person's
choice holds, then the first **default** in this order: computer, headquarters, what was set when
the desk was installed, and at last what the program delivers.

A policy is a JSON object of names and values: `{"lock_minutes": 5, "default.theme": "dark"}`.
`NAME` locks, `default.NAME` only proposes. What was set at the installation never locks. A name or
value that is not understood is told and left out; the rest holds. Secrets have no place in it.
"""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from embassy_desk.settings.person import (
    DEFAULTS,
    LEAST_LOCK_MINUTES,
    MOST_LOCK_MINUTES,
    NAMES,
    Ruling,
    SetBy,
    SettingsFile,
    checked,
)
from embassy_desk.texts import N_, LabelledEnum, Text

if sys.platform == "win32":
    import winreg

DEFAULT = "default."
"""Before the name of a value that the person may change."""

POLICY_FILE, PRESEED_FILE = "policy.json", "preseed.json"
WINDOWS_POLICIES = r"SOFTWARE\Policies\EmbassyDesk"
SCHEMA_PLACE = "https://json-schema.org/draft/2020-12/schema"
_LARGEST_BYTES = 64 * 1024


@dataclass(frozen=True)
class Policy:
    """What one source decides.

    Attributes:
        rulings: What was understood.
        problems: What was not, in sentences.
    """

    rulings: tuple[Ruling, ...] = ()
    problems: tuple[Text, ...] = ()


def understood(values: Mapping[str, Any], source: SetBy) -> Policy:
    """Return what a mapping of names and values decides."""
    rulings: list[Ruling] = []
    problems: list[Text] = []
    for told, value in values.items():
        name = told.removeprefix(DEFAULT)
        if name not in NAMES:
            problems.append(N_("There is no setting “{name}”.", name=told))
            continue
        try:
            is_locked = told == name and source is not SetBy.PRESEED
            rulings.append(Ruling(name, checked(name, value), source, is_locked=is_locked))
        except ValueError:
            problems.append(
                N_("“{value}” is no value for the setting “{name}”.", value=str(value), name=told)
            )
    return Policy(tuple(rulings), tuple(problems))


def read_policy(path: Path, source: SetBy) -> Policy:
    """Return what a file decides; nothing where there is none."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST_BYTES + 1)
        values = json.loads(content) if len(content) <= _LARGEST_BYTES else None
    except FileNotFoundError:
        return Policy()
    except (OSError, ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        return Policy((), (N_("The policy in {file} could not be read.", file=str(path)),))
    return understood(values, source)


def machine_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder in which only an administrator of the computer writes."""
    if sys.platform == "win32":
        return Path(environment.get("PROGRAMDATA", r"C:\ProgramData")) / "EmbassyDesk"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/EmbassyDesk")
    return Path("/etc/embassy-desk")


def policies_of_machine(folder: Path) -> tuple[Policy, Policy]:
    """Return what this computer's administrator decided, and what its installation proposed."""
    machine = read_policy(folder / POLICY_FILE, SetBy.MACHINE)
    group = understood(_group_policy(), SetBy.MACHINE)
    named = {each.name for each in group.rulings}
    rest = tuple(each for each in machine.rulings if each.name not in named)
    both = Policy((*group.rulings, *rest), (*group.problems, *machine.problems))
    return both, read_policy(folder / PRESEED_FILE, SetBy.PRESEED)


def _group_policy() -> dict[str, Any]:
    """Return what Group Policy put into the registry; nothing on other systems."""
    found: dict[str, Any] = {}
    if sys.platform == "win32":
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, WINDOWS_POLICIES) as key:
                for at in range(winreg.QueryInfoKey(key)[1]):
                    name, value, _ = winreg.EnumValue(key, at)
                    found[name] = _as_setting(name, value)
        except FileNotFoundError:
            return {}
    return found


def _as_setting(name: str, value: Any) -> Any:
    """Return a value of the registry, which knows no yes and no, as the setting has it."""
    is_yes_or_no = isinstance(getattr(DEFAULTS, name.removeprefix(DEFAULT), None), bool)
    return bool(value) if is_yes_or_no and value in {0, 1} else value


def in_force(policies: Sequence[Policy]) -> tuple[Ruling, ...]:
    """Return the one ruling that counts for each setting that anybody decided.

    Args:
        policies: Of all sources, the one to be heard first in front.
    """
    told = [ruling for policy in policies for ruling in policy.rulings]
    ordered = [*(each for each in told if each.is_locked), *told]
    first: dict[str, Ruling] = {}
    for each in ordered:
        first.setdefault(each.name, each)
    return tuple(first[name] for name in NAMES if name in first)


class Governed:
    """The settings of a person under what others decide.

    Attributes:
        settings: What holds.
    """

    def __init__(self, folder: Path, machine: Path) -> None:
        """Hear the computer and the installation; headquarters is heard once the store is open.

        Args:
            folder: The profile's folder.
            machine: The folder of the administrator's files.
        """
        self._machine, self._preseed = policies_of_machine(machine)
        self._headquarters = Policy()
        self.settings = SettingsFile(folder, in_force(self._all))

    @property
    def _all(self) -> tuple[Policy, ...]:
        return (self._machine, self._headquarters, self._preseed)

    @property
    def problems(self) -> tuple[Text, ...]:
        """What of the policies was not understood."""
        return tuple(each for policy in self._all for each in policy.problems)

    def hear(self, headquarters: Policy) -> None:
        """Let what headquarters decides hold from now on, behind the computer's administrator."""
        self._headquarters = headquarters
        self.settings.govern(in_force(self._all))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a policy, made from the settings themselves."""
    values: dict[str, Any] = {}
    for each in fields(DEFAULTS):
        told = _kind_of(getattr(DEFAULTS, each.name))
        values[each.name] = told
        values[DEFAULT + each.name] = told
    return {
        "$schema": SCHEMA_PLACE,
        "title": "Policy of Embassy Desk",
        "description": "NAME locks a setting, default.NAME proposes it.",
        "type": "object",
        "properties": values,
        "additionalProperties": False,
    }


def _kind_of(default: Any) -> dict[str, Any]:
    if isinstance(default, LabelledEnum):
        return {"enum": [each.value for each in type(default)]}
    if isinstance(default, bool):
        return {"type": "boolean"}
    if isinstance(default, int):
        return {"type": "integer", "minimum": LEAST_LOCK_MINUTES, "maximum": MOST_LOCK_MINUTES}
    return {"type": "string", "pattern": "^[a-z_]{0,40}$"}
