"""What a cell of a table says: days, choices, numbers, codes, in their normal form."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.domain.values import clean_text
from embassy_desk.domain.vietnamese import fold
from embassy_desk.interchange.choices import NO, WORDS, YES
from embassy_desk.interchange.country_names import country_code
from embassy_desk.interchange.registers import Column, Shape
from embassy_desk.texts import N_, LabelledEnum, Text

Cell = str | bool | int | float | date | datetime | time | timedelta
"""A cell as a file gives it; CSV gives only texts."""

Labels = Mapping[str, Mapping[str, str]]
"""Further words for the values of a column: value by word, by the name of the column."""

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_WRITTEN_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_FORMAL_DAY = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.IGNORECASE)
_PARTIAL_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?")
_MONTH = re.compile(r"(?:tháng )?(\d{1,2})/(\d{4})", re.IGNORECASE)
_WHOLE = re.compile(r"[+-]?[0-9]+(?:\.0)?")
"""Other programs write 36 as 36.0; `1.000` may be a thousand, so it is nothing."""
_BETWEEN_CODES = re.compile(r"[;,\s]+")


class UnreadableCellError(InvalidError):
    """A cell does not say what its column asks for."""

    def __init__(self, text: Text) -> None:
        """Keep the reason."""
        super().__init__([Problem("", text)])


def plain(cell: Cell) -> str:
    """Return a cell as text: NFC, trimmed; whole numbers without a point."""
    if isinstance(cell, str):
        return clean_text(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def entries(cell: Cell) -> list[str]:
    """Return the texts of a cell that holds several, one a line, or with semicolons between.

    A cell of several lines is never cut at semicolons, so that a title with one in it can be
    written; a single one then ends with a line break.
    """
    if not isinstance(cell, str):
        return [plain(cell)]
    found = (clean_text(each) for each in cell.split("\n" if "\n" in cell else ";"))
    return [each for each in found if each]


def joined(texts: Iterable[str]) -> str:
    """Return the cell that `entries` reads as these texts."""
    lines = [" ".join(text.split("\n")) for text in texts]
    ends = "\n" if len(lines) == 1 and ";" in lines[0] else ""
    return "\n".join(lines) + ends


def value(cell: Cell, column: Column, labels: Labels) -> str:
    """Return what a cell says, in the normal form of its column; nothing said is empty.

    Raises:
        UnreadableCellError: It says something else; the reason stands in its words.
    """
    text = plain(cell)
    if not text:
        return ""
    if (labelled := _labelled(text, column.name, labels)) is not None:
        return labelled
    if column.shape is Shape.TEXT:
        return text
    if column.shape is Shape.CHOICE:
        return _choice(text, column)
    if column.shape is Shape.CODES:
        codes = _BETWEEN_CODES.split(text)
        return " ".join(_labelled(code, column.name, labels) or code for code in codes if code)
    if column.shape is Shape.MOMENT:
        return _moment(cell, text)
    if isinstance(cell, float | int) and column.shape is Shape.DAY:
        raise UnreadableCellError(
            N_("“{text}” is a number, not a day; give the cell a date format.", text=text)
        )
    return _OF_SHAPE[column.shape](text)


def day(text: str) -> str:
    """Return a day as ISO 8601 from `2026-03-07`, `07/03/2026` or a formal Vietnamese date.

    The day always comes before the month; a file that means it otherwise is refused as soon as a
    day over 12 shows it.

    Raises:
        UnreadableCellError: It is no such day.
    """
    if match := _ISO_DAY.fullmatch(text):
        year, month, number = match[1], match[2], match[3]
    elif match := _WRITTEN_DAY.fullmatch(text):
        number, month, year = match[1], match[3], match[4]
    elif match := _FORMAL_DAY.fullmatch(" ".join(text.split())):
        number, month, year = match[1], match[2], match[3]
    else:
        raise UnreadableCellError(_no_day(text))
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError as error:
        raise UnreadableCellError(_no_day(text)) from error


def _no_day(text: str) -> Text:
    return N_("“{text}” is not a day; write dd/mm/yyyy or YYYY-MM-DD.", text=text)


def _partial_day(text: str) -> str:
    """Return a year, a month or a day."""
    if match := _PARTIAL_DAY.fullmatch(text):
        months = int(match[2]) if match[2] else 1
        if 1 <= months <= 12:  # noqa: PLR2004
            return text
    if (match := _MONTH.fullmatch(text)) and 1 <= int(match[1]) <= 12:  # noqa: PLR2004
        return f"{match[2]}-{int(match[1]):02}"
    return day(text)


def _whole(text: str) -> str:
    if _WHOLE.fullmatch(text) is None:
        raise UnreadableCellError(N_("“{text}” is not a whole number.", text=text))
    return str(int(text.partition(".")[0]))


def _yes_no(text: str) -> str:
    folded = fold(text)
    if folded in YES:
        return "true"
    if folded in NO:
        return "false"
    raise UnreadableCellError(N_("“{text}” is neither yes nor no.", text=text))


def _moment(cell: Cell, text: str) -> str:
    """Return a point in time in UTC; it must carry its zone or offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadableCellError(_no_moment(text)) from error
    if moment.tzinfo is None or isinstance(cell, date):
        raise UnreadableCellError(_no_moment(text))
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _no_moment(text: str) -> Text:
    return N_("“{text}” is not a time with its offset, such as 2026-03-07T14:05+09:00.", text=text)


def _choice(text: str, column: Column) -> str:
    choices = column.choices
    if choices is None:
        raise ValueError(f"column {column.name!r} has no choices")
    chosen = _words_for(choices).get(fold(text))
    if chosen is None:
        raise UnreadableCellError(
            N_(
                "“{text}” is none of: {choices}.",
                text=text,
                choices=", ".join(each.value for each in choices),
            )
        )
    return chosen


@cache
def _words_for(choices: type[LabelledEnum]) -> dict[str, str]:
    """Return the value by every word for it, folded."""
    others = WORDS.get(choices, {})
    return {
        fold(word): each.value
        for each in choices
        for word in (*others.get(each, ()), each.label.message, each.value)
    }


def _labelled(text: str, name: str, labels: Labels) -> str | None:
    """Return the value that a word from outside stands for; nothing when it is no such word."""
    words = labels.get(name)
    if not words:
        return None
    if text in words:
        return words[text]
    folded = fold(text)
    return next((value for word, value in words.items() if fold(word) == folded), None)


_OF_SHAPE: Mapping[Shape, Callable[[str], str]] = {
    Shape.COUNTRY: country_code,
    Shape.DAY: day,
    Shape.PARTIAL_DAY: _partial_day,
    Shape.WHOLE: _whole,
    Shape.YES_NO: _yes_no,
    Shape.LIST: str,
}
