"""What the shell tells the person. Light: the page that is painted first can tell it."""

from dataclasses import dataclass
from enum import StrEnum

from embassy_desk.domain.errors import DeskError, RefusedError, StoreError
from embassy_desk.texts import Text


class Weight(StrEnum):
    """How much a notice weighs."""

    DONE = "done"
    HINT = "hint"
    CAUTION = "caution"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class Way:
    """Where a notice leads.

    Attributes:
        text: What its button says.
        act: Name of the act of the menus that it starts.
    """

    text: Text
    act: str


@dataclass(frozen=True)
class Notice:
    """What the shell tells the person.

    Attributes:
        text: A whole sentence.
        weight: How much it weighs.
        details: Further sentences, such as what is missing.
        can_undo: Whether what happened can be taken back at once.
        way: Where it leads, if anywhere.
        incident: Number of the fault of the program that it tells of, if it does.
    """

    text: Text
    weight: Weight = Weight.DONE
    details: tuple[Text, ...] = ()
    can_undo: bool = False
    way: Way | None = None
    incident: str = ""


def notice_of(error: DeskError) -> Notice:
    """Return an error of ours as a notice."""
    weight = Weight.TROUBLE if isinstance(error, StoreError) else Weight.CAUTION
    missing = error.missing if isinstance(error, RefusedError) else ()
    return Notice(error.text, weight, missing)
