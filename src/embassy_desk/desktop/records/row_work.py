"""A row of a record while it is being edited."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from embassy_desk.desktop.kit.form import FieldSet


@dataclass(frozen=True)
class RowWork:
    """What is being edited.

    Attributes:
        part: Table name of the row's class.
        row_id: The row; nothing for a new one.
        fields: The fields in which it is edited.
    """

    part: str
    row_id: UUID | None
    fields: FieldSet

    def unsaved(self) -> dict[str, Any]:
        """Return what was typed, for a draft; empty when nothing was."""
        if not self.fields.is_edited:
            return {}
        row_id = self.row_id.hex if self.row_id else None
        return {"part": self.part, "row_id": row_id, "typed": self.fields.typed()}
