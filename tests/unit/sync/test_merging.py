"""The merge rule: nothing unseen is replaced in silence."""

from typing import Any

import pytest

from embassy_desk.sync.clock import Stamp
from embassy_desk.sync.conflicts import ConflictKind, ConflictStatus
from embassy_desk.sync.merging import (
    Arrival,
    Merged,
    RowState,
    accepted,
    entered,
    limited_seen,
    merge,
    resolved,
    without_loser,
)
from embassy_desk.sync.operations import Operation

ROW = "0" * 31 + "7"
ANNA, BINH = "a" * 32, "b" * 32
SCOPE = "m:TOK"
LATE = 10**9


class Headquarters:
    """One row, and the log in which it stands."""

    def __init__(self, entity: str = "contact") -> None:
        self.entity = entity
        self.row: RowState | None = None
        self.sseq = 0
        self.numbers = {ANNA: 0, BINH: 0}
        self.last: Merged | None = None

    def take(
        self, node: str, fields: dict[str, Any] | None = None, *, seen: int, at: int, **more: Any
    ) -> Merged:
        self.sseq += 1
        self.numbers[node] += 1
        form = {"n": self.numbers[node], "t": at, "b": seen, "s": SCOPE, "e": self.entity}
        form |= {"r": ROW, "k": "put", "u": node, **more}
        if fields is not None:
            form["f"] = fields
        operation = Operation.read(form)
        arrival = Arrival(
            operation,
            accepted(operation, node, SCOPE, self.sseq, LATE),
            limited_seen(operation, 1, []),
        )
        self.last = merge(self.row, arrival)
        self.row = self.last.row
        return self.last

    def value(self, name: str) -> Any:
        assert self.row is not None
        return self.row.values.get(name)


@pytest.fixture
def hub() -> Headquarters:
    hub = Headquarters()
    hub.take(ANNA, {"notes": "first", "phone": "1"}, seen=0, at=10)
    return hub


def test_different_fields_never_meet(hub: Headquarters) -> None:
    hub.take(ANNA, {"notes": "hers"}, seen=1, at=20)
    merged = hub.take(BINH, {"phone": "2"}, seen=1, at=15)

    assert merged.conflicts == ()
    assert (hub.value("notes"), hub.value("phone")) == ("hers", "2")


def test_what_its_author_had_seen_is_replaced_without_a_word(hub: Headquarters) -> None:
    merged = hub.take(BINH, {"notes": "his"}, seen=1, at=5)

    assert merged.conflicts == ()
    assert hub.value("notes") == "his"


def test_of_two_unseen_values_the_later_wins_and_the_other_is_kept(hub: Headquarters) -> None:
    hub.take(ANNA, {"notes": "hers"}, seen=1, at=20)
    (conflict,) = hub.take(BINH, {"notes": "his"}, seen=1, at=15).conflicts

    assert hub.value("notes") == "hers"
    assert (conflict.kind, conflict.field) == (ConflictKind.EDIT, "notes")
    assert (conflict.winner_value, conflict.loser_value) == ("hers", "his")
    assert (conflict.winner_user, conflict.loser_user) == (ANNA, BINH)


def test_a_later_arrival_with_the_later_stamp_wins_over_what_it_had_not_seen(
    hub: Headquarters,
) -> None:
    hub.take(ANNA, {"notes": "hers"}, seen=1, at=20)
    (conflict,) = hub.take(BINH, {"notes": "his"}, seen=1, at=25).conflicts

    assert hub.value("notes") == "his"
    assert conflict.loser_value == "hers"


def test_equal_values_are_no_conflict_but_true_is_not_one(hub: Headquarters) -> None:
    hub.take(ANNA, {"notes": "same", "flag": True}, seen=1, at=20)
    merged = hub.take(BINH, {"notes": "same", "flag": 1}, seen=1, at=15)

    assert [each.field for each in merged.conflicts] == ["flag"]


def test_a_loser_stays_until_somebody_replaces_it_knowingly(hub: Headquarters) -> None:
    hub.take(ANNA, {"notes": "hers"}, seen=1, at=20)
    hub.take(BINH, {"notes": "his"}, seen=1, at=15)
    assert hub.row is not None
    assert [each.value for each in hub.row.losers["notes"]] == ["his"]

    hub.take(ANNA, {"notes": "both"}, seen=3, at=30)
    assert hub.row.losers == {}


