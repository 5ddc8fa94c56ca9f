"""How long an agreement lasts by its own words, and which of its terms a day falls in.

Term 0 is [S, S+I): S the entry into force, I the initial months; a fixed end takes the place of
S+I. With tacit renewal by R months term k is [S+I+(k-1)R, S+I+kR). Every boundary is counted from
S (or from the fixed end), cut to the month's end, so nothing drifts. Ends are exclusive: on the
day a term ends the next one runs. A notice may still be served on its last day.
"""

from dataclasses import dataclass
from datetime import date

from embassy_desk.domain.agreement import RenewalType
from embassy_desk.domain.days import LAST_DAY, days_after, months_after, months_of


@dataclass(frozen=True, kw_only=True)
class TermRule:
    """What one text says about the length of an agreement.

    Attributes:
        start: Entry into force, or the first day of a term recorded later; nothing if unknown.
        initial_months: Length of its first term; excludes `fixed_end` and `open_ended`.
        fixed_end: Day on which its first term ends.
        open_ended: It runs without an end.
        renewal: What happens at the end of a term.
        renewal_months: By how many months it renews tacitly.
        notice_months: How many months before the end of a term notice is due.
    """

    start: date | None = None
    initial_months: int | None = None
    fixed_end: date | None = None
    open_ended: bool = False
    renewal: RenewalType = RenewalType.NONE
    renewal_months: int | None = None
    notice_months: int | None = None

    def __post_init__(self) -> None:
        lengths = (self.initial_months is not None) + (self.fixed_end is not None)
        if lengths + self.open_ended > 1:
            raise ValueError("a term has a length, a fixed end or no end")
        if any(
            each is not None and each < 1 for each in (self.initial_months, self.renewal_months)
        ):
            raise ValueError("terms last at least one month")
        if self.notice_months is not None and self.notice_months < 0:
            raise ValueError("notice is given before the end")

    @property
    def renews_tacitly(self) -> bool:
        """Whether terms follow each other unless somebody serves notice."""
        return self.renewal is RenewalType.TACIT and not self.open_ended

    def term_at(self, on: date) -> int:
        """Return the number of the term that a day falls in; 0 up to the end of the first.

        Without tacit renewal every day falls in term 0, also after its end.
        """
        first_end = self.end(0)
        if not self.renews_tacitly or first_end is None or on < first_end:
            return 0
        if self.renewal_months is None:
            return 1
        anchor, months = self._anchor()
        return 1 + (months_of(anchor, on) - months) // self.renewal_months

    def end(self, term: int) -> date | None:
        """Return the day on which a term ends; nothing if none, unknown or after the year 9999."""
        has_length = self.fixed_end is not None or (self.start and self.initial_months)
        if not has_length or (term and self.renewal_months is None):
            return None
        anchor, months = self._anchor()
        end = months_after(anchor, months + term * (self.renewal_months or 0))
        return end if end < LAST_DAY else None

    def notice_by(self, end: date) -> date | None:
        """Return the last day for a notice that keeps the term with this end from renewing."""
        if self.notice_months is None:
            return None
        return months_after(end, -self.notice_months)

    def _anchor(self) -> tuple[date, int]:
        """Return the day from which boundaries are counted, and the months to the first one."""
        if self.fixed_end is not None:
            return self.fixed_end, 0
        assert self.start is not None
        assert self.initial_months is not None
        return self.start, self.initial_months


@dataclass(frozen=True, kw_only=True)
class TermHistory:
    """What a record knows about the life of an agreement.

    Attributes:
        rules: The rule of the agreement, then those of terms recorded later; each replaces the
            former from its start on. Only the first may have no start.
        signed_on: Day of signature.
        has_entered: The record says that it is in force, though since when may not be known.
        notice_served_on: Day on which notice was served; it fixes the end of the term it falls in.
        terminated_on: First day on which it is no longer in force.
        is_over: The record says that it is over, though since when may not be known.
        suspended: Its operation is suspended.
        review_on: Day of the next review.
        review_months: A first review is due so many months after entry; `review_on` goes before.
    """

    rules: tuple[TermRule, ...] = (TermRule(),)
    signed_on: date | None = None
    has_entered: bool = False
    notice_served_on: date | None = None
    terminated_on: date | None = None
    is_over: bool = False
    suspended: bool = False
    review_on: date | None = None
    review_months: int | None = None

    def __post_init__(self) -> None:
        starts = [rule.start for rule in self.rules[1:]]
        known = [rule.start for rule in self.rules if rule.start is not None]
        if not self.rules or None in starts or known != sorted(set(known)):
            raise ValueError("rules follow each other, each with its own start")

    def governing(self, on: date) -> int:
        """Return the place of the rule that holds on a day; the first one before any starts."""
        started = [
            place for place, rule in enumerate(self.rules) if rule.start and rule.start <= on
        ]
        return started[-1] if started else 0


