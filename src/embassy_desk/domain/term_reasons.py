"""The sentences that say why a term ends when it does, and what keeps it from ending."""

from collections.abc import Iterator
from datetime import date

from embassy_desk.domain.agreement import RenewalType
from embassy_desk.domain.term_rules import Term, TermHistory
from embassy_desk.texts import N_, Text


def months(count: int) -> Text:
    """Return a length in months, in words."""
    return N_("{count} month", "{count} months", count=count)


def entry_reasons(
    history: TermHistory, term: Term, overdue_since: date | None, entry_months: int
) -> Iterator[Text]:
    """Yield why the agreement is not in force yet."""
    if term.rule.start is not None:
        yield N_("The agreement enters into force on {day}.", day=term.rule.start)
        return
    if history.signed_on is None:
        yield N_("The agreement has not entered into force, so no term runs.")
        return
    yield N_(
        "The agreement was signed on {day} and has not entered into force, so no term runs.",
        day=history.signed_on,
    )
    if overdue_since is not None:
        yield N_(
            "Entry into force was to be expected by {day}, {length} after signature.",
            day=overdue_since,
            length=months(entry_months),
        )


def over_reasons() -> Iterator[Text]:
    """Yield why nothing can be said about an agreement that is over."""
    yield N_("The agreement is over; since when is not recorded.")


def term_reasons(history: TermHistory, term: Term, on: date) -> Iterator[Text]:
    """Yield the course of the term, then what happens at its end."""
    yield _course(term)
    if history.terminated_on is not None and term.to_on == history.terminated_on:
        yield N_("The agreement is terminated as of {day}.", day=history.terminated_on)
        return
    if term.successor is not None:
        yield from _succession(term)
        return
    yield from _notice(term, on)
    if term.renews:
        yield from _tacit_renewal(term, on)
    elif term.served_on is None and term.to_on is not None:
        yield _end(term.rule.renewal, term.to_on, on)
    if term.gap_until is not None:
        yield N_("The next recorded term begins on {day}.", day=term.gap_until)


def review_reason(review_on: date, on: date) -> Text:
    """Return when the next review is, or since when one is due."""
    if review_on <= on:
        return N_("A review has been due since {day}.", day=review_on)
    return N_("The next review is due on {day}.", day=review_on)


def suspension_reason() -> Text:
    """Return what a suspension does to the term."""
    return N_("The agreement is suspended; its term goes on running.")


def _course(term: Term) -> Text:
    """Return from when to when the term runs, and how that follows from the rule."""
    if term.number:
        return _renewed_course(term)
    if term.rule.open_ended:
        return _open_course(term)
    if term.rule_end is None:
        return _endless_course(term)
    if term.from_on is None:
        return N_(
            "The first term runs to {end}, the end that the text fixes; the day of entry into "
            "force is not recorded.",
            end=term.rule_end,
        )
    return _first_course(term, term.from_on, term.rule_end)


def _first_course(term: Term, start: date, end: date) -> Text:
    length = term.rule.initial_months
    if length is None and term.is_first_rule:
        return N_(
            "The first term runs from {start} to {end}, the end that the text fixes.",
            start=start,
            end=end,
        )
    if length is None:
        return N_(
            "A later term is recorded from {start} to {end}, the end that its text fixes.",
            start=start,
            end=end,
        )
    if term.is_first_rule:
        return N_(
            "The first term runs from {start} to {end}: {length} from entry into force.",
            start=start,
            end=end,
            length=months(length),
        )
    return N_(
        "A later term is recorded from {start} to {end}: {length} from its first day.",
        start=start,
        end=end,
        length=months(length),
    )


def _renewed_course(term: Term) -> Text:
    if term.rule.renewal_months is None:
        return N_(
            "The agreement renewed tacitly on {start}; for how long is not recorded.",
            start=term.from_on,
        )
    length = months(term.rule.renewal_months)
    if term.rule_end is None:
        return N_(
            "The agreement renews tacitly, each time by {length}; the term from {start} reaches "
            "the end of the calendar in the year 9999.",
            length=length,
            start=term.from_on,
        )
    return N_(
        "The agreement has renewed tacitly once, by {length}: this term runs from {start} to "
        "{end}.",
        "The agreement has renewed tacitly {count} times, each time by {length}: this term runs "
        "from {start} to {end}.",
        count=term.number,
        length=length,
        start=term.from_on,
        end=term.rule_end,
    )


