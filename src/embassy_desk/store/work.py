"""One transaction: what was read and changed together, and the log of it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection

from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Entity, Part, Record, Route
from embassy_desk.domain.rights import Grant, Rights
from embassy_desk.store.borders import translated
from embassy_desk.store.change_log import Root, drain, has_captures, sign_off
from embassy_desk.store.guarding import refuse_change, refuse_new, refuse_removal
from embassy_desk.store.identifiers import following_id, new_id, reference
from embassy_desk.store.reading import Reading
from embassy_desk.store.record_entries import refresh
from embassy_desk.store.rows.base import entity_of_raw
from embassy_desk.store.rows.statements import delete_text, insert_text, raw_values, update_text

EntityType = TypeVar("EntityType", bound=Entity)
RecordType = TypeVar("RecordType", bound=Record)
PartType = TypeVar("PartType", bound=Part)

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Author:
    """For whom a unit of work acts, and by which route the values come in.

    Attributes:
        staff_id: The person; nothing for shipped reference data.
        mission: Code of the mission whose records are made.
        via: Route of the values.
        mode: `local` makes operations, `apply` takes over what others have decided.
        seen: Highest position of headquarters' log that the person's screen was based on.
        grant: What the person may do; nothing where no grant has been accepted yet.
    """

    staff_id: UUID | None
    mission: str
    via: Route = Route.TYPED
    mode: str = "local"
    seen: int = 0
    grant: Grant | None = None


@dataclass(frozen=True)
class Changes:
    """What a unit of work has changed: records by kind, for whoever shows them."""

    records: Mapping[str, frozenset[UUID]]
    operations: int = 0

    @property
    def kinds(self) -> frozenset[str]:
        """Names of the kinds that were touched."""
        return frozenset(self.records)


class UnitOfWork(Reading):
    """Reads and writes inside one transaction; used by one thread at a time.

    Nothing is kept unless `commit` is called, as the last step, before it ends.
    """

    def __init__(
        self, connection: Connection, author: Author, *, at: datetime, is_reader: bool = False
    ) -> None:
        """Begin, and say for whom the triggers capture.

        Args:
            connection: A connection of the store's engine; a writing one begins immediately.
            author: For whom.
            at: The present time, with zone; stands on what is saved.
            is_reader: The connection refuses writes.
        """
        # What headquarters has decided is applied as it is, whoever sits at the desk.
        self._is_local = author.mode == "local"
        self.rights = Rights(author.grant if self._is_local else None, at.astimezone(UTC).date())
        super().__init__(connection, at=at, handlings=self.rights.handlings)
        self.author = author
        self.changes = Changes({})
        self._wall_ms = int(self.at.timestamp() * 1000)
        self._last_id = UUID(int=0)
        self._strays: tuple[int, set[Root]] = (0, set())
        if not is_reader:
            self._begin_writing()

    def _begin_writing(self) -> None:
        """Give writes that went round every unit of work their own operations, then sign on."""
        author = self.author
        with translated():
            if has_captures(self.raw):
                self._strays = drain(self.raw, wall_ms=self._wall_ms)
            self.raw.execute(
                "UPDATE sync_ctx SET mode = ?, user = ?, via = ?, seen = ?",
                (
                    author.mode,
                    author.staff_id.hex if author.staff_id else None,
                    author.via.value,
                    author.seen,
                ),
            )

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
        if made.ref:
            return made
        # The reference is our own and needs no validation, so the cheaper copy will do.
        return made.model_copy(update={"ref": self._next_ref(kind.code)})

    def new_part(self, part: type[PartType], record: Record, **values: Any) -> PartType:
        """Return a new part of a record; not saved yet.

        Raises:
            InvalidError: Some values are wrong.
        """
        identity: dict[str, Any] = {"id": self.new_id(), part.parent_field: record.id}
        if part.hangs_on_any_kind():
            identity["record_kind"] = kind_of(record).name
        return part.made(**{**identity, **values})

    def new_id(self) -> UUID:
        """Return a new identity, greater than every one that this unit of work gave before."""
        if self._last_id.int == 0:
            self._last_id = new_id(self._wall_ms)
        else:
            self._last_id = following_id(self._last_id)
        return self._last_id

    def _next_ref(self, code: str) -> str:
        self._check_open()
        with translated():
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

        Raises:
            InvalidError: A text carries a mark of secrecy.
            RefusedError: The rights of the person do not allow it.
        """
        kind = type(entity)
        stored = self._values(kind, entity.id)
        values = raw_values(entity)
        if stored is None:
            if self._is_local:
                refuse_new(self, self.rights, entity)
            self.write(insert_text(kind), values)
            return entity
        if stored == values:
            return entity
        if isinstance(entity, Record):
            # Our own two values need no validation, so the cheaper copy will do.
            entity = entity.model_copy(
                update={"changed_at": self.at, "changed_by": self.author.staff_id}
            )
            values = raw_values(entity)
        fields = zip(kind.model_fields, stored, values, strict=True)
        changed = {name: new for name, old, new in fields if old != new}
        if self._is_local:
            refuse_change(self, self.rights, entity_of_raw(kind, stored), entity, changed)
        self.write(update_text(kind, tuple(changed)), (*changed.values(), entity.id.hex))
        return entity

    def add_all(self, entities: Sequence[Entity]) -> None:
        """Insert many new records and parts at once; quicker than `save`, for imports."""
        by_class: dict[type[Entity], list[tuple[Any, ...]]] = {}
        for each in entities:
            if self._is_local:
                refuse_new(self, self.rights, each)
            by_class.setdefault(type(each), []).append(raw_values(each))
        self._check_open()
        with translated():
            for entity, rows in by_class.items():
                self.raw.executemany(insert_text(entity), rows)

    def remove(self, part: Part) -> None:
        """Remove a part. Records are never removed this way: they go to the trash."""
        if self._is_local:
            refuse_removal(self, self.rights, part)
        self.write(delete_text(type(part)), (part.id.hex,))

    def set_reference_version(self, version: int) -> None:
        """Note which version of the shipped reference data the store holds."""
        self.write("UPDATE store_identity SET reference_version = ?", (version,))

    def write(self, statement: str, values: tuple[Any, ...]) -> None:
        """Run a statement of the store's own in this transaction.

        Raises:
            RuntimeError: The unit of work is over.
        """
        self._check_open()
        with translated():
            self.raw.execute(statement, values)

    def _check_open(self) -> None:
        # A full disk may end a transaction by itself; what came after would stand alone.
        if not (self._transaction.is_active and self.raw.in_transaction):
            raise RuntimeError("this unit of work is over; begin another one")

    def commit(self) -> Changes:
        """Write the log and the index, and make everything durable.

        Returns:
            What was changed, by kind.

        Raises:
            StoreError: The disk is full or another program holds the store.
        """
        self._check_open()
        stray_operations, stray_roots = self._strays
        try:
            with translated():
                operations, roots = drain(self.raw, wall_ms=self._wall_ms)
                roots |= stray_roots
                refresh(self.raw, roots)
                sign_off(self.raw)
                self._transaction.commit()
        except BaseException:
            self._transaction.rollback()  # what is drained by half must not be committed later
            raise
        if stray_operations:
            _LOG.warning("%d writes went round the units of work", stray_operations)
        records: dict[str, set[UUID]] = {}
        for kind, record_id in roots:
            records.setdefault(kind, set()).add(UUID(record_id))
        self.changes = Changes({kind: frozenset(ids) for kind, ids in records.items()}, operations)
        return self.changes
