"""Rows that may hang on any record: tags, steps of its state, changes of its dates."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from pydantic import model_validator

from embassy_desk.domain.entity import Part
from embassy_desk.domain.required import NeededCode, NeededLine
from embassy_desk.domain.values import Code, Line, Timestamp
from embassy_desk.texts import N_


class Tag(Part):
    """A free word on a record."""

    parent_field: ClassVar[str] = "record_id"

    record_kind: NeededCode
    record_id: UUID
    label: NeededLine


class StageStep(Part):
    """One step of a record from state to state; never changed afterwards.

    Attributes:
        from_state: State before; empty when the record was entered in `to_state`.
        on: Day on which the step was taken.
        at: When it was written down.
        by: Staff member who took it.
        is_registered: Whether the record was entered in this state, without the steps before.
    """

    parent_field: ClassVar[str] = "record_id"

    record_kind: NeededCode
    record_id: UUID
    from_state: Code = ""
    to_state: NeededCode
    on: date
    at: Timestamp
    by: UUID | None = None
    reason: Line = ""
    is_registered: bool = False

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.from_state == self.to_state:
            raise ValueError(N_("A step leads from one state to another."))
        return self


class DateChange(Part):
    """A date of a record that was moved, and why.

    Attributes:
        field: Name of the field that holds the date.
        on: Day on which it was moved.
    """

    parent_field: ClassVar[str] = "record_id"

    record_kind: NeededCode
    record_id: UUID
    field: NeededCode
    old_on: date | None = None
    new_on: date | None = None
    reason: NeededLine
    on: date

    @model_validator(mode="after")
    def _moves_a_date(self) -> Self:
        if self.old_on == self.new_on:
            raise ValueError(N_("The date did not change."))
        return self