@dataclass(frozen=True, kw_only=True)
class Term:
    """The term that a day falls in.

    Attributes:
        rule: The rule that holds on the day.
        is_first_rule: Whether it is the agreement's own rule, not one recorded later.
        has_begun: Whether the agreement has entered into force by that day.
        number: 0 for the first term of the rule; renewals are counted from 1.
        from_on: First day; nothing if unknown.
        rule_end: Day on which the term ends by the rule and the notice alone.
        to_on: Day on which it ends, also if a termination or a new rule cuts it short.
        served_on: The notice that counts on that day.
        successor: The rule recorded later that takes its place at its end.
        gap_until: First day of a rule recorded later that does not follow at once.
        ends_on: Day on which the agreement ends if nothing happens that is not recorded; with
            tacit renewal the end of the term.
        is_final: Whether it really ends then, because nothing renews it tacitly.
        notice_by: Last day for a notice that keeps the term from renewing tacitly.
        renews_to: End of the following term, if the term renews tacitly.
    """

    rule: TermRule
    is_first_rule: bool
    has_begun: bool
    number: int
    from_on: date | None
    rule_end: date | None
    to_on: date | None
    served_on: date | None
    successor: TermRule | None
    gap_until: date | None
    ends_on: date | None
    is_final: bool
    notice_by: date | None
    renews_to: date | None

    @property
    def renews(self) -> bool:
        """Whether the term renews tacitly unless notice is served."""
        return self.to_on is not None and not self.is_final and self.successor is None


def locate(history: TermHistory, on: date) -> Term:
    """Return the term that a day falls in; after the end of the agreement, its last term."""
    last_on = _last_counted_day(history, on)
    place = history.governing(last_on)
    rule, following = history.rules[place], history.rules[place + 1 :]
    served_on = _served_on(history, place, on)
    number = rule.term_at(last_on if served_on is None else min(last_on, served_on))
    rule_end = _rule_end(rule, number, served_on)
    cut_on = _earliest(rule_end, history.terminated_on)
    successor = following[0] if following and _meet(cut_on, following[0]) else None
    to_on = cut_on if successor is None else successor.start
    terminated = history.terminated_on is not None and to_on == history.terminated_on
    renews = rule.renews_tacitly and not (served_on or successor or terminated)
    ends_on, last_rule = _end_of_chain(rule, to_on, following, history.terminated_on)
    renews_at_last = renews if successor is None else last_rule.renews_tacitly
    next_start = following[0].start if following else None
    return Term(
        rule=rule,
        is_first_rule=place == 0,
        has_begun=history.has_entered if rule.start is None else rule.start <= on,
        number=number,
        from_on=rule.end(number - 1) if number else rule.start,
        rule_end=rule_end,
        to_on=to_on,
        served_on=served_on,
        successor=successor,
        gap_until=next_start if successor is None and not renews else None,
        ends_on=ends_on,
        is_final=not renews_at_last or (ends_on is not None and ends_on == history.terminated_on),
        notice_by=rule.notice_by(to_on) if renews and to_on is not None else None,
        renews_to=_earliest(rule.end(number + 1), history.terminated_on, next_start)
        if renews and to_on is not None
        else None,
    )


def _last_counted_day(history: TermHistory, on: date) -> date:
    """Return the day, or the last one before a termination."""
    if history.terminated_on is None:
        return on
    return min(on, days_after(history.terminated_on, -1))


def _served_on(history: TermHistory, place: int, on: date) -> date | None:
    """Return the day of a notice that was served by a day, under the rule that still holds."""
    served_on = history.notice_served_on
    if served_on is None or served_on > on or history.governing(served_on) != place:
        return None
    return served_on


def _rule_end(rule: TermRule, number: int, served_on: date | None) -> date | None:
    if not rule.open_ended:
        return rule.end(number)
    if served_on is None or rule.notice_months is None:
        return None
    end = months_after(served_on, rule.notice_months)
    return end if end < LAST_DAY else None


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _meet(end: date | None, rule: TermRule) -> bool:
    """Tell whether a rule begins no later than another term ends."""
    return rule.start is not None and (end is None or rule.start <= end)


def _end_of_chain(
    rule: TermRule, end: date | None, following: tuple[TermRule, ...], terminated_on: date | None
) -> tuple[date | None, TermRule]:
    """Follow the rules that take each other's place; return the end and the last of them."""
    for each in following:
        if not _meet(end, each) or each.start == terminated_on:
            break
        rule, end = each, _earliest(each.end(0), terminated_on)
    return end, rule
