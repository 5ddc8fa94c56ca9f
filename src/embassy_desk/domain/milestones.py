"""Days in the course of an agreement within a range: notices, renewals, ends, reviews, entry.

Computed from the term engine for the range that is asked for; nothing of it is stored.
"""

from dataclasses import dataclass
from datetime import date

from embassy_desk.domain.days import days_after, months_after
from embassy_desk.domain.term_rules import Term, TermHistory, locate
from embassy_desk.texts import N_, LabelledEnum

_MOST_TERMS = 600
"""More terms than a century of monthly renewals would need in any range that is shown."""


class MilestoneKind(LabelledEnum):
    """What happens to an agreement on a day."""

    ENTRY = "entry", N_("Enters into force")
    NOTICE = "notice", N_("Last day for notice")
    RENEWAL = "renewal", N_("Next term begins")
    END = "end", N_("Agreement ends")
    REVIEW = "review", N_("Review is due")


@dataclass(frozen=True)
class Milestone:
    """One day in the course of an agreement."""

    on: date
    kind: MilestoneKind


def terms_between(history: TermHistory, first: date, last: date) -> tuple[Term, ...]:
    """Return the terms that touch a range of days, both included, in their order.

    A term that ends on the first day counts, and a following one whose day for notice lies in the
    range even if it begins later.
    """
    if history.is_over and history.terminated_on is None:
        return ()
    start = history.rules[0].start
    day = days_after(first, -1)
    if start is not None and start > day:
        day = start
    found: list[Term] = []
    while len(found) < _MOST_TERMS:
        term = locate(history, day)
        if not term.has_begun or (term.to_on is not None and term.to_on <= day):
            break
        if day > last and (term.notice_by is None or term.notice_by > last):
            break
        found.append(term)
        following = term.gap_until or (None if _ends(term) else term.to_on)
        if following is None or following <= day:
            break
        day = following
    return tuple(found)


def milestones(history: TermHistory, first: date, last: date) -> tuple[Milestone, ...]:
    """Return what happens to an agreement in a range of days, both included, by day."""
    found: set[Milestone] = set()
    for term in terms_between(history, first, last):
        if term.notice_by is not None:
            found.add(Milestone(term.notice_by, MilestoneKind.NOTICE))
        if term.to_on is not None:
            kind = MilestoneKind.END if _ends(term) else MilestoneKind.RENEWAL
            found.add(Milestone(term.to_on, kind))
    start = history.rules[0].start
    if start is not None:
        found.add(Milestone(start, MilestoneKind.ENTRY))
    review_on = review_day(history)
    if review_on is not None and not history.is_over:
        found.add(Milestone(review_on, MilestoneKind.REVIEW))
    order = tuple(MilestoneKind)
    within = (each for each in found if first <= each.on <= last)
    return tuple(sorted(within, key=lambda each: (each.on, order.index(each.kind))))


def review_day(history: TermHistory) -> date | None:
    """Return the day of the next review; counted from entry into force if none is set."""
    start = history.rules[0].start
    if history.review_on is not None or start is None or history.review_months is None:
        return history.review_on
    return months_after(start, history.review_months)


def _ends(term: Term) -> bool:
    """Say whether nothing follows the term: no renewal, no term recorded later."""
    return not term.renews and term.successor is None
