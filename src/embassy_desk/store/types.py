"""Column types that store exactly what travels: choices, identities and times as text.

SQLModel would store a choice by its member's name and a time without its zone; both would read
back differently on another engine.
"""

from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Dialect, String, TypeDecorator


class ChoiceText(TypeDecorator[Any]):
    """Stores a choice by its value; a value from a newer version is kept as plain text."""

    impl = String
    cache_ok = True

    def __init__(self, choices: type[Enum]) -> None:
        """Remember which choices there are."""
        super().__init__(60)
        self.choices = choices
        self._members = {str(each.value): each for each in choices}

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the stored value of a member."""
        return value.value if isinstance(value, Enum) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the member of a stored value, or the value itself if it is not known yet."""
        return self._members.get(value, value)

    def load(self, value: Any) -> Any:
        """Return the member of a raw column value."""
        return self._members.get(value, value)


def time_text(moment: datetime) -> str:
    """Return a point in time as RFC 3339 in UTC with milliseconds: 2026-11-22T03:56:02.000Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def time_of(text: str) -> datetime:
    """Return the point in time that `time_text` wrote."""
    return datetime.fromisoformat(text)


class TimeText(TypeDecorator[Any]):
    """Stores a point in time as RFC 3339 text in UTC; sorts and travels as it stands."""

    impl = String
    cache_ok = True

    def __init__(self) -> None:
        """Reserve the 24 characters."""
        super().__init__(24)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the text of a point in time."""
        return None if value is None else time_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the point in time of a text."""
        return None if value is None else time_of(value)
