"""Whole numbers inside sentences are written as the reader's language writes them."""

from datetime import date
from enum import IntEnum

import pytest

from embassy_desk.desktop.kit.weekdays import month_and_year
from embassy_desk.settings.places import translations
from embassy_desk.texts import N_, Words


class Step(IntEnum):
    """A choice that is a number too."""

    LAST = 1200


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("vi", 999, "999"),
        ("vi", 1000, "1.000"),
        ("vi", 1234567, "1.234.567"),
        ("en", 1234, "1,234"),
        ("en", -50000, "-50,000"),
    ],
)
def test_a_count_in_a_sentence_has_the_thousands_mark_of_the_language(
    language: str, number: int, written: str
) -> None:
    text = N_("At most {limit}.", limit=number)
    assert written in Words(language, translations())(text)


def test_the_count_that_chooses_the_plural_is_marked_too() -> None:
    text = N_("{count} page.", "{count} pages.", count=2500)
    assert Words("en")(text) == "2,500 pages."


def test_a_number_in_a_sentence_within_a_sentence_is_marked_once() -> None:
    inner = N_("At most {limit}.", limit=10000)
    assert Words("en")(N_("Look: {inner}", inner=inner)) == "Look: At most 10,000."


def test_what_only_looks_like_a_count_stays_as_it_is() -> None:
    words = Words("vi", translations())
    assert "2026" in words(month_and_year(date(2026, 11, 22)))
    assert words(N_("{value}", value=True)) == "True"
    assert words.value("1234") == "1234"
    assert words.value(Step.LAST) == "1200"
