"""Days and times as people type them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from embassy_desk.desktop.kit.days import (
    day_text,
    partial_day_text,
    time_text,
    typed_day,
    typed_partial_day,
    typed_time,
    zone_named,
)

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    "text", ["07/03/2026", "7/3/2026", "7.3.2026", "7-3-2026", "7 3 2026", " 2026-03-07 "]
)
def test_day_comes_before_month_whatever_stands_between(text: str) -> None:
    assert typed_day(text) == date(2026, 3, 7)


def test_nothing_typed_is_no_day() -> None:
    assert typed_day("  ") is None
    assert day_text(None) == ""


@pytest.mark.parametrize(
    "text", ["31/02/2026", "13/13/2026", "1/1/26", "today", "1/2", "2026", "１/２/2026x"]
)
def test_text_that_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        typed_day(text)


def test_day_is_written_as_it_is_typed() -> None:
    assert typed_day(day_text(date(2026, 11, 2))) == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2025", "2025"),
        ("03/2025", "2025-03"),
        ("3/2025", "2025-03"),
        ("2025-03", "2025-03"),
        ("1/3/2025", "2025-03-01"),
        ("", ""),
    ],
)
def test_what_is_known_of_a_day_is_kept_as_far_as_it_goes(text: str, stored: str) -> None:
    assert typed_partial_day(text) == stored
    assert typed_partial_day(partial_day_text(stored)) == stored


@pytest.mark.parametrize("text", ["13/2025", "March 2025", "20255", "0/2025"])
def test_text_that_is_no_part_of_a_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        typed_partial_day(text)


def test_time_is_read_on_the_clock_of_its_zone() -> None:
    moment = datetime(2026, 3, 7, 5, 5, tzinfo=UTC)
    assert typed_time("07/03/2026 14:05", TOKYO) == moment
    assert typed_time("7/3/2026 14h05", TOKYO) == moment
    assert time_text(moment, TOKYO) == "07/03/2026 14:05"
    assert typed_time("", TOKYO) is None
    assert time_text(None, TOKYO) == ""


@pytest.mark.parametrize("text", ["14:05", "07/03/2026", "07/03/2026 25:00", "07/03/2026 2 pm"])
def test_time_without_day_or_clock_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        typed_time(text, TOKYO)


@pytest.mark.parametrize("name", ["", "Nowhere/Land", "../etc", "Asia"])
def test_zone_that_is_not_known_is_that_of_greenwich(name: str) -> None:
    assert zone_named(name) is UTC
