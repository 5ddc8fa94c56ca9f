"""Values that must be there, and texts of a fixed shape."""

import re
from typing import Annotated

from pydantic import AfterValidator

from embassy_desk.domain.recurrence import problem
from embassy_desk.domain.values import Code, Line, LongText, Name
from embassy_desk.texts import N_


def _present(value: str) -> str:
    if not value:
        raise ValueError(N_("This is needed."))
    return value


def _country(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z]{2}", value):
        raise ValueError(N_("Write the two letters of the country, such as VN."))
    return value.upper()


def _mission(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z]{3}", value):
        raise ValueError(N_("Write the three letters of the mission, such as TOK."))
    return value.upper()


def _rule(value: str) -> str:
    refusal = problem(value) if value else None
    if refusal is not None:
        raise ValueError(refusal)
    return value


def _hex_256(value: str) -> str:
    if value and not re.fullmatch(r"[0-9a-f]{64}", value):
        raise ValueError(N_("Write 64 hexadecimal digits in lower case."))
    return value


NeededName = Annotated[Name, AfterValidator(_present)]
"""A name or title that may not be empty."""

NeededLine = Annotated[Line, AfterValidator(_present)]
"""A text of one line that may not be empty."""

NeededLongText = Annotated[LongText, AfterValidator(_present)]
"""A text of several lines that may not be empty."""

NeededCode = Annotated[Code, AfterValidator(_present)]
"""A code that may not be empty."""

CountryCode = Annotated[str, AfterValidator(_country)]
"""An ISO 3166 alpha-2 code in capitals; empty when unknown."""

NeededCountryCode = Annotated[CountryCode, AfterValidator(_present)]
"""An ISO 3166 alpha-2 code that may not be empty."""

MissionCode = Annotated[str, AfterValidator(_mission)]
"""A mission's three capitals; empty when unknown."""

NeededMissionCode = Annotated[MissionCode, AfterValidator(_present)]
"""A mission's three capitals that may not be empty."""

Recurrence = Annotated[Line, AfterValidator(_rule)]
"""An RFC 5545 recurrence rule for days, such as `FREQ=YEARLY`; empty when there is none."""

Hex256 = Annotated[str, AfterValidator(_hex_256)]
"""256 bits as 64 lower-case hexadecimal digits, such as a SHA-256; empty when unknown."""