def test_a_value_that_wins_again_is_told_from_where_it_does(hub: Headquarters) -> None:
    hub.take(BINH, {"notes": "his"}, seen=1, at=15)
    hub.take(ANNA, {"notes": "hers"}, seen=1, at=20)
    row = hub.take(ANNA, {"notes": "hers again"}, seen=1, at=12).row

    assert hub.value("notes") == "his"
    assert row.leaves["notes"].version.sseq == 2
    assert row.leaves["notes"].position(row) == 4


def test_a_clock_ahead_of_headquarters_is_limited_to_it() -> None:
    operation = Operation.read(
        {"n": 1, "t": LATE + 5, "c": 3, "b": 0, "e": "task", "r": ROW, "k": "del", "u": None}
    )

    assert accepted(operation, ANNA, SCOPE, 1, LATE).eff == Stamp(LATE).packed


def test_a_deletion_hides_a_row_that_its_author_had_seen_whole(hub: Headquarters) -> None:
    merged = hub.take(BINH, seen=1, at=20, k="del")

    assert merged.row.deleted is not None
    assert merged.conflicts == ()


def test_a_deletion_loses_against_an_edit_it_had_not_seen(hub: Headquarters) -> None:
    hub.take(ANNA, {"notes": "hers"}, seen=1, at=20)
    (conflict,) = hub.take(BINH, seen=1, at=30, k="del").conflicts

    assert hub.row is not None
    assert hub.row.deleted is None
    assert (conflict.kind, conflict.field) == (ConflictKind.DEL_VS_EDIT, "")
    assert conflict.winner_value == "hers"


def test_an_edit_that_had_not_seen_the_deletion_brings_the_row_back(hub: Headquarters) -> None:
    hub.take(BINH, seen=1, at=30, k="del")
    (conflict,) = hub.take(ANNA, {"notes": "hers"}, seen=1, at=20).conflicts

    assert hub.row is not None
    assert (hub.row.deleted, hub.row.created_sseq) == (None, 3)
    assert hub.value("phone") == "1"
    assert conflict.kind is ConflictKind.DEL_VS_EDIT


def test_who_saw_the_deletion_makes_the_row_anew(hub: Headquarters) -> None:
    hub.take(BINH, seen=1, at=30, k="del")
    merged = hub.take(ANNA, {"notes": "again"}, seen=2, at=40)

    assert merged.conflicts == ()
    assert merged.row.values == {"notes": "again"}


def test_an_edit_of_a_row_deleted_before_it_ever_came_brings_it_with_a_question() -> None:
    hub = Headquarters()
    hub.take(BINH, seen=0, at=30, k="del")
    merged = hub.take(ANNA, {"notes": "hers"}, seen=0, at=20)

    assert [each.kind for each in merged.conflicts] == [ConflictKind.DEL_VS_EDIT]
    assert merged.row.values == {"notes": "hers"}


def test_law_never_goes_by_the_clock() -> None:
    hub = Headquarters("agreement")
    hub.take(ANNA, {"state": "drafting", "summary": "a"}, seen=0, at=10)
    hub.take(ANNA, {"state": "signed", "summary": "b"}, seen=1, at=20)
    merged = hub.take(BINH, {"state": "terminated", "summary": "c"}, seen=1, at=90)

    assert (hub.value("state"), hub.value("summary")) == ("signed", "c")
    legal = {each.field: each.is_legal for each in merged.conflicts}
    assert legal == {"state": True, "summary": False}


def test_when_and_by_whom_a_record_changed_makes_no_conflict(hub: Headquarters) -> None:
    hub.take(ANNA, {"changed_by": ANNA}, seen=1, at=20)
    merged = hub.take(BINH, {"changed_by": BINH}, seen=1, at=25)

    assert merged.conflicts == ()
    assert (hub.value("changed_by"), merged.row.losers) == (BINH, {})


