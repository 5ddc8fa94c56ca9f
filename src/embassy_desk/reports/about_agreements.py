"""Reports about agreements: the register, one agreement's sheet, deadlines, the elevation board."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from embassy_desk.domain.agreement import (
    CONCLUDED,
    ON_THE_WAY,
    SIGNED_NOT_IN_FORCE,
    Agreement,
    AgreementLink,
    AgreementParty,
    AgreementState,
)
from embassy_desk.domain.days import months_after
from embassy_desk.domain.elevation import RESTING_ELEVATIONS, Elevation, ElevationState
from embassy_desk.domain.milestones import Milestone, milestones
from embassy_desk.domain.obligation import CLOSED_OBLIGATIONS, Obligation
from embassy_desk.domain.parts import StageStep
from embassy_desk.reports.asked import Asked, Built
from embassy_desk.reports.document import (
    Align,
    Behind,
    Block,
    Chart,
    ChartForm,
    Column,
    Facts,
    Figure,
    Figures,
    Heading,
    Pair,
    Paragraph,
    Row,
    Series,
    Table,
)
from embassy_desk.reports.holdings import Holdings, strictest, title_of
from embassy_desk.texts import N_, Text

DEADLINE_MONTHS = 12
"""How far ahead the calendar of deadlines looks."""


def register(holdings: Holdings, asked: Asked) -> Built:
    """Return the register of agreements: all of them, or a country's."""
    found = chosen(holdings, asked)
    return Built(
        blocks=(
            state_figures(found),
            years_chart(found),
            Table(
                N_("Register of agreements"),
                (
                    Column(N_("Line"), 4, Align.RIGHT),
                    Column(N_("Title"), 29),
                    Column(N_("Country"), 8),
                    Column(N_("Form"), 13),
                    Column(N_("State"), 10),
                    Column(N_("Signed on"), 9),
                    Column(N_("In force on"), 9),
                    Column(N_("Ends on"), 9),
                    Column(N_("Notice by"), 9),
                ),
                tuple(_register_row(holdings, no, each) for no, each in enumerate(found, 1)),
            ),
        ),
        handling=strictest(found),
        counts=((N_("Agreements"), len(found)),),
        completeness=completeness(found),
    )


def chosen(holdings: Holdings, asked: Asked) -> tuple[Agreement, ...]:
    """Return the agreements that were asked for, by country and title."""
    found = (each for each in holdings.agreements if asked.country in {"", each.country})
    return tuple(sorted(found, key=lambda each: (each.country, each.sort_keys[0], each.ref)))


def _register_row(holdings: Holdings, no: int, agreement: Agreement) -> Row:
    standing = holdings.standing(agreement)
    return Row(
        (
            no,
            title_of(agreement),
            holdings.country(agreement.country) if agreement.country else None,
            agreement.form,
            agreement.state,
            agreement.signed_on,
            agreement.in_force_on,
            standing.ends_on,
            standing.notice_by,
        ),
        "agreement",
        agreement.id,
    )


def state_figures(agreements: Iterable[Agreement]) -> Figures:
    """Return how many agreements are in preparation, concluded, in force, suspended and over."""
    groups: dict[str, list[Agreement]] = defaultdict(list)
    for each in agreements:
        groups[_group(each)].append(each)
    return Figures(
        (
            _figure(N_("In preparation"), groups["before"]),
            _figure(N_("Signed, not yet in force"), groups["signed"]),
            _figure(N_("In force"), groups["in force"]),
            _figure(N_("Suspended"), groups["suspended"]),
            _figure(N_("Ended or given up"), groups["over"]),
        )
    )


def _group(agreement: Agreement) -> str:
    if agreement.state in ON_THE_WAY:
        return "before"
    if agreement.state in SIGNED_NOT_IN_FORCE:
        return "signed"
    if agreement.state is AgreementState.IN_FORCE:
        return "in force"
    return "suspended" if agreement.state is AgreementState.SUSPENDED else "over"


