"""Contacts: names, addresses, numbers, consent."""

from datetime import date
from typing import Any

import pytest

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.phones import phone
from makers import (
    identity,
    make_consent,
    make_contact,
    make_contact_email,
    make_contact_phone,
    make_position,
    make_staff,
)


@pytest.mark.parametrize(
    "field",
    ["family_name", "middle_name", "given_name", "written_name", "original_name",
     "romanised_name", "alias"],
)  # fmt: skip
def test_any_one_part_of_a_name_is_enough(field: str) -> None:
    contact = Contact.made(id=identity("one name"), **{field: "Suharto"})
    assert contact.heading == "Suharto"


def test_a_contact_without_a_name_is_refused() -> None:
    with pytest.raises(InvalidError, match="any part of it is enough"):
        Contact.made(id=identity("nobody"), honorific="mr", notes="gặp ở Osaka")


@pytest.mark.parametrize(
    ("values", "shown", "addressed"),
    [
        ({}, "Đặng Thị Hường", "Hường"),
        ({"nationality": "VN"}, "Đặng Thị Hường", "Hường"),
        ({"nationality": "US", "preferred_language": "vi"}, "Đặng Thị Hường", "Hường"),
        ({"given_name": ""}, "Đặng Thị", "Đặng"),
        ({"written_name": "GS Đặng Thị Hường"}, "GS Đặng Thị Hường", "Hường"),
        (
            {"family_name": "Sato", "middle_name": "", "given_name": "Ichiro", "nationality": "jp"},
            "Sato Ichiro",
            "Sato",
        ),
        (
            {
                "family_name": "Smith",
                "middle_name": "J.",
                "given_name": "Anna",
                "display_order": "given_first",
            },
            "Anna J. Smith",
            "Smith",
        ),
        (
            {
                "family_name": "",
                "middle_name": "",
                "given_name": "Suharto",
                "display_order": "single",
            },
            "Suharto",
            "Suharto",
        ),
        (
            {"family_name": "", "middle_name": "", "given_name": "", "original_name": "佐藤一郎"},
            "佐藤一郎",
            "佐藤一郎",
        ),
    ],
)
def test_names_are_shown_and_spoken_by_the_custom_of_their_bearer(
    values: dict[str, Any], shown: str, addressed: str
) -> None:
    contact = make_contact(**values)
    assert (contact.display_name, contact.address_name) == (shown, addressed)


def test_staff_are_called_by_given_name() -> None:
    assert (make_staff().heading, make_staff().address_name) == ("Nguyễn Văn Hùng", "Hùng")
    local = make_staff(
        family_name="Smith", middle_name="", given_name="Anna", display_order="given_first"
    )
    assert (local.heading, local.address_name) == ("Anna Smith", "Smith")
    assert make_staff(family_name="", given_name="").address_name == "Văn"
    with pytest.raises(InvalidError, match="needs a name"):
        make_staff(family_name="", middle_name="", given_name="")


def test_lists_sort_by_given_name_or_by_family_name() -> None:
    huong = make_contact()
    an = make_contact(family_name="Vũ", middle_name="", given_name="An")
    assert an.sort_keys[0] < huong.sort_keys[0]
    assert huong.sort_keys[1] < an.sort_keys[1]
    staff = make_staff(family_name="Vũ", middle_name="", given_name="An")
    assert staff.sort_keys == an.sort_keys
    assert (
        make_contact(family_name="", middle_name="", given_name="", alias="Zorro").sort_keys[0]
        > an.sort_keys[0]
    )


def test_the_position_that_lasts_tells_namesakes_apart() -> None:
    contact = make_contact()
    assert contact.subtitle((make_position(), make_contact_email())) == (
        "Vụ trưởng, Bộ Khoa học và Công nghệ"
    )
    assert contact.subtitle((make_position(to_on="2023"),)) == ""
    primary = make_position(id=identity("primary"), title_vi="", is_primary=True)
    assert contact.subtitle((make_position(), primary)) == "Bộ Khoa học và Công nghệ"


@pytest.mark.parametrize(
    "address", ["huong@most.gov.vn", "đại.sứ@ví-dụ.vn", "a@example.test", "用户@例子.中国"]
)
def test_an_address_keeps_its_letters(address: str) -> None:
    assert make_contact_email(address=f" {address} ").address == address


@pytest.mark.parametrize("address", ["huong", "huong@", "@most.gov.vn", "a b@c.vn", "", "a@b"])
def test_what_is_no_address_is_refused_beside_its_field(address: str) -> None:
    with pytest.raises(InvalidError) as caught:
        make_contact_email(address=address)
    assert [problem.field for problem in caught.value.problems] == ["address"]


@pytest.mark.parametrize(
    ("typed", "region", "dialled"),
    [
        ("024 3825 1234", "VN", "+842438251234"),
        ("(+84) 24.3825.1234", "", "+842438251234"),
        ("+81 3-1234-5678", "VN", "+81312345678"),
        ("máy lẻ 12", "VN", ""),
        ("", "VN", ""),
        ("12", "VN", ""),
        ("024 3825 1234", "", ""),
    ],
)
def test_a_number_is_dialled_where_it_can_be_read_and_never_refused(
    typed: str, region: str, dialled: str
) -> None:
    assert phone(typed, region) == dialled


def test_a_number_is_found_by_its_digits() -> None:
    words = make_contact_phone(typed="024 3825-1234", e164="+842438251234").search_words
    assert words == ("02438251234", "842438251234")
    assert make_contact_phone(typed="gọi lễ tân", e164="").search_words == ()


@pytest.mark.parametrize(
    ("values", "on", "is_valid"),
    [
        ({}, date(2025, 1, 14), False),
        ({}, date(2025, 1, 15), True),
        ({"expires_on": date(2025, 6, 30)}, date(2025, 6, 30), True),
        ({"expires_on": date(2025, 6, 30)}, date(2025, 7, 1), False),
        ({"withdrawn_on": date(2025, 3, 1)}, date(2025, 2, 28), True),
        ({"withdrawn_on": date(2025, 3, 1)}, date(2025, 3, 1), False),
    ],
)
def test_consent_holds_between_its_days(
    values: dict[str, Any], on: date, *, is_valid: bool
) -> None:
    assert make_consent(**values).is_valid(on) is is_valid


@pytest.mark.parametrize("field", ["expires_on", "withdrawn_on"])
def test_consent_does_not_end_before_it_is_given(field: str) -> None:
    with pytest.raises(InvalidError, match="lies before the beginning"):
        make_consent(**{field: date(2024, 12, 31)})


@pytest.mark.parametrize("days", [0, 3651])
def test_a_cadence_lies_between_a_day_and_ten_years(days: int) -> None:
    with pytest.raises(InvalidError) as caught:
        make_contact(cadence_days=days)
    assert caught.value.problems[0].field == "cadence_days"
