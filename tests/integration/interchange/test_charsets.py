"""Character sets of sheets that are not in Unicode, told by headings and by letters."""

import pytest

from embassy_desk.interchange.charsets import charset_of


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("name\n東京のやまだたろう、メモはこちら\n", "cp932"),
        ("name\n北京市朝阳区王小明先生办公室\n", "gb18030"),
        ("name\n서울특별시 종로구 김민수 과장님\n", "cp949"),
        ("name\nÉlysée, Müller, café et déjeuner\n", "cp1252"),
        ("name\nNguyÔn ThÞ H­êng, Bé Ngo¹i giao\n", "cp1252"),
        ("name\nNguyeãn Thò Höôøng, Boä Ngoaïi giao\n", "cp1252"),
    ],
)
def test_letters_tell_the_set_where_no_heading_does(text: str, charset: str) -> None:
    assert charset_of(text.encode(charset), lambda _text: 0) == charset


def test_a_known_heading_decides_before_letters_do() -> None:
    content = "氏名,会社\né,é\n".encode("cp932", "replace")
    assert charset_of(content, lambda text: int("氏名" in text)) == "cp932"


def test_a_letter_cut_at_the_end_of_what_is_looked_at_hides_nothing() -> None:
    content = ("メモはこちら\n" * 20_000).encode("cp932")
    assert charset_of(content, lambda _text: 0) == "cp932"
