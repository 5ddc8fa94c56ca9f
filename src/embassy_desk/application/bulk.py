"""What can be done with many records at once: each in one unit of work, so one step to take back.

Everything is kept or nothing: the first record that refuses ends the whole, and is named.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from embassy_desk.application.contacts import add_to_list
from embassy_desk.application.handlings import follow_handling
from embassy_desk.application.records import (
    check_fields,
    refuse_shared,
    tag,
)
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.contact_list import ContactList
from embassy_desk.domain.entity import ArchiveReason, Record
from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.domain.parts import Tag
from embassy_desk.domain.vietnamese import fold
from embassy_desk.store.finders.names import headings
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

Report = Callable[[int, int], None]
"""Is told how many records are done, and of how many; may raise to stop the work."""

MOST_SHOWN = 500
"""Lines of a table of before and after."""

_AT_ONCE = 500


@dataclass(frozen=True)
class Before:
    """What a record holds before it is changed."""

    heading: str
    value: Any


@dataclass(frozen=True)
class Outlook:
    """What a change over many records would do.

    Attributes:
        lines: The first records that would change, with what they hold now.
        changed: How many would change.
        same: How many hold the value already.
        names: What the records that the lines name are called.
    """

    lines: tuple[Before, ...]
    changed: int
    same: int
    names: Mapping[UUID, str]


def outlook(work: UnitOfWork, kind: str, ids: Sequence[UUID], field: str, value: Any) -> Outlook:
    """Return what setting a field over records would do, without doing it.

    Raises:
        InvalidError: Some record would become wrong; the first one is named.
        RefusedError: The field is not set this way.
        MissingError: There is no such kind.
    """
    _refuse_steps(field)
    check_fields(kind_named(kind), {field: value})
    shown: list[Before] = []
    changed = same = 0
    for record in _records(work, kind, ids):
        if getattr(_changed(record, {field: value}), field) == getattr(record, field):
            same += 1
            continue
        changed += 1
        if len(shown) < MOST_SHOWN:
            shown.append(Before(record.heading, getattr(record, field)))
    named = {each.value for each in shown if isinstance(each.value, UUID)}
    return Outlook(tuple(shown), changed, same, headings(work, named))


def change_many(
    work: UnitOfWork, kind: str, ids: Sequence[UUID], values: Mapping[str, Any], report: Report
) -> int:
    """Set fields over records; returns how many were changed.

    Raises:
        InvalidError: Some record would become wrong; it is named and nothing is kept.
        RefusedError: A field is not set this way, or a record is not changed here.
    """
    for field in values:
        _refuse_steps(field)
    check_fields(kind_named(kind), values)
    return _over(work, kind, ids, report, lambda record: _changed(record, values))


def archive_many(
    work: UnitOfWork,
    kind: str,
    ids: Sequence[UUID],
    report: Report,
    *,
    reason: ArchiveReason,
    note: str = "",
) -> int:
    """Put records away; those that are archived already stay as they are."""

    def archived(record: Record) -> Record:
        if record.is_archived:
            return record
        return record.changed(
            archived_at=work.at,
            archived_by=work.author.staff_id,
            archived_reason=reason,
            archived_note=note,
        )

    return _over(work, kind, ids, report, archived)


def trash_many(work: UnitOfWork, kind: str, ids: Sequence[UUID], report: Report) -> int:
    """Put records in the trash; those that lie there stay as they are."""

    def trashed(record: Record) -> Record:
        if record.is_trashed:
            return record
        return record.changed(trashed_at=work.at, trashed_by=work.author.staff_id)

    return _over(work, kind, ids, report, trashed)


def bring_back_many(work: UnitOfWork, kind: str, ids: Sequence[UUID], report: Report) -> int:
    """Take records out of the archive and out of the trash."""

    def brought_back(record: Record) -> Record:
        if not (record.is_archived or record.is_trashed):
            return record
        return record.changed(
            archived_at=None,
            archived_by=None,
            archived_reason=None,
            archived_note="",
            trashed_at=None,
            trashed_by=None,
        )

    return _over(work, kind, ids, report, brought_back)


def tag_many(work: UnitOfWork, kind: str, ids: Sequence[UUID], label: str, report: Report) -> int:
    """Put a tag on records; returns how many did not have it.

    Raises:
        InvalidError: The tag is empty or too long.
    """
    wearing = {each.record_id for each in _tags(work, kind, label)}
    done = 0
    for place, record in enumerate(_records(work, kind, ids), start=1):
        refuse_shared(work, record)
        if record.id not in wearing:
            tag(work, record, label)
            done += 1
        report(place, len(ids))
    return done


def untag_many(work: UnitOfWork, kind: str, ids: Sequence[UUID], label: str, report: Report) -> int:
    """Take a tag off records; returns how many had it."""
    chosen = set(ids)
    worn = [each for each in _tags(work, kind, label) if each.record_id in chosen]
    for place, each in enumerate(worn, start=1):
        work.remove(each)
        report(place, len(worn))
    return len({each.record_id for each in worn})


def list_many(work: UnitOfWork, ids: Sequence[UUID], contact_list_id: UUID, report: Report) -> int:
    """Put contacts on a contact list; returns how many were not on it.

    Raises:
        MissingError: The list is gone.
    """
    chosen = work.get(ContactList, contact_list_id)
    done = 0
    for start in range(0, len(ids), _AT_ONCE):
        report(start, len(ids))
        done += add_to_list(work, chosen, ids[start : start + _AT_ONCE])
    report(len(ids), len(ids))
    return done


def tags_of(work: UnitOfWork, kind: str, ids: Iterable[UUID]) -> tuple[str, ...]:
    """Return the tags that some of these records wear, in the order in which they were made."""
    chosen = set(ids)
    worn = (each.label for each in work.all(Tag, record_kind=kind) if each.record_id in chosen)
    return tuple(dict.fromkeys(worn))


def _tags(work: UnitOfWork, kind: str, label: str) -> list[Tag]:
    """Return the rows of a tag, however it was written."""
    wanted = fold(label)
    return [each for each in work.all(Tag, record_kind=kind) if fold(each.label) == wanted]


def _records(work: UnitOfWork, kind: str, ids: Sequence[UUID]) -> Iterable[Record]:
    """Yield records in the order of their identities given; those that are gone are left out."""
    entity = kind_named(kind).entity
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        found = work.get_many(entity, some)
        yield from (found[each] for each in some if each in found)


def _over(
    work: UnitOfWork,
    kind: str,
    ids: Sequence[UUID],
    report: Report,
    change: Callable[[Record], Record],
) -> int:
    done = 0
    for place, record in enumerate(_records(work, kind, ids), start=1):
        refuse_shared(work, record)
        changed = change(record)
        if changed != record:
            follow_handling(work, record, work.save(changed))
            done += 1
        report(place, len(ids))
    return done


def _changed(record: Record, values: Mapping[str, Any]) -> Record:
    """Return a record with other values, or say which record cannot take them."""
    try:
        return record.changed(**values)
    except InvalidError as error:
        raise InvalidError(
            Problem(
                each.field,
                N_("“{heading}”: {problem}", heading=record.heading, problem=each.text),
            )
            for each in error.problems
        ) from error


def _refuse_steps(field: str) -> None:
    if field == "state":
        raise RefusedError(N_("The state changes by its own step, not as a field."))
