"""The choices of controlled lists, countries and missions, as forms offer them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from embassy_desk.domain.country import Country
from embassy_desk.domain.list_entry import ListEntry
from embassy_desk.domain.mission import Mission
from embassy_desk.domain.vietnamese import sort_key
from embassy_desk.store.work import UnitOfWork

COUNTRIES, MISSIONS = "country", "mission"
"""Lists whose choices are records of their own."""


@dataclass(frozen=True)
class Choice:
    """One choice.

    Attributes:
        code: What records store.
        label_vi: Vietnamese label; may be empty.
        label_en: English label; may be empty.
        is_offered: Whether it may still be chosen; records that hold it keep it.
    """

    code: str
    label_vi: str
    label_en: str
    is_offered: bool = True

    def label(self, language: str) -> str:
        """Return the label in a language, else in the other, else the code."""
        first, second = (
            (self.label_vi, self.label_en) if language == "vi" else (self.label_en, self.label_vi)
        )
        return first or second or self.code


@dataclass(frozen=True)
class ControlledLists:
    """Every controlled list, by its code."""

    choices: Mapping[str, tuple[Choice, ...]]

    def of(self, list_code: str) -> tuple[Choice, ...]:
        """Return the choices of a list in their order; none for an unknown list."""
        return self.choices.get(list_code, ())

    def label(self, list_code: str, code: str, language: str) -> str:
        """Return what a stored code is called; the code itself when the list does not hold it."""
        for each in self.of(list_code):
            if each.code == code:
                return each.label(language)
        return code


NO_LISTS = ControlledLists(MappingProxyType({}))
"""Before the lists were read."""


def controlled_lists(work: UnitOfWork, on: date) -> ControlledLists:
    """Return the choices of every controlled list.

    Args:
        work: A unit of work.
        on: The day that decides which are still offered.
    """
    found: dict[str, list[Choice]] = {}
    for entry in sorted(work.all(ListEntry), key=lambda each: (each.list_code, each.place)):
        if not entry.is_trashed:
            choice = Choice(entry.code, entry.label_vi, entry.label_en, entry.is_selectable(on))
            found.setdefault(entry.list_code, []).append(choice)
    found[COUNTRIES] = _sorted(
        Choice(each.alpha2, each.name_vi, each.name_en) for each in work.all(Country)
    )
    found[MISSIONS] = _sorted(
        Choice(each.code, each.name_vi, each.name_en, not each.closed_on)
        for each in work.all(Mission)
    )
    return ControlledLists(MappingProxyType({code: tuple(each) for code, each in found.items()}))


def _sorted(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda each: sort_key(each.label_vi or each.label_en))