def _figure(label: Text, agreements: Sequence[Agreement]) -> Figure:
    ids = tuple(each.id for each in agreements)
    return Figure(label, len(ids), Behind("agreement", ids))


def years_chart(agreements: Iterable[Agreement]) -> Chart:
    """Return how many agreements were signed in each year."""
    years = Counter(each.signed_on.year for each in agreements if each.signed_on is not None)
    span = range(min(years), max(years) + 1) if years else range(0)
    return Chart(
        N_("Agreements signed, by year"),
        tuple(str(year) for year in span),
        (Series(N_("Agreements"), tuple(years[year] for year in span)),),
    )


def completeness(agreements: Sequence[Agreement]) -> tuple[Text, ...]:
    """Return what is lacking among agreements, a sentence each."""
    concluded = [each for each in agreements if each.state in CONCLUDED]
    undated = sum(each.signed_on is None for each in concluded)
    endless = sum(
        not each.open_ended and each.initial_term_months is None and each.fixed_end_on is None
        for each in concluded
    )
    return (
        N_("{missing} of {all} concluded agreements have no day of signature.",
           missing=undated, all=len(concluded)),
        N_("{missing} of {all} concluded agreements do not say how long they last.",
           missing=endless, all=len(concluded)),
    )  # fmt: skip


def sheet(holdings: Holdings, asked: Asked) -> Built:
    """Return the sheet of one agreement: facts, term with reasons, parties, obligations, steps.

    Raises:
        InvalidError: No agreement was named.
        MissingError: It is gone, or may not be seen.
    """
    agreement = holdings.work.get(Agreement, asked.needed_subject())
    standing = holdings.standing(agreement)
    obligations = holdings.of(Obligation, "agreement_id").get(agreement.id, [])
    linked = _linked(holdings, agreement)
    blocks: tuple[Block, ...] = (
        Facts(
            (
                Pair(N_("Reference"), agreement.ref),
                Pair(N_("Form"), agreement.form),
                Pair(N_("Legal class"), agreement.legal_class),
                Pair(N_("Country"), holdings.country(agreement.country)),
                Pair(N_("State"), agreement.state),
                Pair(N_("Signed on"), agreement.signed_on),
                Pair(N_("Signed at"), agreement.signed_at_place),
                Pair(N_("In force on"), agreement.in_force_on),
                Pair(N_("Present term from"), standing.term_from),
                Pair(N_("Present term to"), standing.term_to),
                Pair(N_("Ends on"), standing.ends_on),
                Pair(N_("Notice by"), standing.notice_by),
                Pair(N_("Next review"), standing.review_on),
                Pair(N_("Lead ministry"), agreement.lead_ministry_then
                     or holdings.name(agreement.lead_ministry_id)),
                Pair(N_("Originals are held at"), agreement.originals_held_at),
            )
        ),
        Heading(N_("Why these dates"), 2),
        *(Paragraph(each) for each in standing.why),
        *([Heading(N_("Summary"), 2), Paragraph(agreement.summary)] if agreement.summary else ()),
        Heading(N_("Parties"), 2),
        _parties(holdings, agreement),
        Heading(N_("Obligations"), 2),
        obligation_table(holdings, obligations),
        Heading(N_("Links to other agreements"), 2),
        _links(agreement, linked),
        Heading(N_("Steps taken"), 2),
        _steps(holdings, agreement),
    )  # fmt: skip
    return Built(
        blocks=blocks,
        handling=strictest([agreement, *obligations, *(other for _, other in linked)]),
        counts=((N_("Obligations"), len(obligations)),),
        completeness=completeness([agreement]),
        subject=title_of(agreement),
    )


