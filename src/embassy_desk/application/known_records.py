"""What the store holds that a file may mean: looked up all at once, then without the store."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from embassy_desk.domain.agreement import Agreement
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.domain.organisation import Organisation, OrganisationAlias
from embassy_desk.domain.vietnamese import fold
from embassy_desk.store.finders.names import called, part_texts, references
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

Ask = Callable[[Callable[[UnitOfWork], Any]], Any]
"""Runs a query in a unit of work, of its own or of somebody else."""

Key = tuple[str, ...]
"""What two records that are the same have in common, its sort first."""

FURTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "agreement": ("title_vi", "title_en", "short_title"),
    "organisation": ("name_vi", "name_en", "name_original", "short_name"),
    "staff": ("login",),
}
"""Fields under which a file may speak of a record beside its heading, by kind."""

_URN = "urn:uuid:"


class KnownRecords:
    """Names, references and marks of identity of what a store held when it was asked.

    Attributes:
        ask: Runs a query in the store.
    """

    def __init__(self, ask: Ask) -> None:
        """Ask a store when something is needed, once for each sort of thing."""
        self.ask = ask
        self._names: dict[str, dict[str, UUID]] = {}
        self._same: dict[str, dict[Key, UUID]] = {}

    def named(self, kind: str, name: str) -> UUID | None:
        """Return the record of a kind with a name, without regard to marks; nothing if none.

        Of several with the same name those in use come first, then the last changed.
        """
        if kind not in self._names:
            self._names[kind] = self.ask(lambda work: _names(work, kind))
        wanted = fold(name)
        return self._names[kind].get(wanted) if wanted else None

    def referenced(self, ref: str) -> tuple[str, UUID]:
        """Return kind and identity of the record with a reference or an identity.

        Raises:
            MissingError: There is none.
            RefusedError: Two records carry this reference.
        """
        found = self._references.get(ref.strip().upper(), ())
        if len(found) > 1:
            raise RefusedError(
                N_("Two records carry the reference “{name}”; use the identity.", name=ref)
            )
        for each in found:
            return each
        raise MissingError(N_("There is no record “{name}”.", name=ref))

    def holds(self, sign: Key) -> bool:
        """Say whether there is a record that a file's own one could not stand beside.

        Args:
            sign: `ref` and a reference, `named` with kind and name, or `same` with kind and key.
        """
        what, *rest = sign
        if what == "ref":
            return rest[0].strip().upper() in self._references
        if what == "named":
            return self.named(rest[0], rest[1]) is not None
        return self.same(iter([tuple(rest[1:])]), rest[0]) is not None

    def same(self, keys: Iterator[Key], kind: str) -> UUID | None:
        """Return the record of a kind that has one of these keys; nothing if none does."""
        if kind not in self._same:
            self._same[kind] = self.ask(lambda work: _same(work, kind))
        known = self._same[kind]
        return next((known[key] for key in keys if key in known), None)

    @cached_property
    def _references(self) -> dict[str, list[tuple[str, UUID]]]:
        found: dict[str, list[tuple[str, UUID]]] = {}
        for ref, kind, identity in self.ask(references):
            for name in {ref.upper(), identity.hex.upper(), str(identity).upper()} - {""}:
                found.setdefault(name, []).append((kind, identity))
        return found


def keys_of(record: Record, parts: Mapping[str, tuple[Part, ...]], uid: str = "") -> Iterator[Key]:
    """Yield what a record has in common with the same one in a store.

    People are the same who have the same mark on a card, or the same name and an e-mail address
    in common; organisations of the same name in the same country; agreements of the same title,
    country and day of signature. Of other records nobody can tell.

    Args:
        record: The record.
        parts: Its parts by table name.
        uid: What the file calls it for ever; mostly empty.
    """
    if uid:
        yield "uid", uid.removeprefix(_URN).lower()
    if isinstance(record, Contact):
        emails = [each for each in parts.get("contact_email", ()) if type(each) is ContactEmail]
        name = name_key(record.heading) if emails else ""
        for email in emails:
            yield "person", name, email.address.lower()
    elif isinstance(record, Organisation | Agreement):
        yield from _titled(kind_of(record).name, _same_values(record))


def _same_values(record: Organisation | Agreement) -> tuple[str, ...]:
    values = (getattr(record, name) for name in _TOLD_APART_BY[kind_of(record).name])
    return tuple(str(value or "") for value in values)


def _titled(kind: str, values: tuple[str, ...]) -> Iterator[Key]:
    for title in values[:2]:
        if folded := fold(title):
            yield kind, folded, *values[2:]


def name_key(heading: str) -> str:
    """Return a name in which order and marks make no difference."""
    return " ".join(sorted(fold(heading).split()))


def _names(work: UnitOfWork, kind: str) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    records = called(work, kind_named(kind).entity, FURTHER_NAMES.get(kind, ()))
    for identity, names in records:
        for name in names:
            if name and (folded := fold(name)):
                found.setdefault(folded, identity)
    if kind == "organisation":
        here = {identity for identity, _ in records}
        for identity, alias in part_texts(work, OrganisationAlias, "alias"):
            if identity in here and (folded := fold(alias)):
                found.setdefault(folded, identity)
    return found


def _same(work: UnitOfWork, kind: str) -> dict[Key, UUID]:
    if kind == "contact":
        return _same_people(work)
    found: dict[Key, UUID] = {}
    if kind in _TOLD_APART_BY:
        for identity, (_, *values) in called(work, kind_named(kind).entity, _TOLD_APART_BY[kind]):
            for key in _titled(kind, tuple(values)):
                found.setdefault(key, identity)
    return found


def _same_people(work: UnitOfWork) -> dict[Key, UUID]:
    found: dict[Key, UUID] = {}
    headings: dict[UUID, str] = {}
    for identity, (heading, source) in called(work, Contact, ("source",)):
        headings[identity] = heading
        found["uid", str(identity)] = identity
        if source:
            found.setdefault(("uid", source.removeprefix(_URN).lower()), identity)
    for identity, address in part_texts(work, ContactEmail, "address"):
        if identity in headings:
            key = ("person", name_key(headings[identity]), address.lower())
            found.setdefault(key, identity)
    return found


_TOLD_APART_BY: Mapping[str, tuple[str, ...]] = {
    "organisation": ("name_vi", "name_en", "country"),
    "agreement": ("title_vi", "title_en", "country", "signed_on"),
}
"""Fields by which records of a kind are the same: two titles, then what must agree as well."""
