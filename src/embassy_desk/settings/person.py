"""The settings of the person at this desk: one file beside the store, one value at a time.

A file that cannot be read never stops the desk: what was delivered holds, the person is told, and
the file is put aside before anything is written in its place. Names that this program does not
know, and values it does not understand, stay in the file as they are.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.settings.files import write_whole, writing_error
from embassy_desk.settings.places import is_set_up
from embassy_desk.texts import N_, LabelledEnum, Text

SETTINGS_FILE = "settings.json"
_FORMAT = 1
LEAST_LOCK_MINUTES, MOST_LOCK_MINUTES = 1, 60
"""A desk that nobody works at never stays open longer; there is no way to switch this off."""

_PAGE = re.compile(r"[a-z_]{0,40}")


class SetBy(LabelledEnum):
    """Who decided a value."""

    PROGRAM = "program", N_("As delivered")
    PERSON = "person", N_("Chosen by you")
    POLICY = "policy", N_("Set by headquarters")
    MACHINE = "machine", N_("Set by the administrator of this computer")
    PRESEED = "preseed", N_("Set when the desk was installed")


class Language(LabelledEnum):
    """Language of the window."""

    SYSTEM = "system", N_("As the system")
    VIETNAMESE = "vi", N_("Vietnamese (Tiếng Việt)")
    ENGLISH = "en", N_("English")


class ThemeChoice(LabelledEnum):
    """Light or dark."""

    SYSTEM = "system", N_("As the system")
    LIGHT = "light", N_("Light")
    DARK = "dark", N_("Dark")


class TextSize(LabelledEnum):
    """How large words are shown."""

    SMALL = "small", N_("Small")
    NORMAL = "normal", N_("Normal")
    LARGE = "large", N_("Large")
    LARGEST = "largest", N_("Very large")


class Density(LabelledEnum):
    """How much room stands between lines."""

    COMFORTABLE = "comfortable", N_("Comfortable")
    COMPACT = "compact", N_("Compact")


@dataclass(frozen=True)
class PersonSettings:
    """What holds at present.

    Attributes:
        language: Language of the window.
        theme: Light or dark.
        text_size: How large words are shown.
        density: How much room stands between lines.
        start_page: Code of the section the desk opens with; empty for the first one.
        reminders: Whether reminders are shown.
        lock_minutes: Minutes without a key or a click until the desk locks, 1 to 60.
    """

    language: Language = Language.SYSTEM
    theme: ThemeChoice = ThemeChoice.SYSTEM
    text_size: TextSize = TextSize.NORMAL
    density: Density = Density.COMFORTABLE
    start_page: str = ""
    reminders: bool = True
    lock_minutes: int = 10


@dataclass(frozen=True)
class Ruling:
    """What somebody other than the person decided about one setting; see `settings/policy.py`.

    Attributes:
        name: The setting.
        value: Its value.
        set_by: Who decided.
        is_locked: Whether the person cannot choose another.
    """

    name: str
    value: Any
    set_by: SetBy
    is_locked: bool


NAMES = tuple(each.name for each in fields(PersonSettings))
"""Every setting, in the order in which people are shown them."""

DEFAULTS = PersonSettings()
Listener = Callable[[PersonSettings], object]


class SettingsFile:
    """Reads and writes the settings in a profile's folder."""

    def __init__(self, folder: Path, rulings: Sequence[Ruling] = ()) -> None:
        """Read the file, if there is one.

        Args:
            folder: The profile's folder; nothing is written before it holds a store.
            rulings: What others decide, at most one for each setting.
        """
        self._path = folder / SETTINGS_FILE
        self._listeners: list[Listener] = []
        self._entries, self._is_damaged = _read(self._path)
        self._own, problems = _own_choices(self._entries)
        self.problems: tuple[Text, ...] = (*([_DAMAGED] if self._is_damaged else []), *problems)
        self._rulings: dict[str, Ruling] = {each.name: each for each in rulings}
        self.current = self._settled()

    def _settled(self) -> PersonSettings:
        """Return what holds: locks, then the person's choice, then defaults of others."""
        proposed = {each.name: each.value for each in self._rulings.values()}
        locked = {each.name: each.value for each in self._rulings.values() if each.is_locked}
        return replace(DEFAULTS, **{**proposed, **self._own, **locked})

    def set_by(self, name: str) -> SetBy:
        """Return who decided a value."""
        ruling = self._rulings.get(name)
        if ruling is not None and (ruling.is_locked or name not in self._own):
            return ruling.set_by
        return SetBy.PERSON if name in self._own else SetBy.PROGRAM

    def is_locked(self, name: str) -> bool:
        """Return whether the person cannot choose another value."""
        return name in self._rulings and self._rulings[name].is_locked

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """What others decide at present, in the order of the settings."""
        return tuple(self._rulings[name] for name in NAMES if name in self._rulings)

    def govern(self, rulings: Sequence[Ruling]) -> None:
        """Let other rulings hold from now on, and tell what follows from them."""
        self._rulings = {each.name: each for each in rulings}
        self._take_over()

    def _take_over(self) -> None:
        self.current = self._settled()
        for listener in tuple(self._listeners):
            listener(self.current)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener the settings after every change.

        Returns:
            A function that ends it.
        """
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def change(self, **values: Any) -> None:
        """Take over what the person chose, tell it, and keep it once there is a store.

        Raises:
            InvalidError: A value is none that the setting can have; nothing is changed.
            RefusedError: Somebody locked the value; nothing is changed.
            StoreError: It holds until the desk is closed, but cannot be written.
        """
        for name in values:
            if self.is_locked(name):
                raise RefusedError(_LOCKED_BY[self._rulings[name].set_by])
        try:
            understood = {name: checked(name, value) for name, value in values.items()}
        except ValueError as error:
            problem = Problem("", N_("“{value}” is no choice here.", value=str(error)))
            raise InvalidError([problem]) from error
        self._own.update(understood)
        for name, value in understood.items():
            self._entries[name] = {"value": value, "set_by": SetBy.PERSON.value}
        self._take_over()
        self.keep()

    def reset(self) -> None:
        """Return to what holds without a choice of the person; choices under a lock stay.

        Raises:
            StoreError: It holds until the desk is closed, but cannot be written.
        """
        for name in [each for each in NAMES if not self.is_locked(each)]:
            self._entries.pop(name, None)
            self._own.pop(name, None)
        self._take_over()
        self.keep()

    def settle(self, folder: Path) -> None:
        """Keep the settings in another folder from now on, such as that of the demonstration.

        Raises:
            StoreError: They hold until the desk is closed, but cannot be written.
        """
        self._path = folder / SETTINGS_FILE
        _, self._is_damaged = _read(self._path)
        self.keep()

    def keep(self) -> None:
        """Write the file once there is a store beside it and anything to write.

        Raises:
            StoreError: It cannot be written; says why in words.
        """
        if not is_set_up(self._path.parent) or not (self._entries or self._path.exists()):
            return
        if self._is_damaged:
            self._put_aside()
        whole = {"format": _FORMAT, "settings": self._entries}
        write_whole(self._path, json.dumps(whole, ensure_ascii=False, indent=1).encode())

    def _put_aside(self) -> None:
        """Keep a file that could not be read under another name.

        Raises:
            StoreError: It cannot be renamed.
        """
        number = 1
        while (aside := self._path.with_name(f"settings-damaged-{number}.json")).exists():
            number += 1
        try:
            self._path.rename(aside)
        except OSError as error:
            raise writing_error(aside, error) from error
        self._is_damaged = False


_LOCKED_BY = {
    SetBy.POLICY: N_("Headquarters decides this setting."),
    SetBy.MACHINE: N_("The administrator of this computer decides this setting."),
}

_DAMAGED = N_(
    "Your settings could not be read, so those of the program hold. The file stays; it is put "
    "aside when you change a setting."
)


def _read(path: Path) -> tuple[dict[str, Any], bool]:
    """Return the entries of a file, and whether it is damaged."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}, False
    except (OSError, UnicodeDecodeError):
        return {}, True
    try:
        whole: Any = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return {}, True
    entries = whole.get("settings") if isinstance(whole, dict) else None
    return (entries, False) if isinstance(entries, dict) else ({}, True)


