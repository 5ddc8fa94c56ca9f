"""Reports about what was done with others: engagements and campaigns."""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from embassy_desk.domain.campaign import Campaign, CampaignTarget, TargetState
from embassy_desk.domain.engagement import (
    Engagement,
    EngagementKind,
    TheirParticipant,
)
from embassy_desk.reports.asked import Asked, Built
from embassy_desk.reports.document import (
    Align,
    Behind,
    Both,
    Chart,
    ChartForm,
    Column,
    Figure,
    Figures,
    Row,
    Series,
    Table,
)
from embassy_desk.reports.holdings import Holdings, strictest
from embassy_desk.texts import N_, Text


def ledger(holdings: Holdings, asked: Asked) -> Built:
    """Return the engagements of a period, counted by kind, level and pillar, and listed."""
    found = held_in(holdings, asked)
    return Built(
        blocks=(
            engagement_figures(found),
            _kinds_table(found),
            _levels_table(holdings, found),
            _pillar_chart(holdings, found),
            _pillar_table(holdings, found),
            engagement_table(holdings, found),
        ),
        handling=strictest(found),
        counts=((N_("Engagements"), len(found)),),
        completeness=(
            N_("{missing} of {all} engagements have no pillar.",
               missing=sum(not each.pillar for each in found), all=len(found)),
            N_("{missing} of {all} engagements have no readout.",
               missing=sum(not each.readout for each in found), all=len(found)),
        ),
    )  # fmt: skip


def held_in(holdings: Holdings, asked: Asked) -> tuple[Engagement, ...]:
    """Return the engagements that took place in the period, of a country if one was named."""
    return tuple(
        each
        for each in holdings.engagements
        if each.has_taken_place(asked.period.until_on)
        and asked.period.covers(each.held_on)
        and asked.country in {"", each.country}
    )


def engagement_figures(engagements: Sequence[Engagement]) -> Figures:
    """Return how many engagements there were, and how many headquarters was told of."""
    told = [each for each in engagements if each.report_reference]
    return Figures(
        (
            _figure(N_("Engagements held"), engagements),
            _figure(N_("Of these reported home"), told),
        )
    )


def _figure(label: Text, engagements: Sequence[Engagement]) -> Figure:
    ids = tuple(each.id for each in engagements)
    return Figure(label, len(ids), Behind("engagement", ids))


def _kinds_table(engagements: Iterable[Engagement]) -> Table:
    counts = Counter(each.kind for each in engagements)
    return Table(
        N_("Engagements by kind"),
        (Column(N_("Kind"), 30), Column(N_("Number"), 10, Align.RIGHT)),
        tuple(Row((kind, counts[kind])) for kind in EngagementKind if counts[kind]),
    )


def _counted(codes: Iterable[str]) -> dict[str, int]:
    """Return how often each code occurs, the most frequent first, none at all last."""
    counts = Counter(codes)
    return dict(sorted(counts.items(), key=lambda each: (not each[0], -each[1], each[0])))


def _pillar_label(holdings: Holdings, code: str) -> Text | Both:
    return holdings.choice("pillar", code) if code else N_("No pillar")


def _level_label(holdings: Holdings, code: str) -> Text | Both:
    return holdings.choice("engagement_level", code) if code else N_("No level")


def _levels_table(holdings: Holdings, engagements: Iterable[Engagement]) -> Table:
    return Table(
        N_("Engagements by level"),
        (Column(N_("Level"), 30), Column(N_("Number"), 10, Align.RIGHT)),
        tuple(
            Row((_level_label(holdings, code), count))
            for code, count in _counted(each.level for each in engagements).items()
        ),
    )


def _pillar_chart(holdings: Holdings, engagements: Iterable[Engagement]) -> Chart:
    counts = _counted(each.pillar for each in engagements)
    return Chart(
        N_("Engagements by pillar"),
        tuple(_pillar_label(holdings, each) for each in counts),
        (Series(N_("Engagements"), tuple(counts.values())),),
        ChartForm.BARS,
    )


def _pillar_table(holdings: Holdings, engagements: Iterable[Engagement]) -> Table:
    return Table(
        N_("Engagements by pillar"),
        (Column(N_("Pillar"), 30), Column(N_("Number"), 10, Align.RIGHT)),
        tuple(
            Row((_pillar_label(holdings, code), count))
            for code, count in _counted(each.pillar for each in engagements).items()
        ),
    )


def engagement_table(
    holdings: Holdings, engagements: Sequence[Engagement], *, is_short: bool = False
) -> Table:
    """Return engagements with who was met, in the order of their days.

    Args:
        holdings: What it reads.
        engagements: Which.
        is_short: Whether references are left out, where the page is short.
    """
    columns = (
        Column(N_("Day"), 10),
        Column(N_("Kind"), 11),
        Column(N_("Subject"), 28),
        Column(N_("Met"), 26),
        Column(N_("Reference"), 14),
    )
    rows = (
        ((each.held_on, each.kind, each.subject, _met(holdings, each.id), each.ref), each.id)
        for each in engagements
    )
    shown = len(columns) - is_short
    return Table(
        N_("Engagements"),
        columns[:shown],
        tuple(Row(cells[:shown], "engagement", engagement_id) for cells, engagement_id in rows),
        N_("No engagement in these days."),
    )


def _met(holdings: Holdings, engagement_id: UUID) -> str:
    """Return who was met, the people of one body together with its name behind them."""
    by_body: dict[str, list[str]] = {}
    for each in holdings.of(TheirParticipant, "engagement_id").get(engagement_id, []):
        name = each.name_then
        if not name and not each.organisation_then:
            name = holdings.name(each.contact_id)
        by_body.setdefault(each.organisation_then, []).append(name)
    return "; ".join(filter(None, (_people_of(*each) for each in by_body.items())))


def _people_of(body: str, names: Sequence[str]) -> str:
    people = ", ".join(filter(None, names))
    return f"{people} ({body})" if people and body else people or body


def campaign_results(holdings: Holdings, asked: Asked) -> Built:
    """Return what outreach campaigns came to: their targets by state, one campaign a row."""
    found = [
        each
        for each in holdings.records(Campaign)
        if (each.starts_on or asked.period.from_on) <= asked.period.until_on
        and (each.ends_on or asked.period.until_on) >= asked.period.from_on
    ]
    states = tuple(TargetState)
    per_campaign = {
        each.id: Counter(
            target.state for target in holdings.of(CampaignTarget, "campaign_id").get(each.id, [])
        )
        for each in found
    }
    columns = (
        Column(N_("Campaign"), 26),
        Column(N_("State"), 13),
        Column(N_("Targets"), 8, Align.RIGHT),
        *(Column(each.label, 8, Align.RIGHT) for each in states),
    )
    return Built(
        blocks=(
            Chart(
                N_("Targets by state"),
                tuple(each.heading for each in found),
                tuple(
                    Series(state.label, tuple(per_campaign[each.id][state] for each in found))
                    for state in states
                ),
                ChartForm.STACKED,
            ),
            Table(
                N_("Campaigns"),
                columns,
                tuple(
                    Row(
                        (
                            each.heading,
                            each.state,
                            per_campaign[each.id].total(),
                            *(per_campaign[each.id][state] for state in states),
                        ),
                        "campaign",
                        each.id,
                    )
                    for each in found
                ),
                N_("No campaign ran in these days."),
            ),
        ),
        handling=strictest(found),
        counts=((N_("Campaigns"), len(found)),),
    )
