"""Merges two records of one person or body: values by choice, every relation moved, one step.

Merging is a change like any other: ordinary operations in one transaction, which undo takes back
as one and which travel field by field. What colleagues did meanwhile with the record that is gone
is put right after each exchange (`settle_merges`), in the same way on every desk.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from embassy_desk.application.records import check_fields, refuse_shared
from embassy_desk.domain.catalogue import entity_name, kind_named, kind_of
from embassy_desk.domain.entity import ArchiveReason, Entity, Part, Record
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.likeness import KINDS_WITH_DUPLICATES
from embassy_desk.domain.merge import (
    FieldChoice,
    choices,
    filled,
    moved,
    references_to,
    survivor_of,
    twin_key,
)
from embassy_desk.domain.rights import Right
from embassy_desk.store.finders.merged import merged_records, rows_leading_to
from embassy_desk.store.finders.names import headings
from embassy_desk.store.opening import Store
from embassy_desk.store.work import Changes, UnitOfWork
from embassy_desk.texts import N_

_MAIN = "is_primary"


@dataclass(frozen=True)
class MergePlan:
    """What merging two records would do.

    Attributes:
        kept: The record that is kept.
        lost: The one that goes to the archive.
        choices: Fields in which they differ, each with a proposal.
        moving: How many rows of each table lead to the record that goes, and move.
        names: What the records that the values name are called.
    """

    kind: str
    kept: Record
    lost: Record
    choices: tuple[FieldChoice, ...]
    moving: Mapping[str, int]
    names: Mapping[UUID, str]


def merge_plan(work: UnitOfWork, kind: str, kept_id: UUID, lost_id: UUID) -> MergePlan:
    """Return what merging would do, without doing it.

    Raises:
        MissingError: A record is gone.
        RefusedError: They cannot be merged; says why.
    """
    kept, lost = _two(work, kind, kept_id, lost_id)
    found = choices(kept, lost)
    named = {value for each in found for value in (each.kept, each.lost) if isinstance(value, UUID)}
    moving: Counter[str] = Counter()
    for reference in references_to(kind):
        moving[entity_name(reference.entity)] += len(
            rows_leading_to(work, kind, reference, [lost_id])
        )
    counts = {name: count for name, count in moving.items() if count}
    return MergePlan(kind, kept, lost, found, counts, headings(work, named))


def merge_records(
    work: UnitOfWork, kind: str, kept_id: UUID, lost_id: UUID, values: Mapping[str, Any]
) -> Record:
    """Let one record take over another: its chosen values, and everything that led to it.

    Args:
        work: A writing unit of work.
        kind: `contact` or `organisation`.
        kept_id: The record that is kept.
        lost_id: The one that goes to the archive and from now on leads to the kept one.
        values: Values that the kept record gets; others stay as they are.

    Returns:
        The record that is kept.

    Raises:
        InvalidError: The values do not fit together; nothing is kept.
        MissingError: A record is gone.
        RefusedError: They cannot be merged, or the rights do not allow it.
    """
    kept, lost = _two(work, kind, kept_id, lost_id)
    check_fields(kind_named(kind), values)
    for each in (kept, lost):
        refuse_shared(work, each)
        work.rights.decide(Right.MERGE, each).require()
    # Its values first: a stricter handling holds before anything moves to it.
    work.save(kept.changed(**values))
    _move(work, kind, {lost.id: kept.id})
    gone = {"merged_into": kept.id} | ({} if lost.is_archived else _archived(work))
    work.save(lost.changed(**gone))
    return work.get(type(kept), kept.id)


def proposal(plan: MergePlan) -> dict[str, Any]:
    """Return the values that the kept record gets unless somebody chooses otherwise."""
    return {each.field: each.proposed for each in plan.choices if each.proposed != each.kept}


def standing_for(work: UnitOfWork, record: Record) -> Record:
    """Return the record that stands for one that was merged; any other one for itself."""
    if record.merged_into is None:
        return record
    kind = kind_of(record).name
    found = work.find(type(record), survivor_of(record.id, merged_records(work, kind)))
    return record if found is None else found


def settle_merges(work: UnitOfWork) -> int:
    """Put right what two desks did with the same records unknown to each other.

    Rows that lead to a merged record move on to the one that stands for it, and of two records that
    were merged into one another the one with the lowest identity is in use again. Whichever desk
    does it, the outcome is the same.

    Returns:
        How many rows were changed.

    Raises:
        RefusedError: The rights of the person do not allow it.
    """
    done = 0
    for kind in sorted(KINDS_WITH_DUPLICATES):
        merged = merged_records(work, kind)
        standing = {each: survivor_of(each, merged) for each in merged}
        for identity in {each for each, stands in standing.items() if each == stands}:
            record = work.find(kind_named(kind).entity, identity)
            if record is not None:
                work.save(record.changed(**_IN_USE))
                done += 1
        done += _move(work, kind, {a: b for a, b in standing.items() if a != b})
    return done


def settled(store: Store) -> Changes:
    """Put right, after an exchange, what two desks merged differently; see `settle_merges`.

    Someone who may not merge leaves it to a colleague's desk: until then what was merged resolves
    all the same.
    """
    with store.work() as work:
        try:
            done = settle_merges(work)
        except RefusedError:
            return Changes({})
        return work.commit() if done else Changes({})


_IN_USE: Mapping[str, Any] = {
    "merged_into": None,
    "archived_at": None,
    "archived_by": None,
    "archived_reason": None,
    "archived_note": "",
}


def _two(work: UnitOfWork, kind: str, kept_id: UUID, lost_id: UUID) -> tuple[Record, Record]:
    if kind not in KINDS_WITH_DUPLICATES:
        raise RefusedError(N_("“{kind}” are not merged.", kind=kind_named(kind).plural))
    if kept_id == lost_id:
        raise RefusedError(N_("This is one record, not two."))
    entity = kind_named(kind).entity
    kept, lost = work.get(entity, kept_id), work.get(entity, lost_id)
    for each in (kept, lost):
        if each.merged_into is not None:
            raise RefusedError(N_("“{heading}” was merged before.", heading=each.heading))
        if each.is_trashed:
            raise RefusedError(
                N_("“{heading}” is in the trash; bring it back first.", heading=each.heading)
            )
    if kept.mission != lost.mission:
        raise RefusedError(N_("These records belong to different missions."))
    return kept, lost


def _archived(work: UnitOfWork) -> dict[str, Any]:
    return {
        "archived_at": work.at,
        "archived_by": work.author.staff_id,
        "archived_reason": ArchiveReason.DUPLICATE,
    }


def _move(work: UnitOfWork, kind: str, standing: Mapping[UUID, UUID]) -> int:
    """Let every row that leads to a merged record lead to the one that stands for it.

    Args:
        work: A writing unit of work.
        kind: Kind of the records.
        standing: Which record stands for each that was merged.

    Returns:
        How many rows were changed.
    """
    if not standing:
        return 0
    done = 0
    for reference in references_to(kind):
        beside: dict[UUID, list[Entity]] = {}
        for row_id, named in rows_leading_to(work, kind, reference, standing):
            row = work.find(reference.entity, row_id)
            if row is None or row.id in standing:
                continue
            survivor = standing[named]
            if survivor not in beside:
                beside[survivor] = list(work.all(reference.entity, **{reference.field: survivor}))
            _move_row(work, row, reference.field, survivor, beside[survivor])
            done += 1
    return done


def _move_row(
    work: UnitOfWork, row: Entity, field: str, survivor: UUID, present: list[Entity]
) -> None:
    """Let a row lead to the record that is kept; one that says the same as another is let go.

    Args:
        work: A writing unit of work.
        row: The row.
        field: By which field it leads there.
        survivor: The record that is kept.
        present: Rows that led there before; the moved one is added.
    """
    if not isinstance(row, Part):
        # An organisation below itself says nothing.
        work.save(row.changed(**{field: None if row.id == survivor else survivor}))
        return
    new = moved(row, field, survivor)
    if new is not None and _is_main(new) and any(map(_is_main, present)):
        new = new.changed(**{_MAIN: False})
    twin = None if new is None else _twin(work, new, present)
    if new is None or twin is not None or new.id != row.id:
        work.remove(row)
    if twin is not None and new is not None:
        work.save(filled(twin, new))
    elif new is not None:
        present.append(work.save(new))


def _is_main(row: Entity) -> bool:
    return bool(getattr(row, _MAIN, False))


def _twin(work: UnitOfWork, new: Part, present: Iterable[Entity]) -> Entity | None:
    """Return the row that says the same as a moved one, or has its identity."""
    key = twin_key(new)
    if key is None:
        return None
    same = next((each for each in present if twin_key(each) == key), None)
    if same is not None:
        return same
    found = work.find(type(new), new.id)
    return found if found is not None and twin_key(found) == key else None
