"""What is read inside one transaction: records and parts by identity, by equality, by record."""

import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

from sqlalchemy import Connection

from embassy_desk.domain.catalogue import entity_name, kind_of
from embassy_desk.domain.entity import Entity, Handling, Part, Record
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.store.borders import translated
from embassy_desk.store.rows.base import entity_of_raw
from embassy_desk.store.rows.statements import raw_value, select_text
from embassy_desk.texts import N_, Text

EntityType = TypeVar("EntityType", bound=Entity)
PartType = TypeVar("PartType", bound=Part)

NONE_HIDDEN: Mapping[str, Text] = MappingProxyType({})


class Reading(AbstractContextManager["Reading"]):
    """One transaction that reads; everything in it is of the same moment."""

    def __init__(
        self,
        connection: Connection,
        *,
        at: datetime,
        handlings: frozenset[str] | None = None,
        hidden_kinds: Mapping[str, Text] = NONE_HIDDEN,
    ) -> None:
        """Begin.

        Args:
            connection: A connection of the store's engine.
            at: The present time, with zone; kept in UTC to the millisecond, as rows keep it.
            handlings: Only records that are handled so exist for this reading; nothing for all.
            hidden_kinds: Of these kinds nothing exists for this reading; each with the reason.
        """
        self.handlings, self.hidden_kinds = handlings, hidden_kinds
        self.at = at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)
        self.connection = connection
        self._transaction = connection.get_transaction() or connection.begin()
        self._driver: Any = connection.connection.driver_connection

    def __enter__(self) -> Self:
        """Return the unit of work itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take back what was not committed."""
        self._driver = None  # keeps no closed store's connection alive
        if self._transaction.is_active:
            self._transaction.rollback()

    @property
    def raw(self) -> Any:
        """The driver's connection, inside this transaction; for the store's own statements."""
        return self._driver

    def find(self, entity: type[EntityType], entity_id: UUID) -> EntityType | None:
        """Return a record or part by identity, or nothing."""
        values = self._values(entity, entity_id)
        if values is None or not self._sees(entity, values):
            return None
        return entity_of_raw(entity, values)

    def narrowed(self, handlings: frozenset[str] | None, kind: str = "") -> frozenset[str] | None:
        """Return which handlings to ask for, given what is wanted and what may be seen.

        Raises:
            RefusedError: Of the kind that is asked for nothing may be seen.
        """
        if kind in self.hidden_kinds:
            raise RefusedError(self.hidden_kinds[kind])
        if self.handlings is None or handlings is None:
            return self.handlings if handlings is None else handlings
        return self.handlings & handlings

    def sees_record(self, record_id: UUID) -> bool:
        """Say whether a record may be seen in this reading; one that is not there may."""
        if self.handlings is None and not self.hidden_kinds:
            return True
        with translated():
            row = self.raw.execute(
                "SELECT handling, kind FROM record_entry WHERE record_id = ?", (record_id.hex,)
            ).fetchone()
        if row is None:
            return True
        is_seen = self.handlings is None or row[0] in self.handlings
        return is_seen and row[1] not in self.hidden_kinds

    def _sees(self, entity: type[Entity], values: tuple[Any, ...]) -> bool:
        """Say whether a row, given by its raw values, may be seen in this reading."""
        if self.hidden_kinds and entity_name(entity) in self.hidden_kinds:
            return False
        if self.handlings is None:
            return True
        names = tuple(entity.model_fields)
        if issubclass(entity, Part):
            return self.sees_record(UUID(values[names.index(entity.parent_field)]))
        return values[names.index("handling")] in self.handlings

    def _values(self, entity: type[Entity], entity_id: UUID) -> tuple[Any, ...] | None:
        """Return the raw values of a row, in the order of the fields, or nothing."""
        with translated():
            row: tuple[Any, ...] | None = self.raw.execute(
                f"{select_text(entity)} WHERE id = ?", (entity_id.hex,)
            ).fetchone()
        return row

    def get(self, entity: type[EntityType], entity_id: UUID) -> EntityType:
        """Return a record or part by identity.

        Raises:
            MissingError: There is none.
        """
        found = self.find(entity, entity_id)
        if found is None:
            raise MissingError(N_("There is no such record any more."))
        return found

    def get_many(self, entity: type[EntityType], ids: Iterable[UUID]) -> dict[UUID, EntityType]:
        """Return those of the named records that exist, by identity."""
        wanted = json.dumps([each.hex for each in ids])
        found = self._all(entity, "id IN (SELECT value FROM json_each(?))", (wanted,))
        return {each.id: each for each in found}

    def all(self, entity: type[EntityType], **equal: Any) -> tuple[EntityType, ...]:
        """Return the records or parts whose fields equal the given values, by identity.

        Raises:
            KeyError: There is no such field.
        """
        for name in equal:
            if name not in entity.model_fields:
                raise KeyError(name)
        condition = " AND ".join(f'"{name}" IS ?' for name in equal) or "true"
        return self._all(
            entity, condition, [raw_value(entity, name, each) for name, each in equal.items()]
        )

    def _all(
        self, entity: type[EntityType], condition: str, values: Iterable[Any]
    ) -> tuple[EntityType, ...]:
        hidden, allowed = _hidden(entity, self)
        with translated():
            rows = self.raw.execute(
                f"{select_text(entity)} WHERE ({condition}){hidden} ORDER BY id",
                (*values, *allowed),
            ).fetchall()
        return tuple([entity_of_raw(entity, row) for row in rows])

    def parts(self, part: type[PartType], record: Record) -> tuple[PartType, ...]:
        """Return the parts of one class that belong to a record, in the order they were made."""
        equal: dict[str, Any] = {part.parent_field: record.id}
        if part.hangs_on_any_kind():
            equal["record_kind"] = kind_of(record).name
        return self.all(part, **equal)

    def count(self, entity: type[Entity]) -> int:
        """Return how many rows there are, wherever they stand."""
        hidden, allowed = _hidden(entity, self)
        with translated():
            (count,) = self.raw.execute(
                f"SELECT count(*) FROM {entity_name(entity)} WHERE true{hidden}",  # noqa: S608
                allowed,
            ).fetchone()
        return int(count)


def _hidden(entity: type[Entity], work: Reading) -> tuple[str, tuple[str, ...]]:
    """Return a condition that leaves out what may not be seen, and its values."""
    if work.hidden_kinds and entity_name(entity) in work.hidden_kinds:
        return " AND false", ()
    if work.handlings is None:
        return "", ()
    allowed = tuple(sorted(work.handlings))
    marks = ", ".join("?" * len(allowed))
    if issubclass(entity, Part):
        # Records of this very transaction have no entry yet and are the person's own.
        hidden = f"SELECT record_id FROM record_entry WHERE handling NOT IN ({marks})"  # noqa: S608
        return f' AND "{entity.parent_field}" NOT IN ({hidden})', allowed
    return f" AND handling IN ({marks})", allowed


def seen(work: Reading, alias: str) -> str:
    """Return a condition of SQL that leaves out what may not be seen in a reading.

    Args:
        work: The unit of work.
        alias: What the statement calls a table of records, or `record_entry`.
    """
    if work.handlings is None:
        return "true"
    known = ", ".join(f"'{each.value}'" for each in Handling if each.value in work.handlings)
    return f"{alias}.handling IN ({known})"
