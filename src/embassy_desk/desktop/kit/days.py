"""Days and times as people type and read them: dd/mm/yyyy, the same in every language."""

import re
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})[/.\- ](\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_CLOCK = re.compile(r"(\d{1,2})[:h](\d{2})")


def day_text(day: date | None) -> str:
    """Return a day as `07/03/2026`; empty for none."""
    return "" if day is None else f"{day.day:02}/{day.month:02}/{day.year:04}"


def typed_day(text: str) -> date | None:
    """Return the day that was typed, day before month; nothing for an empty text.

    Raises:
        ValueError: The text is no day of the calendar.
    """
    text = text.strip()
    if not text:
        return None
    if (found := _DAY.fullmatch(text)) is not None:
        return date(int(found[3]), int(found[2]), int(found[1]))
    if (found := _ISO_DAY.fullmatch(text)) is not None:
        return date(int(found[1]), int(found[2]), int(found[3]))
    raise ValueError(text)


def partial_day_text(stored: str) -> str:
    """Return a year, month or day as people read it: `2025`, `03/2025`, `01/03/2025`."""
    return "/".join(reversed(stored.split("-")))


def typed_partial_day(text: str) -> str:
    """Return what was typed as a year, month or day of the store; empty for an empty text.

    Raises:
        ValueError: The text is none of the three.
    """
    text = text.strip()
    if not text or _YEAR.fullmatch(text):
        return text
    found = _MONTH.fullmatch(text)
    year_month = (found[2], found[1]) if found else None
    if year_month is None and (found := _ISO_MONTH.fullmatch(text)) is not None:
        year_month = (found[1], found[2])
    if year_month is not None:
        return date(int(year_month[0]), int(year_month[1]), 1).isoformat()[:7]
    day = typed_day(text)
    return "" if day is None else day.isoformat()


def zone_named(name: str) -> tzinfo:
    """Return the time zone of an IANA name; UTC when it is empty or not known."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the database, such as Asia
        return UTC


def time_text(moment: datetime | None, zone: tzinfo) -> str:
    """Return a point in time as `07/03/2026 14:05` on the clock of a zone; empty for none."""
    return "" if moment is None else moment.astimezone(zone).strftime("%d/%m/%Y %H:%M")


def typed_time(text: str, zone: tzinfo) -> datetime | None:
    """Return the point in time that was typed as a day and a clock; nothing for an empty text.

    Raises:
        ValueError: The text is no day with a clock.
    """
    text = text.strip()
    if not text:
        return None
    day_part, _, clock_part = text.rpartition(" ")
    clock = _CLOCK.fullmatch(clock_part)
    day = typed_day(day_part)
    if clock is None or day is None:
        raise ValueError(text)
    local = datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2]), tzinfo=zone)
    return local.astimezone(UTC)
