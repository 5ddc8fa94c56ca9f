"""Reports about what was done with others: engagements, promises, campaigns, visits, silence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from embassy_desk.domain.campaign import Campaign, CampaignTarget, TargetState
from embassy_desk.domain.choices import OwingSide
from embassy_desk.domain.conditions import ContactSilence, contact_silence
from embassy_desk.domain.contact import Contact, Position
from embassy_desk.domain.engagement import (
    Commitment,
    CommitmentState,
    Engagement,
    EngagementKind,
    TheirParticipant,
    last_dealings,
)
from embassy_desk.domain.organisation import Organisation
from embassy_desk.reports import narratives
from embassy_desk.reports.asked import Asked, Built
from embassy_desk.reports.document import (
    Align,
    Behind,
    Block,
    Both,
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
from embassy_desk.reports.holdings import Holdings, strictest
from embassy_desk.texts import N_, Text


def ledger(holdings: Holdings, asked: Asked) -> Built:
    """Return the engagements of a period, counted by kind and pillar, and listed."""
    found = held_in(holdings, asked)
    return Built(
        blocks=(
            engagement_figures(found),
            _kinds_table(found),
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


def _by_pillar(engagements: Iterable[Engagement]) -> dict[str, int]:
    counts = Counter(each.pillar for each in engagements)
    return dict(sorted(counts.items(), key=lambda each: (not each[0], -each[1], each[0])))


def _pillar_label(holdings: Holdings, code: str) -> Text | Both:
    return holdings.choice("pillar", code) if code else N_("No pillar")


def _pillar_chart(holdings: Holdings, engagements: Iterable[Engagement]) -> Chart:
    counts = _by_pillar(engagements)
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
            for code, count in _by_pillar(engagements).items()
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


def commitments(holdings: Holdings, asked: Asked) -> Built:
    """Return the promises of engagements up to the end of the period: open, missed, kept."""
    by_id = {
        each.id: each
        for each in holdings.engagements
        if each.held_on <= asked.period.until_on and asked.country in {"", each.country}
    }
    found = [
        each for key in by_id for each in holdings.of(Commitment, "engagement_id").get(key, [])
    ]
    missed = [each for each in found if each.is_missed(asked.on)]
    open_ones = [each for each in found if each.state is CommitmentState.OPEN]
    kept = [each for each in found if each.state is CommitmentState.KEPT]
    return Built(
        blocks=(
            Figures(
                (
                    _promises(N_("Open promises"), open_ones),
                    _promises(N_("Open after their day"), missed),
                    _promises(N_("Kept promises"), kept),
                )
            ),
            commitment_table(N_("What we owe"), found, by_id, OwingSide.OURS, asked.on),
            commitment_table(N_("What is owed to us"), found, by_id, OwingSide.THEIRS, asked.on),
        ),
        handling=strictest(by_id.values()),
        counts=((N_("Promises"), len(found)),),
        completeness=(
            N_("{missing} of {all} open promises have no day.",
               missing=sum(each.due_on is None for each in open_ones), all=len(open_ones)),
        ),
    )  # fmt: skip


def _promises(label: Text, found: Sequence[Commitment]) -> Figure:
    """Return a count of promises; behind it stand the engagements at which they were made."""
    return Figure(label, len(found), Behind("engagement", tuple(x.engagement_id for x in found)))


def commitment_table(
    title: Text,
    found: Iterable[Commitment],
    engagements: Mapping[UUID, Engagement],
    side: OwingSide,
    on: date,
) -> Table:
    """Return the promises of one side, open ones first, the nearest day first.

    Args:
        title: What stands above it.
        found: Promises of both sides.
        engagements: The engagements at which they were made, by identity.
        side: Whose promises; those of both sides stand with either.
        on: The day of asking.
    """
    mine = [each for each in found if each.owed_by in {side, OwingSide.BOTH}]
    mine.sort(
        key=lambda each: (
            each.state is not CommitmentState.OPEN,
            each.due_on or date.max,
            str(each.id),
        )
    )
    return Table(
        title,
        (
            Column(N_("Promise"), 34),
            Column(N_("By whom"), 16),
            Column(N_("Due on"), 10),
            Column(N_("State"), 10),
            Column(N_("Made at"), 22),
        ),
        tuple(
            Row(
                (
                    each.text,
                    each.who,
                    each.due_on,
                    N_("Late") if each.is_missed(on) else each.state,
                    engagements[each.engagement_id].heading,
                ),
                "engagement",
                each.engagement_id,
            )
            for each in mine
        ),
    )


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
        Column(N_("State"), 10),
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


def quiet_contacts(holdings: Holdings, asked: Asked) -> Built:
    """Return the contacts whom the mission has not spoken to for longer than it meant to."""
    last = last_dealings(holdings.engagements, holdings.work.all(TheirParticipant), asked.on)
    contacts = [
        each
        for each in holdings.work.all(Contact)
        if not (each.is_trashed or each.is_archived or each.do_not_contact)
        and asked.country in {"", each.nationality}
    ]
    rows: list[tuple[date, Contact, ContactSilence]] = []
    for each in contacts:
        entered = each.created_at.date() if each.created_at else asked.on
        silence = contact_silence(each.cadence_days, last.get(each.id), entered, asked.on)
        if silence in {ContactSilence.QUIET, ContactSilence.NEVER_CONTACTED}:
            rows.append((last.get(each.id, date.min), each, silence))
    rows.sort(key=lambda each: (each[0], each[1].sort_keys[0]))
    return Built(
        blocks=(
            Table(
                N_("Contacts gone quiet"),
                (
                    Column(N_("Contact"), 26),
                    Column(N_("Since"), 10),
                    Column(N_("Every (days)"), 8, Align.RIGHT),
                    Column(N_("Silence"), 20),
                    Column(N_("Reference"), 14),
                ),
                tuple(
                    Row((each.heading, day if day != date.min else None, each.cadence_days,
                         silence, each.ref), "contact", each.id)
                    for day, each, silence in rows
                ),
                N_("Nobody has been waiting too long."),
            ),
        ),
        handling=strictest(each for _, each, _ in rows),
        counts=((N_("Contacts"), len(contacts)), (N_("Of these gone quiet"), len(rows))),
        completeness=(
            N_("{missing} of {all} contacts have no rhythm of contact.",
               missing=sum(each.cadence_days is None for each in contacts), all=len(contacts)),
        ),
    )  # fmt: skip


def visit_brief(holdings: Holdings, asked: Asked) -> Built:
    """Return what to know before meeting a person or a body: posts, dealings, promises, tasks.

    Raises:
        InvalidError: Nobody was named.
        MissingError: The contact or organisation is gone, or may not be seen.
    """
    subject = asked.needed_subject()
    contact = holdings.work.find(Contact, subject)
    counterpart = contact or holdings.work.get(Organisation, subject)
    met = [
        each
        for each in holdings.engagements
        if each.has_taken_place(asked.on) and _took_part(holdings, each.id, subject)
    ]
    by_id = {each.id: each for each in met}
    promises = [
        each for key in by_id for each in holdings.of(Commitment, "engagement_id").get(key, [])
    ]
    blocks: list[Block] = [_who(holdings, contact or counterpart)]
    if contact is not None:
        blocks += [Heading(N_("Posts"), 2), _positions(holdings, contact)]
        if contact.notes:
            blocks += [Heading(N_("Notes"), 2), Paragraph(contact.notes)]
    blocks += [
        Heading(N_("Dealings so far, the last one first"), 2),
        engagement_table(holdings, met[::-1]),
        Heading(N_("Promises"), 2),
        commitment_table(N_("What we owe"), promises, by_id, OwingSide.OURS, asked.on),
        commitment_table(N_("What is owed to us"), promises, by_id, OwingSide.THEIRS, asked.on),
        asked.written(narratives.TALKING_POINTS),
    ]
    return Built(
        blocks=tuple(blocks),
        handling=strictest([counterpart, *met]),
        counts=((N_("Engagements"), len(met)),),
        completeness=(
            N_("This record was last checked on {day}.", day=counterpart.verified_on)
            if counterpart.verified_on
            else N_("Nobody has noted when this record was last checked."),
        ),
        subject=counterpart.heading,
    )


def _took_part(holdings: Holdings, engagement_id: UUID, subject: UUID) -> bool:
    seats = holdings.of(TheirParticipant, "engagement_id").get(engagement_id, [])
    return any(subject in {each.contact_id, each.organisation_id} for each in seats)


def _who(holdings: Holdings, counterpart: Contact | Organisation) -> Facts:
    if isinstance(counterpart, Contact):
        return Facts(
            (
                Pair(N_("Name"), counterpart.display_name),
                Pair(N_("Name in its own script"), counterpart.original_name),
                Pair(N_("Form of address"), counterpart.form_of_address),
                Pair(N_("Country"), _country(holdings, counterpart.nationality)),
                Pair(N_("Languages"), counterpart.languages),
                Pair(N_("Reference"), counterpart.ref),
            )
        )
    return Facts(
        (
            Pair(N_("Vietnamese name"), counterpart.name_vi),
            Pair(N_("English name"), counterpart.name_en),
            Pair(N_("Country"), _country(holdings, counterpart.country)),
            Pair(N_("Website"), counterpart.website),
            Pair(N_("Reference"), counterpart.ref),
        )
    )


def _country(holdings: Holdings, code: str) -> Both | None:
    return holdings.country(code) if code else None


def _positions(holdings: Holdings, contact: Contact) -> Table:
    posts = sorted(
        holdings.work.parts(Position, contact),
        key=lambda each: (each.to_on == "", each.from_on),
        reverse=True,
    )
    return Table(
        N_("Posts"),
        (
            Column(N_("Post"), 26),
            Column(N_("Organisation"), 28),
            Column(N_("From"), 10),
            Column(N_("Until"), 10),
        ),
        tuple(Row((x.title, x.organisation_name, x.from_on, x.to_on)) for x in posts),
    )
