"""Where an agreement stands on a day: its term, its deadlines, and the sentences why.

Nothing of this is stored; it follows from dates and is computed when it is read. How periods of
notice are counted is our reading and awaits confirmation by an official.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from embassy_desk.domain.agreement import (
    CONCLUDED,
    RUNNING,
    SIGNED_NOT_IN_FORCE,
    Agreement,
    AgreementState,
    AgreementTerm,
    EntryMode,
    RenewalType,
)
from embassy_desk.domain.days import days_after, months_after
from embassy_desk.domain.milestones import review_day
from embassy_desk.domain.term_reasons import (
    entry_reasons,
    over_reasons,
    review_reason,
    suspension_reason,
    term_reasons,
)
from embassy_desk.domain.term_rules import Term, TermHistory, TermRule, locate
from embassy_desk.texts import N_, LabelledEnum, Text

__all__ = [
    "Condition",
    "TermHistory",
    "TermRule",
    "TermStanding",
    "assess",
    "history_of",
]

_OVER = frozenset({AgreementState.TERMINATED, AgreementState.WITHDRAWN, AgreementState.SUPERSEDED})


class Condition(LabelledEnum):
    """What a desk officer must know about an agreement today; several may hold.

    The last three follow from other records: overdue obligations, no engagement for long, a
    responsible body that was dissolved without a successor.
    """

    IN_FORCE = "in_force", N_("In force")
    EXPIRING = "expiring", N_("Ends soon")
    IN_NOTICE_WINDOW = "in_notice_window", N_("Notice possible, day near")
    NOTICE_MISSED = "notice_missed", N_("Day for notice has passed")
    EXPIRED = "expired", N_("Expired")
    REVIEW_DUE = "review_due", N_("Review due")
    ENTRY_OVERDUE = "entry_overdue", N_("Entry into force overdue")
    SUSPENDED = "suspended", N_("Suspended")
    OBLIGATIONS_LATE = "obligations_late", N_("Obligations late")
    SILENT = "silent", N_("Silent for long")
    ORPHAN = "orphan", N_("No responsible body")


@dataclass(frozen=True, kw_only=True)
class TermStanding:
    """Where an agreement stands on a day.

    Attributes:
        term_number: 0 for the first term of the rule that holds, then the count of renewals;
            nothing before entry into force is known.
        term_from: First day of the term; nothing if unknown.
        term_to: Day on which the term ends, itself no longer part of it; nothing if it has none.
        notice_by: Last day for a notice that keeps the term from renewing tacitly.
        renews_to: End of the following term, if this one renews tacitly.
        ends_on: Day on which the agreement ends if nothing happens that is not recorded. With
            tacit renewal and no notice it is the end of the term, on which the next begins.
        review_on: Day of the next review.
        conditions: In the order of `Condition`.
        why: Whole sentences, one for each date and condition.
    """

    term_number: int | None
    term_from: date | None
    term_to: date | None
    notice_by: date | None
    renews_to: date | None
    ends_on: date | None
    review_on: date | None
    conditions: tuple[Condition, ...]
    why: tuple[Text, ...]


def assess(
    history: TermHistory,
    on: date,
    *,
    expiring_within_days: int = 180,
    notice_within_days: int = 90,
    entry_within_months: int = 12,
) -> TermStanding:
    """Return where an agreement stands on a day.

    Args:
        history: What the record knows.
        on: The day; notices served later are not known yet.
        expiring_within_days: How long before an end that will really come it is expiring.
        notice_within_days: How long before the last day for notice the notice window opens.
        entry_within_months: How long after signature entry into force is overdue.
    """
    if history.is_over and history.terminated_on is None:
        return _standing(None, None, (), over_reasons())
    term = locate(history, on)
    if not term.has_begun:
        return _before_entry(history, term, on, entry_within_months)
    why = list(term_reasons(history, term, on))
    if not _is_running(term, on):
        expired = () if term.to_on == history.terminated_on else (Condition.EXPIRED,)
        return _standing(term, None, expired, why)
    review_on = review_day(history)
    if review_on is not None:
        why.append(review_reason(review_on, on))
    if history.suspended:
        why.append(suspension_reason())
    horizon = days_after(on, expiring_within_days)
    ends_soon = term.is_final and term.ends_on is not None and term.ends_on <= horizon
    needs_review = ends_soon and term.rule.renewal is RenewalType.REVIEW and not term.successor
    found = {
        Condition.IN_FORCE: not history.suspended,
        Condition.EXPIRING: ends_soon,
        **_notice_conditions(term, on, notice_within_days),
        Condition.REVIEW_DUE: needs_review or (review_on is not None and review_on <= on),
        Condition.SUSPENDED: history.suspended,
    }
    return _standing(term, review_on, tuple(each for each in found if found[each]), why)


def history_of(agreement: Agreement, terms: Iterable[AgreementTerm] = ()) -> TermHistory:
    """Return what the term engine reads from an agreement and the terms recorded for it.

    An agreement that enters into force on signature begins on the day it was signed. Days of an
    agreement that was never signed are plans and count for nothing. Of several terms with the
    same first day the one entered last counts.
    """
    state = agreement.state
    was_concluded = state in CONCLUDED or state in _OVER
    start = agreement.in_force_on
    if start is None and agreement.entry_mode is EntryMode.ON_SIGNATURE:
        start = agreement.signed_on
    first = TermRule(
        start=start if was_concluded else None,
        initial_months=agreement.initial_term_months,
        fixed_end=agreement.fixed_end_on,
        open_ended=agreement.open_ended,
        renewal=agreement.renewal_type,
        renewal_months=agreement.renewal_months,
        notice_months=agreement.notice_months,
    )
    return TermHistory(
        rules=_rules(first, terms) if was_concluded else (first,),
        signed_on=agreement.signed_on if state in SIGNED_NOT_IN_FORCE else None,
        has_entered=state in RUNNING or state in _OVER,
        notice_served_on=agreement.notice_served_on,
        terminated_on=agreement.terminated_on,
        is_over=state in _OVER,
        suspended=state is AgreementState.SUSPENDED,
        review_on=agreement.next_review_on,
        review_months=agreement.review_months,
    )


def _rules(first: TermRule, terms: Iterable[AgreementTerm]) -> tuple[TermRule, ...]:
    """Return the rules in the order of their first days, one for each day."""
    by_start = {first.start: first}
    for each in sorted(terms, key=lambda term: (term.from_on, term.id)):
        if first.start is not None and each.from_on < first.start:
            continue  # before entry into force no term runs
        by_start[each.from_on] = TermRule(
            start=each.from_on,
            initial_months=each.months,
            fixed_end=each.end_on,
            open_ended=each.open_ended,
            renewal=each.renewal_type,
            renewal_months=each.renewal_months,
            notice_months=each.notice_months,
        )
    return tuple(by_start.values())


def _standing(
    term: Term | None,
    review_on: date | None,
    conditions: tuple[Condition, ...],
    why: Iterable[Text],
) -> TermStanding:
    return TermStanding(
        term_number=term.number if term else None,
        term_from=term.from_on if term else None,
        term_to=term.to_on if term else None,
        notice_by=term.notice_by if term else None,
        renews_to=term.renews_to if term else None,
        ends_on=term.ends_on if term else None,
        review_on=review_on,
        conditions=conditions,
        why=tuple(why),
    )


def _before_entry(history: TermHistory, term: Term, on: date, within_months: int) -> TermStanding:
    """Return the standing of an agreement that is not in force yet."""
    expected_on = None
    if history.signed_on is not None:
        expected_on = months_after(history.signed_on, within_months)
    is_overdue = expected_on is not None and expected_on < on and term.rule.start is None
    conditions = (Condition.ENTRY_OVERDUE,) if is_overdue else ()
    why = list(entry_reasons(history, term, expected_on if is_overdue else None, within_months))
    if term.rule.start is None:
        return _standing(None, None, conditions, why)
    return _standing(
        term, review_day(history), conditions, [*why, *term_reasons(history, term, on)]
    )


def _is_running(term: Term, on: date) -> bool:
    return term.to_on is None or on < term.to_on


def _notice_conditions(term: Term, on: date, within_days: int) -> dict[Condition, bool]:
    """Return whether the last day for notice is near, and whether it has passed."""
    if term.notice_by is None:
        return {}
    passed = on > term.notice_by
    near = not passed and days_after(on, within_days) >= term.notice_by
    return {Condition.IN_NOTICE_WINDOW: near, Condition.NOTICE_MISSED: passed}
