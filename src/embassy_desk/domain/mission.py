"""Missions abroad: embassies, consulates, permanent missions, offices."""

from typing import Self

from pydantic import model_validator

from embassy_desk.domain.entity import Record
from embassy_desk.domain.required import CountryCode, MissionCode, NeededMissionCode
from embassy_desk.domain.spans import partly_in_order
from embassy_desk.domain.values import Codes, Line, Name, PartialDay, Zone
from embassy_desk.texts import N_, LabelledEnum


class MissionKind(LabelledEnum):
    """What sort of mission it is."""

    EMBASSY = "embassy", N_("Embassy")
    CONSULATE_GENERAL = "consulate_general", N_("Consulate General")
    CONSULATE = "consulate", N_("Consulate")
    PERMANENT_MISSION = "permanent_mission", N_("Permanent Mission")
    ECONOMIC_CULTURAL_OFFICE = "economic_cultural_office", N_("Economic and Cultural Office")
    REPRESENTATIVE_OFFICE = "representative_office", N_("Representative Office")
    HONORARY_CONSULATE = "honorary_consulate", N_("Honorary Consulate")


class Mission(Record):
    """A mission abroad; reference data from headquarters.

    Attributes:
        code: Three capitals, such as `TOK`.
        zone: IANA zone of the place.
        rest_days: Days of rest as lower-case English abbreviations, such as `fri sat`.
        parent_code: Mission it is under.
    """

    code: NeededMissionCode
    name_vi: Name = ""
    name_en: Name = ""
    kind: MissionKind = MissionKind.EMBASSY
    country: CountryCode = ""
    city_vi: Line = ""
    city_en: Line = ""
    zone: Zone = ""
    rest_days: Codes = ""
    opened_on: PartialDay = ""
    closed_on: PartialDay = ""
    parent_code: MissionCode = ""
    address: Line = ""
    website: Line = ""
    phone: Line = ""
    email: Line = ""

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if not (self.name_vi or self.name_en):
            raise ValueError(N_("A mission needs a name, in Vietnamese or English."))
        partly_in_order(self.opened_on, self.closed_on)
        return self

    @property
    def heading(self) -> str:
        """The name, Vietnamese before English."""
        return self.name_vi or self.name_en
