"""Which reports this mission owes headquarters, and which it has handed in."""

from datetime import date

from embassy_desk.application.host import mission_day
from embassy_desk.domain.days import days_after
from embassy_desk.domain.report_duty import (
    DutyStanding,
    HandedIn,
    OwedReport,
    ReportDuty,
    owed_reports,
)
from embassy_desk.domain.signed_report import SignedReport
from embassy_desk.store.work import UnitOfWork

__all__ = ["DutyStanding", "OwedReport", "owed"]

SHOWN_DAYS = 400
"""Reports that were owed for periods which ended longer ago are not shown any more."""


def owed(work: UnitOfWork, on: date | None = None) -> tuple[OwedReport, ...]:
    """Return what this mission owes and has handed in, by the day it is due.

    Args:
        work: A reading unit of work.
        on: The day of asking; today by default.
    """
    day = on or mission_day(work)
    own = work.author.mission
    handed_in = [
        HandedIn(each.report, own, each.period_from, each.period_until, each.signed_on)
        for each in work.all(SignedReport, mission=own)
    ]
    found = [
        line
        for duty in work.all(ReportDuty)
        if not (duty.is_archived or duty.is_trashed)
        for line in owed_reports(duty, own, handed_in, day, days_after(day, -SHOWN_DAYS))
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.duty.ref)))
