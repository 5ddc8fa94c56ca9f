"""The way of an elevation case, and how it follows the new agreement."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from embassy_desk.domain.agreement import AgreementState
from embassy_desk.domain.elevation import ElevationState, PartnerPosition
from embassy_desk.domain.elevation_machine import (
    ELEVATION_MACHINE,
    ElevationFile,
    advance_elevation,
    mirror,
    mirrored,
)
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.parts import StageStep
from makers import identity, make_agreement, make_elevation, make_elevation_file

S = ElevationState
A = AgreementState
ON = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
MAIN_ROAD = [
    S.JUSTIFIED, S.PARTNER_SOUNDED, S.LEAD_MINISTRY_AGREES, S.MANDATE, S.NEGOTIATING, S.SIGNED,
    S.IN_FORCE, S.SUPERSEDED,
]  # fmt: skip


def _move(file: ElevationFile, target: ElevationState, reason: str = "") -> ElevationFile:
    elevation, values = advance_elevation(file, target, on=ON, by=None, at=AT, reason=reason)
    step = StageStep.made(id=identity(f"step {len(file.stages)}"), **values)
    return replace(file, elevation=elevation, stages=(*file.stages, step))


def _missing(file: ElevationFile, target: ElevationState, reason: str = "") -> list[str]:
    with pytest.raises(RefusedError) as caught:
        advance_elevation(file, target, on=ON, by=None, at=AT, reason=reason)
    return [str(each) for each in caught.value.missing]


def _with_new(new_state: AgreementState, **values: object) -> ElevationFile:
    new = make_agreement(id=identity("new agreement"), short_title="Hiệp định", state=new_state)
    return replace(make_elevation_file(**values), to_agreement=new)


def test_a_complete_case_walks_the_whole_road() -> None:
    file = make_elevation_file()
    for state in MAIN_ROAD:
        file = _move(file, state)
    assert [step.to_state for step in file.stages] == [str(state) for state in MAIN_ROAD]


def test_every_state_can_be_reached_by_named_steps() -> None:
    targets = {step.target for step in ELEVATION_MACHINE.transitions}
    assert targets | {S.IDENTIFIED} == set(ElevationState)


def test_a_case_is_justified_by_benefits_gap_and_cost() -> None:
    file = ElevationFile(elevation=make_elevation())
    assert _missing(file, S.JUSTIFIED) == [
        "The benefits are missing.",
        "What the old agreement cannot do is missing.",
        "The cost of doing nothing is missing.",
    ]


def test_sounding_needs_an_engagement_and_an_answer() -> None:
    file = make_elevation_file(state=S.JUSTIFIED, partner_position=PartnerPosition.UNKNOWN)
    assert _missing(replace(file, engagement=None), S.PARTNER_SOUNDED) == [
        "The engagement at which the partner was sounded is missing.",
        "The partner's answer is missing.",
    ]


def test_another_engagement_is_not_the_one() -> None:
    file = make_elevation_file(state=S.JUSTIFIED, partner_engagement_id=identity("other"))
    assert len(_missing(file, S.PARTNER_SOUNDED)) == 1


def test_an_answer_of_no_is_an_answer() -> None:
    file = make_elevation_file(state=S.JUSTIFIED, partner_position=PartnerPosition.NO)
    assert _move(file, S.PARTNER_SOUNDED).elevation.state is S.PARTNER_SOUNDED


def test_the_lead_ministry_agrees_in_writing() -> None:
    file = make_elevation_file(state=S.PARTNER_SOUNDED, lead_ministry_reference="")
    assert _missing(file, S.LEAD_MINISTRY_AGREES) == [
        "The document by which the lead ministry agrees is missing."
    ]


@pytest.mark.parametrize("target", [S.MANDATE, S.NEGOTIATING, S.SIGNED, S.IN_FORCE])
def test_from_the_mandate_on_the_case_carries_the_new_agreement(target: ElevationState) -> None:
    without = replace(make_elevation_file(), to_agreement=None)
    assert _missing(without, target, "Gấp") == ["The new agreement is missing."]
    other = make_elevation_file(to_agreement_id=identity("some other"))
    assert _missing(other, target, "Gấp") == ["The new agreement is missing."]


@pytest.mark.parametrize(
    ("state", "target"),
    [(A.MANDATE_GIVEN, S.NEGOTIATING), (A.AUTHORISED_TO_SIGN, S.SIGNED), (A.SIGNED, S.IN_FORCE)],
)
def test_the_case_is_never_ahead_of_the_new_agreement(
    state: AgreementState, target: ElevationState
) -> None:
    file = _with_new(state)
    assert _missing(file, target, "Gấp") == [
        f"The new agreement “Hiệp định” is “{state.label}”; that is not far enough."
    ]


def test_a_parked_new_agreement_carries_no_case_further() -> None:
    assert _missing(_with_new(A.PARKED, state=S.MANDATE), S.NEGOTIATING) == [
        "The new agreement “Hiệp định” is “Parked”; that is not far enough."
    ]


def test_the_mandate_may_stand_on_the_case_or_on_the_new_agreement() -> None:
    file = _with_new(A.NEGOTIATING, state=S.MANDATE, mandate_reference="")
    assert _missing(file, S.NEGOTIATING) == ["The reference of the mandate is missing."]
    assert file.to_agreement is not None
    new = file.to_agreement.changed(mandate_reference="12/QĐ-TTg")
    assert _move(replace(file, to_agreement=new), S.NEGOTIATING)


def test_the_old_agreement_is_superseded_on_a_day() -> None:
    file = replace(make_elevation_file(state=S.IN_FORCE), from_agreement=make_agreement())
    assert _missing(file, S.SUPERSEDED) == ["The date on which the old agreement ends is missing."]
    dated = make_elevation_file(state=S.IN_FORCE, old_ends_on=ON)
    assert _move(replace(dated, from_agreement=None), S.SUPERSEDED)


def test_declining_needs_a_side_and_a_reason() -> None:
    file = make_elevation_file(declined_by=None)
    assert _missing(file, S.DECLINED) == [
        "Which side declined is missing.",
        "The reason for this step is missing.",
    ]
    declined = _move(make_elevation_file(), S.DECLINED, "Chưa phải ưu tiên")
    assert declined.elevation.decline_reason == "Chưa phải ưu tiên"


def test_a_reason_already_on_the_case_counts() -> None:
    parked = _move(make_elevation_file(parked_reason="Chờ bầu cử"), S.PARKED)
    assert parked.stages[0].reason == "Chờ bầu cử"


def test_a_case_taken_up_again_forgets_why_it_was_parked() -> None:
    parked = _move(make_elevation_file(state=S.JUSTIFIED), S.PARKED, "Chờ bầu cử")
    again = _move(parked, S.JUSTIFIED)
    assert again.elevation.parked_reason == ""
    assert _missing(again, S.PARKED) == ["The reason for this step is missing."]


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        (A.IDEA, S.MANDATE),
        (A.MANDATE_GIVEN, S.MANDATE),
        (A.NEGOTIATING, None),
        (A.TEXT_AGREED, None),
        (A.AUTHORISED_TO_SIGN, None),
        (A.SIGNED, S.SIGNED),
        (A.PROVISIONALLY_APPLIED, S.SIGNED),
        (A.IN_FORCE, S.IN_FORCE),
        (A.SUSPENDED, S.IN_FORCE),
        (A.PARKED, None),
        (A.TERMINATED, None),
    ],
)
def test_the_case_goes_where_the_new_agreement_goes(
    agreement: AgreementState, expected: ElevationState | None
) -> None:
    assert mirrored(_with_new(agreement, state=S.NEGOTIATING)) is expected


@pytest.mark.parametrize("state", [S.IDENTIFIED, S.LEAD_MINISTRY_AGREES, S.SUPERSEDED, S.PARKED])
def test_before_the_mandate_and_at_the_end_the_case_goes_its_own_way(state: ElevationState) -> None:
    assert mirrored(_with_new(A.SIGNED, state=state)) is None


def test_a_case_without_a_new_agreement_follows_nothing() -> None:
    file = replace(make_elevation_file(state=S.MANDATE), to_agreement=None)
    assert mirror(file, on=ON, by=None, at=AT, reason="") is None


def test_following_is_logged_as_one_step() -> None:
    file = _with_new(A.SIGNED, state=S.MANDATE)
    moved = mirror(file, on=ON, by=identity("staff"), at=AT, reason="TOK-AGR-A7-0002")
    assert moved is not None
    elevation, values = moved
    step = StageStep.made(id=identity("step"), **values)
    assert elevation.state is S.SIGNED
    assert (step.from_state, step.to_state, step.record_kind) == ("mandate", "signed", "elevation")