def _parties(holdings: Holdings, agreement: Agreement) -> Table:
    return Table(
        N_("Parties"),
        (
            Column(N_("Party"), 24),
            Column(N_("Side"), 10),
            Column(N_("Signed by"), 18),
            Column(N_("Position"), 18),
        ),
        tuple(
            Row(
                (
                    each.name or holdings.name(each.organisation_id)
                    or holdings.country(each.country),
                    each.side,
                    each.signatory_name,
                    each.signatory_position,
                )
            )
            for each in holdings.of(AgreementParty, "agreement_id").get(agreement.id, [])
        ),
    )  # fmt: skip


def obligation_table(holdings: Holdings, obligations: Sequence[Obligation]) -> Table:
    """Return obligations with who owes what by when, the nearest day first."""
    entered = {each.id: each.in_force_on for each in holdings.agreements}
    holdings.learn_names(each.responsible_staff_id for each in obligations)

    def due(each: Obligation) -> date | None:
        return each.due(holdings.on, entered.get(each.agreement_id))

    ordered = sorted(obligations, key=lambda each: (due(each) or date.max, each.ref))
    return Table(
        N_("Obligations"),
        (
            Column(N_("Article"), 7),
            Column(N_("What is owed"), 34),
            Column(N_("Owed by"), 10),
            Column(N_("Due on"), 10),
            Column(N_("State"), 12),
            Column(N_("Responsible"), 14),
        ),
        tuple(
            Row(
                (
                    each.article,
                    each.text,
                    each.owing_side,
                    due(each),
                    N_("Late") if each.is_late(holdings.on, entered.get(each.agreement_id))
                    else each.state,
                    holdings.name(each.responsible_staff_id),
                ),
                "obligation",
                each.id,
            )
            for each in ordered
        ),
    )  # fmt: skip


def _linked(holdings: Holdings, agreement: Agreement) -> list[tuple[AgreementLink, Agreement]]:
    """Return the links of an agreement with what is at their other end, if it may be seen."""
    by_id = {each.id: each for each in holdings.agreements}
    ends = [
        (link, link.to_agreement_id if link.agreement_id == agreement.id else link.agreement_id)
        for link in holdings.work.all(AgreementLink)
        if agreement.id in {link.agreement_id, link.to_agreement_id}
    ]
    ends.sort(key=lambda each: each[0].agreement_id != agreement.id)  # its own links first
    return [(link, by_id[other]) for link, other in ends if other in by_id]


def _links(agreement: Agreement, linked: Sequence[tuple[AgreementLink, Agreement]]) -> Table:
    rows = tuple(
        Row(
            (
                link.kind
                if link.agreement_id == agreement.id
                else N_("{link} this one", link=link.kind),
                other.heading,
                link.on,
            ),
            "agreement",
            other.id,
        )
        for link, other in linked
    )
    columns = (Column(N_("Link"), 12), Column(N_("Agreement"), 40), Column(N_("On"), 10))
    return Table(N_("Links to other agreements"), columns, rows)


def _steps(holdings: Holdings, agreement: Agreement) -> Table:
    steps = sorted(
        holdings.of(StageStep, "record_id").get(agreement.id, []),
        key=lambda each: (each.at, each.id),
    )
    holdings.learn_names(each.by for each in steps)
    return Table(
        N_("Steps taken"),
        (
            Column(N_("On"), 10),
            Column(N_("From"), 14),
            Column(N_("To"), 14),
            Column(N_("By"), 16),
            Column(N_("Reason"), 26),
        ),
        tuple(
            Row(
                (
                    each.on,
                    AgreementState.named(each.from_state).label if each.from_state else None,
                    AgreementState.named(each.to_state).label,
                    holdings.name(each.by),
                    each.reason,
                )
            )
            for each in steps
        ),
    )


