"""The mission's own people and where they are posted."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from pydantic import model_validator

from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.names import DisplayOrder, full_name, name_in_address
from embassy_desk.domain.required import NeededMissionCode
from embassy_desk.domain.spans import in_order, within
from embassy_desk.domain.values import Code, Codes, Line, Name
from embassy_desk.domain.vietnamese import name_sort_keys
from embassy_desk.texts import N_


class Staff(Record):
    """A member of staff.

    Attributes:
        rank: Code of the diplomatic rank (hàm); not the post.
        post: Code of the post (chức vụ).
        is_local: Whether locally engaged; never sees restricted records.
        login: Name by which the person signs in.
    """

    family_name: Name = ""
    middle_name: Name = ""
    given_name: Name = ""
    display_order: DisplayOrder = DisplayOrder.FAMILY_FIRST
    rank: Code = ""
    post: Code = ""
    section: Line = ""
    email: Line = ""
    languages: Codes = ""
    expertise: Line = ""
    is_local: bool = False
    login: Line = ""

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if not self.heading:
            raise ValueError(N_("A member of staff needs a name; any part of it is enough."))
        return self

    @property
    def heading(self) -> str:
        """The whole name, its parts in their order."""
        return full_name(self.family_name, self.middle_name, self.given_name, self.display_order)

    @property
    def sort_keys(self) -> tuple[str, str]:
        """Return the keys for lists by given name and by family name."""
        return name_sort_keys(self.family_name, self.middle_name, self.given_name)

    @property
    def address_name(self) -> str:
        """The name after the honorific: the given name by Vietnamese custom."""
        is_vietnamese = self.display_order is DisplayOrder.FAMILY_FIRST
        name = name_in_address(
            self.family_name, self.given_name, self.display_order, is_vietnamese=is_vietnamese
        )
        return name or self.heading


class Posting(Part):
    """A posting of a member of staff; `to_on` is its last day, empty while it lasts."""

    parent_field: ClassVar[str] = "staff_id"

    staff_id: UUID
    mission_code: NeededMissionCode
    section: Line = ""
    rank: Code = ""
    from_on: date | None = None
    to_on: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        in_order(self.from_on, self.to_on)
        return self

    def is_current(self, on: date) -> bool:
        """Say whether it lasts on a day."""
        return within(self.from_on, self.to_on, on)
