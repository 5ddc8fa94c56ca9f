"""The boxes of an official paper, as decree 30/2020/NĐ-CP (appendix I) lays them out.

What a mission may choose stands in the letterhead; what the decree fixes stands here: titles, sizes
and the manner of numbers and dates. No stamp of secrecy is ever produced.
"""

from dataclasses import dataclass
from datetime import date

from embassy_desk.reports.document import Letterhead

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

TITLE_PT = 12.0
"""National title and issuing bodies; the decree asks for 12 to 13."""

MOTTO_PT = 13.5
"""Motto, subject, post of the signatory; the decree asks for 13 to 14."""

BODY_PT = 13.5
"""Running text; the decree asks for 13 to 14."""

ANNEX_PT = 14.0
"""The word “Phụ lục” with its number, and its title."""

NUMBER_PT = 13.0
TABLE_PT = 11.0
RECIPIENTS_PT = 11.0
RECIPIENTS_TITLE_PT = 12.0

TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 21.0, 21.0, 31.0, 16.0
"""Margins; the decree asks for 20–25, 20–25, 30–35 and 15–20 mm."""

LEFT_SHARE = 0.42
"""Share of the page's width for boxes 2 and 3; the national title needs the rest on one line."""

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0
FIRST_LINE_MM = 12.7
"""Indent of the first line; the decree allows 1 or 1.27 cm."""

RULE_OF_BODY = 0.4
"""Length of the rule under the issuing body and the subject, as a share of the line above it; the
decree asks for a third to a half."""

_ACCREDITED = ("TẠI", "BÊN CẠNH")
_ROOM = "\u00a0" * 6  # spaces that no layout folds into one
_TWO_DIGITS = 10
_MONTHS_WITH_ZERO = 2


@dataclass(frozen=True)
class Boxes:
    """The texts of an official paper's boxes.

    Attributes:
        superior: Box 2, the body above, in capitals.
        body: Box 2, the issuing body, in capitals.
        number: Box 3, number and symbol.
        place_and_date: Box 4.
        kind: Box 5a, the type of document, in capitals.
        subject: Box 5a, what it is about.
        addressees: Box 9a.
        authority: Box 7a, in capitals.
        signatory: Box 7b.
        recipients: Box 9b, a line each.
    """

    superior: str
    body: str
    number: str
    place_and_date: str
    kind: str
    subject: str
    addressees: tuple[str, ...]
    authority: str
    signatory: str
    recipients: tuple[str, ...]


def boxes(letterhead: Letterhead, subject: str, issued_on: date) -> Boxes:
    """Return the boxes of a report on a letterhead.

    Args:
        letterhead: Who issues it, to whom, and who signs.
        subject: What it is about.
        issued_on: The day it is issued.
    """
    return Boxes(
        superior=letterhead.superior.upper(),
        body=letterhead.body.upper(),
        number=number_and_symbol(letterhead.number, letterhead.symbol),
        place_and_date=f"{letterhead.place}, {formal_date(issued_on)}",
        kind="BÁO CÁO",
        subject=subject,
        addressees=letterhead.addressees,
        authority=letterhead.authority.upper(),
        signatory=letterhead.signatory,
        recipients=recipient_lines(letterhead.recipients),
    )


def body_lines(body: str) -> tuple[str, ...]:
    """Return the lines of the issuing body: where it is accredited begins a line of its own."""
    for word in _ACCREDITED:
        name, found, place = body.partition(f" {word} ")
        if found:
            return name, f"{word} {place}"
    return (body,)


def formal_date(day: date) -> str:
    """Return a day in the formal manner: `ngày 05 tháng 01 năm 2026`.

    A zero stands before days under 10 and before the months 1 and 2 only (appendix I, II.4).
    """
    month = f"{day.month:02}" if day.month <= _MONTHS_WITH_ZERO else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def number_and_symbol(number: int, symbol: str) -> str:
    """Return `Số: 05/BC-ĐSQ`; room is left where no number was given yet.

    A zero stands before numbers under 10 (appendix I, II.3).
    """
    written = f"{number:02}" if number < _TWO_DIGITS else str(number)
    if not number:
        written = _ROOM
    return f"Số: {written}/{symbol or 'BC'}"


def annex_line(letterhead: Letterhead, issued_on: date) -> str:
    """Return the line under the title of an annex that names the paper it belongs to (III.1)."""
    number = number_and_symbol(letterhead.number, letterhead.symbol).replace("Số: ", "số ")
    return f"(Kèm theo Báo cáo {number} {formal_date(issued_on)} của {letterhead.body})"


def recipient_lines(recipients: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines under “Nơi nhận”: a dash each, semicolons between, a full stop last."""
    if not recipients:
        return ("- Lưu: VT.",)
    return (*(f"- {each};" for each in recipients), "- Lưu: VT.")


def addressee_lines(addressees: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines of “Kính gửi”: one alone on the line, several as a list with dashes."""
    if len(addressees) <= 1:
        return tuple(f"Kính gửi: {each}" for each in addressees)
    return ("Kính gửi:", *(f"- {each};" for each in addressees[:-1]), f"- {addressees[-1]}.")
