"""The manner of numbers, dates and lists in official papers (decree 30/2020/NĐ-CP, appendix I)."""

from datetime import date

import pytest

from embassy_desk.reports.official import (
    addressee_lines,
    body_lines,
    formal_date,
    number_and_symbol,
    recipient_lines,
)
from embassy_desk.reports.widths import column_widths


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 22), "ngày 22 tháng 11 năm 2026"),
    ],
)
def test_zeros_stand_before_days_under_ten_and_the_first_two_months(
    day: date, written: str
) -> None:
    assert formal_date(day) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (5, "Số: 05/BC-ĐSQ"),
        (10, "Số: 10/BC-ĐSQ"),
        (123, "Số: 123/BC-ĐSQ"),
        (0, f"Số: {chr(0xA0) * 6}/BC-ĐSQ"),
    ],
)
def test_numbers_under_ten_have_a_zero_and_no_number_has_room(number: int, written: str) -> None:
    assert number_and_symbol(number, "BC-ĐSQ") == written


def test_addressees_stand_alone_or_as_a_list_that_ends_with_a_full_stop() -> None:
    assert addressee_lines(()) == ()
    assert addressee_lines(("Bộ Ngoại giao",)) == ("Kính gửi: Bộ Ngoại giao",)
    assert addressee_lines(("A", "B")) == ("Kính gửi:", "- A;", "- B.")


def test_recipients_end_with_the_archive() -> None:
    assert recipient_lines(()) == ("- Lưu: VT.",)
    assert recipient_lines(("Như trên",)) == ("- Như trên;", "- Lưu: VT.")


def test_columns_fill_the_page_and_break_no_day() -> None:
    texts = [["Ngày", "Nội dung"], ["22/11/2026", "một câu dài hơn nhiều"]]
    widths = column_widths([1, 9], texts, 400.0, lambda text: 6.0 * len(text))
    assert sum(widths) == pytest.approx(400.0)
    assert widths[0] >= 60.0
    assert widths[1] > widths[0]


def test_too_many_columns_give_way_alike() -> None:
    texts = [["wwwwwwwwww"] * 10]
    widths = column_widths([1] * 10, texts, 100.0, lambda text: 6.0 * len(text))
    assert sum(widths) == pytest.approx(100.0)
    assert max(widths) == pytest.approx(min(widths))


def test_a_column_leaves_room_that_it_does_not_need_to_those_that_do() -> None:
    texts = [["Lý do", "Nội dung"], *([["–", "một câu dài hơn nhiều " * 3]] * 20)]
    narrow, wide = column_widths([5, 5], texts, 400.0, lambda text: 6.0 * len(text))
    assert (narrow, wide) == pytest.approx((100.0, 300.0))
    rare = [*texts, ["vì hai bên chưa thống nhất được", "ngắn"]]
    assert column_widths([5, 5], rare, 400.0, lambda text: 6.0 * len(text)) == [narrow, wide]
    full = [*texts, *([["vì hai bên chưa thống nhất được", "ngắn"]] * 20)]
    assert column_widths([5, 5], full, 400.0, lambda text: 6.0 * len(text))[0] > narrow


def test_columns_that_need_little_still_fill_the_page() -> None:
    widths = column_widths([1, 1, 2], [["a", "b", "c"]], 400.0, lambda text: 6.0 * len(text))
    assert sum(widths) == pytest.approx(400.0)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("ĐẠI SỨ QUÁN VIỆT NAM TẠI NHẬT BẢN", ("ĐẠI SỨ QUÁN VIỆT NAM", "TẠI NHẬT BẢN")),
        ("PHÁI ĐOÀN BÊN CẠNH LIÊN HỢP QUỐC", ("PHÁI ĐOÀN", "BÊN CẠNH LIÊN HỢP QUỐC")),
        ("VỤ TỔNG HỢP KINH TẾ", ("VỤ TỔNG HỢP KINH TẾ",)),
    ],
)
def test_the_place_of_accreditation_has_a_line_of_its_own(
    body: str, lines: tuple[str, ...]
) -> None:
    assert body_lines(body) == lines
