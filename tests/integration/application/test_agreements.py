"""Agreements: standing, steps, elevation; and the other kinds that move by steps."""

from datetime import date
from typing import Any

import pytest
from tests.integration.application.conftest import NOW

from embassy_desk.application.agreements import standing, steps
from embassy_desk.application.entering import change_typed, enter_typed
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import enter_record
from embassy_desk.application.showing import shown_with_standing
from embassy_desk.application.steps import advance_record, offers
from embassy_desk.domain.agreement import Agreement, AgreementState
from embassy_desk.domain.elevation import Elevation, ElevationState
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.domain.obligation import Obligation
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.task import Task, TaskState
from embassy_desk.domain.term_engine import Condition
from embassy_desk.store.opening import Store
from embassy_desk.texts import Words

TODAY = NOW.date()
ENGLISH = Words("en")


def entered(store: Store, kind: str, /, **values: Any) -> Record:
    return perform(store, enter_record, kind, values)[0]


def test_dates_of_a_tacitly_renewed_agreement_come_with_their_reasons(store: Store) -> None:
    agreement, _ = perform(
        store,
        enter_typed,
        "agreement",
        {
            "title_en": "Case a",
            "in_force_on": "2020-08-01",
            "initial_term_months": "36",
            "renewal_type": "tacit",
            "renewal_months": "12",
            "notice_months": "3",
        },
    )
    values = answer(store, shown_with_standing, agreement, date(2023, 10, 31), ENGLISH)
    assert values["state"] == "in_force"
    assert (values["term_from"], values["term_to"]) == ("2023-08-01", "2024-08-01")
    assert values["notice_by"] == "2024-05-01"
    assert "1 May 2024" in values["why"]
    assert "in_force" in values["conditions"]


def test_entered_state_is_logged_as_registered(store: Store) -> None:
    agreement = entered(store, "agreement", title_vi="Bản ghi nhớ", state="in_force")
    with store.reading() as work:
        (step,) = work.parts(StageStep, agreement)
    assert step.is_registered
    assert (step.from_state, step.to_state) == ("", "in_force")


def test_step_is_refused_with_everything_that_is_missing(store: Store) -> None:
    agreement = entered(store, "agreement", title_vi="Bản ghi nhớ")
    with pytest.raises(RefusedError) as refusal:
        perform(store, advance_record, agreement, "scoping", on=TODAY)
    assert len(refusal.value.missing) >= 3
    offered = answer(store, steps, agreement.id)
    scoping = next(each for each in offered if each.target == "scoping")
    assert scoping.missing == refusal.value.missing
    with store.reading() as work:
        assert work.get(Agreement, agreement.id).state is AgreementState.IDEA


def test_step_with_its_fields_in_one_command_is_taken_and_logged(store: Store) -> None:
    agreement = entered(store, "agreement", title_vi="Bản ghi nhớ")
    moved, _ = perform(
        store,
        change_typed,
        agreement.ref,
        {
            "country": "SG",
            "topics": "chuyển đổi số",
            "lead_ministry_then": "Bộ Khoa học và Công nghệ",
            "reason": "Mở rộng hợp tác",
            "state": "scoping",
        },
        on=TODAY,
    )
    assert isinstance(moved, Agreement)
    assert moved.state is AgreementState.SCOPING
    with store.reading() as work:
        steps_taken = work.parts(StageStep, agreement)
    assert [each.to_state for each in steps_taken] == ["idea", "scoping"]


def test_unknown_state_is_an_answer(store: Store) -> None:
    agreement = entered(store, "agreement", title_vi="Bản ghi nhớ")
    with pytest.raises(InvalidError, match="Choose one of"):
        perform(store, advance_record, agreement, "signd", on=TODAY)


def test_late_obligations_show_on_the_agreement(store: Store) -> None:
    agreement = entered(
        store, "agreement", title_vi="Bản ghi nhớ", state="in_force", in_force_on="2025-01-01",
        open_ended=True,
    )  # fmt: skip
    entered(
        store, "obligation", agreement_id=agreement.id, text="Nộp báo cáo",
        due_rule="fixed", due_on="2026-01-31",
    )  # fmt: skip
    found = answer(store, standing, agreement.id, TODAY)
    assert Condition.OBLIGATIONS_LATE in found.conditions
    assert (
        Condition.OBLIGATIONS_LATE
        not in answer(store, standing, agreement.id, date(2026, 1, 31)).conditions
    )


