"""Headings of Outlook in other languages, and what they are not taken for."""

import pytest

from embassy_desk.interchange.foreign_headings import english_heading
from embassy_desk.interchange.known_sheets import OTHER, OUTLOOK, author_of, target_of


@pytest.mark.parametrize(
    ("heading", "english"),
    [
        ("Telefon geschäftlich 2", "business phone 2"),
        ("Telefon (privat)", "home phone"),
        ("Weitere/r Bundesland/Kanton", "other state"),
        ("Téléphone 2 (bureau)", "business phone 2"),
        ("Dép/Région (domicile)", "home state"),
        ("会社電話 2", "business phone 2"),
        ("国/地域 (自宅)", "home country region"),
        ("Fax Cơ quan", "business fax"),
        ("Mã bưu điện (Nhà riêng)", "home postal code"),
        ("Company", None),
        ("Land", None),
        ("", None),
    ],
)
def test_where_and_what_are_found_in_either_order(heading: str, english: str | None) -> None:
    assert english_heading(heading) == english


def test_outlook_is_known_in_its_users_languages() -> None:
    for headings in (
        ("Vorname", "Nachname", "Telefon geschäftlich", "E-Mail-Adresse"),
        ("Prénom", "Nom", "Téléphone (bureau)", "Adresse de messagerie"),
        ("名", "姓", "会社電話", "電子メール アドレス"),
        ("Tên", "Họ", "Điện thoại cơ quan", "Địa chỉ e-mail"),
    ):
        assert author_of(headings) == OUTLOOK


def test_nothing_is_left_out_by_a_foreign_word_unless_outlook_wrote_it() -> None:
    assert target_of("contact", "Partner", OTHER) is None
    assert target_of("contact", "Partner", OUTLOOK) == ""
    assert target_of("contact", "Ort", OTHER) == "notes+"
