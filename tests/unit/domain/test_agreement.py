"""Agreements and their parts as values: titles, terms, names reserved for treaties."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.agreement import name_warnings
from embassy_desk.domain.choices import TREATY_CLASSES, LegalClass
from embassy_desk.domain.errors import InvalidError
from makers import (
    identity,
    make_agreement,
    make_agreement_link,
    make_agreement_party,
    make_agreement_term,
    make_clearance_step,
    make_elevation,
)

RESERVED = ["Công ước", "Hiệp ước", "ĐỊNH ƯỚC", "hiệp  định"]


@given(
    months=st.none() | st.integers(1, 1200),
    end=st.none() | st.dates(),
    is_open=st.booleans(),
)
def test_at_most_one_way_says_how_long_it_lasts(
    months: int | None, end: date | None, *, is_open: bool
) -> None:
    values = {"initial_term_months": months, "fixed_end_on": end, "open_ended": is_open}
    given_ways = [months is not None, end is not None, is_open].count(True)
    if given_ways > 1:
        with pytest.raises(InvalidError, match="Give the first term in months"):
            make_agreement(**values)
        return
    assert make_agreement(**values).has_one_term is (given_ways == 1)


@pytest.mark.parametrize("name", RESERVED)
@pytest.mark.parametrize("legal_class", LegalClass)
def test_a_name_reserved_for_treaties_warns_unless_it_is_one(
    name: str, legal_class: LegalClass
) -> None:
    agreement = make_agreement(title_vi=f"{name} về hợp tác số", legal_class=legal_class)
    warnings = name_warnings(agreement)
    assert bool(warnings) is (legal_class not in TREATY_CLASSES)
    assert all("reserved for treaties" in str(warning) for warning in warnings)


@pytest.mark.parametrize("title", ["Bản ghi nhớ", "Hiệp địnhmới", "Về Hiệp định 1992", ""])
def test_other_names_warn_of_nothing(title: str) -> None:
    assert name_warnings(make_agreement(title_vi=title)) == ()


def test_the_bare_name_is_reserved_too() -> None:
    assert len(name_warnings(make_agreement(title_vi="Hiệp định"))) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"short_title": "A", "title_vi": "B"},
        {"title_vi": "A", "title_en": "B"},
        {"title_vi": "", "title_en": "A", "title_other": "B"},
        {"title_vi": "", "title_en": "", "title_other": "A"},
    ],
)
def test_it_is_called_by_its_first_title_at_hand(values: dict[str, str]) -> None:
    assert make_agreement(**values).heading == "A"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title_vi": "", "title_en": ""}, "needs a title, in any language"),
        ({"notice_months": 121}, "notice_months: At most 120"),
        ({"notice_months": -1}, "notice_months: At least 0"),
        (
            {"provisional_from": date(2026, 2, 1), "provisional_to": date(2026, 1, 1)},
            "lies before the beginning",
        ),
        ({"form": "pact"}, "form: Choose one of: mou, "),
        ({"signed_on": "1/2/2026"}, "signed_on: Write the day as YYYY-MM-DD"),
    ],
)
def test_an_agreement_that_makes_no_sense_is_refused(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidError, match=sentence):
        make_agreement(**values)


def test_a_party_is_somebody() -> None:
    with pytest.raises(InvalidError, match="A party needs"):
        make_agreement_party(country="", name="")


@pytest.mark.parametrize(
    "values",
    [
        {"months": None},
        {"end_on": date(2023, 8, 1)},
        {"open_ended": True},
        {"months": None, "end_on": date(2020, 7, 31)},
    ],
)
def test_a_term_has_exactly_one_length_and_ends_after_it_begins(values: dict[str, Any]) -> None:
    with pytest.raises(InvalidError):
        make_agreement_term(**values)


def test_nothing_is_linked_to_itself() -> None:
    with pytest.raises(InvalidError, match="linked to itself"):
        make_agreement_link(to_agreement_id=identity("agreement"))
    with pytest.raises(InvalidError, match="another than the old one"):
        make_elevation(to_agreement_id=identity("agreement"))


def test_an_answer_comes_after_the_question() -> None:
    with pytest.raises(InvalidError, match="lies before the beginning"):
        make_clearance_step(returned_on=date(2026, 2, 1))