def test_orphan_is_an_agreement_whose_body_is_gone(store: Store) -> None:
    body = entered(store, "organisation", name_vi="Cục Cũ", dissolved_on="2025-03-01")
    agreement = entered(
        store, "agreement", title_vi="Bản ghi nhớ", state="in_force", in_force_on="2024-01-01",
        open_ended=True, lead_ministry_id=body.id,
    )  # fmt: skip
    assert Condition.ORPHAN in answer(store, standing, agreement.id, TODAY).conditions
    new = entered(store, "organisation", name_vi="Cục Mới")
    perform(
        store,
        change_typed,
        body.ref,
        {"succeeded_by_id": new.ref, "succeeded_on": "2025-03-01"},
        on=TODAY,
    )
    assert Condition.ORPHAN not in answer(store, standing, agreement.id, TODAY).conditions


def test_reserved_name_without_the_class_is_a_warning_not_a_refusal(store: Store) -> None:
    agreement = entered(
        store, "agreement", title_vi="Hiệp định hợp tác số", legal_class="agreement_ministry"
    )
    why = [str(each) for each in answer(store, standing, agreement.id, TODAY).why]
    assert any("hiệp định" in each.lower() for each in why)


def test_elevation_follows_its_new_agreement(store: Store) -> None:
    old = entered(store, "agreement", title_vi="MoU cũ", state="in_force", country="SG")
    new = entered(
        store, "agreement", title_vi="Hiệp định mới", state="mandate_given", country="SG",
        our_head_of_negotiation="Bà A", partner_head_of_negotiation="Mr B",
        mandate_reference="01/QĐ", text_reference="v1",
    )  # fmt: skip
    case = entered(
        store, "elevation", title="Nâng cấp", from_agreement_id=old.id, to_agreement_id=new.id,
        state="mandate", mandate_reference="01/QĐ",
    )  # fmt: skip
    perform(store, advance_record, new, "negotiating", on=TODAY)
    with store.reading() as work:
        assert work.get(Elevation, case.id).state is ElevationState.NEGOTIATING
        last = work.parts(StageStep, case)[-1]
    assert new.ref in last.reason


def test_done_recurring_task_makes_the_next_one_without_drift(store: Store) -> None:
    task = entered(
        store, "task", title="Báo cáo tháng", kind="report", due_on="2026-01-31",
        recurrence="FREQ=MONTHLY;BYMONTHDAY=-1",
    )  # fmt: skip
    perform(store, advance_record, task, "done", on=date(2026, 2, 10))
    with store.reading() as work:
        tasks = sorted(work.all(Task), key=lambda each: each.due_on or TODAY)
    assert [(each.state, each.due_on) for each in tasks] == [
        (TaskState.DONE, date(2026, 1, 31)),
        (TaskState.OPEN, date(2026, 2, 28)),
    ]


def test_fulfilled_recurring_obligation_makes_the_next_one(store: Store) -> None:
    agreement = entered(
        store, "agreement", title_vi="x", state="in_force", in_force_on="2025-01-01"
    )
    duty = entered(
        store, "obligation", agreement_id=agreement.id, text="Họp thường niên", kind="recurring",
        due_rule="recurrence", recurrence="FREQ=YEARLY", due_on="2026-03-01", evidence="Biên bản",
    )  # fmt: skip
    perform(store, advance_record, duty, "fulfilled", on=date(2026, 3, 20))
    with store.reading() as work:
        days = sorted(each.due_on for each in work.all(Obligation) if each.due_on)
    assert days == [date(2026, 3, 1), date(2027, 3, 1)]


def test_kinds_without_states_have_no_steps(store: Store) -> None:
    person = entered(store, "contact", given_name="An")
    with pytest.raises(RefusedError):
        answer(store, offers, person)
