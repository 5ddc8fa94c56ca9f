"""What somebody asks of a report, and what its query answers with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from embassy_desk.domain.entity import Handling
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.reports.document import Block, Both, Narrative, Period
from embassy_desk.reports.holdings import Holdings
from embassy_desk.reports.narratives import WrittenPart
from embassy_desk.texts import N_, Text


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asks of a report.

    Attributes:
        on: The day it reckons from.
        period: The days it is about.
        country: Only what concerns this country, an alpha-2 code; empty for all.
        subject: The record it is about, for reports about one.
        narrative: What a person wrote, by the name of the part.
    """

    on: date
    period: Period
    country: str = ""
    subject: UUID | None = None
    narrative: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def needed_subject(self) -> UUID:
        """Return the record that the report is about.

        Raises:
            InvalidError: None was named.
        """
        if self.subject is None:
            raise InvalidError([Problem("subject", N_("Say which record the report is about."))])
        return self.subject

    def written(self, part: WrittenPart) -> Narrative:
        """Return a part that a person writes, with what was written so far."""
        return Narrative(part.name, part.prompt, self.narrative.get(part.name, ""))


@dataclass(frozen=True, kw_only=True)
class Built:
    """What a report's query answers with."""

    blocks: tuple[Block, ...]
    handling: Handling
    counts: tuple[tuple[Text, int], ...] = ()
    completeness: tuple[Text, ...] = ()
    subject: str | Both | Text = ""


Query = Callable[[Holdings, Asked], Built]
"""Makes the content of one report."""


class Needs(StrEnum):
    """What a report must be told."""

    DAY = "day"
    PERIOD = "period"
    AGREEMENT = "agreement"
    COUNTRY = "country"
    COUNTERPART = "counterpart"
    STAFF = "staff"


def period_asked(on: date, from_on: date | None, until_on: date | None) -> Period:
    """Return the days a report is about; what is left open follows from the day it reckons from.

    Raises:
        InvalidError: It ends before it begins.
    """
    last = until_on or on
    first = from_on or date(last.year, 1, 1)
    if last < first:
        raise InvalidError([Problem("until", N_("The period ends before it begins."))])
    return Period(first, last)
