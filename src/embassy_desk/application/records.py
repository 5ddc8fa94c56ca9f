"""What can be done with a record of any kind: find, enter, change, archive, trash, tag, undo."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from embassy_desk.application.handlings import follow_handling
from embassy_desk.application.host import mission_day
from embassy_desk.application.initial_state import with_completion
from embassy_desk.application.taking_back import redo_last, undo_change, undo_last
from embassy_desk.domain.catalogue import GENERAL_PARTS, KINDS, entity_name, kind_named, kind_of
from embassy_desk.domain.entity import ArchiveReason, Entity, Part, Record
from embassy_desk.domain.errors import InvalidError, MissingError, Problem, RefusedError
from embassy_desk.domain.kind import Kind, Scope
from embassy_desk.domain.links import link_id
from embassy_desk.domain.parts import StageStep, Tag
from embassy_desk.store import history
from embassy_desk.store.finders.names import record_named
from embassy_desk.store.finders.search import Hit, search
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

__all__ = [
    "RecordFile",
    "add_part",
    "all_kinds",
    "archive",
    "bring_back",
    "change_record",
    "check_fields",
    "enter_record",
    "entities_of",
    "find_record",
    "history_of",
    "log_registered_state",
    "part_named",
    "record_file",
    "redo_last",
    "refuse_log",
    "refuse_shared",
    "remove_part",
    "replace_tags",
    "save_part",
    "search_everything",
    "tag",
    "trash",
    "undo_change",
    "undo_last",
]

RecordType = TypeVar("RecordType", bound=Record)


@dataclass(frozen=True)
class RecordFile:
    """A record with all rows that belong to it.

    Attributes:
        record: The record itself.
        parts: Its rows by table name, in the order they were made.
    """

    record: Record
    parts: Mapping[str, tuple[Part, ...]]


def find_record(work: UnitOfWork, name: str) -> Record:
    """Return the record with a reference or an identity.

    Args:
        work: A unit of work.
        name: A reference such as `TOK-AGR-A7K2-0042`, or a UUID.

    Raises:
        MissingError: There is none.
        RefusedError: Two records carry this reference.
    """
    kind, record_id = record_named(work, name)
    return work.get(kind_named(kind).entity, record_id)


def record_file(work: UnitOfWork, kind: str, record_id: UUID) -> RecordFile:
    """Return a record of a kind with all its parts.

    Raises:
        MissingError: There is none, or no such kind.
    """
    record = work.get(kind_named(kind).entity, record_id)
    parts = {
        entity_name(part): work.parts(part, record)
        for part in (*kind_named(kind).parts, *GENERAL_PARTS)
    }
    return RecordFile(record, parts)


def enter_record(
    work: UnitOfWork,
    kind: str,
    values: Mapping[str, Any],
    parts: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> Record:
    """Enter a new record of any kind with its parts.

    A record that has a state may be entered in any of them; the step is logged as registered.

    Args:
        work: A writing unit of work.
        kind: Name of the kind.
        values: Fields of the record.
        parts: Rows of its parts by table name.

    Raises:
        InvalidError: Some values are wrong; every problem is named.
        MissingError: There is no such kind.
        RefusedError: The program alone enters records of this kind.
    """
    known = kind_named(kind)
    refuse_log(known)
    check_fields(known, values)
    complete = with_completion(kind, values, mission_day(work), work.author.staff_id)
    record = work.save(work.new(known.entity, **complete))
    for name, rows in (parts or {}).items():
        part = part_named(known, name)
        for row in rows:
            work.save(work.new_part(part, record, **row))
    log_registered_state(work, record)
    return record


def log_registered_state(work: UnitOfWork, record: Record) -> None:
    """Write down in which state a record was entered, if its kind has states."""
    state = getattr(record, "state", None)
    if state is None:
        return
    work.save(
        work.new_part(
            StageStep,
            record,
            to_state=str(state),
            on=mission_day(work),
            at=work.at,
            by=work.author.staff_id,
            is_registered=True,
        )
    )


def check_fields(kind: Kind, values: Mapping[str, Any]) -> None:
    """Refuse fields that the kind does not have, naming the nearest one.

    Raises:
        InvalidError: Some field is unknown or is kept by the program itself.
    """
    problems = []
    for name in values:
        if name in _KEPT_FIELDS:
            problems.append(Problem(name, N_("The program keeps this field itself.")))
        elif name not in kind.entity.model_fields:
            near = difflib.get_close_matches(name, list(kind.entity.model_fields), n=1)
            text = (
                N_("There is no such field; did you mean “{near}”?", near=near[0])
                if near
                else N_("There is no such field.")
            )
            problems.append(Problem(name, text))
    if problems:
        raise InvalidError(problems)


_KEPT_FIELDS = frozenset(
    {
        "id",
        "ref",
        "mission",
        "created_at",
        "created_by",
        "created_via",
        "changed_at",
        "changed_by",
        "archived_at",
        "archived_by",
        "trashed_at",
        "trashed_by",
        "merged_into",
    }
)


def part_named(kind: Kind, name: str) -> type[Part]:
    """Return the class of a part by its table name.

    Raises:
        MissingError: Records of this kind have no such part.
    """
    for part in (*kind.parts, *GENERAL_PARTS):
        if entity_name(part) == name:
            return part
    raise MissingError(N_("“{kind}” has no part “{name}”.", kind=kind.label, name=name))


def change_record(
    work: UnitOfWork, kind: str, record_id: UUID, values: Mapping[str, Any]
) -> Record:
    """Change fields of a record; a change of state goes through its own command.

    Raises:
        InvalidError: Some values are wrong; every problem is named.
        MissingError: The record is gone.
        RefusedError: The state was among the values.
    """
    known = kind_named(kind)
    check_fields(known, values)
    record = work.get(known.entity, record_id)
    refuse_shared(work, record)
    if "state" in values and str(values["state"]) != str(getattr(record, "state", None)):
        raise RefusedError(N_("The state changes by its own step, not as a field."))
    changed = work.save(record.changed(**values))
    follow_handling(work, record, changed)
    return changed


def refuse_shared(work: UnitOfWork, record: Record) -> None:
    """Refuse to change, at a mission, what headquarters and the program give to all.

    Raises:
        RefusedError: The record belongs to the shared reference data, or to a log.
    """
    refuse_log(kind_of(record))
    if kind_of(record).scope is Scope.SHARED and work.author.mode == "local":
        raise RefusedError(N_("Reference data comes from headquarters and is not changed here."))


def refuse_log(kind: Kind) -> None:
    """Refuse to enter or change by hand what the program writes down itself.

    Raises:
        RefusedError: The kind is a log.
    """
    if kind.is_log:
        raise RefusedError(
            N_("“{kind}” is written by the program and stays as it is.", kind=kind.plural)
        )


def save_part(work: UnitOfWork, part: Part) -> Part:
    """Save one row of a record.

    Raises:
        InvalidError: Some values are wrong.
    """
    return work.save(part)


def add_part(
    work: UnitOfWork, kind: str, record_id: UUID, name: str, values: Mapping[str, Any]
) -> Part:
    """Add one row to a record.

    Raises:
        InvalidError: Some values are wrong.
        MissingError: The record or the part's class does not exist.
    """
    known = kind_named(kind)
    record = work.get(known.entity, record_id)
    refuse_shared(work, record)
    return work.save(work.new_part(part_named(known, name), record, **values))


def remove_part(work: UnitOfWork, part: Part) -> None:
    """Remove one row of a record."""
    work.remove(part)


def archive(
    work: UnitOfWork,
    kind: str,
    record_id: UUID,
    *,
    reason: ArchiveReason,
    note: str = "",
) -> Record:
    """Put a record away, with the reason; it stays findable and keeps its history.

    Raises:
        MissingError: The record is gone.
        RefusedError: It is archived already.
    """
    record = work.get(kind_named(kind).entity, record_id)
    refuse_shared(work, record)
    if record.is_archived:
        raise RefusedError(N_("This record is archived already."))
    return work.save(
        record.changed(
            archived_at=work.at,
            archived_by=work.author.staff_id,
            archived_reason=reason,
            archived_note=note,
        )
    )


def bring_back(work: UnitOfWork, kind: str, record_id: UUID) -> Record:
    """Take a record out of the archive and out of the trash.

    Raises:
        MissingError: The record is gone.
    """
    record = work.get(kind_named(kind).entity, record_id)
    return work.save(
        record.changed(
            archived_at=None,
            archived_by=None,
            archived_reason=None,
            archived_note="",
            trashed_at=None,
            trashed_by=None,
        )
    )


def trash(work: UnitOfWork, kind: str, record_id: UUID) -> Record:
    """Put a record in the trash; nothing is erased.

    Raises:
        MissingError: The record is gone.
    """
    record = work.get(kind_named(kind).entity, record_id)
    refuse_shared(work, record)
    return work.save(record.changed(trashed_at=work.at, trashed_by=work.author.staff_id))


def tag(work: UnitOfWork, record: Record, label: str) -> Tag:
    """Put a tag on a record; the same tag by two people is one row.

    Raises:
        InvalidError: The tag is empty or too long.
    """
    kind = kind_of(record).name
    return work.save(
        Tag.made(
            id=link_id("tag", record.id, label),
            record_kind=kind,
            record_id=record.id,
            label=label,
        )
    )


def replace_tags(work: UnitOfWork, record: Record, labels: Iterable[str]) -> None:
    """Make the tags of a record equal to the given ones; others are removed.

    Raises:
        InvalidError: A tag is too long.
    """
    kept = {tag(work, record, label).id for label in labels}
    for each in work.parts(Tag, record):
        if each.id not in kept:
            work.remove(each)


def history_of(work: UnitOfWork, record_id: UUID) -> tuple[history.HistoryEntry, ...]:
    """Return what happened to a record and its parts, newest first.

    Raises:
        MissingError: The record may not be seen.
    """
    if not work.sees_record(record_id):
        raise MissingError(N_("There is no such record any more."))
    return history.history_of(work, record_id)


def search_everything(
    work: UnitOfWork, text: str, *, kinds: frozenset[str] | None = None, limit: int = 50
) -> tuple[Hit, ...]:
    """Return the records that contain every word, exact spelling and names first."""
    return search(work, text, kinds=kinds, limit=limit)


def all_kinds() -> tuple[str, ...]:
    """Return the names of every kind, in the order of the catalogue."""
    return tuple(kind.name for kind in KINDS)


def entities_of(file: RecordFile) -> tuple[Entity, ...]:
    """Return a record and all its parts in one tuple."""
    return (file.record, *(part for parts in file.parts.values() for part in parts))
