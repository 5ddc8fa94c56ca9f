"""What reports read: each kind at most once, whatever a report asks of it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from embassy_desk.domain.agreement import Agreement, AgreementLink, AgreementParty, AgreementTerm
from embassy_desk.domain.campaign import Campaign, CampaignTarget
from embassy_desk.domain.country import Country
from embassy_desk.domain.elevation import Elevation
from embassy_desk.domain.engagement import (
    Commitment,
    Engagement,
    EngagementSubject,
    TheirParticipant,
)
from embassy_desk.domain.entity import Handling, Part, Record
from embassy_desk.domain.list_entry import ListEntry
from embassy_desk.domain.mission import Mission
from embassy_desk.domain.obligation import Obligation
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.staff import Staff
from embassy_desk.domain.task import Task
from embassy_desk.domain.term_engine import TermStanding, assess, history_of
from embassy_desk.reports.document import Both
from embassy_desk.store.finders.names import headings
from embassy_desk.store.work import UnitOfWork

RecordType = TypeVar("RecordType", bound=Record)
PartType = TypeVar("PartType", bound=Part)

_BY_STRICTNESS = (Handling.PUBLIC, Handling.INTERNAL, Handling.RESTRICTED)


class Holdings:
    """The mission's records as one report sees them: of one moment, and only what may be seen.

    What lies in the trash is left out; what was archived counts, for it happened.
    """

    def __init__(self, work: UnitOfWork, on: date) -> None:
        """Read from a unit of work, reckoning from a day."""
        self.work = work
        self.on = on
        self._names: dict[UUID, str] = {}
        self._standings: dict[UUID, TermStanding] = {}

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """All agreements, by reference."""
        return self._records(Agreement)

    @cached_property
    def obligations(self) -> dict[UUID, list[Obligation]]:
        """Obligations by agreement."""
        return _grouped(self._records(Obligation), "agreement_id")

    @cached_property
    def parties(self) -> dict[UUID, list[AgreementParty]]:
        """Parties by agreement."""
        return _grouped(self.work.all(AgreementParty), "agreement_id")

    @cached_property
    def links(self) -> tuple[AgreementLink, ...]:
        """All links between agreements."""
        return self.work.all(AgreementLink)

    @cached_property
    def elevations(self) -> tuple[Elevation, ...]:
        """All elevation cases, by reference."""
        return self._records(Elevation)

    @cached_property
    def engagements(self) -> tuple[Engagement, ...]:
        """All engagements, by day."""
        return tuple(sorted(self._records(Engagement), key=lambda each: (each.held_on, each.ref)))

    @cached_property
    def participants(self) -> dict[UUID, list[TheirParticipant]]:
        """People of the other side, by engagement."""
        return _grouped(self.work.all(TheirParticipant), "engagement_id")

    @cached_property
    def subjects(self) -> dict[UUID, list[EngagementSubject]]:
        """What engagements were about, by engagement."""
        return _grouped(self.work.all(EngagementSubject), "engagement_id")

    @cached_property
    def commitments(self) -> dict[UUID, list[Commitment]]:
        """Promises by engagement."""
        return _grouped(self.work.all(Commitment), "engagement_id")

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks, by reference."""
        return self._records(Task)

    @cached_property
    def campaigns(self) -> tuple[Campaign, ...]:
        """All campaigns, by reference."""
        return self._records(Campaign)

    @cached_property
    def targets(self) -> dict[UUID, list[CampaignTarget]]:
        """Targets by campaign."""
        return _grouped(self.work.all(CampaignTarget), "campaign_id")

    @cached_property
    def stages(self) -> dict[UUID, list[StageStep]]:
        """Steps that records took, by record, oldest first."""
        steps = sorted(self.work.all(StageStep), key=lambda each: (each.at, each.id))
        return _grouped(steps, "record_id")

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Countries by alpha-2 code."""
        return {each.alpha2: each for each in self.work.all(Country)}

    @cached_property
    def staff(self) -> tuple[Staff, ...]:
        """The mission's people."""
        return self._records(Staff)

    @cached_property
    def mission(self) -> Mission | None:
        """The mission whose desk this is; nothing if it is not among the reference data."""
        found = self.work.all(Mission, code=self.work.author.mission)
        return found[0] if found else None

    def standing(self, agreement: Agreement) -> TermStanding:
        """Return where an agreement stands on the day of the report."""
        if agreement.id not in self._standings:
            terms = self._terms.get(agreement.id, ())
            self._standings[agreement.id] = assess(history_of(agreement, terms), self.on)
        return self._standings[agreement.id]

    @cached_property
    def _terms(self) -> dict[UUID, list[AgreementTerm]]:
        terms = sorted(self.work.all(AgreementTerm), key=lambda each: each.from_on)
        return _grouped(terms, "agreement_id")

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
        found = headings(self.work, wanted)
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

    def _records(self, kind: type[RecordType]) -> tuple[RecordType, ...]:
        found = [each for each in self.work.all(kind) if not each.is_trashed]
        return tuple(sorted(found, key=lambda each: each.ref))


def title_of(agreement: Agreement) -> Both:
    """Return the title of an agreement in both languages."""
    return Both(agreement.title_vi or agreement.heading, agreement.title_en or agreement.heading)


def strictest(records: Iterable[Record]) -> Handling:
    """Return the strictest handling among records; public when there are none."""
    return max(
        (each.handling for each in records), key=_BY_STRICTNESS.index, default=Handling.PUBLIC
    )


def _grouped(rows: Iterable[RecordType] | Iterable[PartType], name: str) -> dict[UUID, list]:  # type: ignore[type-arg]
    groups: dict[UUID, list] = defaultdict(list)  # type: ignore[type-arg]
    for each in rows:
        groups[getattr(each, name)].append(each)
    return dict(groups)
