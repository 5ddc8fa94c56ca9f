"""Files kept with a record; here stands what is known of them, not their content."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from embassy_desk.domain.entity import Record
from embassy_desk.domain.required import Hex256, NeededCode, NeededName
from embassy_desk.domain.values import Code, Count, Line
from embassy_desk.texts import N_


class Attachment(Record):
    """A file of a record.

    Where its content lies on this computer, and under which key, is no part of the record: every
    desk keeps that for itself.

    Attributes:
        name: Name people know it by, with its ending.
        digest: SHA-256 of the content as 64 hexadecimal digits.
        version: 1 for the first, counted up when the file is replaced.
    """

    record_kind: NeededCode
    record_id: UUID
    name: NeededName
    digest: Hex256
    size_bytes: Count
    media_type: Line = ""
    version: Annotated[int, Field(ge=1, le=100_000)] = 1
    language: Code = ""
    note: Line = ""

    @model_validator(mode="after")
    def _has_a_digest(self) -> Self:
        if not self.digest:
            raise ValueError(N_("An attachment needs the SHA-256 of its content."))
        return self

    @property
    def heading(self) -> str:
        """The name of the file."""
        return self.name
