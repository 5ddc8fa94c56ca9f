"""Which agreements are running out or moving, and their course through the year ahead."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from embassy_desk.application.due_lines import Press
from embassy_desk.domain.agreement import (
    CONCLUDED,
    ON_THE_WAY,
    Agreement,
    AgreementState,
    AgreementTerm,
)
from embassy_desk.domain.days import days_after, months_after
from embassy_desk.domain.milestones import (
    Milestone,
    MilestoneKind,
    milestones,
    terms_between,
)
from embassy_desk.domain.term_engine import (
    Condition,
    TermHistory,
    TermStanding,
    assess,
    history_of,
)
from embassy_desk.store.finders.due import stage_steps_since
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Text

MOVED_WITHIN_DAYS = 90
"""An agreement on its way to signature is moving if it took a step so many days ago or later."""

YEAR_MONTHS = 12
_NOW_DAYS = 30

_RUNNING_OUT = frozenset(
    {
        Condition.EXPIRING,
        Condition.EXPIRED,
        Condition.IN_NOTICE_WINDOW,
        Condition.REVIEW_DUE,
        Condition.ENTRY_OVERDUE,
    }
)
_COMING: dict[MilestoneKind, Text] = {
    MilestoneKind.ENTRY: N_("Enters into force on {day}."),
    MilestoneKind.NOTICE: N_("Renews unless notice is given by {day}."),
    MilestoneKind.RENEWAL: N_("The next term begins on {day}."),
    MilestoneKind.END: N_("Ends on {day}."),
    MilestoneKind.REVIEW: N_("A review is due on {day}."),
}


@dataclass(frozen=True, kw_only=True)
class CourseLine:
    """An agreement in the picture of the year ahead.

    Attributes:
        why: What happens next, as a sentence.
        on: The day of it; nothing where it lies in the past and no day is known.
        terms: First and last day of each term that touches the year; nothing where unknown.
        marks: What happens in the year, by day.
        is_running_out: Whether it ends, asks for a notice or a review, or waits for entry.
        is_moving: Whether it is on its way to signature and took a step lately.
    """

    id: UUID
    heading: str
    state: AgreementState
    why: Text
    on: date | None
    press: Press
    terms: tuple[tuple[date | None, date | None], ...] = ()
    marks: tuple[Milestone, ...] = ()
    is_running_out: bool = False
    is_moving: bool = False


@dataclass(frozen=True)
class YearAhead:
    """The agreements that the next twelve months have something to tell of.

    Attributes:
        first: First day of the picture, the first of the present month.
        last: Last day of the picture.
        lines: What presses most comes first, what is moving last.
    """

    first: date
    last: date
    today: date
    lines: tuple[CourseLine, ...]

    @property
    def running_out(self) -> tuple[CourseLine, ...]:
        """The agreements that are running out."""
        return tuple(each for each in self.lines if each.is_running_out)

    @property
    def moving(self) -> tuple[CourseLine, ...]:
        """The agreements on their way that took a step lately."""
        return tuple(each for each in self.lines if each.is_moving)


def agreements_with_terms(
    work: UnitOfWork, states: tuple[AgreementState, ...], whose: UUID | None
) -> tuple[tuple[Agreement, tuple[AgreementTerm, ...]], ...]:
    """Return the agreements in use that are in one of some states, with the terms recorded.

    Args:
        work: A reading unit of work.
        states: The states.
        whose: Only those that this person owns or stands in for.
    """
    terms: dict[UUID, list[AgreementTerm]] = defaultdict(list)
    for each in work.all(AgreementTerm):
        terms[each.agreement_id].append(each)
    return tuple(
        (agreement, tuple(terms[agreement.id]))
        for state in states
        for agreement in work.all(Agreement, state=state)
        if not (agreement.is_archived or agreement.is_trashed)
        and (whose is None or whose in {agreement.owner, agreement.backup})
    )


def year_ahead(work: UnitOfWork, on: date, whose: UUID | None) -> YearAhead:
    """Return the agreements that are running out or moving, and all with a day in the year ahead.

    Args:
        work: A reading unit of work.
        on: The day of asking.
        whose: Only agreements of this person; nothing for the whole mission's.
    """
    first = on.replace(day=1)
    last = days_after(months_after(first, YEAR_MONTHS), -1)
    found = [
        line
        for agreement, terms in agreements_with_terms(work, CONCLUDED, whose)
        if (line := _course(agreement, terms, on, first, last)) is not None
    ]
    found.sort(key=lambda each: (each.press, each.on or first, each.heading))
    return YearAhead(first, last, on, (*found, *_moving(work, on, whose)))


def _course(
    agreement: Agreement, terms: tuple[AgreementTerm, ...], on: date, first: date, last: date
) -> CourseLine | None:
    history = history_of(agreement, terms)
    standing = assess(history, on)
    marks = milestones(history, first, last)
    is_running_out = bool(_RUNNING_OUT & set(standing.conditions))
    coming = tuple(each for each in marks if each.on >= on)
    if not (is_running_out or coming):
        return None
    why, day, press = _next(agreement, standing, coming, on)
    return CourseLine(
        id=agreement.id,
        heading=agreement.heading,
        state=agreement.state,
        why=why,
        on=day,
        press=press,
        terms=_spans(history, first, last),
        marks=marks,
        is_running_out=is_running_out,
    )


def _spans(
    history: TermHistory, first: date, last: date
) -> tuple[tuple[date | None, date | None], ...]:
    terms = terms_between(history, first, last)
    return tuple(
        (each.from_on, each.to_on) for each in terms if each.from_on is None or each.from_on <= last
    )


def _next(
    agreement: Agreement, standing: TermStanding, coming: tuple[Milestone, ...], on: date
) -> tuple[Text, date | None, Press]:
    """Return the sentence, the day and the weight of what matters most about an agreement."""
    if Condition.EXPIRED in standing.conditions:
        return (
            N_("Ended on {day} and was not closed.", day=standing.term_to),
            standing.term_to,
            (Press.LATE),
        )
    if Condition.ENTRY_OVERDUE in standing.conditions:
        signed_on = agreement.signed_on
        return N_("Signed on {day} and still not in force.", day=signed_on), signed_on, Press.LATE
    review_on = standing.review_on
    if review_on is not None and review_on <= on:
        return N_("A review has been due since {day}.", day=review_on), review_on, Press.NOW
    if not coming:
        end = standing.ends_on
        return N_("Ends on {day}.", day=end), end, Press.SOON
    following = coming[0]
    text = _COMING[following.kind]
    press = _press(following, standing, on)
    return replace(text, values={"day": following.on}), following.on, press


def _press(following: Milestone, standing: TermStanding, on: date) -> Press:
    if following.kind in {MilestoneKind.RENEWAL, MilestoneKind.ENTRY}:
        return Press.CALM
    if following.on <= days_after(on, _NOW_DAYS):
        return Press.NOW
    return Press.SOON if _RUNNING_OUT & set(standing.conditions) else Press.CALM


def _moving(work: UnitOfWork, on: date, whose: UUID | None) -> tuple[CourseLine, ...]:
    """Return the agreements on their way that took a step lately, the newest step first."""
    steps = stage_steps_since(work, "agreement", days_after(on, -MOVED_WITHIN_DAYS), on)
    found = [
        CourseLine(
            id=agreement.id,
            heading=agreement.heading,
            state=agreement.state,
            why=N_("“{state}” since {day}.", state=agreement.state.label, day=steps[agreement.id]),
            on=steps[agreement.id],
            press=Press.CALM,
            is_moving=True,
        )
        for agreement, _ in agreements_with_terms(work, ON_THE_WAY, whose)
        if agreement.id in steps
    ]
    return tuple(sorted(found, key=lambda each: each.on or on, reverse=True))
