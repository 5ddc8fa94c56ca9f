"""The hybrid clock: later is always greater, whatever the wall clock says."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.sync.clock import (
    LARGEST_COUNTER,
    LARGEST_MS,
    LATEST_WALL_MS,
    Stamp,
    next_stamp,
)

STAMPS = st.builds(Stamp, st.integers(0, LARGEST_MS), st.integers(0, LARGEST_COUNTER))
WALLS = st.integers() | st.integers(0, LATEST_WALL_MS)


@given(st.builds(Stamp, st.integers(0, LATEST_WALL_MS), st.integers(0, LARGEST_COUNTER)), WALLS)
def test_the_next_stamp_is_greater_under_any_wall_clock(last: Stamp, wall_ms: int) -> None:
    assert next_stamp(last, wall_ms) > last


@given(st.lists(WALLS, min_size=1))
def test_stamps_grow_strictly_while_the_wall_clock_jumps_about(walls: list[int]) -> None:
    given_out = [Stamp()]
    for wall_ms in walls:
        given_out.append(next_stamp(given_out[-1], wall_ms))
    assert all(
        earlier < later and earlier.packed < later.packed
        for earlier, later in itertools.pairwise(given_out)
    )


@given(st.lists(st.integers(0, LATEST_WALL_MS), min_size=1))
def test_a_stamp_is_never_behind_a_sound_wall_clock(walls: list[int]) -> None:
    last = Stamp()
    for wall_ms in walls:
        last = next_stamp(last, wall_ms)
        assert last.ms >= wall_ms


@given(STAMPS, STAMPS)
def test_packed_stamps_compare_as_stamps_do(one: Stamp, other: Stamp) -> None:
    assert (one.packed < other.packed) == (one < other)


@given(STAMPS)
def test_a_packed_stamp_unpacks_to_itself_and_fits_a_signed_column(stamp: Stamp) -> None:
    assert Stamp.unpacked(stamp.packed) == stamp
    assert 0 <= stamp.packed < 2**63


def test_a_later_wall_clock_starts_a_fresh_millisecond() -> None:
    assert next_stamp(Stamp(1_000, 9), 1_001) == Stamp(1_001, 0)


def test_the_same_or_an_earlier_millisecond_counts_on() -> None:
    assert next_stamp(Stamp(1_000, 9), 1_000) == Stamp(1_000, 10)
    assert next_stamp(Stamp(1_000, 9), -5) == Stamp(1_000, 10)


def test_a_full_counter_borrows_from_the_next_millisecond() -> None:
    assert next_stamp(Stamp(1_000, LARGEST_COUNTER), 1_000) == Stamp(1_001, 0)


def test_a_broken_clock_far_in_the_future_is_not_followed() -> None:
    assert next_stamp(Stamp(1_000), LATEST_WALL_MS + 1) == Stamp(1_000, 1)


@pytest.mark.parametrize(
    ("ms", "counter"), [(-1, 0), (0, -1), (LARGEST_MS + 1, 0), (0, LARGEST_COUNTER + 1)]
)
def test_a_stamp_that_cannot_be_packed_is_refused(ms: int, counter: int) -> None:
    with pytest.raises(ValueError, match="bits"):
        Stamp(ms, counter)


@pytest.mark.parametrize("packed", [-1, 2**63])
def test_an_integer_that_is_no_stamp_is_refused(packed: int) -> None:
    with pytest.raises(ValueError, match="bits"):
        Stamp.unpacked(packed)
