"""Positions over time: snapshots for engagements, and moving on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.contact import Position
from embassy_desk.domain.engagement import TheirParticipant
from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.domain.positions import has_moved, participant_then, position_on
from makers import identity, make_contact, make_organisation, make_position

MEETING = date(2024, 6, 12)
MINISTRY = make_organisation()


def _participant(*positions: Position, on: date = MEETING) -> TheirParticipant:
    values = participant_then(make_contact(), positions, {MINISTRY.id: MINISTRY}, on)
    return TheirParticipant.made(
        id=identity("participant"), engagement_id=identity("engagement"), **values
    )


def test_a_participant_is_kept_as_on_that_day() -> None:
    participant = _participant(make_position())
    assert participant.name_then == "Đặng Thị Hường"
    assert participant.position_then == "Vụ trưởng"
    assert participant.organisation_then == "Bộ Khoa học và Công nghệ"
    assert participant.organisation_id == MINISTRY.id


def test_a_later_move_does_not_change_a_participant() -> None:
    before = _participant(make_position())
    closed, values = has_moved(make_position(), date(2025, 3, 1), title_vi="Thứ trưởng")
    moved = Position.made(id=identity("new position"), **values)
    assert _participant(closed, moved) == before
    assert _participant(closed, moved, on=date(2025, 3, 1)).position_then == "Thứ trưởng"


def test_the_name_known_then_comes_before_the_name_on_record() -> None:
    named = make_position(organisation_name="Bộ KHCN và Môi trường")
    assert _participant(named).organisation_then == "Bộ KHCN và Môi trường"
    unnamed = make_position(organisation_name="")
    assert _participant(unnamed).organisation_then == MINISTRY.name_vi
    unknown = make_position(organisation_name="", organisation_id=identity("unknown"))
    assert _participant(unknown).organisation_then == ""
    freelance = make_position(organisation_name="", organisation_id=None)
    assert _participant(freelance).organisation_then == ""


def test_a_contact_without_a_position_takes_part_by_name() -> None:
    participant = _participant()
    assert (participant.name_then, participant.position_then) == ("Đặng Thị Hường", "")


def test_positions_of_others_do_not_count() -> None:
    assert _participant(make_position(contact_id=identity("other"))).position_then == ""


def test_of_two_hats_the_primary_one_counts_then_the_newer() -> None:
    old = make_position(id=identity("old"), from_on="2019", title_vi="Giám đốc")
    new = make_position(id=identity("new"), from_on="2023", title_vi="Chủ tịch")
    assert position_on((old, new), MEETING) == new
    primary = old.changed(is_primary=True)
    assert position_on((primary, new), MEETING) == primary
    assert position_on((old, new), date(2018, 1, 1)) is None


def test_moving_closes_one_position_and_opens_another() -> None:
    position = make_position(is_primary=True)
    closed, values = has_moved(position, date(2025, 3, 1), organisation_name="Quốc hội")
    opened = Position.made(id=identity("new position"), **values)
    assert (closed.to_on, closed.is_primary) == ("2025-02-28", False)
    assert (opened.from_on, opened.to_on, opened.is_primary) == ("2025-03-01", "", True)
    assert opened.organisation_name == "Quốc hội"
    assert opened.confirmed_on == date(2025, 3, 1)
    assert opened.contact_id == position.contact_id


@given(on=st.dates(date(2021, 3, 2), date(2060, 1, 1)), day=st.dates(date(2021, 3, 1)))
def test_after_a_move_exactly_one_of_both_is_held_on_any_day(on: date, day: date) -> None:
    closed, values = has_moved(make_position(), on, title_vi="Thứ trưởng")
    opened = Position.made(id=identity("new position"), **values)
    assert closed.is_current(day) != opened.is_current(day)


@pytest.mark.parametrize("on", [date(2021, 3, 1), date(2020, 1, 1)])
def test_nobody_moves_before_arriving(on: date) -> None:
    with pytest.raises(RefusedError, match="only began on 2021-03-01"):
        has_moved(make_position(), on, title_vi="Thứ trưởng")


def test_nobody_leaves_twice() -> None:
    with pytest.raises(RefusedError, match="had ended"):
        has_moved(make_position(to_on="2023"), date(2024, 1, 1), title_vi="Thứ trưởng")


def test_a_planned_end_gives_way_to_an_earlier_move() -> None:
    closed, _ = has_moved(make_position(to_on="2026"), date(2024, 1, 1), title_vi="Thứ trưởng")
    assert closed.to_on == "2023-12-31"


def test_a_position_of_unknown_beginning_can_be_left() -> None:
    closed, _ = has_moved(make_position(from_on=""), date(2024, 1, 1), title_vi="Thứ trưởng")
    assert closed.to_on == "2023-12-31"


@pytest.mark.parametrize(
    ("to_on", "on", "is_current"),
    [
        ("", date(2021, 2, 28), False),
        ("", date(2021, 3, 1), True),
        ("2023", date(2023, 12, 31), True),
        ("2023", date(2024, 1, 1), False),
        ("2023-04", date(2023, 4, 30), True),
        ("2023-04-10", date(2023, 4, 11), False),
    ],
)
def test_half_known_days_are_read_as_widely_as_they_allow(
    to_on: str, on: date, *, is_current: bool
) -> None:
    assert make_position(to_on=to_on).is_current(on) is is_current


def test_a_position_says_something_and_ends_after_it_begins() -> None:
    with pytest.raises(InvalidError, match="needs an organisation or a title"):
        make_position(organisation_id=None, organisation_name="", title_vi="")
    with pytest.raises(InvalidError, match="lies before the beginning"):
        make_position(to_on="2021-02")
