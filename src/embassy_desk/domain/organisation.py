"""Bodies of every sort: ministries, firms, chambers, universities, media."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from pydantic import model_validator

from embassy_desk.domain.days import earliest
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.required import CountryCode, NeededName
from embassy_desk.domain.spans import in_order
from embassy_desk.domain.values import Code, Codes, Line, LongText, Name, PartialDay
from embassy_desk.texts import N_, LabelledEnum


class OrganisationStatus(LabelledEnum):
    """What an organisation is on a day; told by its dates, never stored."""

    NOT_YET_FOUNDED = "not_yet_founded", N_("Not yet founded")
    ACTIVE = "active", N_("Active")
    SUCCEEDED = "succeeded", N_("Succeeded by another")
    DISSOLVED = "dissolved", N_("Dissolved")


class Organisation(Record):
    """A body people work for and agreements are made with.

    Attributes:
        kind: Code from the list `organisation_kind`.
        parent_id: Organisation it is a part of.
        sectors: Codes of the sectors it works in.
        registry_code: Number in a register of firms or taxes.
        control: Code of who controls it: state, private, foreign, mixed.
        dissolved_on: First day on which it is no more.
        succeeded_by_id: Organisation that took over its work.
        succeeded_on: First day on which the successor stands in its place.
    """

    kind: Code = ""
    name_vi: Name = ""
    name_en: Name = ""
    name_original: Name = ""
    short_name: Name = ""
    parent_id: UUID | None = None
    country: CountryCode = ""
    sectors: Codes = ""
    website: Line = ""
    registry_code: Line = ""
    control: Code = ""
    founded_on: PartialDay = ""
    dissolved_on: date | None = None
    succeeded_by_id: UUID | None = None
    succeeded_on: date | None = None
    notes: LongText = ""

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if not self.heading:
            raise ValueError(N_("An organisation needs a name, in any language."))
        if self.id in {self.parent_id, self.succeeded_by_id}:
            raise ValueError(N_("An organisation is not its own parent or successor."))
        in_order(earliest(self.founded_on), self.dissolved_on)
        return self

    @property
    def heading(self) -> str:
        """The name, Vietnamese before English before the original before the short one."""
        return self.name_vi or self.name_en or self.name_original or self.short_name

    def is_succeeded(self, on: date) -> bool:
        """Say whether a successor stands in its place on a day."""
        if self.succeeded_by_id is None:
            return False
        since = self.succeeded_on or self.dissolved_on
        return since is None or since <= on

    def status_on(self, day: date) -> OrganisationStatus:
        """Return what the organisation is on a day."""
        founded = earliest(self.founded_on)
        if founded is not None and day < founded:
            return OrganisationStatus.NOT_YET_FOUNDED
        if self.is_succeeded(day):
            return OrganisationStatus.SUCCEEDED
        if self.dissolved_on is not None and self.dissolved_on <= day:
            return OrganisationStatus.DISSOLVED
        return OrganisationStatus.ACTIVE


class OrganisationAlias(Part):
    """Another name of an organisation."""

    parent_field: ClassVar[str] = "organisation_id"

    organisation_id: UUID
    alias: NeededName


def successor_on(
    organisation: Organisation, by_id: Mapping[UUID, Organisation], day: date
) -> Organisation:
    """Return the organisation that stands in the place of another on a day.

    Follows successors of successors; stops where a successor is not in `by_id`. An organisation
    without a successor is its own answer.

    Raises:
        RefusedError: The successors form a circle.
    """
    seen = {organisation.id}
    current = organisation
    while current.is_succeeded(day):
        successor = by_id.get(current.succeeded_by_id) if current.succeeded_by_id else None
        if successor is None:
            break
        if successor.id in seen:
            raise RefusedError(
                N_("The successors of “{name}” form a circle.", name=organisation.heading)
            )
        seen.add(successor.id)
        current = successor
    return current