def _open_course(term: Term) -> Text:
    if term.from_on is None:
        return N_("The agreement runs without an end; the day of entry into force is not recorded.")
    return N_("The agreement runs from {start} without an end.", start=term.from_on)


def _endless_course(term: Term) -> Text:
    """Return why a term that should have an end has none."""
    if term.rule.fixed_end is not None or (term.from_on and term.rule.initial_months):
        return N_("The term reaches the end of the calendar in the year 9999.")
    if term.from_on is None:
        return N_(
            "The agreement is in force, but the day of its entry into force is not recorded, so "
            "its term is not known."
        )
    return N_(
        "The agreement runs from {start}; neither a length nor an end of its term is recorded.",
        start=term.from_on,
    )


def _notice(term: Term, on: date) -> Iterator[Text]:
    """Yield what a notice that was served does."""
    if term.served_on is None:
        return
    served_on, end = term.served_on, term.rule_end
    if end is None:
        yield N_(
            "Notice was served on {day}; when the agreement ends does not follow from what is "
            "recorded.",
            day=served_on,
        )
    elif term.rule.open_ended:
        yield N_(
            "Notice was served on {day}; the agreement ends {length} later, on {end}.",
            day=served_on,
            length=months(term.rule.notice_months or 0),
            end=end,
        )
    elif on < end:
        yield N_(
            "Notice was served on {day}, so the agreement ends on {end} and does not renew.",
            day=served_on,
            end=end,
        )
    else:
        yield N_(
            "Notice was served on {day}, so the agreement ended on {end} and did not renew.",
            day=served_on,
            end=end,
        )
    last_on = term.rule.notice_by(end) if end is not None and term.rule.renews_tacitly else None
    if last_on is not None and served_on > last_on:
        yield N_(
            "The last day for that notice was {day}; confirm that it still holds for this term.",
            day=last_on,
        )


def _succession(term: Term) -> Iterator[Text]:
    """Yield what a rule recorded later does to the term."""
    yield N_("From {day} on a later recorded term takes its place.", day=term.to_on)
    if term.ends_on is not None and term.is_final:
        yield N_("With what is recorded, the agreement ends on {day}.", day=term.ends_on)
    elif term.ends_on is not None:
        yield N_(
            "That term runs to {day} and renews tacitly unless notice is given.", day=term.ends_on
        )


def _tacit_renewal(term: Term, on: date) -> Iterator[Text]:
    """Yield until when notice may be given, and what follows without it."""
    if term.notice_by is None:
        yield N_(
            "Without notice the agreement renews tacitly on {end}; how long before the end notice "
            "is due is not recorded.",
            end=term.to_on,
        )
    elif on <= term.notice_by:
        yield N_(
            "Unless notice is given by {day}, {length} before the term ends, the agreement renews "
            "tacitly on {end}.",
            day=term.notice_by,
            length=months(term.rule.notice_months or 0),
            end=term.to_on,
        )
    else:
        yield N_(
            "Notice had to be given by {day}, {length} before the term ends; none is recorded, so "
            "the agreement renews tacitly on {end}.",
            day=term.notice_by,
            length=months(term.rule.notice_months or 0),
            end=term.to_on,
        )
    if term.renews_to is not None:
        yield N_("The term after that ends on {day}.", day=term.renews_to)
    elif term.rule.renewal_months is None:
        yield N_("For how long it then renews is not recorded.")


def _end(renewal: RenewalType, end: date, on: date) -> Text:
    """Return that the agreement ends, or ended, because its rule does not renew it by itself."""
    coming = on < end
    if renewal is RenewalType.EXPRESS:
        if coming:
            return N_(
                "The agreement renews only in writing and no renewal is recorded, so it ends on "
                "{end}.",
                end=end,
            )
        return N_(
            "The agreement renews only in writing and no renewal is recorded, so it ended on "
            "{end}.",
            end=end,
        )
    if renewal is RenewalType.REVIEW:
        if coming:
            return N_(
                "The agreement renews only after a review and no renewal is recorded, so it ends "
                "on {end}.",
                end=end,
            )
        return N_(
            "The agreement renews only after a review and no renewal is recorded, so it ended on "
            "{end}.",
            end=end,
        )
    if coming:
        return N_("The agreement does not renew and ends on {end}.", end=end)
    return N_("The agreement did not renew and ended on {end}.", end=end)
