"""What differs between two moments of a record's history, read off its change log."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from embassy_desk.store.history import HistoryEntry


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field that holds another value at the later moment than at the earlier one.

    Attributes:
        entity: Table name of the record or part.
        row_id: Identity of the row.
        field: Name of the field.
        earlier: Value at the earlier moment as the log keeps it; nothing for empty or no row.
        later: Value at the later moment, likewise.
        at: When it was last changed between the two.
        by: Who changed it last; nothing for shipped data.
    """

    entity: str
    row_id: UUID
    field: str
    earlier: Any
    later: Any
    at: datetime
    by: UUID | None


def differences(
    entries: Sequence[HistoryEntry], earlier: int, later: int
) -> tuple[Difference, ...]:
    """Return what differs between two moments, in the order in which it was first changed.

    A field that was changed and changed back does not differ, and is left out.

    Args:
        entries: The history of a record and its parts, newest first.
        earlier: Place of the newest entry of the earlier moment.
        later: Place of the newest entry of the later moment; before `earlier`, or equal to it.

    Raises:
        ValueError: The places are the wrong way round, or outside the history.
    """
    if not 0 <= later <= earlier < len(entries):
        raise ValueError(f"no two moments of {len(entries)} entries: {earlier}, {later}")
    found: dict[tuple[str, UUID, str], Difference] = {}
    for entry in reversed(entries[later:earlier]):
        for change in entry.changes:
            key = (entry.entity, entry.row_id, change.field)
            first = found.get(key) or Difference(
                entity=entry.entity,
                row_id=entry.row_id,
                field=change.field,
                earlier=change.before,
                later=change.after,
                at=entry.at,
                by=entry.by,
            )
            found[key] = replace(first, later=change.after, at=entry.at, by=entry.by)
    return tuple(each for each in found.values() if each.earlier != each.later)
