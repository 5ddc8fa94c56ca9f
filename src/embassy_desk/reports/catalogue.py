"""Every report there is, said once: its name, its words, what it must be told, its query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from embassy_desk.domain.errors import MissingError
from embassy_desk.reports import (
    about_agreements,
    about_dealings,
    about_people,
    about_promises,
    narratives,
    summaries,
)
from embassy_desk.reports.asked import Asked, Needs, Query
from embassy_desk.reports.document import Both, Report
from embassy_desk.reports.holdings import Holdings
from embassy_desk.reports.narratives import WrittenPart
from embassy_desk.texts import N_, Text


@dataclass(frozen=True)
class ReportKind:
    """One report of the catalogue.

    Attributes:
        title: What it is called.
        summary: What it answers, in a sentence.
        query: Makes its content.
        needs: What it must be told.
        is_official: Whether it is handed in on letterhead.
        is_wide: Whether its tables need a page turned on its side.
        parts: What a person writes in it.
        beyond_country: What it holds of all countries even when one is chosen.
    """

    title: Text
    summary: Text
    query: Query
    needs: Needs = Needs.DAY
    is_official: bool = False
    is_wide: bool = False
    parts: tuple[WrittenPart, ...] = ()
    beyond_country: Text | None = None

    @property
    def is_by_country(self) -> bool:
        """Whether it can be narrowed down to a country; not where it is about one record."""
        return self.needs in {Needs.DAY, Needs.PERIOD, Needs.COUNTRY}


_ALL_TASKS = N_("Tasks belong to no country; all are counted.")

REPORTS: Mapping[str, ReportKind] = {
    "periodic": ReportKind(
        N_("Periodic report"),
        N_("Situation, results, difficulties, what comes next, proposals."),
        summaries.periodic,
        Needs.PERIOD,
        is_official=True,
        parts=narratives.PERIODIC,
        beyond_country=_ALL_TASKS,
    ),
    "agreement_register": ReportKind(
        N_("Register of agreements"),
        N_("All agreements with their states and deadlines."),
        about_agreements.register,
        is_wide=True,
    ),
    "agreement_sheet": ReportKind(
        N_("Sheet of an agreement"),
        N_("One agreement: term with reasons, parties, obligations, steps."),
        about_agreements.sheet,
        Needs.AGREEMENT,
    ),
    "elevation_board": ReportKind(
        N_("Memoranda being raised"),
        N_("Elevation cases by stage, with the next step of each."),
        about_agreements.elevation_board,
    ),
    "deadlines": ReportKind(
        N_("Calendar of notice days and ends"),
        N_("Notice days, ends and reviews of the coming twelve months."),
        about_agreements.deadlines,
    ),
    "country_brief": ReportKind(
        N_("Country in brief"),
        N_("Agreements with a country, what is owed, the last dealings."),
        summaries.country_brief,
        Needs.COUNTRY,
        parts=(narratives.ASSESSMENT,),
    ),
    "visit_brief": ReportKind(
        N_("Brief for a visit"),
        N_("A person or body: posts, dealings, promises on both sides."),
        about_people.visit_brief,
        Needs.COUNTERPART,
        parts=(narratives.TALKING_POINTS,),
    ),
    "engagement_ledger": ReportKind(
        N_("Ledger of engagements"),
        N_("Whom the mission dealt with in a period, by kind, level and pillar."),
        about_dealings.ledger,
        Needs.PERIOD,
    ),
    "commitments": ReportKind(
        N_("Promises"),
        N_("What was promised on both sides, and what is late."),
        about_promises.commitments,
        Needs.PERIOD,
    ),
    "campaign_results": ReportKind(
        N_("Results of outreach campaigns"),
        N_("How far each campaign got with its targets."),
        about_dealings.campaign_results,
        Needs.PERIOD,
        is_wide=True,
        beyond_country=N_("Campaigns belong to no country; all are here."),
    ),
    "quiet_contacts": ReportKind(
        N_("Contacts gone quiet"),
        N_("Whom the mission has not spoken to for longer than it meant to, or never."),
        about_people.quiet_contacts,
    ),
    "talking_points": ReportKind(
        N_("Numbers to talk from"),
        N_("The figures of a period, each with the list behind it."),
        summaries.talking_points,
        Needs.PERIOD,
    ),
    "handover": ReportKind(
        N_("Handover book of an officer"),
        N_("Everything an officer looks after, for the one who follows."),
        summaries.handover,
        Needs.STAFF,
        parts=(narratives.ADVICE,),
    ),
    "data_health": ReportKind(
        N_("Health of the data"),
        N_("What is lacking or old among the records."),
        summaries.data_health,
        beyond_country=_ALL_TASKS,
    ),
}
"""Reports by name, in the order in which they are offered."""


def report_kind(name: str) -> ReportKind:
    """Return the report with a name.

    Raises:
        MissingError: There is none.
    """
    if name not in REPORTS:
        raise MissingError(N_("There is no report “{name}”.", name=name))
    return REPORTS[name]


def make_report(holdings: Holdings, name: str, asked: Asked, at: datetime) -> Report:
    """Make a report.

    Args:
        holdings: What it reads.
        name: Name in the catalogue.
        asked: Day, period, filters, subject and what was written.
        at: The moment its data is of.

    Raises:
        InvalidError: It was not told what it needs.
        MissingError: There is no such report, or its subject is gone.
    """
    kind = report_kind(name)
    built = kind.query(holdings, asked)
    mission = holdings.mission
    filters = []
    if asked.country and kind.is_by_country:
        filters.append(N_("Country: {country}", country=holdings.country(asked.country)))
        if kind.beyond_country is not None:
            filters.append(kind.beyond_country)
    return Report(
        name=name,
        title=kind.title,
        subject=built.subject,
        as_of=at,
        on=asked.on,
        period=asked.period if kind.needs is Needs.PERIOD else None,
        filters=tuple(filters),
        counts=built.counts,
        handling=built.handling,
        completeness=built.completeness,
        blocks=built.blocks,
        mission=Both(mission.name_vi, mission.name_en) if mission else "",
        is_wide=kind.is_wide,
    )
