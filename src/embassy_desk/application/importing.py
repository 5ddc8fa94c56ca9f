"""Takes records in from files: all of a file in one transaction, or nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from embassy_desk.application.contacts import host_country
from embassy_desk.application.initial_state import with_initial_state
from embassy_desk.application.names_in_files import Names
from embassy_desk.application.records import part_named
from embassy_desk.domain.agreement import AgreementLink, AgreementParty
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.entity import Entity, Part, Record, Route
from embassy_desk.domain.errors import MissingError
from embassy_desk.domain.links import link_id
from embassy_desk.domain.parts import StageStep, Tag
from embassy_desk.domain.phones import phone
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError
from embassy_desk.interchange.registers import LINKS
from embassy_desk.interchange.tables import read_table
from embassy_desk.interchange.vcards import read_vcards
from embassy_desk.store.finders.names import record_named
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_CARD_SUFFIXES = {".vcf", ".vcard"}


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would do.

    Attributes:
        records: How many records were taken in, by kind; organisations that had to be made are
            counted with their kind.
        is_kept: Whether they are in the store now.
    """

    records: Mapping[str, int]
    is_kept: bool


def read_file(path: Path, kind: str = "") -> tuple[Candidate, ...]:
    """Return the records of a file.

    Args:
        path: A vCard file, or a register in CSV or XLSX.
        kind: What the rows of a register are; contacts for a vCard file.

    Raises:
        UnreadableFileError: Something is wrong with it; every problem is named by its line.
        RefusedError: Registers of that kind cannot be read.
        StoreError: The file cannot be opened.
    """
    if path.suffix.lower() in _CARD_SUFFIXES and kind in {"", "contact"}:
        return read_vcards(path)
    return read_table(path, kind or _guessed_kind(path))


def _guessed_kind(path: Path) -> str:
    """Return the kind whose register takes the file with the fewest objections."""
    objections = {}
    for kind in ("agreement", "contact", "organisation", "task"):
        try:
            read_table(path, kind)
        except UnreadableFileError as error:
            objections[kind] = len(error.problems)
        else:
            return kind
    return min(objections, key=lambda kind: objections[kind])


def import_candidates(
    store: Store, candidates: Iterable[Candidate], *, is_dry_run: bool = False
) -> ImportResult:
    """Take candidates in, in one transaction.

    Raises:
        UnreadableFileError: A candidate names a record that does not exist, or breaks a rule.
        StoreError: The disk refuses; then nothing is kept.
    """
    author = replace(store.author, via=Route.IMPORT)
    with store.work(author) as work:
        intake = _Intake(work)
        for candidate in candidates:
            intake.take(candidate)
        intake.finish()
        if not is_dry_run:
            work.commit()
    return ImportResult(intake.counts, is_kept=not is_dry_run)


