"""Lists of contacts kept by hand, such as those invited every year."""

from typing import ClassVar
from uuid import UUID

from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.required import NeededName
from embassy_desk.domain.values import Line


class ContactList(Record):
    """A named set of contacts."""

    title: NeededName
    purpose: Line = ""
    is_shared: bool = False

    @property
    def heading(self) -> str:
        """The title."""
        return self.title


class ListMember(Part):
    """A contact on a list."""

    parent_field: ClassVar[str] = "contact_list_id"

    contact_list_id: UUID
    contact_id: UUID
    note: Line = ""
