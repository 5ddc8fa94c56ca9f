"""Reference data, attachments and the parts that may hang on any record."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from embassy_desk.domain.errors import InvalidError
from makers import (
    make_accreditation,
    make_attachment,
    make_country,
    make_country_grouping,
    make_country_tier,
    make_date_change,
    make_list_entry,
    make_mission,
    make_policy_goal,
    make_posting,
    make_stage_step,
)

ON = date(2026, 3, 1)


@pytest.mark.parametrize("make", [make_list_entry, make_policy_goal])
@pytest.mark.parametrize(
    ("values", "is_selectable"),
    [
        ({}, True),
        ({"valid_from": ON}, True),
        ({"valid_from": date(2026, 3, 2)}, False),
        ({"valid_to": ON}, True),
        ({"valid_to": date(2026, 2, 28)}, False),
        ({"disabled_on": ON}, False),
        ({"disabled_on": date(2026, 3, 2)}, True),
    ],
)
def test_an_entry_is_offered_while_it_is_valid_and_not_disabled(
    make: Callable[..., Any], values: dict[str, date], *, is_selectable: bool
) -> None:
    assert make(**values).is_selectable(ON) is is_selectable


@pytest.mark.parametrize(
    ("make", "ended"),
    [
        (make_accreditation, {"from_on": date(2020, 1, 1), "to_on": ON}),
        (make_posting, {"to_on": ON}),
        (make_country_tier, {"to_on": "2026-03-01"}),
        (make_country_grouping, {"to_on": "2026-03-01"}),
    ],
)
def test_dated_rows_hold_through_their_last_day(
    make: Callable[..., Any], ended: dict[str, Any]
) -> None:
    assert make().is_current(date(2099, 1, 1))
    assert make(**ended).is_current(ON)
    assert not make(**ended).is_current(date(2026, 3, 2))


@pytest.mark.parametrize(
    ("make", "values", "sentence"),
    [
        (make_mission, {"name_vi": "", "name_en": ""}, "A mission needs a name"),
        (make_mission, {"code": "T1"}, "three letters of the mission"),
        (make_mission, {"code": ""}, "code: This is needed"),
        (make_mission, {"opened_on": "1975", "closed_on": "1974"}, "before the beginning"),
        (make_accreditation, {"country": ""}, "needs a country or an organisation"),
        (make_country, {"name_vi": "", "name_en": ""}, "A country needs a name"),
        (make_country, {"national_day": "2/9"}, "national_day: "),
        (make_country, {"national_day": "02-30"}, "as MM-DD"),
        (make_country, {"alpha2": ""}, "alpha2: This is needed"),
        (make_policy_goal, {"title_vi": ""}, "needs a title"),
        (make_list_entry, {"label_vi": "", "label_en": ""}, "needs a label"),
        (make_attachment, {"digest": ""}, "needs the SHA-256"),
        (make_attachment, {"digest": "AB" * 32}, "digest: Write 64 hexadecimal"),
        (make_attachment, {"size_bytes": -1}, "size_bytes: At least 0"),
        (make_stage_step, {"to_state": "idea"}, "from one state to another"),
        (make_date_change, {"new_on": date(2026, 6, 30)}, "did not change"),
        (make_date_change, {"reason": ""}, "reason: This is needed"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(
    make: Callable[..., Any], values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidError, match=sentence):
        make(**values)


def test_codes_of_countries_and_missions_are_capitals() -> None:
    accreditation = make_accreditation(mission_code="tok", country="jp")
    assert accreditation.heading == "TOK → JP"
    assert make_accreditation(country="", organisation="UNESCO").heading == "TOK → UNESCO"


@pytest.mark.parametrize("day", ["02-29", "09-02", ""])
def test_a_national_day_is_a_month_and_a_day(day: str) -> None:
    assert make_country(national_day=day).national_day == day


def test_an_unknown_parent_mission_stays_unknown() -> None:
    assert make_mission(parent_code="").parent_code == ""
