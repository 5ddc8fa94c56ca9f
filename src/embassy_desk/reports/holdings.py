"""What reports read: each kind at most once, whatever a report asks of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from embassy_desk.domain.agreement import Agreement, AgreementTerm
from embassy_desk.domain.country import Country
from embassy_desk.domain.engagement import (
    Engagement,
)
from embassy_desk.domain.entity import Entity, Handling, Part, Record, strictest_of
from embassy_desk.domain.list_entry import ListEntry
from embassy_desk.domain.mission import Mission
from embassy_desk.domain.term_engine import TermHistory, TermStanding, assess, history_of
from embassy_desk.reports.document import Both

RecordType = TypeVar("RecordType", bound=Record)
EntityType = TypeVar("EntityType", bound=Entity)
PartType = TypeVar("PartType", bound=Part)


class Records(Protocol):
    """Where records are read: the store of a desk, or what headquarters has of a mission."""

    def find(self, entity: type[EntityType], entity_id: UUID, /) -> EntityType | None:
        """Return a record or part by identity, or nothing."""

    def get(self, entity: type[EntityType], entity_id: UUID, /) -> EntityType:
        """Return a record or part by identity.

        Raises:
            MissingError: There is none.
        """

    def all(self, entity: type[EntityType], **equal: Any) -> tuple[EntityType, ...]:
        """Return the records or parts whose fields equal the given values, by identity."""

    def parts(self, part: type[PartType], record: Record, /) -> tuple[PartType, ...]:
        """Return the parts of one class that belong to a record."""


Names = Callable[[Iterable[UUID]], Mapping[UUID, str]]
"""Says what records are called; those that may not be seen are left out."""


class Holdings:
    """The mission's records as one report sees them: of one moment, and only what may be seen.

    What lies in the trash is left out; what was archived counts, for it happened.
    """

    def __init__(self, work: Records, on: date, mission: str, names: Names) -> None:
        """Read the records of a mission, reckoning from a day."""
        self.work = work
        self.on = on
        self._mission = mission
        self._names_of = names
        self._read: dict[type[Record], tuple[Record, ...]] = {}
        self._grouped: dict[tuple[type[Entity], str], Mapping[UUID, Sequence[Entity]]] = {}
        self._names: dict[UUID, str] = {}
        self._standings: dict[UUID, TermStanding] = {}

    def records(self, kind: type[RecordType]) -> tuple[RecordType, ...]:
        """Return all records of a kind, by reference."""
        if kind not in self._read:
            found = [each for each in self.work.all(kind) if not each.is_trashed]
            self._read[kind] = tuple(sorted(found, key=lambda each: each.ref))
        return cast("tuple[RecordType, ...]", self._read[kind])

    def of(self, entity: type[EntityType], field: str) -> Mapping[UUID, Sequence[EntityType]]:
        """Return rows by the record that one of their fields names; rows keep their order.

        Args:
            entity: A kind of part, or of record.
            field: The field that names the record, such as `agreement_id`.
        """
        key = (entity, field)
        if key not in self._grouped:
            rows: Iterable[Entity]
            rows = self.records(entity) if issubclass(entity, Record) else self.work.all(entity)
            groups: dict[UUID, list[Entity]] = defaultdict(list)
            for each in rows:
                groups[getattr(each, field)].append(each)
            self._grouped[key] = dict(groups)
        return cast("Mapping[UUID, Sequence[EntityType]]", self._grouped[key])

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """All agreements, by reference."""
        return self.records(Agreement)

    @cached_property
    def engagements(self) -> tuple[Engagement, ...]:
        """All engagements, by day."""
        return tuple(sorted(self.records(Engagement), key=lambda each: (each.held_on, each.ref)))

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Countries by alpha-2 code."""
        return {each.alpha2: each for each in self.work.all(Country)}

    @cached_property
    def mission(self) -> Mission | None:
        """The mission whose desk this is; nothing if it is not among the reference data."""
        found = self.work.all(Mission, code=self._mission)
        return found[0] if found else None

    def standing(self, agreement: Agreement) -> TermStanding:
        """Return where an agreement stands on the day of the report."""
        if agreement.id not in self._standings:
            self._standings[agreement.id] = assess(self.history(agreement), self.on)
        return self._standings[agreement.id]

    def history(self, agreement: Agreement) -> TermHistory:
        """Return what is known of the terms of an agreement."""
        terms = self.of(AgreementTerm, "agreement_id").get(agreement.id, ())
        return history_of(agreement, sorted(terms, key=lambda each: each.from_on))

    def name(self, record_id: UUID | None) -> str:
        """Return what a record is called; empty for none, or for one that may not be seen."""
        if record_id is None:
            return ""
        if record_id not in self._names:
            self.learn_names([record_id])
        return self._names[record_id]

    def learn_names(self, ids: Iterable[UUID | None]) -> None:
        """Read what many records are called at once, before they are asked for one by one."""
        wanted = {each for each in ids if each is not None} - self._names.keys()
        found = self._names_of(wanted)
        self._names.update({each: found.get(each, "") for each in wanted})

    def country(self, code: str) -> Both:
        """Return the name of a country; its code when it is not among the reference data."""
        known = self.countries.get(code)
        return Both(known.name_vi, known.name_en) if known else Both(code, code)

    def choice(self, list_code: str, code: str) -> Both:
        """Return the label of a code of a controlled list; the code itself if it is unknown."""
        return self._choices.get((list_code, code), Both(code, code))

    @cached_property
    def _choices(self) -> dict[tuple[str, str], Both]:
        return {
            (each.list_code, each.code): Both(each.label_vi, each.label_en)
            for each in self.work.all(ListEntry)
        }


def title_of(agreement: Agreement) -> Both:
    """Return the title of an agreement in both languages."""
    return Both(agreement.title_vi or agreement.heading, agreement.title_en or agreement.heading)


def strictest(records: Iterable[Record]) -> Handling:
    """Return the strictest handling among records; public when there are none."""
    return strictest_of(each.handling for each in records)
