"""Which reports headquarters is owed by the missions that are here, and which were handed in."""

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
from embassy_desk.store.finders.missions_here import missions_here
from embassy_desk.store.work import UnitOfWork

__all__ = ["DutyStanding", "OwedReport", "owed"]

SHOWN_DAYS = 400
"""Reports that were owed for periods which ended longer ago are not shown any more."""


def owed(work: UnitOfWork, on: date | None = None) -> tuple[OwedReport, ...]:
    """Return what the missions whose records are here owe and have handed in, by the day due.

    At a mission that is its own; an officer at headquarters sees the missions that he follows.

    Args:
        work: A reading unit of work.
        on: The day of asking; today by default.
    """
    day = on or mission_day(work)
    since = days_after(day, -SHOWN_DAYS)
    handed_in = [
        HandedIn(
            each.report,
            each.mission,
            each.period_from,
            each.period_until,
            each.signed_on,
            each.id,
        )
        for each in work.all(SignedReport)
    ]
    duties = [each for each in work.all(ReportDuty) if not (each.is_archived or each.is_trashed)]
    found = [
        line
        for mission in missions_here(work)
        for duty in duties
        for line in owed_reports(duty, mission, handed_in, day, since)
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.mission, each.duty.ref)))
