import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.vietnamese import (
    MAX_QUERY_WORDS,
    exact,
    fold,
    index_text,
    name_sort_keys,
    query_words,
    sort_key,
    words,
)

ANY_TEXT = st.text(max_size=40)
LETTERS = st.text("aAăâĂbcdđĐeêghioôơuưyàảãáạằặẩờữỵ -'0179łßæ東京한ё", max_size=12)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Hường", "dang thi huong"),
        ("ÐẶNG ƉỨC", "dang duc"),
        ("Nguyễn  Văn\u00a0A", "nguyen van a"),
        ("hoà HÒA", "hoa hoa"),
        ("Müller-Łukasz Straße", "muller lukasz strasse"),
        ("Ærø Þór œuvre", "aero thor oeuvre"),
        ("ＡＢＣ １２ ﬁn", "abc 12 fin"),
        ("TOK-AGR-A7-0042", "tok agr a7 0042"),
        ("a\u200bb\ufeffc", "abc"),
        ("İstanbul ıSPARTA", "istanbul isparta"),
        ("٣٤", "34"),
        ("ガ ｶﾞ か", "ガ ガ か"),
        ("한국", "한국"),
        ("Ёлка Ὀδυσσεύς", "елка οδυσσευσ"),
        ("?!…", ""),
        ("", ""),
        ("a\x00b\ud800c", "a b c"),
    ],
)
def test_folding_leaves_plain_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Đặng Thị Hường", "đặng thị hường"),
        (unicodedata.normalize("NFD", "Đặng Thị Hường"), "đặng thị hường"),
        ("Ðức Ɖức", "đức đức"),
        ("Hòa, Hoà", "hòa hoà"),
        ("O'Brien", "o brien"),
    ],
)
def test_the_exact_form_keeps_marks_as_typed(text: str, form: str) -> None:
    assert exact(text) == form


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert exact(exact(text)) == exact(text)


@given(ANY_TEXT)
def test_folding_the_exact_form_gives_the_folded_form(text: str) -> None:
    assert fold(exact(text)) == fold(text)


