"""Enrolment codes survive being read out, typed and pasted, and notice a wrong letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.errors import InvalidError
from embassy_desk.sync.enrolment import EnrolmentCode, letters_of

ADDRESSES = st.sampled_from(
    ["hq.example.org:8443", "localhost:1", "http://127.0.0.1:80", "[::1]:9", "http://localhost"]
)
CODES = st.builds(
    EnrolmentCode,
    ADDRESSES,
    st.binary(min_size=16, max_size=16).map(letters_of),
    st.binary(min_size=16, max_size=16),
)


@given(CODES)
def test_a_code_comes_back_as_it_was(code: EnrolmentCode) -> None:
    assert EnrolmentCode.parsed(code.text) == code


@given(CODES)
def test_small_letters_spaces_and_missing_hyphens_do_not_matter(code: EnrolmentCode) -> None:
    address, secret, root = code.text.split("+")
    typed = f" {address} + {secret.lower()}+{root.replace('-', ' ')}\n"
    assert EnrolmentCode.parsed(typed) == code


@given(CODES, st.integers(0, 60), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_is_noticed(code: EnrolmentCode, place: int, letter: str) -> None:
    address, _, letters = code.text.partition("+")
    at = place % (len(letters) - 1)
    wrong = letters[:at] + letter + letters[at + 1 :]
    if letters[at] in {"+", "-", letter}:
        assert wrong != letters or letters[at] == letter
        return
    with pytest.raises(InvalidError):
        EnrolmentCode.parsed(f"{address}+{wrong}")


def test_unencrypted_addresses_beyond_this_computer_are_refused() -> None:
    code = EnrolmentCode("http://10.0.0.1:80", letters_of(bytes(16)), bytes(16))
    with pytest.raises(InvalidError, match="only this computer"):
        EnrolmentCode.parsed(code.text)


@pytest.mark.parametrize("text", ["", "+", "hq.example.org", "a+b+c", "ü+" + "0" * 25 + "+0"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(InvalidError):
        EnrolmentCode.parsed(text)
