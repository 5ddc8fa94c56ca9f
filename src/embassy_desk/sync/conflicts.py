"""What did not win and waits for a person (SYNC 3.5).

A conflict is a synced row of the entity `conflict`, written by headquarters only, in the scope of
the row it is about. Its identity follows from what it is about, so that telling it twice makes one.
"""

from enum import StrEnum
from typing import Self
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.operations import Count, Fields, Identity, Name, ScopeName, Value

CONFLICT_ENTITY = "conflict"
WHOLE_ROW = ""
"""What stands for the field of a conflict about a whole row."""

_NAMESPACE = UUID("8f1c4b0e-54a8-5f0e-9a53-6d0f3a1f7c11")


class ConflictKind(StrEnum):
    """How it came to it."""

    EDIT = "edit"
    DEL_VS_EDIT = "del_vs_edit"
    DUPLICATE_KEY = "duplicate_key"
    SERVER_LOST = "server_lost"
    RECOVERED = "recovered"
    REJECTED = "rejected"


class ConflictStatus(StrEnum):
    """Whether somebody has closed it."""

    OPEN = "open"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"


class Resolution(StrEnum):
    """How it was closed."""

    KEPT = "kept"
    OTHER = "other"
    WRITTEN = "written"
    BOTH = "both"


class Conflict(BaseModel):
    """One conflict.

    Attributes:
        id: Follows from kind, row, field and losing operation.
        field: The field, or `""` when it is about the whole row.
        base_value: What the losing author had on screen; null when nobody knows it any more.
        winner_op: Node and number of the operation in force, as `<32 digits>.<n>`;
            without digits where headquarters offered what nobody claimed.
        winner_at: When it was written, milliseconds since 1970.
        loser_value: For a deletion that lost, true.
        is_legal: Whether only the head of mission or headquarters closes it.
        superseded_at: When the field was changed since without closing this.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Identity
    scope: ScopeName
    entity: Name
    row_id: Identity
    field: str
    kind: ConflictKind
    base_value: Value = None
    winner_op: str
    winner_value: Value = None
    winner_user: Identity | None = None
    winner_at: Count
    loser_op: str
    loser_value: Value = None
    loser_user: Identity | None = None
    loser_at: Count
    is_legal: bool = False
    status: ConflictStatus = ConflictStatus.OPEN
    resolution: Resolution | None = None
    resolved_by: Identity | None = None
    resolved_at: Count | None = None
    superseded_at: Count | None = None

    @property
    def fields(self) -> Fields:
        """Its values as those of a row on the wire; without its identity, empty ones left out."""
        values = self.model_dump(mode="json", exclude={"id"}, exclude_none=True)
        return {name: value for name, value in values.items() if value not in ("", False)}

    @classmethod
    def of_row(cls, row_id: str, fields: Fields) -> Self:
        """Return the conflict of a row from the wire.

        Raises:
            ValidationError: It is of a version that we cannot read.
        """
        return cls.model_validate({"field": WHOLE_ROW, **fields, "id": row_id})

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.status is ConflictStatus.OPEN


def conflict_id(
    kind: ConflictKind, row_id: str, field: str, loser_op: str, loser_value: Value
) -> str:
    """Return the identity of a conflict, 32 hexadecimal digits.

    The lost value is part of it: after a disk or headquarters went back in time, two operations
    may carry one number, and what each of them said must be found.
    """
    about = canonical([kind.value, row_id, field, loser_op, loser_value]).decode()
    return uuid5(_NAMESPACE, about).hex
