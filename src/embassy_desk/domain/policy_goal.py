"""Goals of national policy that the mission's work can serve."""

from datetime import date
from typing import Self

from pydantic import model_validator

from embassy_desk.domain.entity import Record
from embassy_desk.domain.required import NeededCode
from embassy_desk.domain.spans import in_order, within
from embassy_desk.domain.values import Code, Line, Name
from embassy_desk.texts import N_


class PolicyGoal(Record):
    """A goal from a policy document; reference data from headquarters, disabled but never removed.

    Attributes:
        document_reference: Number and date of the document it stands in.
        disabled_on: From this day on it is no longer offered.
    """

    code: NeededCode
    title_vi: Name = ""
    title_en: Name = ""
    document_reference: Line = ""
    parent_code: Code = ""
    valid_from: date | None = None
    valid_to: date | None = None
    disabled_on: date | None = None

    @model_validator(mode="after")
    def _has_a_title(self) -> Self:
        if not self.heading:
            raise ValueError(N_("A policy goal needs a title, in Vietnamese or English."))
        in_order(self.valid_from, self.valid_to)
        return self

    @property
    def heading(self) -> str:
        """The title, Vietnamese before English."""
        return self.title_vi or self.title_en

    def is_selectable(self, on: date) -> bool:
        """Say whether it may be chosen on a day."""
        is_disabled = self.disabled_on is not None and self.disabled_on <= on
        return not is_disabled and within(self.valid_from, self.valid_to, on)