class _Intake:
    """Makes records of candidates and remembers what they name until all are known."""

    def __init__(self, work: UnitOfWork) -> None:
        self.counts: dict[str, int] = {}
        self._work = work
        self._names = Names(work)
        self._region = host_country(work)
        self._made: list[Entity] = []
        self._places: dict[UUID, int] = {}
        self._later: list[Callable[[], None]] = []
        self._problems: list[FileProblem] = []
        self._refs: set[str] = set()
        self._part_makers: Mapping[str, Callable[[Record, dict[str, Any], int], None]] = {
            "position": self._take_position,
            "contact_phone": self._take_phone,
            "tag": self._take_tag,
            "agreement_party": self._take_party,
            "agreement_link": self._take_link,
            "task_parent": self._take_parent,
        }

    def take(self, candidate: Candidate) -> None:
        """Make the record of a candidate with its parts."""
        kind = kind_named(candidate.kind)
        links = LINKS.get(kind.name, ())
        values = {name: text for name, text in candidate.values.items() if name not in links}
        values.pop("id", None)
        self._refuse_known(values.get("ref", ""), candidate.line)
        record = self._work.new(kind.entity, **with_initial_state(kind.name, values))
        self._keep(record)
        self._names.remember(record)
        self._log_state(record)
        for name, rows in candidate.parts.items():
            for row in rows:
                self._take_part(record, name, dict(row), candidate.line)
        for name in links:
            if name in candidate.values:
                self._link_later(record, name, candidate.values[name], candidate.line)

    def finish(self) -> None:
        """Match what named other records, then write everything.

        Raises:
            UnreadableFileError: Something was named that does not exist.
        """
        for step in self._later:
            step()
        if self._problems:
            raise UnreadableFileError(sorted(self._problems, key=lambda each: each.line))
        self._work.add_all(self._made)

    def _refuse_known(self, ref: str, line: int) -> None:
        """Note as a problem that a record of the file, by its reference, is here already."""
        if ref and (ref in self._refs or self._names.is_reference_known(ref)):
            text = N_("“{ref}” is in the store already; nothing is entered twice.", ref=ref)
            self._problems.append(FileProblem(line, "ref", text))
        self._refs.add(ref)

    def _keep(self, entity: Entity) -> None:
        self._places[entity.id] = len(self._made)
        self._made.append(entity)
        if isinstance(entity, Record):
            kind = kind_of(entity).name
            self.counts[kind] = self.counts.get(kind, 0) + 1

    def _log_state(self, record: Record) -> None:
        state = getattr(record, "state", None)
        if state is not None:
            values = {"to_state": str(state), "on": self._work.at.date(), "at": self._work.at}
            self._keep_part(StageStep, record, **values, is_registered=True)

    def _keep_part(self, part: type[Part], record: Record, **values: Any) -> None:
        self._keep(self._work.new_part(part, record, **values))

    def _take_part(self, record: Record, name: str, row: dict[str, Any], line: int) -> None:
        maker = self._part_makers.get(name)
        if maker is not None:
            maker(record, row, line)
            return
        self._keep_part(part_named(kind_of(record), name), record, **row)

    def _take_position(self, record: Record, row: dict[str, Any], _line: int) -> None:
        name = row.get("organisation_name", "")
        part = part_named(kind_of(record), "position")
        organisation = self._names.organisation(name) if name else None
        if organisation is not None:
            row["organisation_id"] = organisation.id
        self._keep_part(part, record, **row)

    def _take_phone(self, record: Record, row: dict[str, Any], _line: int) -> None:
        region = getattr(record, "nationality", "") or self._region
        row.setdefault("e164", phone(row["typed"], region))
        self._keep_part(part_named(kind_of(record), "contact_phone"), record, **row)

    def _take_tag(self, record: Record, row: dict[str, Any], _line: int) -> None:
        self._keep_part(Tag, record, **row, id=link_id("tag", record.id, row["label"]))

    def _take_party(self, record: Record, row: dict[str, Any], _line: int) -> None:
        organisation = self._names.known_organisation(row.get("name", ""))
        if organisation is not None:
            row["organisation_id"] = organisation.id
        self._keep_part(AgreementParty, record, **row)

    def _take_link(self, record: Record, row: dict[str, Any], line: int) -> None:
        name = row.pop("to")

        def match() -> None:
            other = self._find("agreement", name, line, row.get("kind", "agreement"))
            if other is not None:
                self._keep_part(AgreementLink, record, to_agreement_id=other, **row)

        self._later.append(match)

    def _take_parent(self, record: Record, row: dict[str, Any], line: int) -> None:
        name = row.pop("record")

        def match() -> None:
            try:
                kind, other = record_named(self._work, name)
            except MissingError as error:
                self._problems.append(FileProblem(line, "about", error.text))
                return
            part = part_named(kind_of(record), "task_parent")
            self._keep_part(part, record, record_kind=kind, record_id=other)

        self._later.append(match)

    def _link_later(self, record: Record, name: str, text: str, line: int) -> None:
        """Fill a field that names another record once the whole file is known."""
        kind, field = ("staff", name) if name == "assignee" else ("organisation", f"{name}_id")

        def match() -> None:
            other = self._find(kind, text, line, name)
            if other is not None:
                place = self._places[record.id]
                self._made[place] = self._made[place].changed(**{field: other})

        self._later.append(match)

    def _find(self, kind: str, name: str, line: int, field: str) -> UUID | None:
        """Return the identity of what a file names; what does not exist is noted as a problem."""
        found = self._names.find(kind, name)
        if found is None:
            text = N_("There is no {kind} “{name}”.", kind=kind_named(kind).label, name=name)
            self._problems.append(FileProblem(line, field, text))
        return found
