"""Where a mission is accredited, resident or not, and since when."""

from datetime import date
from typing import Self

from pydantic import model_validator

from embassy_desk.domain.entity import Record
from embassy_desk.domain.required import CountryCode, NeededMissionCode
from embassy_desk.domain.spans import in_order, within
from embassy_desk.domain.values import Line
from embassy_desk.texts import N_, LabelledEnum


class AccreditationKind(LabelledEnum):
    """In what way a mission is accredited."""

    RESIDENT = "resident", N_("Resident")
    NON_RESIDENT = "non_resident", N_("Non-resident")
    CONSULAR_DISTRICT = "consular_district", N_("Consular district")
    PERMANENT = "permanent", N_("Permanent mission to an organisation")
    HONORARY = "honorary", N_("Honorary")


class Accreditation(Record):
    """A mission's standing in a country or at an organisation; reference data from headquarters.

    Attributes:
        organisation: International organisation, when it is not a country.
        to_on: Last day; empty while it lasts.
        credentials_on: Day on which credentials were presented.
    """

    mission_code: NeededMissionCode
    country: CountryCode = ""
    organisation: Line = ""
    kind: AccreditationKind = AccreditationKind.RESIDENT
    from_on: date | None = None
    to_on: date | None = None
    credentials_on: date | None = None
    note: Line = ""

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if not (self.country or self.organisation):
            raise ValueError(N_("An accreditation needs a country or an organisation."))
        in_order(self.from_on, self.to_on)
        return self

    @property
    def heading(self) -> str:
        """The mission and where it is accredited, such as `TOK → JP`."""
        return f"{self.mission_code} → {self.country or self.organisation}"

    def is_current(self, on: date) -> bool:
        """Say whether it holds on a day."""
        return within(self.from_on, self.to_on, on)
