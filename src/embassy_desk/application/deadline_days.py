"""Days that agreements and obligations bring with them, for other people's calendars."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from embassy_desk.application.courses import agreements_with_terms
from embassy_desk.application.host import mission_day
from embassy_desk.domain.agreement import CONCLUDED
from embassy_desk.domain.days import months_after
from embassy_desk.domain.milestones import milestones
from embassy_desk.domain.obligation import CLOSED_OBLIGATIONS, Obligation
from embassy_desk.domain.term_engine import history_of
from embassy_desk.interchange.calendars import Deadline
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Text, Words

KINDS_WITH_DEADLINES = frozenset({"agreement", "obligation"})

MONTHS_AHEAD = 60
"""How far ahead days are written; a calendar is written anew long before."""


def deadlines_of(
    work: UnitOfWork, kind: str, ids: Collection[UUID], words: Words
) -> Iterator[Deadline]:
    """Yield the days from today on that records bring with them.

    Of agreements entry into force, last days for notice, renewals, ends and reviews, as the term
    engine reckons them; of obligations the day on which what is still owed falls due.

    Args:
        work: A reading unit of work.
        kind: One of `KINDS_WITH_DEADLINES`.
        ids: Of these records.
        words: The language of the file.
    """
    today = mission_day(work)
    wanted = frozenset(ids)
    if kind == "obligation":
        yield from _of_obligations(work, wanted, today, words)
        return
    last = months_after(today, MONTHS_AHEAD)
    for agreement, terms in agreements_with_terms(work, CONCLUDED, None):
        if agreement.id in wanted:
            for each in milestones(history_of(agreement, terms), today, last):
                yield Deadline(
                    f"{agreement.id}-{each.kind.value}-{each.on.isoformat()}",
                    each.on,
                    _said(words, each.kind.label, agreement.heading),
                    kind,
                    str(agreement.handling),
                )


def _of_obligations(
    work: UnitOfWork, wanted: frozenset[UUID], today: date, words: Words
) -> Iterator[Deadline]:
    for each in work.get_many(Obligation, wanted).values():
        is_owed = each.state not in CLOSED_OBLIGATIONS
        if is_owed and each.due_on is not None and each.due_on >= today:
            text = _said(words, N_("Obligation due"), each.heading)
            yield Deadline(str(each.id), each.due_on, text, "obligation", str(each.handling))


def _said(words: Words, what: Text, heading: str) -> str:
    return words(N_("{what}: {heading}", what=what, heading=heading))
