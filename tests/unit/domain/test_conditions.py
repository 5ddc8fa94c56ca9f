"""Conditions that need more than an agreement's own dates, and the silence of contacts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.conditions import (
    ContactSilence,
    contact_silence,
    days_silent,
    is_quiet,
    obligations_late,
    orphan,
    silent,
)
from embassy_desk.domain.obligation import ObligationState
from makers import identity, make_obligation, make_organisation

ON = date(2026, 3, 31)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def test_late_obligations_are_the_open_ones_past_their_day() -> None:
    late = make_obligation(due_on=date(2026, 3, 30))
    today = make_obligation(id=identity("today"), due_on=ON)
    done = late.changed(id=identity("done"), state=ObligationState.FULFILLED)
    after_entry = make_obligation(
        id=identity("after entry"), due_rule="months_after_entry", due_months=12
    )
    each = (late, today, done, after_entry)
    assert obligations_late(each, ON, None) == (late,)
    assert obligations_late(each, ON, date(2025, 3, 30)) == (late, after_entry)


@pytest.mark.parametrize(
    ("last", "since", "is_silent"),
    [
        (date(2025, 9, 30), None, True),
        (date(2025, 10, 1), None, False),
        (None, date(2025, 9, 30), True),
        (date(2026, 1, 1), date(2020, 1, 1), False),
        (None, None, False),
    ],
)
def test_an_agreement_is_silent_after_months_without_engagement(
    last: date | None, since: date | None, *, is_silent: bool
) -> None:
    assert silent(last, since, 6, ON) is is_silent


def test_an_agreement_is_an_orphan_when_nobody_followed_its_lead_body() -> None:
    ministry = make_organisation(dissolved_on=date(2025, 3, 1))
    assert orphan(ministry, {}, ON)
    assert not orphan(ministry, {}, date(2025, 2, 28))


def test_a_successor_adopts_the_agreement() -> None:
    new = make_organisation(id=identity("new ministry"))
    old = make_organisation(dissolved_on=date(2025, 3, 1), succeeded_by_id=new.id)
    assert not orphan(old, {new.id: new}, ON)
    gone = new.changed(dissolved_on=date(2026, 1, 1))
    assert orphan(old, {new.id: gone}, ON)


def test_successors_in_a_circle_adopt_nothing() -> None:
    one = make_organisation(succeeded_by_id=identity("two"))
    two = make_organisation(id=identity("two"), succeeded_by_id=one.id)
    assert orphan(one, {one.id: one, two.id: two}, ON)


def test_an_agreement_without_a_lead_body_is_no_orphan() -> None:
    assert not orphan(None, {}, ON)


@given(last=st.none() | DAYS, created=DAYS, on=DAYS)
def test_silence_is_counted_from_the_last_engagement_or_the_entry(
    last: date | None, created: date, on: date
) -> None:
    assert days_silent(last, created, on) == max((on - (last or created)).days, 0)


@pytest.mark.parametrize(
    ("cadence", "last", "created", "silence"),
    [
        (60, date(2026, 1, 30), date(2020, 1, 1), ContactSilence.IN_TOUCH),
        (60, date(2026, 1, 29), date(2020, 1, 1), ContactSilence.QUIET),
        (None, date(2020, 1, 1), date(2020, 1, 1), ContactSilence.IN_TOUCH),
        (None, None, date(2026, 3, 1), ContactSilence.NEW),
        (None, None, date(2026, 2, 28), ContactSilence.NEVER_CONTACTED),
        (60, None, date(2026, 1, 30), ContactSilence.NEW),
        (60, None, date(2026, 1, 29), ContactSilence.NEVER_CONTACTED),
    ],
)
def test_never_contacted_is_not_the_same_as_quiet(
    cadence: int | None, last: date | None, created: date, silence: ContactSilence
) -> None:
    assert contact_silence(cadence, last, created, ON) is silence


@given(cadence=st.integers(1, 3650), last=st.none() | DAYS, created=DAYS, on=DAYS)
def test_a_contact_is_quiet_when_its_cadence_has_passed(
    cadence: int, last: date | None, created: date, on: date
) -> None:
    due = (last or created) + timedelta(days=cadence)
    assert is_quiet(cadence, last, created, on) is (on > due)


@given(last=st.none() | DAYS, created=DAYS, on=DAYS)
def test_without_a_cadence_nobody_is_asked_to_write(
    last: date | None, created: date, on: date
) -> None:
    assert not is_quiet(None, last, created, on)
