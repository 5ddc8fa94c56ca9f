"""One thing that is due or coming, as the home page, the calendar and the reminders show it."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from uuid import UUID

from embassy_desk.texts import Text


class Press(IntEnum):
    """How much something presses; the least number presses most."""

    LATE = 0
    NOW = 1
    SOON = 2
    CALM = 3


@dataclass(frozen=True, kw_only=True)
class DueLine:
    """One record with the reason why it is shown.

    Attributes:
        kind: Kind of the record that the line opens.
        why: A whole sentence.
        on: The day it is about; nothing where none is.
        press: How much it presses.
    """

    kind: str
    id: UUID
    heading: str
    why: Text
    on: date | None = None
    press: Press = Press.CALM


@dataclass(frozen=True, kw_only=True)
class DueGroup:
    """Lines of one sort.

    Attributes:
        name: By which the list behind is asked for.
        kind: Kind of the records.
        lines: The most pressing of them.
        total: How many there are.
    """

    name: str
    kind: str
    title: Text
    lines: tuple[DueLine, ...]
    total: int
