"""Reports that draw on everything: country brief, periodic report, talking points, handover."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from embassy_desk.domain.agreement import Agreement, AgreementState
from embassy_desk.domain.days import days_after, months_after
from embassy_desk.domain.elevation import Elevation
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.domain.milestones import Milestone
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.task import CLOSED_TASKS, Task, TaskState
from embassy_desk.reports import narratives
from embassy_desk.reports.about_agreements import (
    DEADLINE_MONTHS,
    chosen,
    completeness,
    milestones_of,
    obligation_table,
    open_obligations,
    state_figures,
)
from embassy_desk.reports.about_dealings import engagement_figures, engagement_table, held_in
from embassy_desk.reports.asked import Asked, Built
from embassy_desk.reports.document import (
    Align,
    Behind,
    Block,
    Bullets,
    Column,
    Figure,
    Figures,
    Heading,
    Paragraph,
    Row,
    Table,
    annex_name,
)
from embassy_desk.reports.holdings import Holdings, strictest, title_of
from embassy_desk.texts import N_, Text

_BRIEF_ROWS = 3
"""So many rows of each table leave the brief and a few written sentences on one page."""
_IN_FORCE = frozenset({AgreementState.IN_FORCE})


def country_brief(holdings: Holdings, asked: Asked) -> Built:
    """Return a country on a page: agreements, what is owed, the last dealings.

    Raises:
        InvalidError: No country was named.
    """
    if not asked.country:
        raise InvalidError([Problem("country", N_("Say which country the brief is about."))])
    agreements = chosen(holdings, asked)
    owed = open_obligations(holdings, agreements)
    dealings = [
        each
        for each in holdings.engagements
        if each.country == asked.country and each.has_taken_place(asked.on)
    ]
    last = dealings[-_BRIEF_ROWS:][::-1]
    coming = milestones_of(holdings, agreements, asked.on, months_after(asked.on, DEADLINE_MONTHS))[
        :_BRIEF_ROWS
    ]
    entered = {each.id: each.in_force_on for each in agreements}
    first_owed = sorted(
        owed,
        key=lambda each: (each.due(asked.on, entered[each.agreement_id]) or date.max, each.ref),
    )[:_BRIEF_ROWS]
    return Built(
        blocks=(
            state_figures(agreements),
            asked.written(narratives.ASSESSMENT),
            Heading(N_("Deadlines that come next"), 2),
            upcoming_table(coming),
            Heading(N_("What is owed first"), 2),
            obligation_table(holdings, first_owed),
            Heading(N_("The last dealings"), 2),
            engagement_table(holdings, last, is_short=True),
        ),
        handling=strictest([*agreements, *owed, *last]),
        counts=(
            (N_("Agreements"), len(agreements)),
            (N_("Open obligations"), len(owed)),
            (N_("Engagements so far"), len(dealings)),
        ),
        completeness=completeness(agreements),
        subject=holdings.country(asked.country),
    )


def agreement_table(holdings: Holdings, agreements: Sequence[Agreement]) -> Table:
    """Return agreements with state and deadlines, in the order given."""
    return Table(
        N_("Agreements"),
        (
            Column(N_("Title"), 38),
            Column(N_("State"), 12),
            Column(N_("Signed on"), 10),
            Column(N_("In force on"), 10),
            Column(N_("Ends on"), 10),
            Column(N_("Notice by"), 10),
        ),
        tuple(
            Row(
                (
                    title_of(each),
                    each.state,
                    each.signed_on,
                    each.in_force_on,
                    holdings.standing(each).ends_on,
                    holdings.standing(each).notice_by,
                ),
                "agreement",
                each.id,
            )
            for each in agreements
        ),
        N_("No agreement."),
    )


def periodic(holdings: Holdings, asked: Asked) -> Built:
    """Return the periodic report in its five parts, with annexes that its figures rest on.

    The order is that of reports of Vietnamese bodies: situation, results, difficulties, what comes
    next, proposals.
    """
    agreements = chosen(holdings, asked)
    dealings = held_in(holdings, asked)
    moved = _moved(holdings, agreements, asked)
    done = [each for each in holdings.records(Task) if asked.period.covers(each.completed_on)]
    late = [each for each in holdings.records(Task) if each.is_overdue(asked.on)]
    coming = upcoming(holdings, agreements, asked)
    blocks: tuple[Block, ...] = (
        Heading(N_("General situation")),
        asked.written(narratives.GENERAL),
        Heading(N_("Results by area")),
        Heading(N_("Agreements"), 2),
        state_figures(agreements),
        Figures((_of_agreements(N_("Steps taken by agreements"), [each for each, _ in moved]),)),
        Paragraph(N_("The steps are listed in {annex}.", annex=annex_name(1))),
        asked.written(narratives.AGREEMENTS),
        Heading(N_("Outreach"), 2),
        engagement_figures(dealings),
        Paragraph(N_("The engagements are listed in {annex}.", annex=annex_name(2))),
        asked.written(narratives.OUTREACH),
        Heading(N_("Work done"), 2),
        Figures((_tasks(N_("Tasks done"), done), _tasks(N_("Tasks overdue"), late))),
        Paragraph(N_("The overdue tasks are listed in {annex}.", annex=annex_name(3))),
        Heading(N_("Difficulties and their causes")),
        asked.written(narratives.DIFFICULTIES),
        Heading(N_("The next period")),
        Figures((_of_agreements(N_("Deadlines that come next"), [each for _, each in coming]),)),
        Paragraph(N_("The deadlines are listed in {annex}.", annex=annex_name(4))),
        asked.written(narratives.NEXT),
        Heading(N_("Proposals")),
        asked.written(narratives.PROPOSALS),
        Heading(N_("Agreements that moved a step"), is_annex=True),
        moved_table(agreements, moved),
        Heading(N_("Engagements"), is_annex=True),
        engagement_table(holdings, dealings),
        Heading(N_("Tasks overdue"), is_annex=True),
        replace(task_table(holdings, late), title=N_("Tasks overdue")),
        Heading(N_("Deadlines that come next"), is_annex=True),
        upcoming_table(coming),
    )
    return Built(
        blocks=blocks,
        handling=strictest([*agreements, *dealings, *done, *late]),
        counts=(
            (N_("Agreements"), len(agreements)),
            (N_("Engagements"), len(dealings)),
            (N_("Tasks"), len(done) + len(late)),
        ),
        completeness=completeness(agreements),
        subject=N_(
            "On the mission's work from {first} to {last}",
            first=asked.period.from_on,
            last=asked.period.until_on,
        ),
    )


def _tasks(label: Text, tasks: Sequence[Task]) -> Figure:
    return Figure(label, len(tasks), Behind("task", tuple(each.id for each in tasks)))


def _of_agreements(label: Text, agreements: Sequence[Agreement]) -> Figure:
    """Return a count of what happened or will happen; behind it stand the agreements."""
    return Figure(label, len(agreements), Behind("agreement", tuple(x.id for x in agreements)))


def _moved(
    holdings: Holdings, agreements: Sequence[Agreement], asked: Asked
) -> list[tuple[Agreement, StageStep]]:
    """Return the steps that agreements took in the period; entering an old one is no step."""
    steps = [
        (each, step)
        for each in agreements
        for step in holdings.of(StageStep, "record_id").get(each.id, [])
        if not step.is_registered and asked.period.covers(step.on)
    ]
    return sorted(steps, key=lambda pair: (pair[1].on, pair[0].ref))


def moved_table(
    agreements: Sequence[Agreement], moved: Sequence[tuple[Agreement, StageStep]]
) -> Table:
    """Return the steps that agreements took, in the order of their days."""
    empty = N_("None of {count} agreement moved.", "None of {count} agreements moved.",
               count=len(agreements))  # fmt: skip
    return Table(
        N_("Agreements that moved a step"),
        (
            Column(N_("On"), 10),
            Column(N_("Agreement"), 36),
            Column(N_("From"), 14),
            Column(N_("To"), 14),
            Column(N_("Reason"), 18),
        ),
        tuple(
            Row(
                (
                    step.on,
                    title_of(each),
                    AgreementState.named(step.from_state) if step.from_state else None,
                    AgreementState.named(step.to_state),
                    step.reason,
                ),
                "agreement",
                each.id,
            )
            for each, step in moved
        ),
        empty,
    )


def upcoming(
    holdings: Holdings, agreements: Sequence[Agreement], asked: Asked
) -> list[tuple[Milestone, Agreement]]:
    """Return the deadlines of agreements in the days that follow, as many as the period had."""
    length = asked.period.until_on - asked.period.from_on
    last = asked.period.until_on + length
    return milestones_of(holdings, agreements, days_after(asked.period.until_on, 1), last)


def upcoming_table(coming: Sequence[tuple[Milestone, Agreement]]) -> Table:
    """Return deadlines of agreements, by day."""
    return Table(
        N_("Deadlines that come next"),
        (Column(N_("Day"), 10), Column(N_("What"), 16), Column(N_("Agreement"), 40)),
        tuple(
            Row((day.on, day.kind, title_of(each)), "agreement", each.id) for day, each in coming
        ),
        N_("No deadline of an agreement."),
    )


def task_table(holdings: Holdings, tasks: Sequence[Task]) -> Table:
    """Return tasks with who does them by when, the nearest day first."""
    ordered = sorted(tasks, key=lambda each: (each.due_on or date.max, each.ref))
    holdings.learn_names(each.assignee for each in ordered)
    return Table(
        N_("Tasks"),
        (
            Column(N_("Task"), 36),
            Column(N_("State"), 12),
            Column(N_("Due on"), 10),
            Column(N_("Priority"), 10),
            Column(N_("Done by"), 18),
            Column(N_("Reference"), 14),
        ),
        tuple(
            Row(
                (
                    each.title,
                    each.state,
                    each.due_on,
                    each.priority,
                    holdings.name(each.assignee),
                    each.ref,
                ),
                "task",
                each.id,
            )
            for each in ordered
        ),
        N_("No task."),
    )


def talking_points(holdings: Holdings, asked: Asked) -> Built:
    """Return the numbers to talk from, each with the list it was counted from."""
    agreements = chosen(holdings, asked)
    dealings = held_in(holdings, asked)
    signed = [each for each in agreements if asked.period.covers(each.signed_on)]
    entered = [each for each in agreements if asked.period.covers(each.in_force_on)]
    running = [each for each in agreements if each.state in _IN_FORCE]
    owed = open_obligations(holdings, running)
    sentences = (
        N_("{count} agreement is in force.", "{count} agreements are in force.",
           count=len(running)),
        N_("{count} was signed in these days.", "{count} were signed in these days.",
           count=len(signed)),
        N_("{count} entered into force in these days.", "{count} entered into force in these days.",
           count=len(entered)),
        N_("{count} obligation is still owed.", "{count} obligations are still owed.",
           count=len(owed)),
        N_("The mission held {count} engagement.", "The mission held {count} engagements.",
           count=len(dealings)),
    )  # fmt: skip
    return Built(
        blocks=(
            Bullets(sentences),
            Heading(N_("Where the numbers come from"), 2),
            Heading(N_("In force"), 2),
            agreement_table(holdings, running),
            Heading(N_("Signed in these days"), 2),
            agreement_table(holdings, signed),
            Heading(N_("Entered into force in these days"), 2),
            agreement_table(holdings, entered),
            Heading(N_("Still owed"), 2),
            obligation_table(holdings, owed),
            engagement_figures(dealings),
            engagement_table(holdings, dealings),
        ),
        handling=strictest([*agreements, *owed, *dealings]),
        counts=((N_("Agreements"), len(agreements)), (N_("Engagements"), len(dealings))),
        completeness=completeness(agreements),
        subject=holdings.country(asked.country) if asked.country else "",
    )


def handover(holdings: Holdings, asked: Asked) -> Built:
    """Return the book that an officer hands to the one who follows.

    Raises:
        InvalidError: Nobody was named.
    """
    staff_id = asked.needed_subject()

    def mine(record: object) -> bool:
        return staff_id in {getattr(record, "owner", None), getattr(record, "assignee", None)}

    agreements = [each for each in holdings.agreements if mine(each)]
    tasks = [
        each for each in holdings.records(Task) if mine(each) and each.state not in CLOSED_TASKS
    ]
    waiting = [each for each in tasks if each.state is TaskState.WAITING]
    cases = [each for each in holdings.records(Elevation) if mine(each)]
    owed = [
        each
        for each in open_obligations(holdings, holdings.agreements)
        if mine(each) or each.responsible_staff_id == staff_id
    ]
    return Built(
        blocks=(
            asked.written(narratives.ADVICE),
            Figures(
                (
                    _tasks(N_("Open tasks"), tasks),
                    _tasks(N_("Of these waiting for somebody"), waiting),
                )
            ),
            Heading(N_("Open tasks"), 2),
            task_table(holdings, tasks),
            Heading(N_("Agreements looked after"), 2),
            agreement_table(holdings, agreements),
            Heading(N_("What is still owed"), 2),
            obligation_table(holdings, owed),
            Heading(N_("Elevation cases"), 2),
            Table(
                N_("Elevation cases"),
                (Column(N_("Case"), 34), Column(N_("Stage"), 14), Column(N_("Next step"), 30)),
                tuple(
                    Row((each.heading, each.state, each.next_step), "elevation", each.id)
                    for each in cases
                ),
            ),
        ),
        handling=strictest([*agreements, *tasks, *cases, *owed]),
        counts=((N_("Open tasks"), len(tasks)), (N_("Agreements"), len(agreements))),
        subject=holdings.name(staff_id),
    )


def data_health(holdings: Holdings, asked: Asked) -> Built:
    """Return what is lacking or old among the records, with how many of how many."""
    agreements = chosen(holdings, asked)
    concluded = [each for each in agreements if each.signed_on is not None]
    found: tuple[tuple[Text, Sequence[Agreement | Task], int], ...] = (
        (
            N_("Agreements without a country"),
            [each for each in agreements if not each.country],
            len(agreements),
        ),
        (
            N_("Signed agreements without a known legal class"),
            [each for each in concluded if each.legal_class == "unknown"],
            len(concluded),
        ),
        (
            N_("Signed agreements that nobody looks after"),
            [each for each in concluded if each.owner is None],
            len(concluded),
        ),
        (
            N_("Agreements to be checked again"),
            [each for each in agreements if each.review_on and each.review_on < asked.on],
            len(agreements),
        ),
        (
            N_("Tasks without a day"),
            [
                each
                for each in holdings.records(Task)
                if each.due_on is None and each.state not in CLOSED_TASKS
            ],
            sum(each.state not in CLOSED_TASKS for each in holdings.records(Task)),
        ),
    )
    return Built(
        blocks=(
            Table(
                N_("What is lacking"),
                (
                    Column(N_("What"), 40),
                    Column(N_("Lacking"), 10, Align.RIGHT),
                    Column(N_("Of"), 10, Align.RIGHT),
                ),
                tuple(Row((what, len(lacking), total)) for what, lacking, total in found),
            ),
            Table(
                N_("The records"),
                (Column(N_("What"), 26), Column(N_("Record"), 36), Column(N_("Reference"), 16)),
                tuple(
                    Row((what, each.heading, each.ref), "task" if isinstance(each, Task)
                        else "agreement", each.id)
                    for what, lacking, _ in found
                    for each in lacking
                ),
            ),
        ),
        handling=strictest([each for _, lacking, _ in found for each in lacking]),
        counts=((N_("Agreements"), len(agreements)), (N_("Tasks"), len(holdings.records(Task)))),
    )  # fmt: skip