def test_a_continued_identity_counts_as_ones_own(hub: Headquarters) -> None:
    operation = Operation.read(
        {
            "n": 1,
            "t": 9,
            "b": 0,
            "e": "contact",
            "r": ROW,
            "k": "put",
            "u": None,
            "f": {"notes": "x"},
        }
    )
    version = accepted(operation, "c" * 32, SCOPE, 2, LATE)

    assert merge(hub.row, Arrival(operation, version, ancestry={ANNA: 1})).conflicts == ()
    assert len(merge(hub.row, Arrival(operation, version)).conflicts) == 1


def test_what_somebody_saw_counts_only_as_far_as_headquarters_still_has_it() -> None:
    form = {"n": 1, "t": 9, "b": 50, "s": SCOPE, "e": "task", "r": ROW, "k": "del", "u": None}

    assert limited_seen(Operation.read(form), 3, [(2, 40), (3, 45)]) == (SCOPE, 40)
    assert limited_seen(Operation.read({**form, "g": 2}), 3, [(2, 40), (3, 45)]) == (SCOPE, 45)
    assert limited_seen(Operation.read({**form, "g": 4}), 3, [(2, 40)]) == (None, 0)


def test_positions_of_another_scope_say_nothing_about_this_one(hub: Headquarters) -> None:
    other = {"k": "put", "s": "m:TOK:restricted"}

    assert len(hub.take(BINH, {"notes": "his"}, seen=9, at=20, **other).conflicts) == 1


def test_who_saw_a_row_enter_its_new_scope_saw_what_it_held(hub: Headquarters) -> None:
    assert hub.row is not None
    hub.row = entered(hub.row, "m:TOK:restricted", 4)
    before, after = {"s": "m:TOK:restricted"}, {"s": "m:TOK:restricted"}

    assert len(hub.take(BINH, {"notes": "his"}, seen=3, at=20, **before).conflicts) == 1
    assert hub.take(BINH, {"phone": "2"}, seen=4, at=21, **after).conflicts == ()


def test_what_headquarters_lost_is_adopted_where_nothing_is_and_never_wins(
    hub: Headquarters,
) -> None:
    merged = hub.take(BINH, {"notes": "old", "fax": "9", "phone": "1"}, seen=0, at=1, k="recover")

    assert merged.row.values == {"notes": "first", "phone": "1", "fax": "9"}
    (conflict,) = merged.conflicts
    assert (conflict.kind, conflict.loser_value) == (ConflictKind.SERVER_LOST, "old")


def test_only_a_deleted_row_is_purged(hub: Headquarters) -> None:
    assert not hub.take(ANNA, seen=9, at=20, k="purge").is_changed
    hub.take(ANNA, seen=9, at=21, k="del")

    assert hub.take(ANNA, seen=9, at=22, k="purge").row.leaves == {}


def test_the_first_to_close_a_conflict_closes_it(hub: Headquarters) -> None:
    hub.take(ANNA, {"notes": "hers"}, seen=1, at=20)
    (conflict,) = hub.take(BINH, {"notes": "his"}, seen=1, at=15).conflicts
    operation = Operation.read(
        {"n": 9, "t": 50, "b": 3, "s": SCOPE, "e": "conflict", "r": conflict.id, "k": "resolve"}
        | {"u": BINH, "f": {"resolution": "kept"}}
    )
    arrival = Arrival(operation, accepted(operation, BINH, SCOPE, 4, LATE), (SCOPE, 3))

    closed = resolved(conflict, arrival)
    assert closed is not None
    assert (closed.status, closed.resolved_by) == (ConflictStatus.RESOLVED, BINH)
    assert resolved(closed, arrival) is None
    assert hub.row is not None
    assert without_loser(hub.row, closed).losers == {}


def test_telling_a_conflict_twice_gives_the_same_identity(hub: Headquarters) -> None:
    before = hub.take(ANNA, {"notes": "hers"}, seen=1, at=20).row
    (first,) = hub.take(BINH, {"notes": "his"}, seen=1, at=15).conflicts
    hub.row, hub.numbers[BINH] = before, 0
    (again,) = hub.take(BINH, {"notes": "his"}, seen=1, at=15).conflicts

    assert first.id == again.id
    assert first.fields["entity"] == "contact"
    assert first.of_row(first.id, first.fields) == first
