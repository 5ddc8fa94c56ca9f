"""What is typed is matched in every language, with or without marks."""

import pytest

from embassy_desk.desktop.kit.matching import match_rank, read_word
from embassy_desk.texts import N_, Words


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("", ("Cài đặt",)),
        ("cai dat", ("Cài đặt",)),
        ("CÀI", ("Cài đặt",)),
        ("dat cai", ("Cài đặt",)),
        ("sett", ("Cài đặt", "Settings")),
        ("thoa", ("Thỏa thuận", "Agreements")),
        ("thoả", ("Thỏa thuận",)),
        ("uận", ("Thỏa thuận",)),
        ("dang", ("Đặng",)),
    ],
)
def test_words_are_found(typed: str, texts: tuple[str, ...]) -> None:
    assert match_rank(typed, texts) is not None


@pytest.mark.parametrize("typed", ["caidat", "settings now", "xyz", "dat xyz"])
def test_other_words_are_not_found(typed: str) -> None:
    assert match_rank(typed, ("Cài đặt", "Settings")) is None


def test_better_matches_come_first() -> None:
    texts = ["Mục lục danh bạ", "Bạ", "Danh bạ", "Bạn bè", "Abạ"]
    ranks = {each: match_rank("bạ", (each,)) for each in texts}
    assert ranks["Bạ"] < ranks["Bạn bè"] < ranks["Danh bạ"] < ranks["Abạ"]  # type: ignore[operator]


def test_spelling_with_marks_comes_before_the_one_without() -> None:
    exact, other = match_rank("đường", ("đường",)), match_rank("đường", ("dương",))
    assert exact is not None
    assert other is not None
    assert exact < other


def test_mark_of_a_menu_goes_and_ampersand_of_a_record_stays() -> None:
    words = Words("en")
    assert read_word(words, N_("&Desk")) == "Desk"
    assert read_word(words, "R&D") == "R&D"
