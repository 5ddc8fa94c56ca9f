"""Many records at once: all or nothing, one step to take back, stopped without a trace."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import pytest

from embassy_desk.application.bulk import (
    archive_many,
    bring_back_many,
    change_many,
    list_many,
    outlook,
    tag_many,
    tags_of,
    trash_many,
    untag_many,
)
from embassy_desk.application.office import answer, perform
from embassy_desk.application.pages import ListQuery, Shelf, lines
from embassy_desk.application.records import enter_record, undo_last
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.contact_list import ListMember
from embassy_desk.domain.entity import ArchiveReason, Handling, Record
from embassy_desk.domain.errors import (
    InvalidError,
    MissingError,
    RefusedError,
    StoppedError,
)
from embassy_desk.domain.parts import Tag
from embassy_desk.store.opening import Store

Ids = Sequence[UUID]


def entered(store: Store, kind: str, /, **values: Any) -> Record:
    return perform(store, enter_record, kind, values)[0]


@pytest.fixture
def people(store: Store) -> Ids:
    return [entered(store, "contact", given_name=name).id for name in ("An", "Ba", "Chi")]


def quietly(_done: int, _total: int) -> None:
    """Report to nobody."""


def shelved(store: Store, shelf: Shelf) -> list[str]:
    found = answer(store, lines, ListQuery(kind="contact", shelf=shelf))
    return [each.heading for each in found]


def test_many_are_trashed_and_taken_back_in_one_step(store: Store, people: Ids) -> None:
    assert perform(store, trash_many, "contact", people[:2], quietly)[0] == 2
    assert shelved(store, Shelf.TRASH) == ["An", "Ba"]
    perform(store, undo_last)
    assert shelved(store, Shelf.TRASH) == []
    assert shelved(store, Shelf.IN_USE) == ["An", "Ba", "Chi"]


def test_many_are_archived_with_the_reason_and_brought_back(store: Store, people: Ids) -> None:
    reason = ArchiveReason.LEFT_POST
    assert perform(store, archive_many, "contact", people, quietly, reason=reason)[0] == 3
    assert perform(store, archive_many, "contact", people, quietly, reason=reason)[0] == 0
    assert shelved(store, Shelf.ARCHIVED) == ["An", "Ba", "Chi"]
    assert perform(store, bring_back_many, "contact", people[1:], quietly)[0] == 2
    assert shelved(store, Shelf.IN_USE) == ["Ba", "Chi"]
    perform(store, undo_last)
    assert shelved(store, Shelf.ARCHIVED) == ["An", "Ba", "Chi"]


def test_a_tag_is_put_on_many_and_taken_off(store: Store, people: Ids) -> None:
    assert perform(store, tag_many, "contact", people[:1], "Tết", quietly)[0] == 1
    assert perform(store, tag_many, "contact", people, "tet", quietly)[0] == 2
    assert set(answer(store, tags_of, "contact", people)) == {"Tết", "tet"}
    assert answer(store, tags_of, "contact", []) == ()
    assert perform(store, untag_many, "contact", people, "TẾT", quietly)[0] == 3
    with store.reading() as work:
        assert work.all(Tag) == ()
    perform(store, undo_last)
    with store.reading() as work:
        assert len(work.all(Tag)) == 3


def test_contacts_are_put_on_a_list_once(store: Store, people: Ids) -> None:
    kept = entered(store, "contact_list", title="Tết")
    assert perform(store, list_many, people[:2], kept.id, quietly)[0] == 2
    assert perform(store, list_many, people, kept.id, quietly)[0] == 1
    perform(store, undo_last)
    with store.reading() as work:
        assert {each.contact_id for each in work.all(ListMember)} == set(people[:2])


def test_a_field_is_set_over_many_after_it_was_looked_at(store: Store, people: Ids) -> None:
    perform(store, change_many, "contact", people[:1], {"cadence_days": 30}, quietly)
    found = answer(store, outlook, "contact", people, "cadence_days", 30)
    assert (found.changed, found.same) == (2, 1)
    assert [(each.heading, each.value) for each in found.lines] == [("Ba", None), ("Chi", None)]
    assert perform(store, change_many, "contact", people, {"cadence_days": 30}, quietly)[0] == 2
    perform(store, undo_last)
    with store.reading() as work:
        days = {each.given_name: each.cadence_days for each in work.all(Contact)}
    assert days == {"An": 30, "Ba": None, "Chi": None}


def test_the_outlook_names_the_records_that_are_replaced(store: Store, people: Ids) -> None:
    with store.reading() as work:
        owner = work.get(Contact, people[0]).owner
    found = answer(store, outlook, "contact", people, "owner", None)
    assert owner is not None
    assert found.names == {owner: "Nguyễn Văn An"}


def test_one_record_that_refuses_is_named_and_nothing_is_kept(store: Store, people: Ids) -> None:
    """A contact needs some name: only the last one has a family name as well."""
    last = entered(store, "contact", given_name="Dũng", family_name="Lê").id
    with pytest.raises(InvalidError) as caught:
        answer(store, outlook, "contact", [last, *people], "given_name", "")
    assert "“An”" in str(caught.value.problems[0].text)
    with pytest.raises(InvalidError):
        perform(store, change_many, "contact", [last, *people], {"given_name": ""}, quietly)
    with store.reading() as work:
        assert work.get(Contact, last).given_name == "Dũng"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("state", "done", RefusedError),
        ("no_such_field", 1, InvalidError),
        ("ref", "X", InvalidError),
        ("priority", "no such priority", InvalidError),
    ],
)
def test_what_is_not_set_this_way_is_refused(
    store: Store, field: str, value: Any, error: type[Exception]
) -> None:
    task = entered(store, "task", title="A")
    for work in (
        lambda: answer(store, outlook, "task", [task.id], field, value),
        lambda: perform(store, change_many, "task", [task.id], {field: value}, quietly),
    ):
        with pytest.raises(error):
            work()


def stopping(after: int) -> Callable[[int, int], None]:
    def report(done: int, _total: int) -> None:
        if done >= after:
            raise StoppedError

    return report


def test_work_that_is_stopped_keeps_nothing(store: Store, people: Ids) -> None:
    for command, args in (
        (trash_many, ()),
        (tag_many, ("x",)),
    ):
        with pytest.raises(StoppedError):
            perform(store, command, "contact", people, *args, stopping(2))
    assert shelved(store, Shelf.IN_USE) == ["An", "Ba", "Chi"]
    with store.reading() as work:
        assert work.all(Tag) == ()


def test_progress_counts_up_to_the_whole(store: Store, people: Ids) -> None:
    told: list[tuple[int, int]] = []
    values = {"handling": Handling.RESTRICTED}
    perform(store, change_many, "contact", people, values, lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_records_that_are_gone_are_left_out_and_lists_must_be_there(
    store: Store, people: Ids
) -> None:
    assert perform(store, trash_many, "contact", [UUID(int=1), people[0]], quietly)[0] == 1
    with pytest.raises(MissingError):
        perform(store, list_many, people, UUID(int=1), quietly)


def test_reference_data_is_not_changed_here(store: Store) -> None:
    (line, *_) = answer(store, lines, ListQuery(kind="country", limit=1))
    with pytest.raises(RefusedError):
        perform(store, trash_many, "country", [line.id], quietly)
