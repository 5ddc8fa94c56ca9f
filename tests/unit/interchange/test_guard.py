import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.texts.cells import guarded, unguarded


@pytest.mark.parametrize("text", ["=1+1", "+84", "-x", "@a", "\tx", "\rx", "  =x", "＝1", "'=1"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a", "Hà Nội", "'quoted'", "1-2", "x=y", "đồng"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text() | st.text(alphabet="'=+-@ \t\r\nx＝"))
def test_taking_the_guard_off_gives_back_the_text(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.text() | st.text(alphabet="'=+-@ \t\r\nx＝"))
def test_no_guarded_text_is_a_formula(text: str) -> None:
    assert not guarded(text).lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
