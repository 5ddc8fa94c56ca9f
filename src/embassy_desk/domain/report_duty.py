"""Reports that missions owe headquarters: how often, and by when."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from embassy_desk.domain.days import days_after
from embassy_desk.domain.entity import Record
from embassy_desk.domain.required import NeededCode
from embassy_desk.domain.spans import in_order
from embassy_desk.domain.values import Codes, Name
from embassy_desk.texts import N_, LabelledEnum


class ReportEvery(LabelledEnum):
    """How long the period of a report is."""

    WEEK = "week", N_("Every week")
    MONTH = "month", N_("Every month")
    QUARTER = "quarter", N_("Every quarter")
    HALF_YEAR = "half_year", N_("Every half-year")
    YEAR = "year", N_("Every year")


_MONTHS = {
    ReportEvery.MONTH: 1,
    ReportEvery.QUARTER: 3,
    ReportEvery.HALF_YEAR: 6,
    ReportEvery.YEAR: 12,
}


class ReportDuty(Record):
    """A report that missions hand in again and again; decided by headquarters.

    Attributes:
        report: Name in the catalogue of reports, such as `periodic`.
        every: How long its period is; weeks begin on Monday.
        due_days: So many days after the last day of the period it is due.
        missions: Missions that owe it, such as `TOK OSA`; empty for all.
        valid_from: The first period is the one that contains this day.
        valid_to: The last period is the one that contains this day.
    """

    title_vi: Name = ""
    title_en: Name = ""
    report: NeededCode
    every: ReportEvery = ReportEvery.MONTH
    due_days: Annotated[int, Field(ge=0, le=366)] = 5
    missions: Codes = ""
    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _has_a_title(self) -> Self:
        if not (self.title_vi or self.title_en):
            raise ValueError(N_("A duty to report needs a title, in Vietnamese or English."))
        in_order(self.valid_from, self.valid_to)
        return self

    @property
    def heading(self) -> str:
        """The title, Vietnamese before English."""
        return self.title_vi or self.title_en

    def title_in(self, language: str) -> str:
        """Return the title in a language, or in the other one if it has none."""
        mine, other = (
            (self.title_vi, self.title_en) if language == "vi" else (self.title_en, self.title_vi)
        )
        return mine or other

    def holds_for(self, mission: str) -> bool:
        """Say whether a mission owes the report."""
        return not self.missions or mission in self.missions.split()


class DutyStanding(LabelledEnum):
    """Where a report that is owed stands."""

    RUNNING = "running", N_("Period still running")
    DUE = "due", N_("Due")
    OVERDUE = "overdue", N_("Overdue")
    HANDED_IN = "handed_in", N_("Handed in")


@dataclass(frozen=True)
class HandedIn:
    """A signed report as far as duties ask: what it is, and of which days."""

    report: str
    mission: str
    period_from: date | None
    period_until: date | None
    signed_on: date
    id: UUID | None = None


@dataclass(frozen=True)
class OwedReport:
    """One report that a mission owes for one period.

    Attributes:
        first: First day of the period.
        last: Last day of the period.
        due_on: The day by which it is due.
        signed_on: The day it was signed; nothing while it is owed.
        signed_id: The signed report, where it is known.
    """

    duty: ReportDuty
    mission: str
    first: date
    last: date
    due_on: date
    standing: DutyStanding
    signed_on: date | None = None
    signed_id: UUID | None = None


def period_of(every: ReportEvery, day: date) -> tuple[date, date]:
    """Return the first and last day of the period that contains a day."""
    if every is ReportEvery.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    length = _MONTHS[every]
    month = (day.month - 1) // length * length + 1
    last_month = month + length - 1
    last = date(day.year, last_month, monthrange(day.year, last_month)[1])
    return date(day.year, month, 1), last


def owed_reports(
    duty: ReportDuty, mission: str, handed_in: Iterable[HandedIn], on: date, since: date
) -> tuple[OwedReport, ...]:
    """Return what a mission owes for each period that ends on or after a day, the latest last.

    The period that runs on the day of asking is the last one. A report counts as handed in if it is
    of exactly the period, or of a longer one that contains it.

    Args:
        duty: The duty.
        mission: The mission, three letters.
        handed_in: Signed reports of any mission.
        on: The day of asking.
        since: Periods that ended before it are left out.
    """
    if not duty.holds_for(mission):
        return ()
    known = [each for each in handed_in if (each.report, each.mission) == (duty.report, mission)]
    return tuple(
        _owed(duty, mission, first, last, known, on) for first, last in _periods(duty, on, since)
    )


def _periods(duty: ReportDuty, on: date, since: date) -> Iterator[tuple[date, date]]:
    day = max(duty.valid_from, since)
    end = on if duty.valid_to is None else min(on, duty.valid_to)
    while day <= end:
        first, last = period_of(duty.every, day)
        yield first, last
        day = days_after(last, 1)


def _owed(
    duty: ReportDuty, mission: str, first: date, last: date, known: list[HandedIn], on: date
) -> OwedReport:
    due_on = days_after(last, duty.due_days)
    signed = [
        each
        for each in known
        if each.period_from is not None
        and each.period_until is not None
        and each.period_from <= first
        and last <= each.period_until
    ]
    if signed:
        standing = DutyStanding.HANDED_IN
    elif on <= last:
        standing = DutyStanding.RUNNING
    else:
        standing = DutyStanding.DUE if on <= due_on else DutyStanding.OVERDUE
    earliest = min(signed, key=lambda each: each.signed_on, default=None)
    done = (earliest.signed_on, earliest.id) if earliest else (None, None)
    return OwedReport(duty, mission, first, last, due_on, standing, *done)
