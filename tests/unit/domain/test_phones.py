"""Telephone numbers taken apart by ourselves are what the library takes apart."""

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from embassy_desk.domain.phones import national_digits, phone

TYPES = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE)


def by_the_library(e164: str) -> str:
    number = phonenumbers.parse(e164, None)
    written = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    return "".join(filter(str.isdecimal, written))


def test_digits_within_every_country_are_those_of_the_library() -> None:
    examples = (
        phonenumbers.example_number_for_type(region, kind)
        for region in sorted(phonenumbers.SUPPORTED_REGIONS)
        for kind in TYPES
    )
    numbers = [
        phonenumbers.format_number(each, PhoneNumberFormat.E164) for each in examples if each
    ]
    assert len(numbers) > 500
    wrong = [each for each in numbers if national_digits(each) != by_the_library(each)]
    assert wrong == []


@pytest.mark.parametrize("text", ["", "+", "84", "+84", "+849", "+99912345678", "+84 24", "+٨٤٢٤"])
def test_what_is_no_number_for_the_network_has_no_digits_within_a_country(text: str) -> None:
    assert national_digits(text) == ""


def test_a_number_of_italy_keeps_its_zero() -> None:
    assert national_digits(phone("06 698 12345", "IT")) == "0669812345"
