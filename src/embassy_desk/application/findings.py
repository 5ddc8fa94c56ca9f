"""What dates tell about records, as conditions that lists can be filtered by.

Nothing of this is stored: a finding reads the records of its kind and asks the rules of the
domain. It answers with identities, which the list then keeps to.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from embassy_desk.application.agreements import SILENT_AFTER_MONTHS, successors
from embassy_desk.application.home import COUNTS, records_behind
from embassy_desk.application.report_figures import figure_label, finder, is_figure
from embassy_desk.domain.agreement import Agreement, AgreementState, AgreementTerm
from embassy_desk.domain.conditions import ContactSilence, orphan, silent
from embassy_desk.domain.days import days_after
from embassy_desk.domain.engagement import Commitment
from embassy_desk.domain.obligation import Obligation
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.task import CLOSED_TASKS, Task
from embassy_desk.domain.term_engine import Condition, assess, history_of
from embassy_desk.store.finders.last_engagements import (
    contacts_in_silence,
    last_about_records,
)
from embassy_desk.store.finders.lines import Comparison, Filter, ListQuery, Shelf, lines
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Text

Find = Callable[[UnitOfWork, date], Iterable[UUID]]


@dataclass(frozen=True)
class Finding:
    """One condition that is computed when it is asked.

    Attributes:
        name: Name in saved views; never changed.
        label: What a chip says.
        find: Returns the identities of the records for which it holds on a day.
    """

    name: str
    label: Text
    find: Find


def findings_of(kind: str) -> tuple[Finding, ...]:
    """Return the findings about records of a kind."""
    return _FINDINGS.get(kind, ())


def finding_named(kind: str, name: str) -> Finding | None:
    """Return the finding with a name; nothing where this version knows none."""
    if is_figure(name):
        return Finding(name, figure_label(name), finder(name))
    known = (*findings_of(kind), *_behind_home(kind))
    return next((each for each in known if each.name == name), None)


def behind_home(count: str, *, is_mine: bool) -> str:
    """Return the name of the finding that keeps a list to what a count of the home page counts."""
    return f"home_{count}_mine" if is_mine else f"home_{count}"


def _behind_home(kind: str) -> Iterator[Finding]:
    """Yield the findings behind the counts of the home page; no menu offers them."""
    for count, (of, title) in COUNTS.items():
        if of == kind:
            whole = partial(_counted, count=count, is_mine=False)
            yield Finding(behind_home(count, is_mine=False), title, whole)
            mine = partial(_counted, count=count, is_mine=True)
            label = N_("{group}: mine", group=title)
            yield Finding(behind_home(count, is_mine=True), label, mine)


def _counted(work: UnitOfWork, on: date, *, count: str, is_mine: bool) -> Iterable[UUID]:
    return records_behind(work, count, on, work.author.staff_id if is_mine else None)


def _silent_contacts(work: UnitOfWork, on: date, *, silence: ContactSilence) -> Iterable[UUID]:
    return contacts_in_silence(work, on, silence)


def _standing_so(work: UnitOfWork, on: date, *, condition: Condition) -> Iterable[UUID]:
    """Return the agreements of which the term engine says something."""
    terms: dict[UUID, list[AgreementTerm]] = {}
    for term in work.all(AgreementTerm):
        terms.setdefault(term.agreement_id, []).append(term)
    for each in work.all(Agreement):
        rows = sorted(terms.get(each.id, ()), key=lambda term: term.from_on)
        if condition in assess(history_of(each, rows), on).conditions:
            yield each.id


def _owing_late(work: UnitOfWork, on: date) -> Iterable[UUID]:
    late = frozenset(_late_obligations(work, on))
    return {each.agreement_id for each in work.all(Obligation) if each.id in late}


def _silent_agreements(work: UnitOfWork, on: date) -> Iterable[UUID]:
    last = last_about_records(work, "agreement", on)
    running = frozenset(_standing_so(work, on, condition=Condition.IN_FORCE))
    for each in work.all(Agreement, state=AgreementState.IN_FORCE):
        if each.id in running and silent(
            last.get(each.id), each.in_force_on, SILENT_AFTER_MONTHS, on
        ):
            yield each.id


def _orphans(work: UnitOfWork, on: date) -> Iterable[UUID]:
    bodies = {each.id: each for each in work.all(Organisation)}
    for each in work.all(Agreement):
        lead = bodies.get(each.lead_ministry_id) if each.lead_ministry_id else None
        if lead is not None and orphan(lead, successors(work, lead), on):
            yield each.id


def _overdue_tasks(work: UnitOfWork, on: date) -> Iterable[UUID]:
    """Let the store leave out what is closed or not due yet, and the domain decide on the rest."""
    query = ListQuery(
        kind="task",
        filters=(
            Filter("due_on", Comparison.AT_MOST, days_after(on, -1)),
            Filter("state", Comparison.NONE_OF, tuple(CLOSED_TASKS)),
        ),
        shelf=Shelf.ALL,
    )
    open_tasks = work.get_many(Task, (line.id for line in lines(work, query)))
    return (each.id for each in open_tasks.values() if each.is_overdue(on))


def _late_obligations(work: UnitOfWork, on: date) -> Iterable[UUID]:
    in_force_on = {each.id: each.in_force_on for each in work.all(Agreement)}
    for each in work.all(Obligation):
        if not each.is_trashed and each.is_late(on, in_force_on.get(each.agreement_id)):
            yield each.id


def _with_missed_promises(work: UnitOfWork, on: date) -> Iterable[UUID]:
    return {each.engagement_id for each in work.all(Commitment) if each.is_missed(on)}


def _about_terms(condition: Condition, label: Text) -> Finding:
    return Finding(str(condition), label, partial(_standing_so, condition=condition))


_FINDINGS: dict[str, tuple[Finding, ...]] = {
    "contact": (
        Finding(
            "quiet",
            N_("Gone quiet"),
            partial(_silent_contacts, silence=ContactSilence.QUIET),
        ),
        Finding(
            "never_contacted",
            N_("Never contacted"),
            partial(_silent_contacts, silence=ContactSilence.NEVER_CONTACTED),
        ),
    ),
    "engagement": (
        Finding("missed_promises", N_("With promises not kept in time"), _with_missed_promises),
    ),
    "agreement": (
        _about_terms(Condition.EXPIRING, N_("Runs out within 6 months")),
        _about_terms(Condition.IN_NOTICE_WINDOW, N_("Day for notice within 3 months")),
        _about_terms(Condition.NOTICE_MISSED, N_("Day for notice has passed")),
        _about_terms(Condition.EXPIRED, N_("Expired")),
        _about_terms(Condition.REVIEW_DUE, N_("Review due")),
        _about_terms(Condition.ENTRY_OVERDUE, N_("Entry into force overdue")),
        Finding("obligations_late", N_("Obligations late"), _owing_late),
        Finding("silent", N_("No engagement for a year"), _silent_agreements),
        Finding("orphan", N_("No responsible body"), _orphans),
    ),
    "obligation": (Finding("late", N_("Late"), _late_obligations),),
    "task": (Finding("overdue", N_("Overdue"), _overdue_tasks),),
}