@given(ANY_TEXT)
def test_composition_never_matters(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert fold(apart) == fold(text)
    assert exact(apart) == exact(text)
    assert sort_key(apart) == sort_key(text)


@given(ANY_TEXT)
def test_forms_are_composed_and_single_spaced(text: str) -> None:
    for form in (*index_text(text), fold(text), exact(text)):
        assert form == unicodedata.normalize("NFC", form)
        assert form == " ".join(form.split())
        assert not set(form) & set("\"'*()^:-+\x00")


@given(st.lists(ANY_TEXT | LETTERS, max_size=4).map(" ".join))
def test_the_index_holds_the_words_of_both_forms(text: str) -> None:
    assert index_text(text) == (" ".join(words(exact(text))), " ".join(words(fold(text))))


def test_long_words_fold_as_short_ones() -> None:
    assert fold("Đặng" * 20) == "dang" * 20
    assert exact("Ðặng" * 20) == "đặng" * 20
    assert sort_key("Đặng" * 20) < sort_key("Đặng" * 21)


@pytest.mark.parametrize(
    ("form", "cut"),
    [
        ("山田太郎", ("山", "田", "太", "郎")),
        ("東京tower", ("東", "京", "tower")),
        ("김철수", ("김", "철", "수")),
        ("がんばる", ("が", "ん", "ば", "る")),
        ("佐々木 ken", ("佐", "々", "木", "ken")),
        ("đặng thị", ("đặng", "thị")),
        ("", ()),
    ],
)
def test_characters_of_unspaced_scripts_are_words(form: str, cut: tuple[str, ...]) -> None:
    assert words(form) == cut


def test_a_middle_part_of_a_japanese_name_is_a_phrase_of_the_index() -> None:
    assert query_words("太郎") == (("太 郎", "太 郎"),)
    assert "太 郎" in index_text("山田太郎")[0]


def test_a_query_gives_each_word_exact_and_folded() -> None:
    assert query_words("Đường  dài,") == (("đường", "duong"), ("dài", "dai"))


@pytest.mark.parametrize(
    "text", ["", '"""', "***", "-- ;", "\x00\x00", "\ud800\udfff", "\u0301", "…?!()", "\u200b"]
)
def test_a_query_of_punctuation_gives_no_word(text: str) -> None:
    assert query_words(text) == ()


def test_fts_operators_are_plain_words() -> None:
    assert query_words('a" NEAR(b* OR -c)') == tuple(
        (each, each) for each in ("a", "near", "b", "or", "c")
    )


def test_a_query_of_ten_million_characters_is_cut() -> None:
    assert query_words("x" * 10_000_000) == (("x" * 500, "x" * 500),)
    assert len(query_words("ạ " * 5_000_000)) == MAX_QUERY_WORDS


@given(ANY_TEXT)
def test_every_query_word_is_found_in_the_index_of_its_text(text: str) -> None:
    indexed_exact, indexed_folded = index_text(text)
    for word, folded in query_words(text):
        assert f" {word} " in f" {indexed_exact} "
        assert f" {folded} " in f" {indexed_folded} "


def test_letters_stand_in_the_order_of_the_alphabet() -> None:
    alphabet = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
    keys = [sort_key(each) for each in alphabet]
    assert keys == sorted(set(keys))


def test_tones_stand_in_their_order() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    keys = [sort_key(each) for each in tones]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    "ordered",
    [
        ["dung", "đa", "đi"],
        ["Hoa", "Hòa", "Hóa", "Hoan"],
        ["an", "An", "AN", "án"],
        ["An", "An Bình", "Anh", "Ăn", "Ân"],
        ["Task 2", "Task 10", "Task 100", "Task a"],
        ["ma mạ", "mà ma"],
        ["Lan", "Łukasz", "Lý", "Zoe"],
        ["Yên", "Zürich", "Ελλάδα", "Россия", "東京", "한국"],
        ["a", "a b", "ab"],
        ["d", "ď", "e"],
        ["7 hòa", "7 hóa"],
        ["9" * 39, "1" + "0" * 39, "b"],
    ],
)
def test_texts_stand_in_vietnamese_order(ordered: list[str]) -> None:
    keys = [sort_key(each) for each in ordered]
    assert keys == sorted(set(keys))


@given(LETTERS, LETTERS)
def test_sort_keys_order_alike_by_code_point_and_by_byte(one: str, other: str) -> None:
    by_text = sort_key(one) < sort_key(other)
    assert by_text == (sort_key(one).encode() < sort_key(other).encode())


@given(LETTERS, LETTERS)
def test_different_texts_have_different_keys(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_sort_keys_hold_no_nul_and_can_be_stored(text: str) -> None:
    key = sort_key(text)
    assert "\x00" not in key
    assert key.encode("utf-8")


@given(LETTERS)
def test_a_text_stands_before_a_longer_one(text: str) -> None:
    assert sort_key(text) < sort_key(f"{text} a")


def test_lists_by_given_name_go_by_given_then_family_then_middle_name() -> None:
    people = [
        ("Trần", "Văn", "An"), ("Lê", "Thị", "Anh"), ("Nguyễn", "Đức", "Anh"),
        ("Nguyễn", "Văn", "Anh"), ("Đỗ", "", "Ánh"), ("Sukarno", "", ""), ("Lê", "", "Ý"),
    ]  # fmt: skip
    keys = [name_sort_keys(*each)[0] for each in people]
    assert keys == sorted(set(keys))


def test_lists_by_family_name_go_by_family_then_given_then_middle_name() -> None:
    people = [
        ("Dương", "Văn", "Yên"), ("Đặng", "Văn", "An"), ("Đặng", "An", "Bình"),
        ("Đặng", "Thị", "Bình"), ("", "", "Madonna"), ("Nguyễn", "", "A"),
    ]  # fmt: skip
    keys = [name_sort_keys(*each)[1] for each in people]
    assert keys == sorted(set(keys))


def test_a_tone_of_the_given_name_weighs_more_than_the_family_name() -> None:
    assert name_sort_keys("Vũ", "", "Hoa")[0] < name_sort_keys("An", "", "Hòa")[0]
