"""One transaction: what was read and changed together, and the log of it."""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection

from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.domain.rights import Rights
from embassy_desk.store.borders import translated
from embassy_desk.store.change_log import NewRow, drain, has_captures, sign_off, uncaptured
from embassy_desk.store.drafts import Author, Drafts
from embassy_desk.store.guarding import refuse_change, refuse_new, refuse_removal, refuse_staged
from embassy_desk.store.identifiers import reference
from embassy_desk.store.many_rows import insert_many
from embassy_desk.store.nodes import present_node
from embassy_desk.store.reading import Reading
from embassy_desk.store.record_entries import Entry, add_entries, refresh
from embassy_desk.store.rows.base import entity_of_raw
from embassy_desk.store.rows.statements import delete_text, insert_text, raw_values, update_text
from embassy_desk.store.screens import Root
from embassy_desk.store.staging import Stage

__all__ = ["Author", "Changes", "UnitOfWork"]

EntityType = TypeVar("EntityType", bound=Entity)
RecordType = TypeVar("RecordType", bound=Record)
PartType = TypeVar("PartType", bound=Part)

_LOG = logging.getLogger(__name__)


def _unwatched(_done: int) -> None:
    """Stand for nobody who wants to know how far it is."""


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
        seen, hidden = self.rights.handlings, self.rights.hidden_kinds
        super().__init__(connection, at=at, handlings=seen, hidden_kinds=hidden)
        self.author, self.changes = author, Changes({})
        self._wall_ms = int(self.at.timestamp() * 1000)
        self._drafts = Drafts(author, self.at)
        self._strays: tuple[int, set[Root]] = (0, set())
        self._staged: dict[Root, Entry] = {}
        self._staged_log: list[NewRow] = []
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
        made = self._drafts.record(entity, **values)
        if made.ref:
            return made
        (ref,) = self.new_refs(kind_of(entity).code, 1)
        # The reference is our own and needs no validation, so the cheaper copy will do.
        return made.model_copy(update={"ref": ref})

    def new_part(self, part: type[PartType], record: Record, **values: Any) -> PartType:
        """Return a new part of a record; not saved yet.

        Raises:
            InvalidError: Some values are wrong.
        """
        return self._drafts.part(part, record, **values)

    def new_id(self) -> UUID:
        """Return a new identity, greater than every one that this unit of work gave before."""
        return self._drafts.new_id()

    def new_refs(self, code: str, count: int) -> tuple[str, ...]:
        """Return references for so many new records of a kind, by the kind's three capitals."""
        self._check_open()
        with translated():
            tag = present_node(self.raw).device_tag
            (last,) = self.raw.execute(
                "INSERT INTO ref_counter (code, last) VALUES (?, ?)"
                " ON CONFLICT (code) DO UPDATE SET last = last + excluded.last RETURNING last",
                (code, count),
            ).fetchone()
        numbers = range(last - count + 1, last + 1)
        return tuple(reference(self.author.mission, code, tag, number) for number in numbers)

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
        self._staged.clear()
        with translated():
            for entity, rows in by_class.items():
                self.raw.executemany(insert_text(entity), rows)

    def add_staged(self, stage: Stage, going_on: Callable[[int], None] = _unwatched) -> None:
        """Insert records that were made ready beforehand, with their parts; new ones only.

        Args:
            stage: The records.
            going_on: Told now and then how many rows are in; what it raises ends the work.

        Raises:
            RefusedError: The rights of the person do not allow it. Secrets are looked for before.
        """
        if self._is_local:
            refuse_staged(self.rights)
        self._check_open()
        done = 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            going_on(done)

        with translated(), uncaptured(self.raw) if self._is_local else nullcontext():
            for entity, rows in stage.rows.items():
                insert_many(self.raw, insert_text(entity), rows, told)
        self._staged |= stage.entries
        if self._is_local:
            self._staged_log += stage.log

    def remove(self, part: Part) -> None:
        """Remove a part. Records are never removed this way: they go to the trash."""
        if self._is_local:
            refuse_removal(self, self.rights, part)
        self.write(delete_text(type(part)), (part.id.hex,))

    def base_on(self, moment: int) -> None:
        """Say what its author had on screen, for all that this transaction changes.

        Args:
            moment: What `store.screens.present_moment` told when the screen was read.
        """
        self.write("UPDATE sync_ctx SET seen = ?", (moment,))

    def set_reference_version(self, version: int) -> None:
        """Note which version of the shipped reference data the store holds."""
        self.write("UPDATE store_identity SET reference_version = ?", (version,))

    def write(self, statement: str, values: tuple[Any, ...]) -> None:
        """Run a statement of the store's own in this transaction.

        Raises:
            RuntimeError: The unit of work is over.
        """
        self._check_open()
        self._staged.clear()  # it may have touched what was staged, so that is read again
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
                operations, roots = drain(self.raw, wall_ms=self._wall_ms, staged=self._staged_log)
                roots |= stray_roots
                refresh(self.raw, roots - self._staged.keys())
                add_entries(self.raw, self._staged.values())
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
