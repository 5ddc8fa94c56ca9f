"""The way of an agreement: every state can be reached, and none without what it needs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.agreement import (
    AgreementState,
    EntryMode,
    LinkKind,
    PartyRole,
    PartySide,
    RenewalType,
    TermOrigin,
)
from embassy_desk.domain.agreement_file import AgreementFile
from embassy_desk.domain.agreement_machine import AGREEMENT_MACHINE, advance
from embassy_desk.domain.choices import LegalClass, OwingSide
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.obligation import ObligationState
from embassy_desk.domain.parts import StageStep
from makers import (
    identity,
    make_agreement,
    make_agreement_file,
    make_agreement_link,
    make_agreement_party,
    make_agreement_term,
    make_clearance_step,
    make_obligation,
    make_stage_step,
)

S = AgreementState
ON = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
MAIN_ROAD = [
    S.SCOPING, S.MANDATE_SOUGHT, S.MANDATE_GIVEN, S.NEGOTIATING, S.TEXT_AGREED,
    S.DOMESTIC_CLEARANCE, S.AUTHORISED_TO_SIGN, S.SIGNED, S.AWAITING_ENTRY,
    S.PROVISIONALLY_APPLIED, S.IN_FORCE, S.SUSPENDED, S.IN_FORCE,
]  # fmt: skip
STATES = st.sampled_from(AgreementState)
REASONS = st.sampled_from(["", "Theo chỉ đạo"])
OPTIONAL_FIELDS = (
    "country", "topics", "lead_ministry_then", "reason", "summary", "mandate_reference",
    "our_head_of_negotiation", "partner_head_of_negotiation", "text_reference", "languages",
    "initial_term_months", "notice_months", "signed_on", "signed_at_place", "in_force_on",
    "notification_sent_on", "provisional_from", "suspended_on", "notice_served_on",
    "terminated_on", "full_powers_reference",
)  # fmt: skip


def _move(
    file: AgreementFile, target: AgreementState, reason: str = ""
) -> tuple[AgreementFile, StageStep]:
    agreement, values = advance(file, target, on=ON, by=None, at=AT, reason=reason)
    step = StageStep.made(id=identity(f"step {len(file.stages)}"), **values)
    return replace(file, agreement=agreement, stages=(*file.stages, step)), step


def _moved_or_none(
    file: AgreementFile, target: AgreementState, reason: str
) -> AgreementFile | None:
    try:
        return _move(file, target, reason)[0]
    except RefusedError:
        return None


def _missing(file: AgreementFile, target: AgreementState, reason: str = "") -> list[str]:
    with pytest.raises(RefusedError) as caught:
        advance(file, target, on=ON, by=None, at=AT, reason=reason)
    return [str(each) for each in caught.value.missing]


def _without(*fields: str, **values: Any) -> AgreementFile:
    return make_agreement_file(**dict.fromkeys(fields), **values)


def test_a_complete_agreement_walks_the_whole_road_without_a_reason() -> None:
    file = make_agreement_file()
    for state in MAIN_ROAD:
        file, _ = _move(file, state)
    assert file.agreement.state is S.IN_FORCE
    assert [step.to_state for step in file.stages] == [str(state) for state in MAIN_ROAD]


@pytest.mark.parametrize("end", [S.TERMINATED, S.WITHDRAWN, S.SUPERSEDED])
@pytest.mark.parametrize("state", [S.PROVISIONALLY_APPLIED, S.IN_FORCE, S.SUSPENDED])
def test_an_applied_agreement_can_end(state: AgreementState, end: AgreementState) -> None:
    file, step = _move(make_agreement_file(state=state), end)
    assert file.agreement.state is end
    assert (step.from_state, step.to_state) == (str(state), str(end))


def test_every_state_can_be_reached_by_named_steps() -> None:
    reached = {S.IDEA}
    while (
        new := {step.target for state in reached for step in AGREEMENT_MACHINE.steps_from(state)}
        - reached
    ):
        reached |= new
    assert reached == set(AgreementState)


@given(
    state=STATES,
    target=STATES,
    reason=REASONS,
    emptied=st.sets(st.sampled_from(OPTIONAL_FIELDS), max_size=3),
)
def test_a_step_is_taken_only_when_its_state_lacks_nothing(
    state: AgreementState, target: AgreementState, reason: str, emptied: set[str]
) -> None:
    file = _without(*emptied, state=state)
    moved = _moved_or_none(file, target, reason)
    if moved is None:
        return
    assert AGREEMENT_MACHINE.missing(file, target) == ()
    assert moved.agreement == file.agreement.changed(
        state=target, suspended_on=moved.agreement.suspended_on
    )
    assert [(step.from_state, step.to_state) for step in moved.stages] == [(state, target)]


@given(targets=st.lists(st.tuples(STATES, REASONS), max_size=25))
def test_on_any_walk_each_accepted_step_is_logged_once_and_joins_the_one_before(
    targets: list[tuple[AgreementState, str]],
) -> None:
    file = make_agreement_file()
    for target, reason in targets:
        steps = len(file.stages)
        moved = _moved_or_none(file, target, reason)
        assert moved is None or len(moved.stages) == steps + 1
        file = moved or file
    states = [str(S.IDEA), *(step.to_state for step in file.stages)]
    assert [step.from_state for step in file.stages] == states[:-1]
    assert file.agreement.state == states[-1]


@given(state=STATES)
def test_every_step_the_screen_offers_can_be_taken_when_nothing_is_missing(
    state: AgreementState,
) -> None:
    file = make_agreement_file(state=state)
    for step in AGREEMENT_MACHINE.steps(file):
        assert AGREEMENT_MACHINE.missing(file, step.target) == ()
        moved, _ = _move(file, step.target, "Theo chỉ đạo")
        assert moved.agreement.state is step.target


def test_scoping_needs_country_topic_lead_ministry_and_reason() -> None:
    file = _without("country", "topics", "lead_ministry_then", "reason")
    assert _missing(file, S.SCOPING) == [
        "The partner's country is missing.",
        "The topic is missing.",
        "The lead ministry is missing.",
        "The reason for pursuing it is missing.",
    ]


def test_a_lead_ministry_on_record_is_enough() -> None:
    file = _without("lead_ministry_then", lead_ministry_id=identity("organisation"))
    assert _move(file, S.SCOPING)


def test_a_mandate_is_sought_for_a_known_class_and_outline() -> None:
    file = _without("summary", state=S.SCOPING, legal_class=LegalClass.UNKNOWN)
    assert _missing(file, S.MANDATE_SOUGHT) == [
        "The legal class is missing.",
        "The outline of the draft, as its summary, is missing.",
    ]


@pytest.mark.parametrize("target", [S.MANDATE_GIVEN, S.NEGOTIATING])
def test_a_mandate_has_a_reference(target: AgreementState) -> None:
    file = _without("mandate_reference", state=S.MANDATE_SOUGHT)
    assert "The reference of the mandate is missing." in _missing(file, target, "Gấp")


def test_negotiating_needs_the_heads_of_both_sides() -> None:
    file = _without("our_head_of_negotiation", "partner_head_of_negotiation", state=S.MANDATE_GIVEN)
    assert _missing(file, S.NEGOTIATING) == [
        "Our head of negotiation is missing.",
        "Their head of negotiation is missing.",
    ]


def test_an_agreed_text_needs_everything_that_a_term_is_computed_from() -> None:
    file = _without(
        "text_reference", "languages", "initial_term_months", "renewal_months", "notice_months",
        state=S.NEGOTIATING, entry_mode=EntryMode.UNKNOWN,
    )  # fmt: skip
    assert _missing(file, S.TEXT_AGREED) == [
        "The reference of the final text is missing.",
        "The languages are missing.",
        "How it enters into force is missing.",
        "The term is missing: its months, its fixed end, or that it is open-ended.",
        "The period of tacit renewal is missing.",
        "The period of notice is missing.",
    ]


def test_a_period_of_renewal_is_needed_for_tacit_renewal_only() -> None:
    file = _without("renewal_months", state=S.NEGOTIATING, renewal_type=RenewalType.EXPRESS)
    assert _move(file, S.TEXT_AGREED)


def test_no_notice_at_all_is_a_period_of_notice() -> None:
    assert _move(make_agreement_file(state=S.NEGOTIATING, notice_months=0), S.TEXT_AGREED)


def test_authority_to_sign_waits_for_every_body() -> None:
    file = replace(
        make_agreement_file(state=S.DOMESTIC_CLEARANCE),
        clearance=(make_clearance_step(), make_clearance_step(body="Bộ Ngoại giao")),
    )
    assert _missing(file, S.AUTHORISED_TO_SIGN) == [
        "The answer of “Bộ Tư pháp” in the domestic clearance is missing.",
        "The answer of “Bộ Ngoại giao” in the domestic clearance is missing.",
    ]


def test_full_powers_are_asked_for_when_needed() -> None:
    file = _without("full_powers_reference", state=S.DOMESTIC_CLEARANCE)
    assert _missing(file, S.AUTHORISED_TO_SIGN) == ["The reference of the full powers is missing."]
    assert _move(
        _without("full_powers_reference", full_powers_needed=False, state=S.DOMESTIC_CLEARANCE),
        S.AUTHORISED_TO_SIGN,
    )


def test_a_signature_needs_date_place_and_both_signatories() -> None:
    file = AgreementFile(agreement=make_agreement(state=S.AUTHORISED_TO_SIGN))
    assert _missing(file, S.SIGNED) == [
        "The date of signature is missing.",
        "The place of signature is missing.",
        "The signatory of our side is missing.",
        "The signatory of their side is missing.",
    ]


def test_parties_may_sign_on_days_and_at_places_of_their_own() -> None:
    parties = tuple(
        make_agreement_party(
            side=side, signatory_name="A", signed_on=date(2026, 1, day), signed_at_place=place
        )
        for side, day, place in [(PartySide.OURS, 5, "Hà Nội"), (PartySide.THEIRS, 9, "Tokyo")]
    )
    agreement = make_agreement(state=S.AUTHORISED_TO_SIGN)
    assert _move(AgreementFile(agreement=agreement, parties=parties), S.SIGNED)
    unsigned = make_agreement_party(side=PartySide.THIRD)
    late = AgreementFile(agreement=agreement, parties=(*parties, unsigned))
    assert len(_missing(late, S.SIGNED)) == 2


def test_an_observer_is_no_signatory() -> None:
    full = make_agreement_file(state=S.AUTHORISED_TO_SIGN)
    observers = tuple(each.changed(role=PartyRole.OBSERVER) for each in full.parties)
    assert len(_missing(replace(full, parties=observers), S.SIGNED)) == 2


def test_awaiting_entry_needs_a_signature_and_a_way_of_entry() -> None:
    file = _without("signed_on", state=S.SIGNED, entry_mode=EntryMode.UNKNOWN)
    assert _missing(file, S.AWAITING_ENTRY) == [
        "The date of signature is missing.",
        "How it enters into force is missing.",
    ]


def test_provisional_application_needs_its_first_day() -> None:
    file = _without("provisional_from", state=S.SIGNED)
    assert _missing(file, S.PROVISIONALLY_APPLIED) == [
        "The first day of provisional application is missing."
    ]


@pytest.mark.parametrize(
    "state", [S.SIGNED, S.AWAITING_ENTRY, S.PROVISIONALLY_APPLIED, S.SUSPENDED]
)
def test_entry_into_force_needs_its_date(state: AgreementState) -> None:
    assert _missing(_without("in_force_on", state=state), S.IN_FORCE) == [
        "The date of entry into force is missing."
    ]


@pytest.mark.parametrize(
    ("mode", "is_evidence_needed"),
    [
        (EntryMode.ON_SIGNATURE, False),
        (EntryMode.FIXED_DATE, False),
        (EntryMode.EXCHANGE_OF_NOTES, True),
        (EntryMode.AFTER_NOTIFICATION, True),
        (EntryMode.RATIFICATION, True),
        (EntryMode.UNKNOWN, True),
    ],
)
def test_entry_by_itself_needs_no_evidence(mode: EntryMode, *, is_evidence_needed: bool) -> None:
    file = _without("notification_received_on", state=S.SIGNED, entry_mode=mode)
    assert bool(AGREEMENT_MACHINE.missing(file, S.IN_FORCE)) is is_evidence_needed
    proven = _without(
        "notification_received_on", state=S.SIGNED, entry_mode=mode, entry_evidence="CH 12/2020"
    )
    assert _move(proven, S.IN_FORCE)


def test_suspension_and_its_end_lead_back_and_forth() -> None:
    assert _missing(_without("suspended_on", state=S.IN_FORCE), S.SUSPENDED) == [
        "The date of suspension is missing."
    ]
    suspended, _ = _move(make_agreement_file(state=S.IN_FORCE), S.SUSPENDED)
    assert suspended.agreement.suspended_on == date(2022, 1, 1)
    resumed, _ = _move(suspended, S.IN_FORCE)
    assert resumed.agreement.suspended_on is None


@pytest.mark.parametrize("end", [S.TERMINATED, S.WITHDRAWN, S.SUPERSEDED])
def test_no_agreement_ends_before_its_obligations_are_settled(end: AgreementState) -> None:
    open_one = make_obligation()
    file = replace(make_agreement_file(state=S.IN_FORCE), obligations=(open_one,))
    assert _missing(file, end) == [
        f"The obligation “{open_one.heading}” is still open; close it, waive it or move it."
    ]
    for settled in (
        open_one.changed(state=ObligationState.WAIVED),
        open_one.changed(state=ObligationState.FULFILLED),
        open_one.changed(agreement_id=identity("new agreement")),
    ):
        assert _move(replace(file, obligations=(settled,)), end)


def test_an_obligation_fulfilled_in_part_is_still_open() -> None:
    partly = make_obligation(state=ObligationState.PARTLY_FULFILLED, percent_done=50)
    file = replace(make_agreement_file(state=S.IN_FORCE), obligations=(partly,))
    assert file.open_obligations == (partly,)


def test_termination_needs_notice_and_its_day() -> None:
    file = _without("notice_served_on", "terminated_on", state=S.IN_FORCE)
    assert _missing(file, S.TERMINATED) == [
        "The date on which it ends is missing.",
        "The date on which notice was served is missing.",
    ]


@pytest.mark.parametrize(
    ("values", "is_run_out"),
    [
        ({"renewal_type": "none", "renewal_months": None}, True),
        ({"renewal_type": "express"}, True),
        ({"renewal_type": "tacit"}, False),
        ({"renewal_type": "none", "terminated_on": date(2023, 7, 31)}, False),
        ({"renewal_type": "none", "initial_term_months": None}, False),
        ({"renewal_type": "none", "in_force_on": None}, False),
        (
            {
                "renewal_type": "none",
                "initial_term_months": None,
                "fixed_end_on": date(2023, 8, 1),
            },
            True,
        ),
    ],
)
def test_a_term_that_ran_out_needs_no_notice(values: dict[str, Any], *, is_run_out: bool) -> None:
    file = _without("notice_served_on", state=S.IN_FORCE, **values)
    assert (AGREEMENT_MACHINE.missing(file, S.TERMINATED) == ()) is is_run_out


@pytest.mark.parametrize(
    ("term", "is_run_out"),
    [
        ({"from_on": date(2023, 8, 1), "months": 12}, False),
        ({"from_on": date(2023, 8, 1), "months": None, "end_on": date(2024, 1, 1)}, False),
        ({"from_on": date(2023, 8, 1), "months": None, "open_ended": True}, False),
        ({"from_on": date(2020, 8, 1), "months": 24}, True),
    ],
)
def test_a_further_term_counts(term: dict[str, Any], *, is_run_out: bool) -> None:
    file = replace(
        _without("notice_served_on", state=S.IN_FORCE, renewal_type="express"),
        terms=(make_agreement_term(how=TermOrigin.EXPRESS, **term),),
    )
    assert (AGREEMENT_MACHINE.missing(file, S.TERMINATED) == ()) is is_run_out


def test_withdrawal_is_ours() -> None:
    theirs = make_agreement_file(state=S.IN_FORCE, notice_served_by=OwingSide.THEIRS)
    assert _missing(theirs, S.WITHDRAWN) == ["The notice by which our side withdrew is missing."]
    undated = _without("terminated_on", state=S.IN_FORCE)
    assert _missing(undated, S.WITHDRAWN) == ["The date on which the withdrawal counts is missing."]


def test_replacement_needs_the_agreement_that_replaces() -> None:
    full = make_agreement_file(state=S.IN_FORCE)
    wrong_way = make_agreement_link(
        agreement_id=full.agreement.id, to_agreement_id=identity("new agreement")
    )
    mention = full.links[0].changed(kind=LinkKind.MENTIONS)
    assert _missing(replace(full, links=(wrong_way, mention)), S.SUPERSEDED) == [
        "The agreement that supersedes it is missing."
    ]


def test_replacement_may_be_dated_by_the_link() -> None:
    undated = _without("terminated_on", state=S.IN_FORCE)
    assert _missing(undated, S.SUPERSEDED) == ["The date on which it was superseded is missing."]
    dated = replace(undated, links=(undated.links[0].changed(on=ON),))
    assert _move(dated, S.SUPERSEDED)


@pytest.mark.parametrize("target", [S.PARKED, S.ABANDONED])
def test_putting_aside_needs_a_reason(target: AgreementState) -> None:
    file = make_agreement_file(state=S.NEGOTIATING)
    assert _missing(file, target) == ["The reason for this step is missing."]
    moved, step = _move(file, target, "Bạn bầu cử")
    assert (moved.agreement.state, step.reason) == (target, "Bạn bầu cử")


def test_a_parked_agreement_returns_to_where_it_was_even_if_something_is_missing_there() -> None:
    file = AgreementFile(agreement=make_agreement(state=S.NEGOTIATING))
    parked, _ = _move(file, S.PARKED, "Bạn bầu cử")
    assert [step.name for step in AGREEMENT_MACHINE.steps(parked)] == ["take_up_again", "abandon"]
    back, _ = _move(parked, S.NEGOTIATING)
    assert back.agreement.state is S.NEGOTIATING


def test_an_agreement_parked_and_abandoned_still_knows_where_it_was() -> None:
    file = make_agreement_file(state=S.SCOPING)
    parked, _ = _move(file, S.PARKED, "Chờ")
    abandoned, _ = _move(parked, S.ABANDONED, "Bạn thôi")
    assert AGREEMENT_MACHINE.state_before(abandoned) is S.SCOPING


@pytest.mark.parametrize("state", [S.PROVISIONALLY_APPLIED, S.IN_FORCE, S.SUSPENDED, S.TERMINATED])
def test_an_agreement_in_force_is_neither_parked_nor_abandoned(state: AgreementState) -> None:
    for target in (S.PARKED, S.ABANDONED):
        assert _missing(make_agreement_file(state=state), target, "Lý do") == []


def test_an_ended_agreement_goes_back_only_with_a_reason() -> None:
    file = make_agreement_file(state=S.TERMINATED)
    assert _missing(file, S.IN_FORCE) == ["The reason for this step is missing."]
    assert _move(file, S.IN_FORCE, "Ghi nhầm")


def test_a_jump_says_why_and_still_needs_what_its_state_needs() -> None:
    file = make_agreement_file()
    assert _missing(file, S.IN_FORCE) == ["The reason for this step is missing."]
    _, step = _move(file, S.IN_FORCE, "Nhập từ sổ cũ")
    assert step.reason == "Nhập từ sổ cũ"


def test_the_log_of_a_parked_agreement_may_come_from_the_store() -> None:
    step = make_stage_step(from_state="signed", to_state="parked")
    file = replace(make_agreement_file(state=S.PARKED), stages=(step,))
    assert _move(file, S.SIGNED)
