"""Writes new records and parts in units of work of a few thousand rows each."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from datetime import date
from itertools import count
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

from embassy_desk.application.demo.fiction import moment
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.domain.links import link_id
from embassy_desk.domain.parts import StageStep, Tag
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork

ROWS_PER_COMMIT = 4000

RecordType = TypeVar("RecordType", bound=Record)
PartType = TypeVar("PartType", bound=Part)


class Pen(AbstractContextManager["Pen"]):
    """Collects rows and keeps them; each unit of work is written by another member of staff.

    Call `rest` between records: it commits when enough has come together. What is left is
    committed at the end, unless something went wrong.
    """

    def __init__(self, store: Store) -> None:
        """Write into a store."""
        self._store = store
        self._authors: Sequence[UUID] = (store.identity.owner,)
        self._turn = count()
        self._stack = ExitStack()
        self._rows: list[Entity] = []
        self.work: UnitOfWork = self._begin()

    def _begin(self) -> UnitOfWork:
        author = self._authors[next(self._turn) % len(self._authors)]
        return self._stack.enter_context(
            self._store.work(replace(self._store.author, staff_id=author))
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what is left."""
        if error is None:
            self._keep()
        self._stack.close()

    def written_by(self, authors: Sequence[UUID]) -> Self:
        """Let these members of staff take turns from the next unit of work on."""
        self._authors = authors
        return self

    def new(self, entity: type[RecordType], on: date, **values: Any) -> RecordType:
        """Return a new record that was entered on a day.

        Raises:
            InvalidError: Some values are wrong.
        """
        record = self.work.new(entity, created_at=moment(on), **values)
        self._rows.append(record)
        return record

    def part(self, part: type[PartType], record: Record, **values: Any) -> PartType:
        """Return a new part of a record.

        Raises:
            InvalidError: Some values are wrong.
        """
        made = self.work.new_part(part, record, **values)
        self._rows.append(made)
        return made

    def add(self, entity: Entity) -> None:
        """Write something that was made already."""
        self._rows.append(entity)

    def tag(self, record: Record, label: str) -> None:
        """Put a tag on a record; equal tags have equal identities everywhere."""
        self.part(Tag, record, id=link_id("tag", record.id, label), label=label)

    def step(self, record: Record, values: Mapping[str, Any]) -> StageStep:
        """Write down one step of a record from the values that its machine gave."""
        return self.part(StageStep, record, **values)

    def rest(self) -> None:
        """Commit if enough rows have come together, and begin another unit of work."""
        if len(self._rows) >= ROWS_PER_COMMIT:
            self._keep()
            self.work = self._begin()

    def _keep(self) -> None:
        self.work.add_all(self._rows)
        self.work.commit()
        self._rows.clear()
        self._stack.close()
