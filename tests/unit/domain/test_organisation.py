"""Organisations: their names, their status on a day, and who stands in their place."""

from datetime import date
from typing import Any

import pytest

from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.domain.organisation import Organisation, OrganisationStatus, successor_on
from makers import identity, make_organisation

MERGER = date(2025, 3, 1)
MOST = make_organisation(id=identity("most"))
MIC = make_organisation(
    id=identity("mic"),
    name_vi="Bộ Thông tin và Truyền thông",
    founded_on="2007-08",
    succeeded_by_id=MOST.id,
    succeeded_on=MERGER,
)


def test_a_ministry_is_followed_by_its_successor_from_the_day_of_the_merger() -> None:
    by_id = {MOST.id: MOST}
    assert successor_on(MIC, by_id, date(2025, 2, 28)) == MIC
    assert successor_on(MIC, by_id, MERGER) == MOST
    assert successor_on(MOST, by_id, MERGER) == MOST


def test_successors_of_successors_are_followed() -> None:
    post = make_organisation(
        id=identity("post"), succeeded_by_id=MIC.id, dissolved_on=date(2007, 8, 1)
    )
    by_id = {each.id: each for each in (MIC, MOST)}
    assert successor_on(post, by_id, date(2007, 7, 31)) == post
    assert successor_on(post, by_id, date(2010, 1, 1)) == MIC
    assert successor_on(post, by_id, MERGER) == MOST


def test_a_successor_that_is_not_here_ends_the_search() -> None:
    assert successor_on(MIC, {}, MERGER) == MIC


def test_successors_in_a_circle_are_refused() -> None:
    back = MOST.changed(succeeded_by_id=MIC.id)
    with pytest.raises(RefusedError, match="form a circle"):
        successor_on(MIC, {MIC.id: MIC, MOST.id: back}, MERGER)


@pytest.mark.parametrize(
    ("values", "on", "status"),
    [
        ({}, date(2026, 1, 1), OrganisationStatus.ACTIVE),
        ({"founded_on": "2027"}, date(2026, 12, 31), OrganisationStatus.NOT_YET_FOUNDED),
        ({"dissolved_on": MERGER}, date(2025, 2, 28), OrganisationStatus.ACTIVE),
        ({"dissolved_on": MERGER}, MERGER, OrganisationStatus.DISSOLVED),
        (
            {"dissolved_on": MERGER, "succeeded_by_id": MOST.id},
            MERGER,
            OrganisationStatus.SUCCEEDED,
        ),
        ({"succeeded_by_id": MOST.id}, date(1990, 1, 1), OrganisationStatus.SUCCEEDED),
    ],
)
def test_its_dates_tell_what_it_is_on_a_day(
    values: dict[str, Any], on: date, status: OrganisationStatus
) -> None:
    assert make_organisation(**values).status_on(on) is status


@pytest.mark.parametrize(
    "values",
    [
        {"name_vi": "A", "name_en": "B"},
        {"name_en": "A", "name_original": "B"},
        {"name_original": "A", "short_name": "B"},
        {"short_name": "A"},
    ],
)
def test_it_is_called_by_its_first_name_at_hand(values: dict[str, str]) -> None:
    assert Organisation.made(id=identity("organisation"), **values).heading == "A"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name_vi": "", "name_en": "", "short_name": ""}, "needs a name, in any language"),
        ({"parent_id": identity("organisation")}, "not its own parent"),
        ({"succeeded_by_id": identity("organisation")}, "not its own parent or successor"),
        ({"founded_on": "2026", "dissolved_on": MERGER}, "lies before the beginning"),
        ({"country": "V1"}, "Write the two letters of the country"),
    ],
)
def test_an_organisation_that_makes_no_sense_is_refused(
    values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidError, match=sentence):
        make_organisation(**values)
