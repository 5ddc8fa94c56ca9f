"""The records of one mission as headquarters has them, for reports to read."""

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import Connection, select

from embassy_desk.domain.catalogue import KINDS, entity_name, kind_of
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.domain.errors import InvalidError, MissingError
from embassy_desk.headquarters.tables import HUB_ROW
from embassy_desk.sync.scopes import SHARED_SCOPE, mission_scope
from embassy_desk.texts import N_

EntityType = TypeVar("EntityType", bound=Entity)
PartType = TypeVar("PartType", bound=Part)

_LOG = logging.getLogger(__name__)


class HubRecords:
    """Reads the merged rows of a mission and those that all share; each kind once.

    Attributes:
        unread: How many rows could not be read, such as those of a newer version.
    """

    def __init__(self, connection: Connection, mission: str) -> None:
        """Read within a transaction."""
        self._connection = connection
        self._scopes = (
            mission_scope(mission),
            mission_scope(mission, is_restricted=True),
            SHARED_SCOPE,
        )
        self._read: dict[type[Entity], dict[UUID, Entity]] = {}
        self.unread = 0

    def all(self, entity: type[EntityType], **equal: Any) -> tuple[EntityType, ...]:
        """Return the records or parts whose fields equal the given values, by identity."""
        rows = self._rows(entity).values()
        return tuple(
            each
            for each in rows
            if all(getattr(each, name) == value for name, value in equal.items())
        )

    def find(self, entity: type[EntityType], entity_id: UUID) -> EntityType | None:
        """Return a record or part by identity, or nothing."""
        return self._rows(entity).get(entity_id)

    def get(self, entity: type[EntityType], entity_id: UUID) -> EntityType:
        """Return a record or part by identity.

        Raises:
            MissingError: There is none.
        """
        found = self.find(entity, entity_id)
        if found is None:
            raise MissingError(N_("There is no such record any more."))
        return found

    def parts(self, part: type[PartType], record: Record) -> tuple[PartType, ...]:
        """Return the parts of one class that belong to a record."""
        equal: dict[str, Any] = {part.parent_field: record.id}
        if part.hangs_on_any_kind():
            equal["record_kind"] = kind_of(record).name
        return self.all(part, **equal)

    def names(self, ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """Return what records are called, of whatever kind."""
        wanted = set(ids)
        return {
            each: record.heading
            for kind in KINDS
            for each, record in self._rows(kind.entity).items()
            if each in wanted
        }

    def _rows(self, entity: type[EntityType]) -> dict[UUID, EntityType]:
        if entity not in self._read:
            chosen = (
                select(HUB_ROW.c.row_id, HUB_ROW.c.fields)
                .where(
                    HUB_ROW.c.entity == entity_name(entity),
                    HUB_ROW.c.scope.in_(self._scopes),
                    HUB_ROW.c.is_deleted == 0,
                )
                .order_by(HUB_ROW.c.row_id)
            )
            found = (self._entity(entity, *row) for row in self._connection.execute(chosen))
            self._read[entity] = {each.id: each for each in found if each is not None}
        return cast("dict[UUID, EntityType]", self._read[entity])

    def _entity(self, entity: type[EntityType], row_id: str, fields: str) -> EntityType | None:
        """Return a row as its class, without fields that this version does not know."""
        told = json.loads(fields)
        known = {name: told[name] for name in told if name in entity.model_fields}
        try:
            return entity.made(**{**known, "id": UUID(row_id)})
        except InvalidError as error:
            self.unread += 1
            fields_of = ", ".join(each.field for each in error.problems)
            _LOG.warning("a row of %s cannot be read: %s", entity_name(entity), fields_of)
            return None
