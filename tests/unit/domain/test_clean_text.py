import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.values import _thoroughly_cleaned, clean_text

DEBRIS = "\u00a0\u202f\u200b\u2060\ufeff\u00ad\r\n\t\x00\x7f\ud800"
MARKS = "\u0306\u0302\u031b\u0323\u0301"

texts = st.text() | st.text(alphabet=f"aăđ Ặ{MARKS}{DEBRIS}") | st.text(alphabet="an bình ")


@given(texts)
def test_the_short_way_gives_what_the_long_way_gives(text: str) -> None:
    assert clean_text(text) == _thoroughly_cleaned(text)


@given(texts)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)


def test_no_sign_that_is_dropped_or_replaced_counts_as_printable() -> None:
    printable = "".join(each for each in map(chr, range(sys.maxunicode + 1)) if each.isprintable())
    assert not set(printable) & set(DEBRIS)
    assert {unicodedata.category(each) for each in printable}.isdisjoint({"Cc", "Cf", "Cs"})
    assert {each for each in printable if each.isspace()} == {" "}


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Đặng  Hường ", "Đặng  Hường"),
        ("D\u0323a\u0306\u0323ng", "\u1e0c\u1eb7ng"),
        ("An\u00a0Bình\u200b", "An Bình"),
        ("a\r\nb\rc\td\x07", "a\nbc\td"),
        ("\ud800x", "?x"),
    ],
)
def test_debris_is_taken_away(text: str, clean: str) -> None:
    assert clean_text(text) == clean
