"""Enumerations whose members carry the word that people see."""

from enum import StrEnum
from typing import Self

from embassy_desk.texts.text import Text


class LabelledEnum(StrEnum):
    """A closed choice: the value travels and is stored, the label is shown.

    Members are written `IN_FORCE = "in_force", N_("In force")`.
    """

    label: Text

    def __new__(cls, value: str, label: Text) -> Self:
        """Make a member that equals its stored value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def named(cls, value: str) -> Self:
        """Return the member with a stored value.

        Raises:
            ValueError: There is none.
        """
        for member in cls:
            if member.value == value:
                return member
        raise ValueError(f"{cls.__name__} has no {value!r}")
