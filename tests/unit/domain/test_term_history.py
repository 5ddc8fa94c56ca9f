from datetime import date
from uuid import UUID

import pytest

from embassy_desk.domain.agreement import (
    Agreement,
    AgreementState,
    AgreementTerm,
    EntryMode,
    RenewalType,
)
from embassy_desk.domain.term_engine import Condition, TermRule, assess, history_of

AGREEMENT = UUID("01890000-0000-7000-8000-000000000001")


def _agreement(**values: object) -> Agreement:
    return Agreement.made(id=AGREEMENT, title_en="MoU", **values)


def _term(number: int, from_on: str, months: int) -> AgreementTerm:
    return AgreementTerm.made(
        id=UUID(int=AGREEMENT.int + number), agreement_id=AGREEMENT, from_on=from_on, months=months
    )


def test_an_agreement_in_force_gives_its_rule_and_its_recorded_terms() -> None:
    agreement = _agreement(
        state="in_force", in_force_on="2020-08-01", initial_term_months=36, renewal_type="tacit",
        renewal_months=12, notice_months=3, signed_on="2020-01-01",
    )  # fmt: skip
    terms = [_term(3, "2023-08-01", 24), _term(1, "2023-08-01", 60), _term(2, "2019-01-01", 12)]
    history = history_of(agreement, terms)
    assert history.rules == (
        TermRule(
            start=date(2020, 8, 1),
            initial_months=36,
            renewal=RenewalType.TACIT,
            renewal_months=12,
            notice_months=3,
        ),
        TermRule(start=date(2023, 8, 1), initial_months=24),
    )
    assert assess(history, date(2024, 1, 1)).term_to == date(2025, 8, 1)


def test_an_agreement_in_force_on_signature_begins_that_day() -> None:
    agreement = _agreement(
        state="in_force", entry_mode=EntryMode.ON_SIGNATURE, signed_on="2024-05-05",
        initial_term_months=12,
    )  # fmt: skip
    assert assess(history_of(agreement), date(2024, 6, 1)).term_to == date(2025, 5, 5)


def test_an_agreement_of_an_old_register_is_in_force_without_its_first_day() -> None:
    agreement = _agreement(state="in_force", fixed_end_on="2027-01-01")
    standing = assess(history_of(agreement), date(2026, 1, 1))
    assert standing.conditions == (Condition.IN_FORCE,)
    assert (standing.term_from, standing.ends_on) == (None, date(2027, 1, 1))


@pytest.mark.parametrize("state", ["idea", "negotiating", "authorised_to_sign", "parked"])
def test_plans_of_an_agreement_that_was_not_signed_count_for_nothing(state: str) -> None:
    agreement = _agreement(state=state, in_force_on="2020-01-01", fixed_end_on="2027-01-01")
    standing = assess(history_of(agreement, [_term(1, "2021-01-01", 12)]), date(2021, 6, 1))
    assert standing.conditions == ()
    assert standing.term_to is None


def test_a_signed_agreement_waits_for_entry_into_force() -> None:
    agreement = _agreement(state="awaiting_entry", signed_on="2020-01-01", open_ended=True)
    assert assess(history_of(agreement), date(2026, 1, 1)).conditions == (Condition.ENTRY_OVERDUE,)


@pytest.mark.parametrize("state", ["terminated", "withdrawn", "superseded"])
def test_an_agreement_that_is_over_has_no_dates_to_watch(state: str) -> None:
    agreement = _agreement(state=state, in_force_on="2020-01-01", open_ended=True)
    standing = assess(history_of(agreement), date(2026, 1, 1))
    assert (standing.conditions, standing.ends_on) == ((), None)
    assert [str(each) for each in standing.why] == [
        "The agreement is over; since when is not recorded."
    ]


def test_a_suspended_agreement_says_so() -> None:
    agreement = _agreement(
        state=AgreementState.SUSPENDED, in_force_on="2020-01-01", open_ended=True
    )
    assert assess(history_of(agreement), date(2026, 1, 1)).conditions == (Condition.SUSPENDED,)
