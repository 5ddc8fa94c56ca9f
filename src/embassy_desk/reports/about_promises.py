"""Reports about what was promised at engagements, by us and to us."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from embassy_desk.domain.choices import OwingSide
from embassy_desk.domain.engagement import Commitment, CommitmentState, Engagement
from embassy_desk.reports.asked import Asked, Built
from embassy_desk.reports.document import Behind, Column, Figure, Figures, Row, Table
from embassy_desk.reports.holdings import Holdings, strictest
from embassy_desk.texts import N_, Text


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
            commitment_table(holdings, N_("What we owe"), found, by_id, OwingSide.OURS),
            commitment_table(holdings, N_("What is owed to us"), found, by_id, OwingSide.THEIRS),
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
    holdings: Holdings,
    title: Text,
    found: Iterable[Commitment],
    engagements: Mapping[UUID, Engagement],
    side: OwingSide,
) -> Table:
    """Return the promises of one side, open ones first, the nearest day first.

    Args:
        holdings: What it reads.
        title: What stands above it.
        found: Promises of both sides.
        engagements: The engagements at which they were made, by identity.
        side: Whose promises; those of both sides stand with either.
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
            Column(N_("Promise"), 26),
            Column(N_("By whom"), 16),
            Column(N_("Due on"), 10),
            Column(N_("State"), 10),
            Column(N_("Made at"), 30),
        ),
        tuple(
            Row(
                (
                    each.text,
                    each.who or holdings.name(each.staff_id),
                    each.due_on,
                    N_("Late") if each.is_missed(holdings.on) else each.state,
                    engagements[each.engagement_id].heading,
                ),
                "engagement",
                each.engagement_id,
            )
            for each in mine
        ),
    )
