"""Finds what a file means by a name: a record of the file itself, or one of the store."""

from uuid import UUID

from embassy_desk.application.contacts import OrganisationsByName
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.staff import Staff
from embassy_desk.domain.vietnamese import fold
from embassy_desk.store.finders.names import record_named
from embassy_desk.store.finders.search import search
from embassy_desk.store.work import UnitOfWork

_TITLES_LOOKED_AT = 20


class Names:
    """The names that a file uses, matched without regard to marks and letter case."""

    def __init__(self, work: UnitOfWork) -> None:
        """Look in the store of a unit of work."""
        self._work = work
        self._organisations = OrganisationsByName(work)
        self._made: dict[tuple[str, str], Record] = {}

    def remember(self, record: Record) -> None:
        """Take note of a record that the file itself brings."""
        kind = kind_of(record).name
        for name in {record.heading, record.ref, *_titles(record)}:
            self._made.setdefault((kind, fold(name)), record)

    def organisation(self, name: str) -> Organisation:
        """Return the organisation of a name: from the file, from the store, or made now.

        Raises:
            InvalidError: The name is too long.
        """
        return self._made_organisation(name) or self._organisations.find_or_make(name)

    def known_organisation(self, name: str) -> Organisation | None:
        """Return the organisation of a name, from the file or from the store; nothing if none."""
        if not name:
            return None
        return self._made_organisation(name) or self._organisations.find(name)

    def _made_organisation(self, name: str) -> Organisation | None:
        made = self._made.get(("organisation", fold(name)))
        return made if isinstance(made, Organisation) else None

    def find(self, kind: str, name: str) -> UUID | None:
        """Return the identity of the record of a kind with a title, name or reference."""
        made = self._made.get((kind, fold(name)))
        if made is not None:
            return made.id
        if kind == "organisation":
            organisation = self._organisations.find(name)
            return organisation.id if organisation else None
        return self._in_store(kind, name)

    def is_reference_known(self, ref: str) -> bool:
        """Return whether some record of the store carries a reference."""
        try:
            record_named(self._work, ref)
        except MissingError:
            return False
        except RefusedError:  # two of them do
            return True
        return True

    def _in_store(self, kind: str, name: str) -> UUID | None:
        entity = kind_named(kind).entity
        for hit in search(self._work, name, kinds=frozenset({kind}), limit=_TITLES_LOOKED_AT):
            record = self._work.get(entity, hit.id)
            if fold(name) in {fold(each) for each in (hit.heading, hit.ref, *_titles(record))}:
                return hit.id
        return None


def _titles(record: Record) -> tuple[str, ...]:
    """Return the further names under which a file may speak of a record."""
    if isinstance(record, Staff):
        return (record.login,) if record.login else ()
    names = ("title_vi", "title_en", "short_title", "name_vi", "name_en", "short_name")
    return tuple(text for name in names if (text := getattr(record, name, "")))
