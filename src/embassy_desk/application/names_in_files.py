"""What files call records by: found when a file is read, chosen when one is written.

A file names a record by a name, a title or a reference. Names are compared without regard to marks
and letter case; what the file itself brings comes before what the store holds.
"""

from collections.abc import Callable
from uuid import UUID

from embassy_desk.application.contacts import OrganisationsByName
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.domain.organisation import Organisation, OrganisationAlias
from embassy_desk.domain.staff import Staff
from embassy_desk.domain.vietnamese import fold
from embassy_desk.store.finders.names import record_named
from embassy_desk.store.finders.search import search
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_TITLES_LOOKED_AT = 20

_CALLED_BY_NAME = {"organisation": "organisation", "agreement": "agreement", "task": "staff"}
"""Kind of the records that a file of a kind calls by name; any other by reference."""


class Names:
    """The names that a file uses, and the records they mean."""

    def __init__(self, work: UnitOfWork) -> None:
        """Look in the store of a unit of work."""
        self.organisations_made = 0
        self._work = work
        self._organisations = OrganisationsByName(work)
        self._made: dict[tuple[str, str], Record] = {}
        self._made_by_reference: dict[str, Record] = {}

    def remember(self, record: Record) -> None:
        """Take note of a record that the file itself brings."""
        kind = kind_of(record).name
        for name in {fold(each) for each in (record.heading, *_titles(record))} - {""}:
            self._made.setdefault((kind, name), record)
        self._made_by_reference.setdefault(record.ref.upper(), record)

    def organisation(self, name: str) -> Organisation:
        """Return the organisation of a name: from the file, from the store, or made now.

        Raises:
            InvalidError: The name is too long.
        """
        known = self.known_organisation(name)
        if known is not None:
            return known
        self.organisations_made += 1
        return self._organisations.find_or_make(name)

    def known_organisation(self, name: str) -> Organisation | None:
        """Return the organisation of a name, from the file or from the store; nothing if none."""
        made = self._made.get(("organisation", fold(name)))
        if isinstance(made, Organisation):
            return made
        return self._organisations.find(name) if name else None

    def wanted(self, kind: str, name: str) -> UUID:
        """Return the identity of the record of a kind with a title, name or reference.

        Raises:
            MissingError: There is none.
        """
        found = self._find(kind, name)
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
        made = self._made_by_reference.get(ref.strip().upper())
        if made is not None:
            return kind_of(made).name, made.id
        return record_named(self._work, ref)

    def _find(self, kind: str, name: str) -> UUID | None:
        made = self._made.get((kind, fold(name)))
        if made is not None:
            return made.id
        if kind == "organisation":
            organisation = self._organisations.find(name)
            found = organisation.id if organisation else None
        else:
            found = self._in_store(kind, name)
        return found or self._by_reference(kind, name)

    def _in_store(self, kind: str, name: str) -> UUID | None:
        entity = kind_named(kind).entity
        for hit in search(self._work, name, kinds=frozenset({kind}), limit=_TITLES_LOOKED_AT):
            record = self._work.get(entity, hit.id)
            if fold(name) in {fold(each) for each in (hit.heading, *_titles(record))}:
                return hit.id
        return None

    def _by_reference(self, kind: str, ref: str) -> UUID | None:
        try:
            found, identity = self.referenced(ref)
        except (MissingError, RefusedError):
            return None
        return identity if found == kind else None


def calling(work: UnitOfWork, kind: str) -> Callable[[UUID], str]:
    """Return what a file of records of a kind calls another record, by its identity.

    It is the name or title where the file speaks of such records by name and no second one bears
    it, the reference otherwise, and nothing for a record in the trash.
    """
    names = _names(work, _CALLED_BY_NAME[kind]) if kind in _CALLED_BY_NAME else {}

    def name_of(identity: UUID) -> str:
        return names[identity] if identity in names else _reference(work, identity)

    return name_of


def _names(work: UnitOfWork, kind: str) -> dict[UUID, str]:
    """Return the heading of each record of a kind that is not in the trash, if it is the only one.

    Those whose heading another one bears too, be it as a second name, are called by reference.
    """
    records = [each for each in work.all(kind_named(kind).entity) if not each.is_trashed]
    bearers: dict[str, set[UUID]] = {}
    for record in records:
        for name in (record.heading, *_titles(record)):
            bearers.setdefault(fold(name), set()).add(record.id)
    for alias in work.all(OrganisationAlias) if kind == "organisation" else ():
        bearers.setdefault(fold(alias.alias), set()).add(alias.organisation_id)
    return {
        record.id: record.heading
        if (folded := fold(record.heading)) and len(bearers[folded]) == 1
        else record.ref
        for record in records
    }


def _reference(work: UnitOfWork, identity: UUID) -> str:
    try:
        kind, _ = record_named(work, str(identity))
    except MissingError:
        return ""
    record = work.get(kind_named(kind).entity, identity)
    return "" if record.is_trashed else record.ref


def _titles(record: Record) -> tuple[str, ...]:
    """Return the further names under which a file may speak of a record."""
    if isinstance(record, Staff):
        return (record.login,) if record.login else ()
    names = (
        "title_vi", "title_en", "short_title", "name_vi", "name_en", "name_original", "short_name",
    )  # fmt: skip
    return tuple(text for name in names if (text := getattr(record, name, "")))
