"""What files call records by: found when a file is read, chosen when one is written.

A file names a record by a name, a title or a reference. Names are compared without regard to marks
and letter case; what the file itself brings comes before what the store holds.
"""

from collections.abc import Callable, Iterator
from uuid import UUID

from embassy_desk.application.contacts import name_field
from embassy_desk.application.known_records import FURTHER_NAMES, KnownRecords
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.domain.organisation import Organisation, OrganisationAlias
from embassy_desk.domain.vietnamese import fold
from embassy_desk.store.drafts import Drafts
from embassy_desk.store.finders.names import called, part_texts, record_named
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_CALLED_BY_NAME = {
    "organisation": ("organisation",),
    "agreement": ("agreement", "organisation"),
    "task": ("staff", "contact"),
}
"""Kinds of the records that a file of a kind calls by name; any other by reference."""


class Names:
    """The names that a file uses, and the records they mean.

    Attributes:
        made: Organisations that had to be made, because positions name them.
    """

    def __init__(self, known: KnownRecords, drafts: Drafts) -> None:
        """Look among what is known, and make what is missing as a draft."""
        self.made: list[Organisation] = []
        self._known = known
        self._drafts = drafts
        self._in_file: dict[tuple[str, str], UUID] = {}
        self._references: dict[str, tuple[str, UUID]] = {}

    def remember(self, record: Record) -> None:
        """Take note of a record that the file itself brings."""
        kind = kind_of(record).name
        for name in _names_of(record, kind):
            self._in_file.setdefault((kind, name), record.id)
        if record.ref:
            self._references.setdefault(record.ref.upper(), (kind, record.id))

    def organisation(self, name: str) -> UUID:
        """Return the organisation of a name: from the file, from the store, or made now.

        Raises:
            InvalidError: The name is empty or too long.
        """
        found = self.known_organisation(name)
        if found is not None:
            return found
        made = self._drafts.record(Organisation, **{name_field(name): name})
        self._in_file["organisation", fold(name)] = made.id
        self.made.append(made)
        return made.id

    def known_organisation(self, name: str) -> UUID | None:
        """Return the organisation of a name, from the file or from the store; nothing if none."""
        return self._called("organisation", name) if name else None

    def wanted(self, kind: str, name: str) -> UUID:
        """Return the identity of the record of a kind with a title, name or reference.

        Raises:
            MissingError: There is none.
        """
        found = self._called(kind, name) or self._by_reference(kind, name)
        if found is None:
            label = kind_named(kind).label
            raise MissingError(N_("There is no {kind} “{name}”.", kind=label, name=name))
        return found

    def referenced(self, ref: str) -> tuple[str, UUID]:
        """Return kind and identity of the record with a reference or an identity.

        Raises:
            MissingError: There is none.
            RefusedError: Two records carry this reference.
        """
        return self._references.get(ref.strip().upper()) or self._known.referenced(ref)

    def _called(self, kind: str, name: str) -> UUID | None:
        return self._in_file.get((kind, fold(name))) or self._known.named(kind, name)

    def _by_reference(self, kind: str, ref: str) -> UUID | None:
        try:
            found, identity = self.referenced(ref)
        except (MissingError, RefusedError):
            return None
        return identity if found == kind else None


def _names_of(record: Record, kind: str) -> set[str]:
    names = (record.heading, *(getattr(record, field) for field in FURTHER_NAMES.get(kind, ())))
    return {folded for name in names if name and (folded := fold(name))}


def calling(work: UnitOfWork, kind: str) -> Callable[[UUID], str]:
    """Return what a file of records of a kind calls another record, by its identity.

    It is the name or title where the file speaks of such records by name and no second one bears
    it, the reference otherwise, and nothing for a record in the trash.
    """
    by_kind: dict[str, dict[UUID, str]] = {}

    def name_of(identity: UUID) -> str:
        try:
            other, _ = record_named(work, str(identity))
        except MissingError:
            return ""
        if other in _CALLED_BY_NAME.get(kind, ()):
            if other not in by_kind:
                by_kind[other] = _only_names(work, other)
            if name := by_kind[other].get(identity):
                return name
        record = work.get(kind_named(other).entity, identity)
        return "" if record.is_trashed else record.ref

    return name_of


def _only_names(work: UnitOfWork, kind: str) -> dict[UUID, str]:
    """Return the heading of each record of a kind that no other one bears, be it as second name.

    Those in the trash are left out.
    """
    bearers: dict[str, set[UUID]] = {}
    headings: dict[UUID, str] = {}
    for identity, name, is_heading in _names_in_use(work, kind):
        bearers.setdefault(fold(name), set()).add(identity)
        if is_heading:
            headings[identity] = name
    return {
        identity: heading
        for identity, heading in headings.items()
        if (folded := fold(heading)) and len(bearers[folded]) == 1
    }


def _names_in_use(work: UnitOfWork, kind: str) -> Iterator[tuple[UUID, str, bool]]:
    """Yield the names of records of a kind, and whether each is the heading."""
    for identity, names in called(work, kind_named(kind).entity, FURTHER_NAMES.get(kind, ())):
        for place, name in enumerate(names):
            yield identity, name, place == 0
    if kind == "organisation":
        for identity, alias in part_texts(work, OrganisationAlias, "alias"):
            yield identity, alias, False
