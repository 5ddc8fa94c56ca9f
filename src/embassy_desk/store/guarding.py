"""What stands between a person and a write: the rights of the grant, and the guard against secrets.

Only what a person does at this desk is asked about. What headquarters or the program itself decided
is applied as it is.
"""

from collections.abc import Iterable
from typing import Any

from embassy_desk.domain.catalogue import KINDS, kind_of
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.kind import Kind
from embassy_desk.domain.rights import Decision, Reach, Right, Rights
from embassy_desk.domain.secrecy import refuse_secrets
from embassy_desk.store.country_codes import (
    country_fields,
    known_countries,
    refuse_unknown_countries,
)
from embassy_desk.store.reading import Reading
from embassy_desk.texts import N_

_PUT_AWAY = frozenset({"archived_at", "trashed_at"})
_OF_PART: dict[type[Entity], Kind] = {part: kind for kind in KINDS for part in kind.parts}


def refuse_new(work: Reading, rights: Rights, entity: Entity) -> None:
    """Refuse a new record or part that this person may not enter, or that carries a secret.

    Raises:
        InvalidError: A text carries a mark of secrecy.
        RefusedError: The rights do not allow it.
    """
    if isinstance(entity, Part):
        _refuse_log(entity)
        _decision_on_part(work, rights, entity).require()
    else:
        rights.decide(Right.CREATE).require()
    refuse_secrets(entity)
    _refuse_countries(work, entity)


def refuse_staged(rights: Rights) -> None:
    """Refuse new records of one's own, with their parts, to a person who may not enter them.

    Raises:
        RefusedError: The rights do not allow it.
    """
    rights.decide(Right.CREATE).require()
    rights.decide(Right.EDIT).require()


def refuse_change(
    work: Reading, rights: Rights, stored: Entity, new: Entity, changed: Iterable[str]
) -> None:
    """Refuse a change that this person may not make, or that brings in a secret.

    Args:
        work: The unit of work.
        rights: Those of the person at the desk.
        stored: The record or part as it was.
        new: As it would be.
        changed: Names of the fields that differ.

    Raises:
        InvalidError: A changed text carries a mark of secrecy.
        RefusedError: The rights do not allow it.
    """
    names = frozenset(changed)
    _refuse_log(stored)
    if isinstance(stored, Record):
        rights.decide(_right_to_change(names), stored).require()
    elif isinstance(stored, Part):
        _decision_on_part(work, rights, stored).require()
    refuse_secrets(new, names)
    _refuse_countries(work, new, names)


def refuse_removal(work: Reading, rights: Rights, part: Part) -> None:
    """Refuse to remove a part that this person may not change.

    Raises:
        RefusedError: The rights do not allow it.
    """
    _refuse_log(part)
    _decision_on_part(work, rights, part).require()


def _refuse_log(entity: Entity) -> None:
    """Refuse what a person would change in a log; the program itself only adds to it.

    Raises:
        RefusedError: The record, or the record of the part, belongs to a log.
    """
    kind = _OF_PART.get(type(entity)) if isinstance(entity, Part) else kind_of(entity)
    if kind is not None and kind.is_log:
        raise RefusedError(N_("This belongs to a log and stays as it is."))


def _refuse_countries(work: Reading, entity: Entity, names: Iterable[str] | None = None) -> None:
    """Refuse a country that is not in the reference data; asked only where one is named."""
    fields = country_fields(type(entity))
    asked = fields if names is None else fields.intersection(names)
    if any(getattr(entity, name) for name in asked):
        refuse_unknown_countries(entity, known_countries(work), names)


def _right_to_change(names: frozenset[str]) -> Right:
    if "merged_into" in names:
        return Right.MERGE
    return Right.ARCHIVE if names & _PUT_AWAY else Right.EDIT


def _decision_on_part(work: Reading, rights: Rights, part: Part) -> Decision:
    """Decide on a row by the record it belongs to, which is only read if that matters."""
    decision = rights.decide(Right.EDIT)
    is_narrow = rights.grant is not None and rights.grant.reach is Reach.OWN
    if not decision.is_allowed or not is_narrow:
        return decision
    record = work.find(_kind_of_parent(part).entity, part.parent_id)
    return rights.decide(Right.EDIT, record)


def _kind_of_parent(part: Part) -> Kind:
    if type(part).hangs_on_any_kind():
        name: Any = getattr(part, "record_kind")  # noqa: B009  declared by each such class
        return next(each for each in KINDS if each.name == name)
    return _OF_PART[type(part)]
