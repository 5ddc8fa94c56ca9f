"""Rules of the protocol broken on purpose: some history among the first must notice each of them.

The table is that of SYNC 3.20, and the rules that the model found since; what no history notices is
led there by hand or named in docs/synchronisation.md.
"""

import pytest

from embassy_desk.sync.conflicts import ConflictKind
from model.histories import BrokenError, run
from model.hub import Hub
from model.kept import Mutations
from model.laptops import LaptopMutations, ModelLaptop

NEIGHBOURS = 150
TRIED_FIRST = (0, 3, 4, 9, 12, 23, 57)
"""Seeds that noticed one of them once; the search through all others takes long."""

ROW = ("contact", "1" * 32)

HUB_MUTANTS = (
    "chain_unchecked",
    "rollback_undetected",
    "delete_beats_edit",
    "clock_alone",
    "last_arrival_wins",
    "refused_is_dropped",
    "journal_forgotten",
    "echo_by_author",
    "page_splits_position",
    "fields_after_cursor",
    "origin_without_essence",
)
LAPTOP_MUTANTS = ("keeps_identity",)


def noticed(hub: Mutations | None = None, laptop: LaptopMutations | None = None) -> bool:
    """Return whether one of the first histories breaks."""
    for seed in (*TRIED_FIRST, *range(NEIGHBOURS)):
        try:
            run(seed, hub, laptop)
        except BrokenError:
            return True
    return False


@pytest.mark.parametrize("rule", HUB_MUTANTS)
def test_a_headquarters_without_this_rule_is_noticed(rule: str) -> None:
    assert noticed(hub=Mutations(**{rule: True}))


@pytest.mark.parametrize("rule", LAPTOP_MUTANTS)
def test_a_laptop_without_this_rule_is_noticed(rule: str) -> None:
    assert noticed(laptop=LaptopMutations(**{rule: True}))


def test_without_every_way_back_a_restored_headquarters_has_lost_something() -> None:
    """Each of the three covers for the others, so only all of them together are missed."""
    assert noticed(
        Mutations(journal_forgotten=True),
        LaptopMutations(forgets_acked=True, offers_nothing_back=True),
    )


def test_what_came_after_ones_own_deletion_does_not_count_as_seen() -> None:
    assert run(1033)["lost"] == 0
    with pytest.raises(BrokenError, match="lost"):
        run(1033, laptop=LaptopMutations(sees_through_deletions=True))


def test_a_snapshot_hides_nothing_beneath_what_waits_for_its_acknowledgement() -> None:
    assert run(30191)["lost"] == 0
    with pytest.raises(BrokenError, match="lost"):
        run(30191, laptop=LaptopMutations(begins_unanswered=True))


def test_what_lies_beneath_ones_own_deletion_is_not_seen_because_that_was_acknowledged() -> None:
    assert run(19192)["lost"] == 0
    with pytest.raises(BrokenError, match="lost"):
        run(19192, laptop=LaptopMutations(sees_through_acknowledged_deletions=True))


def test_what_is_offered_under_the_name_of_a_living_identity_is_not_told_to_it() -> None:
    assert run(4210)["lost"] == 0
    with pytest.raises(BrokenError, match="b differs"):
        run(4210, Mutations(offers_as_its_author=True))


@pytest.mark.parametrize("is_unlimited", [False, True])
def test_what_was_seen_before_a_restoration_covers_nothing_that_came_after(
    *, is_unlimited: bool
) -> None:
    """Rare in random histories, so it is led there by hand."""
    hub = Hub(Mutations(seen_unlimited=is_unlimited))
    anna, binh = ModelLaptop("a", "a" * 32), ModelLaptop("b", "b" * 32)
    for each in (anna, binh):
        hub.enrol(each.disk.present.node, "TOK")
    backup = hub.backup()
    anna.write("put", ROW, {"notes": "first"}, hub.now_ms, anna.seen(ROW))
    sent = anna.request(hub.now_ms, batch=9, rows=9)
    anna.receive(sent, hub.exchange(sent.request))
    hub.restore(backup)
    hub.kept.parked.clear()
    hub.kept.epoch_heads[-1][1]["m:TOK"] = 0
    binh.disk.epoch = 2
    binh.write("put", ROW, {"notes": "unseen"}, hub.now_ms, (None, 0))
    hub.exchange(binh.request(hub.now_ms, batch=9, rows=9).request)

    late = anna.write("put", ROW, {"notes": "late"}, hub.now_ms, anna.seen(ROW))
    assert late["b"] == 1
    anna.disk.epoch = 2
    anna.disk.present.acked = 0
    hub.exchange(anna.request(hub.now_ms, batch=9, rows=9).request)

    kept = {each.conflict.loser_value for each in hub.kept.conflicts.values()}
    told = any(each.conflict.kind is ConflictKind.EDIT for each in hub.kept.conflicts.values())
    in_force = hub.kept.rows[ROW].values["notes"]
    assert told
    assert ("unseen" in {in_force, *kept}) is not is_unlimited
