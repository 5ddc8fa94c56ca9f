from datetime import UTC, date, datetime

import pytest

from embassy_desk.interchange.cells import Cell, UnreadableCellError, entries, joined, plain, value
from embassy_desk.interchange.registers import register

NO_LABELS: dict[str, dict[str, str]] = {}


def read(cell: Cell, name: str, kind: str = "agreement") -> str:
    return value(cell, register(kind)[name], NO_LABELS)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-07",
        "2026-3-7",
        "07/03/2026",
        "7/3/2026",
        "07-03-2026",
        "07.03.2026",
        "ngày 07 tháng 3 năm 2026",
        "2026-03-07T00:00:00",
        "2026-03-07 00:00",
        date(2026, 3, 7),
        datetime(2026, 3, 7),  # noqa: DTZ001 # a workbook's days come like this
        " 07/03/2026 ",
    ],
)
def test_a_day_is_read_with_the_day_before_the_month(written: Cell) -> None:
    assert read(written, "signed_on") == "2026-03-07"


@pytest.mark.parametrize(
    "written",
    ["03/25/2026", "31/02/2026", "07/03/26", "7 March 2026", "2026-03-07T14:05", "46088", "soon"],
)
def test_what_is_no_day_is_refused_and_quoted(written: str) -> None:
    with pytest.raises(UnreadableCellError) as caught:
        read(written, "signed_on")
    assert written in str(caught.value)


def test_a_bare_number_is_not_taken_for_a_day() -> None:
    with pytest.raises(UnreadableCellError, match="date format"):
        read(46088.0, "signed_on")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("2025", "2025"),
        (2025.0, "2025"),
        ("2025-03", "2025-03"),
        ("03/2025", "2025-03"),
        ("tháng 3/2025", "2025-03"),
        ("01/03/2025", "2025-03-01"),
    ],
)
def test_a_year_or_a_month_is_enough_where_a_day_is_not_known(written: Cell, normal: str) -> None:
    assert read(written, "founded_on", "organisation") == normal


@pytest.mark.parametrize("written", ["2025-13", "13/2025", "25"])
def test_a_month_beyond_twelve_is_refused(written: str) -> None:
    with pytest.raises(UnreadableCellError):
        read(written, "founded_on", "organisation")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("mou", "mou"),
        ("MOU", "mou"),
        ("Memorandum of understanding", "mou"),
        ("bản ghi nhớ", "mou"),
        ("BẢN GHI NHỚ", "mou"),
        ("exchange_of_notes", "exchange_of_notes"),
        ("Exchange of notes", "exchange_of_notes"),
        ("công ước", "convention"),
    ],
)
def test_a_choice_is_made_by_value_label_or_vietnamese_word(written: str, normal: str) -> None:
    assert read(written, "form") == normal


def test_an_unknown_choice_is_refused_with_the_choices_there_are() -> None:
    with pytest.raises(UnreadableCellError) as caught:
        read("scroll", "form")
    assert "letter_of_intent" in str(caught.value)


def test_labels_from_outside_stand_for_values() -> None:
    labels = {"country": {"Nhật Bản": "JP"}, "form": {"Chương trình hợp tác": "action_plan"}}
    assert value("nhật bản", register("agreement")["country"], labels) == "JP"
    assert value("Chương trình hợp tác", register("agreement")["form"], labels) == "action_plan"


def test_labels_from_outside_stand_for_each_of_several_codes() -> None:
    labels = {"languages": {"English": "en"}}
    assert value("vi; English", register("agreement")["languages"], labels) == "vi en"


@pytest.mark.parametrize(
    ("written", "normal"),
    [("yes", "true"), ("Có", "true"), ("x", "true"), (True, "true"), ("không", "false"),
     ("FALSE", "false"), (0.0, "false")],
)  # fmt: skip
def test_yes_and_no_are_read_in_both_languages(written: Cell, normal: str) -> None:
    assert read(written, "open_ended") == normal


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(UnreadableCellError, match="perhaps"):
        read("perhaps", "open_ended")


@pytest.mark.parametrize(("written", "normal"), [("36", "36"), (36.0, "36"), ("36.0", "36")])
def test_whole_numbers_lose_the_point_that_workbooks_give_them(written: Cell, normal: str) -> None:
    assert read(written, "initial_term_months") == normal


@pytest.mark.parametrize("written", ["3 years", "1.5", 1.5, "1.000", "1,000"])
def test_what_is_no_plain_whole_number_is_refused(written: Cell) -> None:
    with pytest.raises(UnreadableCellError):
        read(written, "initial_term_months")


def test_a_time_needs_its_offset_and_is_kept_in_utc() -> None:
    assert read("2026-03-07T14:05+09:00", "due_at", "task") == "2026-03-07T05:05:00Z"
    for written in ("2026-03-07T14:05", datetime(2026, 3, 7, 14, 5, tzinfo=UTC), "noon"):
        with pytest.raises(UnreadableCellError):
            read(written, "due_at", "task")


def test_codes_are_put_one_space_apart() -> None:
    assert read("vi, en;fr", "languages") == "vi en fr"


def test_texts_come_in_nfc_without_debris() -> None:
    decomposed = "Đặng Thị\u00a0Hu\u031bo\u031b\u0300ng\u200b "
    assert plain(decomposed) == "Đặng Thị Hường"


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("a@b.vn; c@d.vn", ["a@b.vn", "c@d.vn"]),
        ("a\nb;c\n", ["a", "b;c"]),
        ("a;b\n", ["a;b"]),
        (" ; ", []),
        (84912345678.0, ["84912345678"]),
    ],
)
def test_a_cell_may_hold_several_texts(cell: Cell, texts: list[str]) -> None:
    assert entries(cell) == texts


def test_joined_texts_are_taken_apart_as_they_were() -> None:
    for texts in ([], ["a"], ["a;b"], ["a;b", "c"], ["a", "b"]):
        assert entries(joined(texts)) == texts
