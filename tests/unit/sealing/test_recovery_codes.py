"""Recovery codes: random, forgiving about how they are typed, strict about what they say."""

import base64
import random

import pytest

from embassy_desk.domain.errors import InvalidError, SignInError, StoreError
from embassy_desk.sealing.recovery import (
    ALPHABET,
    CODE_SIGNS,
    code_key,
    code_signs,
    locked_with,
    made_code,
    made_custodian,
    sealed_for,
    unlocked_with,
    without_shell,
)

SALT = bytes(16)


def test_code_has_seven_groups_that_can_be_copied_by_hand() -> None:
    groups = made_code().split("-")
    assert [len(each) for each in groups] == [4] * 7
    assert not set("ILOU") & set("".join(groups))


def test_no_two_codes_are_equal() -> None:
    assert len({made_code() for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize(
    "typed",
    [str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code.replace('-', '')}\n"],
)
def test_code_is_read_however_it_was_typed(typed: object) -> None:
    code = made_code()
    assert callable(typed)
    assert code_key(typed(code), SALT) == code_key(code, SALT)


def test_letters_that_look_like_digits_are_taken_for_them() -> None:
    code = next(each for each in (made_code() for _ in range(1_000)) if "0" in each and "1" in each)
    assert code_signs(code.replace("0", "o").replace("1", "l")) == code.replace("-", "")


def test_nearly_every_mistyped_sign_is_noticed_before_anything_is_opened() -> None:
    dice, passed = random.Random(2026), 0
    for _ in range(3_000):
        signs = list(made_code().replace("-", ""))
        place = dice.randrange(CODE_SIGNS)
        signs[place] = dice.choice([each for each in ALPHABET if each != signs[place]])
        try:
            code_signs("".join(signs))
        except SignInError:
            continue
        passed += 1
    assert passed < 15  # one in 1,024 is to be expected


@pytest.mark.parametrize(
    "typed",
    ["", "ABCD", made_code() + "0", "Đ" * 28, "*" * 28],
    ids=["empty", "too short", "too long", "other letters", "signs"],  # the same in every process
)
def test_what_is_no_code_is_refused_in_words(typed: str) -> None:
    with pytest.raises(SignInError, match="recovery code"):
        code_signs(typed)


def test_another_code_or_salt_gives_another_key() -> None:
    code = made_code()
    assert code_key(code, SALT) != code_key(made_code(), SALT)
    assert code_key(code, SALT) != code_key(code, bytes([1]) * 16)


def test_two_custodians_open_one_after_the_other() -> None:
    first, second = made_custodian(), made_custodian()
    sealed = sealed_for(b"secret", [first.public, second.public])
    inside = without_shell(sealed, second.secret)
    assert b"secret" not in inside
    again = base64.b64encode(inside).decode()
    assert without_shell(again, first.secret) == b"secret"


def test_neither_custodian_opens_alone() -> None:
    first, second = made_custodian(), made_custodian()
    sealed = sealed_for(b"secret", [first.public, second.public])
    with pytest.raises(SignInError):
        without_shell(sealed, first.secret)
    inside = base64.b64encode(without_shell(sealed, second.secret)).decode()
    with pytest.raises(SignInError):
        without_shell(inside, second.secret)


@pytest.mark.parametrize("sealed", ["", "not base 64 !", "AAAA"])
def test_damaged_shells_are_refused(sealed: str) -> None:
    with pytest.raises((SignInError, StoreError)):
        without_shell(sealed, made_custodian().secret)


def test_what_is_no_public_key_is_refused() -> None:
    with pytest.raises(InvalidError):
        sealed_for(b"secret", ["age1nonsense"])


def test_key_of_a_custodian_opens_with_its_passphrase_only() -> None:
    locked = locked_with("con mèo đen ngủ trên mái", b"AGE-SECRET-KEY-1")
    assert unlocked_with("con mèo đen ngủ trên mái", locked) == b"AGE-SECRET-KEY-1"
    with pytest.raises(SignInError):
        unlocked_with("con mèo đen ngủ trên mái ", locked)
    with pytest.raises(SignInError):
        unlocked_with("con mèo đen ngủ trên mái", locked[:-1])