def _own_choices(entries: Mapping[str, Any]) -> tuple[dict[str, Any], list[Text]]:
    """Return what the person chose, by name, and what of it was not understood."""
    values: dict[str, Any] = {}
    problems: list[Text] = []
    for name in NAMES:
        if name in entries:
            try:
                values[name] = _understood(name, entries[name])
            except ValueError:
                problems.append(N_("Your setting “{name}” was not understood.", name=name))
    return values, problems


def _understood(name: str, entry: Any) -> Any:
    """Return the value of an entry of the file.

    Raises:
        ValueError: It is none that the setting can have.
    """
    if not isinstance(entry, dict) or "value" not in entry:
        raise ValueError(name)
    return checked(name, entry["value"])


def checked(name: str, value: Any) -> Any:
    """Return a value as the setting of this name holds it.

    Raises:
        ValueError: It is none that the setting can have.
    """
    default = getattr(DEFAULTS, name)
    if isinstance(default, LabelledEnum):
        return type(default).named(str(value))
    if type(value) is not type(default):
        raise ValueError(value)
    if isinstance(value, str) and not _PAGE.fullmatch(value):
        raise ValueError(value)
    if type(value) is int and not LEAST_LOCK_MINUTES <= value <= MOST_LOCK_MINUTES:
        raise ValueError(value)
    return value
