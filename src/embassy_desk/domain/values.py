"""The kinds of value that a field may have.

Every stored value is null, true or false, an integer within ±2⁵³, or a string (SYNC 3.2): days are
ISO 8601 calendar dates without zone, times are RFC 3339 in UTC, choices and identifiers are text.
Text fields are never null; the empty string says that nothing is known, and travels as null.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from embassy_desk.texts import N_


class Search(StrEnum):
    """How a text field takes part in the search."""

    NAME = "name"
    TEXT = "text"


@dataclass(frozen=True)
class Prose:
    """Marks a text of several lines; forms give it a larger editor."""


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(N_("A point in time needs its zone."))
    return value.astimezone(UTC)


def _partial_day(value: str) -> str:
    if not value:
        return value
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", value)
    if match is None:
        raise ValueError(N_("Write YYYY, YYYY-MM or YYYY-MM-DD."))
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError as error:
        raise ValueError(N_("There is no such day.")) from error
    return value


def _one_line(value: str) -> str:
    if value.isprintable():  # no break of a line is
        return value
    return " ".join(filter(None, map(str.strip, value.splitlines())))


Name = Annotated[str, StringConstraints(max_length=300), Search.NAME, AfterValidator(_one_line)]
"""A name or title, up to 300 characters, found first by the search; several lines become one."""

Line = Annotated[str, StringConstraints(max_length=500), Search.TEXT, AfterValidator(_one_line)]
"""A text of one line, up to 500 characters; several lines become one."""

LongText = Annotated[str, StringConstraints(max_length=50_000), Search.TEXT, Prose()]
"""A text of several lines, up to 50,000 characters."""

Code = Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Za-z0-9_.:/+-]*$")]
"""A code from a controlled list or a standard; empty when unknown. Not searched."""

Codes = Annotated[
    str, StringConstraints(max_length=300, pattern=r"^([A-Za-z0-9_.-]+( [A-Za-z0-9_.-]+)*)?$")
]
"""Several codes separated by one space, such as languages: `vi en`."""

Zone = Annotated[str, StringConstraints(max_length=60, pattern=r"^([A-Za-z0-9_+/-]+)?$")]
"""An IANA time zone name, such as `Asia/Ho_Chi_Minh`; empty when unknown."""

Timestamp = Annotated[datetime, AfterValidator(_utc)]
"""A point in time; must carry a zone, is kept in UTC."""

PartialDay = Annotated[str, AfterValidator(_partial_day)]
"""A year, a month or a day (`2025`, `2025-03`, `2025-03-01`); empty when unknown."""

Months = Annotated[int, Field(ge=1, le=1200)]
"""A length in calendar months, 1 to 1200."""

Count = Annotated[int, Field(ge=0, le=2**53)]
"""A whole number from 0 to 2⁵³."""

_DROPPED = {
    ord(each): None
    for each in "\u200b\u2060\ufeff\u00ad"  # zero-width space, word joiner, BOM, soft hyphen
}
_SPACES = {ord("\u00a0"): " ", ord("\u202f"): " ", ord("\r"): None}


def has_broken_letters(value: str) -> bool:
    """Say whether a text holds halves of surrogate pairs, which bytes that are no text become."""
    return any("\ud800" <= each <= "\udfff" for each in value)


def clean_text(value: str) -> str:
    """Return the text in NFC, without invisible debris, ends trimmed.

    Control characters but tab and line feed are dropped, as are zero-width spaces pasted from
    other programs; no-break spaces become spaces; lone surrogates are replaced.
    """
    # Nothing printable is dropped or replaced below; the plain space is the only space among it.
    if value.isprintable() and (value.isascii() or unicodedata.is_normalized("NFC", value)):
        return value.strip()
    return _thoroughly_cleaned(value)


def _thoroughly_cleaned(value: str) -> str:
    value = value.replace("\r\n", "\n").translate(_SPACES).translate(_DROPPED)
    value = value.encode("utf-8", "replace").decode("utf-8")
    value = "".join(
        each for each in value if each in "\t\n" or unicodedata.category(each) not in {"Cc", "Cs"}
    )
    return unicodedata.normalize("NFC", value).strip()
