"""Countries under the names headquarters approved, with their tiers and groupings."""

import re
from datetime import date
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import AfterValidator, model_validator

from embassy_desk.domain.days import covers
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.required import NeededCode, NeededCountryCode
from embassy_desk.domain.spans import partly_in_order
from embassy_desk.domain.values import Code, Codes, Line, Name, PartialDay
from embassy_desk.texts import N_

_A_LEAP_YEAR = 2000


def _month_and_day(value: str) -> str:
    if not value:
        return value
    match = re.fullmatch(r"(\d{2})-(\d{2})", value)
    text = N_("Write the month and the day as MM-DD, such as 09-02.")
    if match is None:
        raise ValueError(text)
    try:
        date(_A_LEAP_YEAR, int(match[1]), int(match[2]))
    except ValueError as error:
        raise ValueError(text) from error
    return value


MonthAndDay = Annotated[Code, AfterValidator(_month_and_day)]
"""A day of every year, `MM-DD`; empty when unknown."""


class Country(Record):
    """A country; reference data from headquarters.

    Attributes:
        official_vi: Full official name in Vietnamese.
        dial_code: Country code of its telephones, such as `+84`.
        currency: ISO 4217 code.
        national_day: `MM-DD`.
        rest_days: Days of rest as lower-case English abbreviations, such as `fri sat`.
        relations_since: Start of diplomatic relations, as far as known.
    """

    alpha2: NeededCountryCode
    alpha3: Code = ""
    name_vi: Name = ""
    name_en: Name = ""
    official_vi: Line = ""
    official_en: Line = ""
    region: Code = ""
    dial_code: Code = ""
    currency: Code = ""
    national_day: MonthAndDay = ""
    rest_days: Codes = ""
    relations_since: PartialDay = ""

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if not (self.name_vi or self.name_en):
            raise ValueError(N_("A country needs a name, in Vietnamese or English."))
        return self

    @property
    def heading(self) -> str:
        """The name, Vietnamese before English."""
        return self.name_vi or self.name_en


class CountryTier(Part):
    """A partnership tier of a country, with its days."""

    parent_field: ClassVar[str] = "country_id"

    country_id: UUID
    tier: NeededCode
    from_on: PartialDay = ""
    to_on: PartialDay = ""
    reference: Line = ""

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        partly_in_order(self.from_on, self.to_on)
        return self

    def is_current(self, on: date) -> bool:
        """Say whether it holds on a day."""
        return covers(self.from_on, self.to_on, on)


class CountryGrouping(Part):
    """Membership of a country in a grouping such as ASEAN, with its days."""

    parent_field: ClassVar[str] = "country_id"

    country_id: UUID
    grouping: NeededCode
    from_on: PartialDay = ""
    to_on: PartialDay = ""

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        partly_in_order(self.from_on, self.to_on)
        return self

    def is_current(self, on: date) -> bool:
        """Say whether it holds on a day."""
        return covers(self.from_on, self.to_on, on)
