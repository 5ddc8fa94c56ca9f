"""Makes records of what a file says, and writes all of them or none."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from embassy_desk.application.host import mission_day
from embassy_desk.application.initial_state import with_initial_state
from embassy_desk.application.names_in_files import Names
from embassy_desk.application.parts_in_files import MADE_LATER, PartsInFiles
from embassy_desk.application.records import part_named
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.entity import Entity, Part, Record, Route
from embassy_desk.domain.errors import InvalidError, MissingError, RefusedError
from embassy_desk.interchange.candidates import Candidate, values_of
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError
from embassy_desk.interchange.limits import MAX_PROBLEMS
from embassy_desk.interchange.registers import LINKS
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_


class Intake:
    """Makes records of candidates and remembers what they name until all are known.

    Attributes:
        counts: How many records were made so far, by kind.
    """

    def __init__(self, work: UnitOfWork) -> None:
        """Take in through a writing unit of work."""
        self.counts: dict[str, int] = {}
        self._work = work
        self._day = mission_day(work)
        self._names = Names(work)
        self._parts = PartsInFiles(work, self._names)
        self._records: dict[UUID, Record] = {}
        self._made_parts: dict[UUID, Part] = {}
        self._later: list[tuple[int, str, Callable[[], None]]] = []
        self._problems: list[FileProblem] = []
        self._refs: set[str] = set()

    def take(self, candidate: Candidate) -> None:
        """Make the record of a candidate with its parts; what is wrong with it is noted."""
        if len(self._problems) < MAX_PROBLEMS:
            self._try(candidate.line, "", lambda: self._take(candidate))

    def finish(self) -> None:
        """Match what named other records, then write everything.

        Raises:
            UnreadableFileError: Something was wrong; every problem is named by its line.
        """
        for line, field, step in self._later:
            self._try(line, field, step)
        if self._problems:
            raise UnreadableFileError(sorted(self._problems, key=lambda each: each.line))
        made: list[Entity] = [*self._records.values(), *self._made_parts.values()]
        self._work.add_all(made)
        self._count("organisation", self._names.organisations_made)

    def _try(self, line: int, field: str, step: Callable[[], None]) -> None:
        """Do a step; what is wrong with it becomes a problem of its line."""
        try:
            step()
        except InvalidError as error:
            self._problems.extend(
                FileProblem(line, problem.field or field, problem.text)
                for problem in error.problems
            )
        except (MissingError, RefusedError) as error:
            self._problems.append(FileProblem(line, field, error.text))

    def _take(self, candidate: Candidate) -> None:
        if self._is_known(candidate):
            return
        kind = kind_named(candidate.kind)
        links = LINKS.get(kind.name, ())
        values = {
            name: text
            for name, text in candidate.values.items()
            if name not in links and name != "id"
        }
        record = self._work.new(kind.entity, **with_initial_state(kind.name, values, self._day))
        self._names.remember(record)
        self._records[record.id] = record
        self._count(kind.name, 1)
        registered = self._parts.registered_state(record)
        if registered is not None:
            self._made_parts[registered.id] = registered
        for name, rows in candidate.parts.items():
            for row in rows:
                self._take_part(record, name, row, candidate.line)
        for name in links:
            if name in candidate.values:
                self._link_later(record.id, name, candidate.values[name], candidate.line)

    def _count(self, kind: str, more: int) -> None:
        if more:
            self.counts[kind] = self.counts.get(kind, 0) + more

    def _is_known(self, candidate: Candidate) -> bool:
        """Say whether a record is shipped to every store and the file says the same of it.

        Raises:
            RefusedError: A record with the same reference is here already, or in the file twice.
        """
        ref = candidate.values.get("ref", "")
        if not ref:
            return False
        if ref in self._refs:
            raise RefusedError(N_("“{ref}” stands in the file twice.", ref=ref))
        self._refs.add(ref)
        try:
            kind, identity = self._names.referenced(ref)
        except MissingError:
            return False
        if kind == candidate.kind:
            record = self._work.find(kind_named(kind).entity, identity)
            if record is not None and self._says_nothing_new(candidate, record):
                return True
        raise RefusedError(
            N_("“{ref}” is in the store already; nothing is entered twice.", ref=ref)
        )

    def _says_nothing_new(self, candidate: Candidate, record: Record) -> bool:
        if record.created_via is not Route.REFERENCE:
            return False
        links = {
            name: self._names.wanted("organisation", candidate.values[name])
            for name in LINKS.get(candidate.kind, ())
            if name in candidate.values
        }
        fields = candidate.values.keys() - links.keys() - {"id"}
        if any(getattr(record, f"{name}_id") != identity for name, identity in links.items()):
            return False
        if values_of(record, fields=fields) != {name: candidate.values[name] for name in fields}:
            return False
        return all(self._has_rows(record, name, rows) for name, rows in candidate.parts.items())

    def _has_rows(self, record: Record, name: str, rows: Any) -> bool:
        parts = self._work.parts(part_named(kind_of(record), name), record)
        stored = [values_of(part).items() for part in parts]
        return all(any(row.items() <= each for each in stored) for row in rows)

    def _take_part(self, record: Record, name: str, row: Any, line: int) -> None:
        def make() -> None:
            part = self._parts.made(record, name, row)
            self._made_parts.setdefault(part.id, part)  # the same tag twice is one row

        if name in MADE_LATER:
            field = row.get("kind", "agreement") if name == "agreement_link" else "about"
            self._later.append((line, field, make))
        else:
            make()

    def _link_later(self, record_id: UUID, name: str, text: str, line: int) -> None:
        """Fill a field that names another record once the whole file is known."""
        kind, field = ("staff", name) if name == "assignee" else ("organisation", f"{name}_id")

        def match() -> None:
            other = self._names.wanted(kind, text)
            self._records[record_id] = self._records[record_id].changed(**{field: other})

        self._later.append((line, name, match))
