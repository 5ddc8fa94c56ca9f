"""One transaction: what was read and changed together, and the log of it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select
from sqlmodel import Session

from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Entity, Part, Record, Route
from embassy_desk.domain.errors import MissingError
from embassy_desk.store.borders import translated
from embassy_desk.store.change_log import drain
from embassy_desk.store.identifiers import new_id, reference
from embassy_desk.store.record_entries import refresh
from embassy_desk.store.rows.base import ROWS, entity_of, table_of
from embassy_desk.texts import N_

EntityType = TypeVar("EntityType", bound=Entity)
RecordType = TypeVar("RecordType", bound=Record)
PartType = TypeVar("PartType", bound=Part)

_KEY_BATCH = 500


@dataclass(frozen=True)
class Author:
    """For whom a unit of work acts, and by which route the values come in.

    Attributes:
        staff_id: The person; nothing for shipped reference data.
        mission: Code of the mission whose records are made.
        via: Route of the values.
        mode: `local` makes operations, `apply` takes over what others have decided.
        seen: Highest position of headquarters' log that the person's screen was based on.
    """

    staff_id: UUID | None
    mission: str
    via: Route = Route.TYPED
    mode: str = "local"
    seen: int = 0


@dataclass(frozen=True)
class Changes:
    """What a unit of work has changed: records by kind, for whoever shows them."""

    records: Mapping[str, frozenset[UUID]]
    operations: int = 0

    @property
    def kinds(self) -> frozenset[str]:
        """Names of the kinds that were touched."""
        return frozenset(self.records)


class UnitOfWork(AbstractContextManager["UnitOfWork"]):
    """Reads and writes inside one transaction; used on the database thread only.

    Nothing is kept unless `commit` is called before it ends.
    """

    def __init__(self, connection: Connection, author: Author, *, at: datetime) -> None:
        """Begin.

        Args:
            connection: A connection of the store's engine; a writing one begins immediately.
            author: For whom.
            at: The present time, with zone; stands on what is saved.
        """
        self.author = author
        self.at = at
        self.connection = connection
        self._session = Session(connection, autoflush=False, expire_on_commit=False)
        self._transaction = connection.get_transaction() or connection.begin()
        self._is_marked = False
        self.changes = Changes({})

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
        self._session.close()
        if self._transaction.is_active:
            self._transaction.rollback()

    @property
    def raw(self) -> Any:
        """The driver's connection, inside this transaction; for the store's own statements."""
        return self.connection.connection.driver_connection

    # Reading

    def find(self, entity: type[EntityType], entity_id: UUID) -> EntityType | None:
        """Return a record or part by identity, or nothing."""
        row = self._session.get(ROWS[entity], entity_id)
        return None if row is None else entity_of(entity, row)

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
        wanted = list(dict.fromkeys(ids))
        found: dict[UUID, EntityType] = {}
        table = table_of(entity)
        for start in range(0, len(wanted), _KEY_BATCH):
            batch = wanted[start : start + _KEY_BATCH]
            found.update((each.id, each) for each in self._all(entity, table.c.id.in_(batch)))
        return found

    def all(self, entity: type[EntityType], **equal: Any) -> tuple[EntityType, ...]:
        """Return the records or parts whose fields equal the given values, by identity."""
        table = table_of(entity)
        return self._all(entity, *(table.c[name] == value for name, value in equal.items()))

    def _all(self, entity: type[EntityType], *conditions: Any) -> tuple[EntityType, ...]:
        table = table_of(entity)
        columns = [table.c[name] for name in entity.model_fields]
        query = select(*columns).where(*conditions).order_by(table.c.id)
        with translated():
            rows = self.connection.execute(query).all()
        return tuple(
            entity.model_construct(**dict(zip(entity.model_fields, row, strict=True)))
            for row in rows
        )

    def parts(self, part: type[PartType], record: Record) -> tuple[PartType, ...]:
        """Return the parts of one class that belong to a record, in the order they were made."""
        equal: dict[str, Any] = {part.parent_field: record.id}
        if "record_kind" in part.model_fields:
            equal["record_kind"] = kind_of(record).name
        return self.all(part, **equal)

    def count(self, entity: type[Entity]) -> int:
        """Return how many rows there are, wherever they stand."""
        query = select(func.count()).select_from(table_of(entity))
        return int(self.connection.execute(query).scalar_one())

    # Writing

    def new(self, entity: type[RecordType], **values: Any) -> RecordType:
        """Return a new record with identity, reference, mission and author; not saved yet.

        Raises:
            InvalidError: Some values are wrong.
        """
        kind = kind_of(entity)
        identity = {
            "id": self.new_id(),
            "mission": self.author.mission,
            "owner": self.author.staff_id,
            "created_at": self.at,
            "created_by": self.author.staff_id,
            "created_via": self.author.via,
        }
        made = entity.made(**{**identity, **values})
        return made if made.ref else made.changed(ref=self._next_ref(kind.code))

    def new_part(self, part: type[PartType], record: Record, **values: Any) -> PartType:
        """Return a new part of a record; not saved yet.

        Raises:
            InvalidError: Some values are wrong.
        """
        identity: dict[str, Any] = {"id": self.new_id(), part.parent_field: record.id}
        if "record_kind" in part.model_fields:
            identity["record_kind"] = kind_of(record).name
        return part.made(**{**identity, **values})

    def new_id(self) -> UUID:
        """Return a new identity."""
        return new_id(int(self.at.timestamp() * 1000))

    def _next_ref(self, code: str) -> str:
        self._mark()
        (tag,) = self.raw.execute(
            "SELECT device_tag FROM sync_node ORDER BY no DESC LIMIT 1"
        ).fetchone()
        (number,) = self.raw.execute(
            "INSERT INTO ref_counter (code, last) VALUES (?, 1)"
            " ON CONFLICT (code) DO UPDATE SET last = last + 1 RETURNING last",
            (code,),
        ).fetchone()
        return reference(self.author.mission, code, tag, number)

    def save(self, entity: EntityType) -> EntityType:
        """Insert or update a record or part, and return it as saved.

        A record that differs from what is stored gets the time and author of the change; one that
        does not is left as it is.
        """
        self._mark()
        row_class = ROWS[type(entity)]
        row = self._session.get(row_class, entity.id)
        if row is None:
            self._session.add(row_class(**dict(entity)))
            self._flush()
            return entity
        stored = entity_of(type(entity), row)
        if stored == entity:
            return entity
        if isinstance(entity, Record):
            entity = entity.changed(changed_at=self.at, changed_by=self.author.staff_id)
        for name, value in entity:
            if getattr(row, name) != value:
                setattr(row, name, value)
        self._flush()
        return entity

    def add_all(self, entities: Sequence[Entity]) -> None:
        """Insert many new records and parts at once; quicker than `save`, for imports."""
        self._mark()
        by_class: dict[type[Entity], list[dict[str, Any]]] = {}
        for each in entities:
            by_class.setdefault(type(each), []).append(dict(each))
        with translated():
            for entity, values in by_class.items():
                self.connection.execute(insert(table_of(entity)), values)

    def remove(self, part: Part) -> None:
        """Remove a part. Records are never removed this way: they go to the trash."""
        self._mark()
        self._session.expunge_all()
        table = table_of(type(part))
        with translated():
            self.connection.execute(delete(table).where(table.c.id == part.id))

    def set_reference_version(self, version: int) -> None:
        """Note which version of the shipped reference data the store holds."""
        self._mark()
        self.raw.execute("UPDATE store_identity SET reference_version = ?", (version,))

    def _mark(self) -> None:
        """Say for whom the triggers capture; once in a transaction, before its first write."""
        if self._is_marked:
            return
        author = self.author
        with translated():
            self.raw.execute(
                "UPDATE sync_ctx SET mode = ?, user = ?, via = ?, seen = ?",
                (
                    author.mode,
                    author.staff_id.hex if author.staff_id else None,
                    author.via.value,
                    author.seen,
                ),
            )
        self._is_marked = True

    def _flush(self) -> None:
        with translated():
            self._session.flush()

    def commit(self) -> Changes:
        """Write the log and the index, and make everything durable.

        Returns:
            What was changed, by kind.

        Raises:
            StoreError: The disk is full or another program holds the store.
        """
        with translated():
            self._session.flush()
            operations, roots = drain(self.raw, wall_ms=int(self.at.timestamp() * 1000))
            refresh(self.raw, roots)
            self._transaction.commit()
        records: dict[str, set[UUID]] = {}
        for kind, record_id in roots:
            records.setdefault(kind, set()).add(UUID(record_id))
        self.changes = Changes({kind: frozenset(ids) for kind, ids in records.items()}, operations)
        return self.changes
