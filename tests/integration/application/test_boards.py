"""Boards: columns by state, who has to do what, and the guarded step of one card."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.integration.application.conftest import NOW

from embassy_desk.application.boards import CLOSED_DAYS, MOST_CARDS, Board, board, step_towards
from embassy_desk.application.due_lines import Press
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import archive, enter_record
from embassy_desk.domain.entity import ArchiveReason, Record
from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.domain.task import Task, TaskState
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork

TODAY = NOW.date()


def entered(store: Store, kind: str, /, **values: Any) -> Record:
    return perform(store, enter_record, kind, values)[0]


def headings(shown: Board) -> dict[str, list[str]]:
    return {
        str(each.state): [card.heading for card in each.cards]
        for each in shown.columns
        if each.cards
    }


def test_cards_stand_in_the_column_of_their_state_by_day(store: Store) -> None:
    entered(store, "task", title="Sau", due_on=TODAY + timedelta(days=3))
    entered(store, "task", title="Trước", due_on=TODAY - timedelta(days=1))
    entered(store, "task", title="Không ngày")
    entered(store, "task", title="Chờ", state="waiting", waiting_on="Bộ Ngoại giao")
    shown = answer(store, board, "task", TODAY)
    assert headings(shown) == {"open": ["Trước", "Sau", "Không ngày"], "waiting": ["Chờ"]}
    assert [str(each.state) for each in shown.columns] == [
        "open", "in_progress", "waiting", "deferred", "done", "cancelled",
    ]  # fmt: skip
    late, soon, calm = shown.columns[0].cards
    assert (late.press, soon.press, calm.press) == (Press.LATE, Press.SOON, Press.CALM)
    assert shown.columns[2].cards[0].note == "Bộ Ngoại giao"
    assert late.who == "Nguyễn Văn An"


def test_closed_tasks_leave_the_board_after_a_month_and_put_away_ones_at_once(
    store: Store,
) -> None:
    first = TODAY - timedelta(days=CLOSED_DAYS)
    entered(store, "task", title="Mới xong", state="done", completed_on=first)
    entered(store, "task", title="Xong lâu", state="done", completed_on=first - timedelta(days=1))
    gone = entered(store, "task", title="Cất đi")
    perform(store, archive, "task", gone.id, reason=ArchiveReason.OTHER)
    assert headings(answer(store, board, "task", TODAY)) == {"done": ["Mới xong"]}


def test_board_may_show_the_cards_of_one_person_or_mission(store: Store) -> None:
    binh = entered(store, "staff", family_name="Trần", given_name="Bình").id
    entered(store, "task", title="Của An")
    entered(store, "task", title="Của Bình", assignee=binh)
    shown = answer(store, board, "task", TODAY, who=binh)
    assert headings(shown) == {"open": ["Của Bình"]}
    assert [name for _, name in shown.people] == ["Nguyễn Văn An", "Trần Bình"]
    assert shown.missions == ("TOK",)
    assert headings(answer(store, board, "task", TODAY, mission="PAR")) == {}
    assert headings(answer(store, board, "task", TODAY, mission="TOK", who=binh)) != {}


def test_elevation_cases_stand_in_the_order_of_their_road(store: Store) -> None:
    agreement = entered(store, "agreement", title_vi="Bản ghi nhớ", state="in_force").id
    entered(store, "elevation", title="Nâng cấp", from_agreement_id=agreement, blocker="Thiếu văn")
    shown = answer(store, board, "elevation", TODAY)
    assert headings(shown) == {"identified": ["Nâng cấp"]}
    assert shown.columns[0].cards[0].note == "Thiếu văn"
    assert [str(each.state) for each in shown.columns][:2] == ["identified", "justified"]


def test_columns_hold_five_hundred_cards_and_count_all(store: Store) -> None:
    def many(work: UnitOfWork) -> None:
        work.add_all([work.new(Task, title=f"Việc {at}") for at in range(MOST_CARDS + 20)])

    perform(store, many)
    column = answer(store, board, "task", TODAY).columns[0]
    assert (len(column.cards), column.total) == (MOST_CARDS, MOST_CARDS + 20)


def test_step_says_whether_it_needs_a_reason_or_what_is_missing(store: Store) -> None:
    task = entered(store, "task", title="Việc").id
    assert not answer(store, step_towards, "task", task, "in_progress").needs_reason
    cancelling = answer(store, step_towards, "task", task, "cancelled")
    assert cancelling.needs_reason
    assert str(cancelling.label) == "Cancel the task"
    with pytest.raises(RefusedError) as refused:
        answer(store, step_towards, "task", task, TaskState.WAITING)
    assert [str(each) for each in refused.value.missing] == [
        "Whom or what the task waits for is missing."
    ]
    with pytest.raises(InvalidError):
        answer(store, step_towards, "task", task, f"no such state {uuid4()}")
