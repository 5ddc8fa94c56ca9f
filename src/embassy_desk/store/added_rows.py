"""Takes back what a transaction added: all of an import of thousands of records in one go."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from embassy_desk.domain.catalogue import ENTITIES, entity_name
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.domain.errors import ConflictError
from embassy_desk.store.rows.statements import logged_values, raw_values
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

KEPT_ANEW = frozenset({"changed_at", "changed_by"})
"""When and by whom a record was changed last: it moves with every change."""

_BY_NAME = {entity_name(each): each for each in ENTITIES}


class AddedRow(NamedTuple):
    """A row that a transaction added.

    Attributes:
        entity: Name of its table.
        row_id: Its identity, 32 hexadecimal digits.
        fields: What the log says that it was given; what is not named was empty.
    """

    entity: str
    row_id: str
    fields: Mapping[str, Any]


def take_back_added(work: UnitOfWork, added: Iterable[AddedRow]) -> None:
    """Put added records in the trash, and remove added parts of records that were there before.

    Parts that were added with their record stay with it.

    Raises:
        ConflictError: Something was changed again, or removed, since.
        RefusedError: The rights of the person do not allow it.
    """
    by_class: dict[type[Entity], dict[UUID, Mapping[str, Any]]] = {}
    for each in added:
        by_class.setdefault(_BY_NAME[each.entity], {})[UUID(each.row_id)] = each.fields
    identities = {identity for rows in by_class.values() for identity in rows}
    for entity, rows in by_class.items():
        present = work.get_many(entity, rows)
        if len(present) < len(rows):
            raise ConflictError(
                N_("This was removed in the meantime; there is nothing to take back.")
            )
        for identity, row in present.items():
            _refuse_changed_since(row, rows[identity])
        for row in present.values():
            if isinstance(row, Record):
                # Our own two values need no validation, so the cheaper copy will do.
                away = {"trashed_at": work.at, "trashed_by": work.author.staff_id}
                work.save(row.model_copy(update=away))
            elif isinstance(row, Part) and row.parent_id not in identities:
                work.remove(row)


def _refuse_changed_since(present: Entity, given: Mapping[str, Any]) -> None:
    """Refuse if a field no longer has the value that it was added with.

    Raises:
        ConflictError: One has not.
    """
    entity = type(present)
    values = logged_values(entity, raw_values(present))
    names = (entity.model_fields.keys() & given.keys()) | values.keys()
    if any(values.get(each) != given.get(each) for each in names - KEPT_ANEW):
        raise ConflictError(N_("This was changed again since; undo the later change first."))