def deadlines(holdings: Holdings, asked: Asked) -> Built:
    """Return the calendar of what happens to agreements in the coming twelve months."""
    found = [each for each in chosen(holdings, asked) if each.state in CONCLUDED]
    last = months_after(asked.on, DEADLINE_MONTHS)
    coming = milestones_of(holdings, found, asked.on, last)
    rows = [
        Row(
            (day.on, day.kind, title_of(each), holdings.country(each.country), each.ref),
            "agreement",
            each.id,
        )
        for day, each in coming
    ]
    months = [months_after(asked.on.replace(day=1), ahead) for ahead in range(DEADLINE_MONTHS + 1)]
    per_month = Counter((day.on.year, day.on.month) for day, _ in coming)
    return Built(
        blocks=(
            Chart(
                N_("Deadlines by month"),
                tuple(f"{month.month:02}/{month.year}" for month in months),
                (
                    Series(
                        N_("Deadlines"),
                        tuple(per_month[(month.year, month.month)] for month in months),
                    ),
                ),
            ),
            Table(
                N_("Deadlines of the coming year"),
                (
                    Column(N_("Day"), 10),
                    Column(N_("What"), 14),
                    Column(N_("Agreement"), 36),
                    Column(N_("Country"), 12),
                    Column(N_("Reference"), 16),
                ),
                tuple(rows),
                N_("No deadline within a year."),
            ),
        ),
        handling=strictest(found),
        counts=((N_("Agreements in force or signed"), len(found)), (N_("Deadlines"), len(rows))),
        completeness=completeness(found),
    )


def milestones_of(
    holdings: Holdings, agreements: Iterable[Agreement], first: date, last: date
) -> list[tuple[Milestone, Agreement]]:
    """Return what happens to concluded agreements in a range of days, both included, by day."""
    found = [
        (day, each)
        for each in agreements
        if each.state in CONCLUDED
        for day in milestones(holdings.history(each), first, last)
    ]
    return sorted(found, key=lambda pair: (pair[0].on, pair[1].ref))


def elevation_board(holdings: Holdings, asked: Asked) -> Built:
    """Return the memoranda on their way to national level, stage by stage."""
    by_id = {each.id: each for each in holdings.agreements}
    cases = [
        each
        for each in holdings.records(Elevation)
        if not asked.country or _country_of(each, by_id) == asked.country
    ]
    cases.sort(key=lambda each: (list(ElevationState).index(each.state), each.ref))
    holdings.learn_names(each.owner for each in cases)
    counts = Counter(each.state for each in cases)
    under_way = [each for each in cases if each.state not in RESTING_ELEVATIONS]
    stages = tuple(ElevationState)
    return Built(
        blocks=(
            Chart(
                N_("Cases by stage"),
                tuple(each.label for each in stages),
                (Series(N_("Cases"), tuple(counts[each] for each in stages)),),
                ChartForm.BARS,
            ),
            Table(
                N_("Elevation cases"),
                (
                    Column(N_("Case"), 28),
                    Column(N_("Stage"), 12),
                    Column(N_("Partner's position"), 10),
                    Column(N_("Next step"), 20),
                    Column(N_("Blocker"), 16),
                    Column(N_("Looked after by"), 12),
                ),
                tuple(
                    Row(
                        (
                            each.heading,
                            each.state,
                            each.partner_position,
                            each.next_step,
                            each.blocker,
                            holdings.name(each.owner),
                        ),
                        "elevation",
                        each.id,
                    )
                    for each in cases
                ),
            ),
        ),
        handling=strictest(cases),
        counts=((N_("Elevation cases"), len(cases)),),
        completeness=(
            N_(
                "{missing} of {all} open cases name no next step.",
                missing=sum(not each.next_step for each in under_way),
                all=len(under_way),
            ),
        ),
    )


def _country_of(case: Elevation, by_id: Mapping[UUID, Agreement]) -> str:
    known = by_id.get(case.from_agreement_id)
    return known.country if known else ""


def open_obligations(holdings: Holdings, agreements: Iterable[Agreement]) -> list[Obligation]:
    """Return what is still owed under some agreements."""
    return [
        each
        for agreement in agreements
        for each in holdings.of(Obligation, "agreement_id").get(agreement.id, [])
        if each.state not in CLOSED_OBLIGATIONS
    ]
