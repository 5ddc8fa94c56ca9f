"""New records and parts as somebody makes them, before anything is written."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Part, Record, Route
from embassy_desk.domain.rights import Grant
from embassy_desk.store.identifiers import following_id, new_id, random_steps

RecordType = TypeVar("RecordType", bound=Record)
PartType = TypeVar("PartType", bound=Part)


@dataclass(frozen=True)
class Author:
    """For whom a unit of work acts, and by which route the values come in.

    Attributes:
        staff_id: The person; nothing for shipped reference data.
        mission: Code of the mission whose records are made.
        via: Route of the values.
        mode: `local` makes operations, `apply` takes over what others have decided.
        seen: Number of the last takeover from headquarters when the screen was read
            (`store.screens.present_moment`); 0 for now.
        grant: What the person may do; nothing where no grant has been accepted yet.
    """

    staff_id: UUID | None
    mission: str
    via: Route = Route.TYPED
    mode: str = "local"
    seen: int = 0
    grant: Grant | None = None


class Drafts:
    """Makes records without references, and parts; each gets an identity of its own.

    Needs no store, so that many can be made while others write to it.
    """

    def __init__(self, author: Author, at: datetime) -> None:
        """Make them for somebody.

        Args:
            author: Whose they are.
            at: The present time, with zone; kept in UTC to the millisecond, as rows keep it.
        """
        self.author = author
        self.at = at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)
        self._last_id = UUID(int=0)
        self._steps = random_steps()

    def record(self, entity: type[RecordType], **values: Any) -> RecordType:
        """Return a new record with identity, mission and author, and no reference but a given one.

        Raises:
            InvalidError: Some values are wrong.
        """
        return entity.made(**{**self._origin(), **values})

    def adopted(self, record: RecordType, **values: Any) -> RecordType:
        """Return a record that was validated elsewhere as a new one of ours.

        Args:
            record: Valid but for its identity and origin.
            values: Further fields, already as the class keeps them; they are not validated.
        """
        return record.model_copy(update={**self._origin(), **values})

    def part(self, part: type[PartType], record: Record, **values: Any) -> PartType:
        """Return a new part of a record.

        Raises:
            InvalidError: Some values are wrong.
        """
        return part.made(**{**self._belonging(part, record), **values})

    def adopted_part(self, part: PartType, record: Record, **values: Any) -> PartType:
        """Return a part that was validated elsewhere as a new one of a record.

        Args:
            part: Valid but for its identity and what it belongs to.
            record: What it belongs to.
            values: Further fields, already as the class keeps them; they are not validated.
        """
        return part.model_copy(update={**self._belonging(type(part), record), **values})

    def new_id(self) -> UUID:
        """Return a new identity, greater than every one that was given before."""
        if self._last_id.int == 0:
            self._last_id = new_id(int(self.at.timestamp() * 1000))
        else:
            self._last_id = following_id(self._last_id, next(self._steps))
        return self._last_id

    def _origin(self) -> dict[str, Any]:
        return {
            "id": self.new_id(),
            "mission": self.author.mission,
            "owner": self.author.staff_id,
            "created_at": self.at,
            "created_by": self.author.staff_id,
            "created_via": self.author.via,
        }

    def _belonging(self, part: type[Part], record: Record) -> dict[str, Any]:
        identity: dict[str, Any] = {"id": self.new_id(), part.parent_field: record.id}
        if part.hangs_on_any_kind():
            identity["record_kind"] = kind_of(record).name
        return identity
