"""What is due about a record, in one sentence for its header."""

from datetime import date

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.elevation import Elevation
from embassy_desk.domain.engagement import Engagement, EngagementState
from embassy_desk.domain.entity import Record
from embassy_desk.domain.obligation import CLOSED_OBLIGATIONS, Obligation
from embassy_desk.domain.task import CLOSED_TASKS, Task
from embassy_desk.texts import N_, Text


def due_sentence(record: Record, on: date) -> Text | None:
    """Return what is due about a record on a day, or nothing.

    Agreements say more than one sentence; their own panel does.
    """
    if isinstance(record, Task):
        return _task(record, on)
    if isinstance(record, Obligation):
        return _obligation(record, on)
    if isinstance(record, Engagement):
        return _engagement(record, on)
    if isinstance(record, Elevation) and record.old_ends_on is not None:
        return N_("The present agreement ends on {day}.", day=record.old_ends_on)
    if isinstance(record, Contact) and record.do_not_contact:
        return N_("This person asked not to be contacted.")
    if record.review_on is not None and record.review_on <= on:
        return N_("This record was to be checked again on {day}.", day=record.review_on)
    return None


def _task(task: Task, on: date) -> Text | None:
    if task.state in CLOSED_TASKS or task.due_on is None:
        return None
    if task.is_overdue(on):
        return N_("This task was due on {day}.", day=task.due_on)
    return N_("This task is due on {day}.", day=task.due_on)


def _obligation(obligation: Obligation, on: date) -> Text | None:
    due = obligation.due(on)
    if due is None or obligation.state in CLOSED_OBLIGATIONS:
        return None
    if due < on:
        return N_("This obligation was due on {day}.", day=due)
    return N_("This obligation is due on {day}.", day=due)


def _engagement(engagement: Engagement, on: date) -> Text | None:
    if engagement.state is EngagementState.PLANNED:
        if engagement.held_on < on:
            return N_("It was planned for {day}; was it held?", day=engagement.held_on)
        return N_("It is planned for {day}.", day=engagement.held_on)
    if engagement.follow_up_on is not None:
        return N_("It is to be followed up on {day}.", day=engagement.follow_up_on)
    return None
