"""Reports at headquarters: which came in, which are owed, and one report of many missions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import Connection, func, select

from embassy_desk.domain.days import days_after
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.domain.report_duty import HandedIn, OwedReport, ReportDuty, owed_reports
from embassy_desk.domain.report_register import valid_numbers
from embassy_desk.domain.signed_report import ReportNumber, SignedReport
from embassy_desk.headquarters.holdings import HubRecords
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.missions import missions
from embassy_desk.headquarters.tables import HUB_OPERATION
from embassy_desk.reports.asked import Asked, Needs
from embassy_desk.reports.catalogue import make_report, report_kind
from embassy_desk.reports.document import Report
from embassy_desk.reports.holdings import Holdings
from embassy_desk.reports.rolling_up import OfMission, rolled_up
from embassy_desk.texts import N_

SHOWN_DAYS = 400
"""Reports that were owed for periods which ended longer ago are not shown any more."""

_MS = 1000


@dataclass(frozen=True)
class ReceivedReport:
    """A signed report as headquarters has it.

    Attributes:
        number: Its number in the mission's register; 0 while it has none.
        received_at: When its record came in.
    """

    record: SignedReport
    number: int
    received_at: datetime


def received_reports(connection: Connection, codes: Sequence[str]) -> tuple[ReceivedReport, ...]:
    """Return the signed reports of missions, the newest first."""
    found: list[ReceivedReport] = []
    for code in codes:
        records = HubRecords(connection, code)
        numbers = valid_numbers(records.all(ReportNumber))
        for each in records.all(SignedReport):
            number = numbers[each.id].number if each.id in numbers else 0
            found.append(ReceivedReport(each, number, _received_at(connection, each.id)))
    return tuple(
        sorted(found, key=lambda each: (each.record.signed_on, each.record.ref), reverse=True)
    )


def _received_at(connection: Connection, row_id: UUID) -> datetime:
    first = connection.execute(
        select(func.min(HUB_OPERATION.c.received_ms)).where(
            HUB_OPERATION.c.entity == "signed_report", HUB_OPERATION.c.row_id == row_id.hex
        )
    ).scalar()
    return datetime.fromtimestamp((first or 0) / _MS, UTC)


def owed_by_missions(
    connection: Connection, codes: Sequence[str], on: date
) -> tuple[OwedReport, ...]:
    """Return what missions owe, and what they have handed in, by the day it is due."""
    found: list[OwedReport] = []
    for code in codes:
        records = HubRecords(connection, code)
        handed_in = [
            HandedIn(each.report, code, each.period_from, each.period_until, each.signed_on)
            for each in records.all(SignedReport)
        ]
        for duty in records.all(ReportDuty):
            if not (duty.is_archived or duty.is_trashed):
                since = days_after(on, -SHOWN_DAYS)
                found += owed_reports(duty, code, handed_in, on, since)
    return tuple(sorted(found, key=lambda each: (each.due_on, each.mission, each.duty.ref)))


def roll_up(
    hub: Hub, connection: Connection, name: str, asked: Asked, codes: Sequence[str]
) -> Report:
    """Return one report of several missions, made from the records that headquarters has.

    Args:
        hub: Headquarters.
        connection: A transaction that may read these missions.
        name: Name of the report.
        asked: Days, country, subject.
        codes: The missions; those that do not have the subject of the report are left out.

    Raises:
        InvalidError: It was not told what it needs.
        MissingError: There is no such report, or no mission has its subject.
        RefusedError: There is no mission.
    """
    kind = report_kind(name)
    at = datetime.fromtimestamp(hub.now_ms / _MS, UTC)
    parts: list[OfMission] = []
    for code in codes:
        records = HubRecords(connection, code)
        holdings = Holdings(records, asked.on, code, records.names)
        try:
            parts.append(OfMission(code, make_report(holdings, name, asked, at)))
        except MissingError:
            if kind.needs in {Needs.DAY, Needs.PERIOD, Needs.COUNTRY}:
                raise
    if not codes:
        raise RefusedError(N_("No mission takes part yet."))
    if not parts:
        raise MissingError(N_("No mission has the record that the report is about."))
    return rolled_up(parts)


def codes_asked(connection: Connection, wanted: str) -> tuple[str, ...]:
    """Return the missions that were named, joined by commas; all of them for the empty text.

    Raises:
        MissingError: One of them does not take part.
    """
    known = missions(connection)
    asked = tuple(each.strip().upper() for each in wanted.split(",") if each.strip())
    for code in asked:
        if code not in known:
            raise MissingError(N_("There is no mission {code}; add it with “mission add”.",
                                  code=code))  # fmt: skip
    return asked or tuple(known)
