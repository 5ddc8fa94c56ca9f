"""Entries of controlled lists: dated, labelled in two languages, disabled but never removed."""

from datetime import date
from typing import Self

from pydantic import model_validator

from embassy_desk.domain.entity import Record
from embassy_desk.domain.required import NeededCode
from embassy_desk.domain.spans import in_order, within
from embassy_desk.domain.values import Count, Line, Name
from embassy_desk.texts import N_


class ListEntry(Record):
    """One choice of a controlled list; reference data from headquarters.

    Attributes:
        list_code: The list, such as `organisation_kind`.
        code: What records store.
        place: Place in the list; lower comes first.
        disabled_on: From this day on it is no longer offered; records that hold it keep it.
    """

    list_code: NeededCode
    code: NeededCode
    label_vi: Name = ""
    label_en: Name = ""
    place: Count = 0
    valid_from: date | None = None
    valid_to: date | None = None
    disabled_on: date | None = None
    note: Line = ""

    @model_validator(mode="after")
    def _has_a_label(self) -> Self:
        if not self.heading:
            raise ValueError(N_("An entry of a list needs a label, in Vietnamese or English."))
        in_order(self.valid_from, self.valid_to)
        return self

    @property
    def heading(self) -> str:
        """The label, Vietnamese before English."""
        return self.label_vi or self.label_en

    def is_selectable(self, on: date) -> bool:
        """Say whether it may be chosen on a day."""
        is_disabled = self.disabled_on is not None and self.disabled_on <= on
        return not is_disabled and within(self.valid_from, self.valid_to, on)
