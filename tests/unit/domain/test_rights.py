"""Who may do what, until when, and to whose records."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from embassy_desk.domain.entity import Handling
from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.rights import RIGHTS_OF_ROLES, Grant, Reach, Right, Rights, Role
from makers import identity, make_contact

TODAY = date(2026, 11, 22)
PERSON = identity("staff")


def make_grant(**values: Any) -> Grant:
    defaults: dict[str, Any] = {
        "staff_id": PERSON,
        "mission": "TOK",
        "role": Role.OFFICER,
        "valid_from": TODAY - timedelta(days=30),
        "valid_to": TODAY + timedelta(days=30),
        "serial": 1,
    }
    return Grant.read({**defaults, **values})


def rights(**values: Any) -> Rights:
    return Rights(make_grant(**values), TODAY)


def test_without_a_grant_whoever_made_the_store_may_do_everything() -> None:
    owner = Rights(None, TODAY)
    assert all(owner.decide(each).is_allowed for each in Right)
    assert owner.handlings is None


def test_locally_engaged_staff_see_no_restricted_records_and_export_nothing() -> None:
    local = rights(role=Role.LOCAL_STAFF)
    assert local.handlings == {Handling.PUBLIC.value, Handling.INTERNAL.value}
    assert local.decide(Right.EDIT).is_allowed
    refused = local.decide(Right.EXPORT)
    assert not refused.is_allowed
    assert "Locally engaged staff" in str(refused.reason)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_its_rights_and_nobody_else_s(role: Role) -> None:
    mine = rights(role=role)
    allowed = {each for each in Right if mine.decide(each).is_allowed}
    assert allowed == RIGHTS_OF_ROLES[role]


def test_a_right_that_was_withheld_is_refused() -> None:
    assert rights().decide(Right.EXPORT).is_allowed
    assert not rights(withheld={"export"}).decide(Right.EXPORT).is_allowed


@pytest.mark.parametrize("days", [-31, 31])
def test_outside_its_days_a_grant_only_lets_read(days: int) -> None:
    day = TODAY + timedelta(days=days)
    out_of_time = Rights(make_grant(role=Role.HEAD_OF_MISSION), day)
    assert out_of_time.decide(Right.SEE_RESTRICTED).is_allowed
    assert out_of_time.handlings is None
    assert not out_of_time.decide(Right.EDIT).is_allowed
    assert not out_of_time.decide(Right.CREATE).is_allowed


def test_the_last_day_still_counts() -> None:
    last = Rights(make_grant(), TODAY + timedelta(days=30))
    assert last.decide(Right.EDIT).is_allowed


@pytest.mark.parametrize("field", ["owner", "backup", "created_by"])
def test_a_narrow_reach_holds_on_one_s_own_records(field: str) -> None:
    mine, theirs = make_contact(**{field: PERSON}), make_contact(owner=UUID(int=7))
    narrow = rights(reach=Reach.OWN)
    assert narrow.decide(Right.EDIT, mine).is_allowed
    refused = narrow.decide(Right.EDIT, theirs)
    assert not refused.is_allowed
    assert "colleague" in str(refused.reason)
    assert rights().decide(Right.EDIT, theirs).is_allowed


def test_a_grant_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidError, match="ends before it begins"):
        make_grant(valid_to=TODAY - timedelta(days=60))


def test_a_grant_with_an_unknown_word_is_refused() -> None:
    with pytest.raises(InvalidError):
        make_grant(superuser=True)
