"""What the dialog of settings shows and does. No Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from embassy_desk.desktop.kit.notice import Notice, notice_of
from embassy_desk.domain.errors import DeskError
from embassy_desk.settings.person import (
    MOST_LOCK_MINUTES,
    NAMES,
    Density,
    Language,
    PersonSettings,
    SetBy,
    SettingsFile,
    TextSize,
    ThemeChoice,
)
from embassy_desk.texts import N_, LabelledEnum, Text

LOCK_MINUTES = (1, 2, 5, 10, 15, 30, MOST_LOCK_MINUTES)
"""Minutes that are offered."""

_CHOICES: Mapping[str, type[LabelledEnum]] = {
    "language": Language,
    "theme": ThemeChoice,
    "text_size": TextSize,
    "density": Density,
}

WORDS: Mapping[str, tuple[Text, Text]] = {
    "language": (N_("Language"), N_("Of the window; what you have entered stays as it is.")),
    "theme": (N_("Appearance"), N_("Light or dark.")),
    "text_size": (N_("Text size"), N_("Of everything in the window.")),
    "density": (N_("Spacing"), N_("Room between the lines of lists and forms.")),
    "start_page": (N_("Start with"), N_("The section that is shown when the desk opens.")),
    "reminders": (N_("Reminders"), N_("Of tasks, notice days and meetings.")),
    "lock_minutes": (
        N_("Lock by itself"),
        N_(
            "After this time without a key or a click, an hour at most; nothing that was typed "
            "is lost."
        ),
    ),
}
"""What each setting is called and what it does, by name."""


@dataclass(frozen=True)
class SettingLine:
    """One setting as it is shown.

    Attributes:
        name: Its name in the file.
        label: What it is called.
        hint: What it does.
        choices: Values with their words.
        value: The one that holds.
        set_by: Who decided it.
        is_locked: Whether the person has no choice.
    """

    name: str
    label: Text
    hint: Text
    choices: tuple[tuple[Any, Text], ...]
    value: Any
    set_by: SetBy
    is_locked: bool = False


@dataclass(frozen=True)
class DecidedLine:
    """One setting that others decided.

    Attributes:
        label: What the setting is called.
        value: Its value.
        who: Who decided.
        is_locked: Whether the person may not choose otherwise.
    """

    label: Text
    value: Text | str
    who: Text
    is_locked: bool


class SettingsView(Protocol):
    """What the presenter needs from the dialog."""

    def show_lines(self, lines: tuple[SettingLine, ...]) -> None:
        """Show every setting."""


class SettingsPresenter:
    """Takes over what the person chooses, at once.

    Attributes:
        start_pages: Sections that may be shown first, by code; known once the desk is open.
    """

    def __init__(self, settings: SettingsFile, tell: Callable[[Notice], None]) -> None:
        """Begin without sections to start with; trouble is told to `tell`."""
        self._settings = settings
        self.start_pages: Mapping[str, Text] = {}
        self._tell = tell
        self._view: SettingsView | None = None
        settings.listen(self._on_changed)

    def attach(self, view: SettingsView | None) -> None:
        """Show the settings in a view, or in none any more."""
        self._view = view
        if view is not None:
            view.show_lines(self.lines)

    @property
    def lines(self) -> tuple[SettingLine, ...]:
        """Every setting in the order in which it is shown."""
        current = self._settings.current
        return tuple(
            SettingLine(
                name,
                *WORDS[name],
                self._choices(name),
                self._value(name, current),
                self._settings.set_by(name),
                self._settings.is_locked(name),
            )
            for name in NAMES
            if name != "start_page" or self.start_pages
        )

    @property
    def decided(self) -> tuple[DecidedLine, ...]:
        """What others decided, in words."""
        return tuple(
            DecidedLine(
                WORDS[each.name][0],
                dict(self._choices(each.name)).get(each.value, str(each.value)),
                each.set_by.label,
                is_locked=each.is_locked,
            )
            for each in self._settings.rulings
        )

    def _choices(self, name: str) -> tuple[tuple[Any, Text], ...]:
        if name in _CHOICES:
            return tuple((each, each.label) for each in _CHOICES[name])
        if name == "start_page":
            return tuple(self.start_pages.items())
        if name == "reminders":
            return ((True, N_("Shown")), (False, N_("Not shown")))
        now = self._settings.current.lock_minutes
        offered = LOCK_MINUTES if now in LOCK_MINUTES else (now, *LOCK_MINUTES)
        return tuple((each, _minutes(each)) for each in offered)

    def _value(self, name: str, current: PersonSettings) -> Any:
        """Return what holds; a section that there is not gives way to the first one."""
        value = getattr(current, name)
        is_gone = name == "start_page" and value not in self.start_pages
        return next(iter(self.start_pages)) if is_gone else value

    def choose(self, name: str, value: Any) -> None:
        """Take over a value; trouble is told in words."""
        try:
            self._settings.change(**{name: value})
        except DeskError as error:
            self._tell(notice_of(error))

    def reset(self) -> None:
        """Return to what was delivered."""
        try:
            self._settings.reset()
        except DeskError as error:
            self._tell(notice_of(error))

    def _on_changed(self, _current: PersonSettings) -> None:
        if self._view is not None:
            self._view.show_lines(self.lines)


def _minutes(count: int) -> Text:
    return N_("After {count} minute", "After {count} minutes", count=count)
