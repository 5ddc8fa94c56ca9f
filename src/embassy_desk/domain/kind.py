"""What a kind of record is, said once for every room."""

from dataclasses import dataclass
from enum import StrEnum

from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.texts import Text


class Scope(StrEnum):
    """Who shares the rows of a kind.

    Rows of a mission travel between its laptops and headquarters; shared rows come from
    headquarters or from the shipped reference data and are never pushed.
    """

    MISSION = "mission"
    SHARED = "shared"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of record.

    Attributes:
        entity: The class of the record.
        name: Singular name in snake case: table, wire and command line.
        code: Three capitals that stand in references, such as `AGR`.
        label: Singular word shown to people.
        plural: Plural word shown to people.
        parts: Classes of the rows that belong to it alone.
        scope: Who shares its rows.
        is_log: Whether the program alone enters its records, and nobody changes them.
    """

    entity: type[Record]
    name: str
    code: str
    label: Text
    plural: Text
    parts: tuple[type[Part], ...] = ()
    scope: Scope = Scope.MISSION
    is_log: bool = False

    @property
    def entities(self) -> tuple[type[Entity], ...]:
        """The record's class and those of its parts."""
        return (self.entity, *self.parts)
