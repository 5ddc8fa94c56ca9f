"""Two records that somebody said are not of the same person or body."""

from typing import ClassVar, Self
from uuid import UUID

from pydantic import model_validator

from embassy_desk.domain.entity import Part
from embassy_desk.domain.links import link_id
from embassy_desk.domain.required import NeededCode
from embassy_desk.texts import N_


class KeptApart(Part):
    """The word of a colleague that a record and another one are two, not one.

    It travels with the record, so that nobody at the mission is asked twice. The record is the one
    with the lower identity, and the row's identity follows from both (`kept_apart_id`): two people
    who say the same make one row.
    """

    parent_field: ClassVar[str] = "record_id"

    record_kind: NeededCode
    record_id: UUID
    other_id: UUID

    @model_validator(mode="after")
    def _names_two(self) -> Self:
        if self.record_id == self.other_id:
            raise ValueError(N_("This is one record, not two."))
        return self


def kept_apart_id(one: UUID, other: UUID) -> UUID:
    """Return the identity of the row that keeps two records apart, in whichever order."""
    return link_id("kept_apart", *sorted((one, other)))
