"""Makes records of what a file says, while the store is free for others; writes nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from embassy_desk.application.initial_state import with_initial_state
from embassy_desk.application.known_records import Key, KnownRecords, keys_of
from embassy_desk.application.names_in_files import Names
from embassy_desk.application.parts_in_files import MADE_LATER, PartsInFiles, Place
from embassy_desk.application.same_records import says_nothing_new
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.domain.errors import InvalidError, MissingError, RefusedError
from embassy_desk.domain.secrecy import refuse_secrets
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError
from embassy_desk.interchange.limits import MAX_PROBLEMS
from embassy_desk.interchange.registers import LINKS
from embassy_desk.store.country_codes import refuse_unknown_countries
from embassy_desk.store.drafts import Drafts
from embassy_desk.texts import N_


@dataclass
class NewRecord:
    """A record that a file brings.

    Attributes:
        record: The record.
        parts: What belongs to it by identity.
        picture: A JPEG in base64; mostly empty.
    """

    record: Record
    parts: dict[UUID, Part] = field(default_factory=dict)
    picture: str = ""


class Intake:
    """Makes records of candidates and remembers what they name until all are known.

    Attributes:
        records: The new records, in the order of the file.
        known: How many records the store or the file held already, by kind; nothing is made of
            them.
        relied_on: What was not known and must still not be when the records are written.
    """

    def __init__(
        self, store_knows: KnownRecords, drafts: Drafts, place: Place, *, takes_all: bool = False
    ) -> None:
        """Match with what the store knows, and make drafts; or take every candidate as new."""
        self._takes_all = takes_all
        self.records: dict[UUID, NewRecord] = {}
        self.known: dict[str, int] = {}
        self.relied_on: set[Key] = set()
        self._store_knows = store_knows
        self._drafts = drafts
        self._place = place
        self._names = Names(store_knows, drafts)
        self._parts = PartsInFiles(drafts, self._names, place)
        self._later: list[tuple[int, str, Callable[[], None]]] = []
        self._problems: list[FileProblem] = []
        self._refs: set[str] = set()

    def take(self, candidate: Candidate) -> None:
        """Make the record of a candidate with its parts; what is wrong with it is noted."""
        if len(self._problems) < MAX_PROBLEMS:
            self._try(candidate.line, "", lambda: self._take(candidate))

    def finish(self) -> None:
        """Match what named other records of the file.

        Raises:
            UnreadableFileError: Something was wrong; every problem is named by its line.
        """
        for line, name, step in self._later:
            self._try(line, name, step)
        if self._problems:
            raise UnreadableFileError(sorted(self._problems, key=lambda each: each.line))
        for made in self._names.made:
            self.records[made.id] = NewRecord(made)
            self.relied_on.update(("named", "organisation", name) for name in _names(made))

    def _try(self, line: int, name: str, step: Callable[[], None]) -> None:
        """Do a step; what is wrong with it becomes a problem of its line."""
        try:
            step()
        except InvalidError as error:
            self._problems.extend(
                FileProblem(line, problem.field or name, problem.text) for problem in error.problems
            )
        except (MissingError, RefusedError) as error:
            self._problems.append(FileProblem(line, name, error.text))

    def _take(self, candidate: Candidate) -> None:
        kind = kind_named(candidate.kind)
        if not self._takes_all and self._is_known(candidate):
            self.known[kind.name] = self.known.get(kind.name, 0) + 1
            return
        record = self._record(candidate)
        self._check(record)
        self._names.remember(record)
        new = self.records[record.id] = NewRecord(record, picture=candidate.picture)
        registered = self._parts.registered_state(record)
        if registered is not None:
            new.parts[registered.id] = registered
        for name, rows in candidate.parts.items():
            checked = candidate.checked.parts.get(name) if candidate.checked else None
            for place, row in enumerate(rows):
                part = checked[place] if checked else None
                self._take_part(new, name, row, part, candidate)
        for name in LINKS.get(kind.name, ()):
            if name in candidate.values:
                self._link_later(new, kind.name, name, candidate)

    def _check(self, entity: Entity) -> None:
        """Refuse what may not be written by anybody.

        Raises:
            InvalidError: A text carries a mark of secrecy, or a country is unknown.
        """
        refuse_secrets(entity)
        refuse_unknown_countries(entity, self._place.countries)

    def _record(self, candidate: Candidate) -> Record:
        links = LINKS.get(candidate.kind, {})
        values = {
            name: text
            for name, text in candidate.values.items()
            if name not in links and name != "id"
        }
        complete = with_initial_state(candidate.kind, values, self._place.day)
        if candidate.checked is None or complete != values:
            return self._drafts.record(kind_named(candidate.kind).entity, **complete)
        return self._drafts.adopted(candidate.checked.record)

    def _is_known(self, candidate: Candidate) -> bool:
        """Say whether the store, or the file further up, holds the same record.

        Raises:
            RefusedError: A record with the same reference is there and says something else.
        """
        ref = candidate.values.get("ref", "")
        if ref:
            return self._is_referenced(candidate, ref)
        keys = self._keys(candidate)
        if self._store_knows.same(iter(keys), candidate.kind) or not self.relied_on.isdisjoint(
            {("same", candidate.kind, *key) for key in keys}
        ):
            return True
        self.relied_on.update(("same", candidate.kind, *key) for key in keys)
        return False

    def _keys(self, candidate: Candidate) -> tuple[Key, ...]:
        if candidate.checked is None:
            return ()
        return tuple(keys_of(candidate.checked.record, candidate.checked.parts, candidate.uid))

    def _is_referenced(self, candidate: Candidate, ref: str) -> bool:
        if ref in self._refs:
            raise RefusedError(N_("“{ref}” stands in the file twice.", ref=ref))
        self._refs.add(ref)
        try:
            kind, identity = self._names.referenced(ref)
        except MissingError:
            self.relied_on.add(("ref", ref))
            return False
        if kind == candidate.kind and says_nothing_new(
            candidate, identity, self._store_knows, self._names
        ):
            return True
        raise RefusedError(
            N_(
                "“{ref}” is in the store already and says something else; nothing is overwritten.",
                ref=ref,
            )
        )

    def _take_part(
        self,
        new: NewRecord,
        name: str,
        row: Mapping[str, Any],
        checked: Part | None,
        candidate: Candidate,
    ) -> None:
        has_number = candidate.checked is not None and candidate.checked.has_numbers

        def make() -> None:
            part = self._parts.made(new.record, name, row, checked, has_number=has_number)
            self._check(part)
            new.parts.setdefault(part.id, part)  # the same tag twice is one row

        if name in MADE_LATER:
            place = row.get("kind", "agreement") if name == "agreement_link" else "about"
            self._later.append((candidate.line, place, make))
        else:
            make()

    def _link_later(self, new: NewRecord, kind: str, name: str, candidate: Candidate) -> None:
        """Fill a field that names another record once the whole file is known."""
        link = LINKS[kind][name]

        def match() -> None:
            other = self._names.wanted(link.kind, candidate.values[name])
            new.record = new.record.changed(**{link.field: other})

        self._later.append((candidate.line, name, match))


def _names(record: Entity) -> Iterator[str]:
    names = (getattr(record, name) for name in ("name_vi", "name_en", "name_original"))
    return (name for name in names if name)
