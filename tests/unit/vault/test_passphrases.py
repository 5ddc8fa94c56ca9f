"""Which passphrases may protect a store."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.vault.passphrases import passphrase_problem


@pytest.mark.parametrize(
    "passphrase",
    [
        "con mèo đen ngủ trên mái nhà",
        "an bo ca du en go",
        "Rotterdam-Kyoto 1987",
        "the quiet harbour at dusk",
        "our password is a red umbrella",
        "東京の大使館から富士山が見える日は晴れ",
    ],
)
def test_a_good_passphrase_has_no_problem(passphrase: str) -> None:
    assert passphrase_problem(passphrase) is None
    assert passphrase_problem(unicodedata.normalize("NFD", passphrase)) is None


@pytest.mark.parametrize(
    ("passphrase", "problem"),
    [
        ("", "too short"),
        ("Tr0ub4dor&3", "too short"),
        ("fourteen chars", "too short"),
        ("an an an an an", "too short"),
        ("a b c d e f g", "too short"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeats"),
        ("abcabcabcabcabcabc", "repeats"),
        ("ababcabcababcabbaab", "repeats"),
        ("umbrella umbrella umbrella ", "repeats"),
        ("red umbrellared umbrella", "repeats"),
        ("Umbrella!uMBRELLA!", "repeats"),
        ("password12345678", "tried first"),
        ("Password Password1", "tried first"),
        ("P@ssw0rd-P@ssw0rd-1", "tried first"),
        ("mật khẩu 123456789", "tried first"),
        ("Mat Khau Dai Su Quan", "tried first"),
        ("embassy vietnam 2026", "tried first"),
        ("đại sứ quán Việt Nam", "tried first"),
        ("correct horse battery staple", "tried first"),
        ("qwertyuiopasdfgh", "tried first"),
        ("1q2w3e4r5t6y7u8i", "tried first"),
        ("abcdefghijklmnop", "tried first"),
        ("ponmlkjihgfedcba", "tried first"),
        ("0123456789 9876543210", "tried first"),
        ("admin admin123 test", "tried first"),
        ("the quiet \x00 harbour at dusk", "cannot be typed"),
        ("the quiet harbour at dusk\n", "cannot be typed"),
        ("the quiet \ud800 harbour", "cannot be typed"),
    ],
)
def test_a_weak_passphrase_is_refused_in_words(passphrase: str, problem: str) -> None:
    assert problem in str(passphrase_problem(passphrase))


def test_accents_count_once_however_they_were_typed() -> None:
    fourteen = "ếếừừộộảảỹỹẵẵặặ"
    assert len(unicodedata.normalize("NFD", fourteen)) > 15
    assert "too short" in str(passphrase_problem(unicodedata.normalize("NFD", fourteen)))


@given(st.text())
def test_every_text_gets_an_answer_that_does_not_repeat_it(passphrase: str) -> None:
    problem = passphrase_problem(passphrase)
    assert problem is None or not problem.values.keys() - {"characters", "words"}
