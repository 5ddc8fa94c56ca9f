"""What is due about a record, in one sentence."""

from datetime import date

import pytest

from embassy_desk.desktop.records.due import due_sentence
from embassy_desk.domain.engagement import EngagementState
from embassy_desk.domain.entity import Record
from embassy_desk.domain.task import TaskState
from makers import (
    make_contact,
    make_elevation,
    make_engagement,
    make_obligation,
    make_organisation,
    make_task,
)

TODAY = date(2026, 6, 1)
PAST, COMING = date(2026, 5, 1), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (make_task(due_on=PAST), "This task was due on 2026-05-01."),
        (make_task(due_on=COMING), "This task is due on 2026-07-01."),
        (make_task(due_on=PAST, state=TaskState.DONE), None),
        (make_obligation(due_on=PAST), "This obligation was due on 2026-05-01."),
        (make_obligation(due_on=COMING), "This obligation is due on 2026-07-01."),
        (
            make_engagement(held_on=PAST, state=EngagementState.PLANNED),
            "It was planned for 2026-05-01; was it held?",
        ),
        (
            make_engagement(held_on=COMING, state=EngagementState.PLANNED),
            "It is planned for 2026-07-01.",
        ),
        (
            make_engagement(held_on=PAST, state=EngagementState.HELD, follow_up_on=COMING),
            "It is to be followed up on 2026-07-01.",
        ),
        (make_elevation(old_ends_on=COMING), "The present agreement ends on 2026-07-01."),
        (make_contact(do_not_contact=True), "This person asked not to be contacted."),
        (
            make_organisation(review_on=PAST),
            "This record was to be checked again on 2026-05-01.",
        ),
        (make_organisation(review_on=COMING), None),
    ],
)
def test_record_says_what_is_due(record: Record, sentence: str | None) -> None:
    due = due_sentence(record, TODAY)
    assert (str(due) if due else None) == sentence
