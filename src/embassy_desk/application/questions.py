"""Conflicts as the page of decisions and the fields of a record show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from embassy_desk.application.conflicts import (
    OpenConflict,
    conflicts_of,
    may_decide_law,
    open_conflicts,
    resolve_conflict,
)
from embassy_desk.store.finders.names import headings
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.conflicts import WHOLE_ROW, ConflictKind

__all__ = ["WHOLE_ROW", "ConflictKind", "Question", "decide", "decide_all", "questions"]


@dataclass(frozen=True)
class Question:
    """One conflict with the names that show it.

    Attributes:
        found: The conflict, and the record it is about.
        names: Headings by identity: of the people, and of records that its values name.
        may_decide: Whether the person may; law is for the head of mission or headquarters.
    """

    found: OpenConflict
    names: Mapping[UUID, str]
    may_decide: bool


def questions(work: UnitOfWork, record_id: UUID | None = None) -> tuple[Question, ...]:
    """Return what waits for a decision, the oldest first.

    Args:
        work: A unit of work.
        record_id: Only what is about this record.
    """
    seen = open_conflicts(work) if record_id is None else conflicts_of(work, record_id)
    named = {value for each in seen for value in _identities(each)}
    names = headings(work, named)
    decides_law = may_decide_law(work)
    return tuple(Question(each, names, decides_law or not each.conflict.is_legal) for each in seen)


def _identities(found: OpenConflict) -> set[UUID]:
    conflict = found.conflict
    values = (
        conflict.winner_user,
        conflict.loser_user,
        conflict.winner_value,
        conflict.loser_value,
        conflict.base_value,
    )
    return {UUID(each) for each in values if isinstance(each, str) and _is_identity(each)}


def _is_identity(text: str) -> bool:
    return len(text) == 32 and set(text) <= set("0123456789abcdef")  # noqa: PLR2004  UUID digits


def decide(work: UnitOfWork, conflict_id: str, *, takes_other: bool) -> OpenConflict:
    """Close a conflict: what is in force stays, or the other value comes into force.

    Raises:
        MissingError: It was decided meanwhile, or its row is not here any more.
        RefusedError: It is about the law, and this person may not decide that.
        InvalidError: The other value does not fit the record as it stands.
    """
    found = next((each for each in open_conflicts(work) if each.conflict.id == conflict_id), None)
    is_mine = found is not None and found.is_winner_mine
    return resolve_conflict(work, conflict_id, "theirs" if takes_other == is_mine else "mine")


def decide_all(work: UnitOfWork, conflict_ids: tuple[str, ...], *, takes_other: bool) -> int:
    """Close several conflicts alike, all or none; return how many.

    Raises:
        DeskError: As `decide`; then nothing is kept.
    """
    for each in conflict_ids:
        decide(work, each, takes_other=takes_other)
    return len(conflict_ids)
