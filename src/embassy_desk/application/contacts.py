"""What can be done with contacts: enter them with addresses and posts, move them, list them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from embassy_desk.application.host import host_country
from embassy_desk.application.records import RecordFile, tag
from embassy_desk.domain.contact import Contact, ContactEmail, ContactPhone, Position
from embassy_desk.domain.contact_list import ContactList, ListMember
from embassy_desk.domain.links import link_id
from embassy_desk.domain.organisation import Organisation, OrganisationAlias
from embassy_desk.domain.phones import phone
from embassy_desk.domain.positions import position_on
from embassy_desk.domain.vietnamese import fold
from embassy_desk.store.finders.search import search
from embassy_desk.store.work import UnitOfWork

_ORGANISATIONS = frozenset({"organisation"})
_CANDIDATES = 30


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How a contact is reached and where the person sits, as it was typed.

    Attributes:
        emails: Addresses, the first one is the main one.
        phones: Numbers as written, the first one is the main one.
        organisation: Name of the organisation; made if it is not known yet.
        position: Title there.
        tags: Free words.
    """

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    organisation: str = ""
    position: str = ""
    tags: tuple[str, ...] = ()


class OrganisationsByName:
    """Finds organisations by any of their names, and makes those that are missing.

    Remembers what it found, because records made in the same unit of work are indexed only when
    it commits.
    """

    def __init__(self, work: UnitOfWork) -> None:
        """Look in the store of a unit of work."""
        self._work = work
        self._known: dict[str, Organisation | None] = {}

    def find(self, name: str) -> Organisation | None:
        """Return the organisation with this name, short name or alias, without regard to marks."""
        wanted = fold(name)
        if wanted not in self._known:
            self._known[wanted] = self._look_up(name, wanted)
        return self._known[wanted]

    def find_or_make(self, name: str) -> Organisation:
        """Return the organisation with this name, entering it if there is none.

        Raises:
            InvalidError: The name is empty or too long.
        """
        found = self.find(name)
        if found is not None:
            return found
        made = self._work.save(self._work.new(Organisation, **{name_field(name): name}))
        self._known[fold(name)] = made
        return made

    def _look_up(self, name: str, wanted: str) -> Organisation | None:
        for hit in search(self._work, name, kinds=_ORGANISATIONS, limit=_CANDIDATES):
            organisation = self._work.get(Organisation, hit.id)
            aliases = self._work.parts(OrganisationAlias, organisation)
            names = [
                organisation.name_vi,
                organisation.name_en,
                organisation.name_original,
                organisation.short_name,
                *(alias.alias for alias in aliases),
            ]
            if wanted in {fold(each) for each in names if each}:
                return organisation
        return None


def name_field(name: str) -> str:
    """Return which field a name belongs in by its letters: Vietnamese, plain Latin, or other."""
    if name.isascii():
        return "name_en"
    return "name_vi" if fold(name).isascii() else "name_original"


def enter_contact(
    work: UnitOfWork,
    values: Mapping[str, Any],
    reach: Reach | None = None,
    *,
    organisations: OrganisationsByName | None = None,
) -> Contact:
    """Enter a new contact with addresses, numbers, present post and tags.

    Raises:
        InvalidError: Some values are wrong.
    """
    contact = work.save(work.new(Contact, **values))
    add_reach(work, contact, reach or Reach(), organisations=organisations)
    return contact


def add_reach(
    work: UnitOfWork,
    contact: Contact,
    reach: Reach,
    *,
    organisations: OrganisationsByName | None = None,
) -> None:
    """Add addresses, numbers, a post and tags to a contact.

    Raises:
        InvalidError: Some values are wrong.
    """
    for place, address in enumerate(reach.emails):
        work.save(work.new_part(ContactEmail, contact, address=address, is_primary=place == 0))
    region = contact.nationality or host_country(work) if reach.phones else ""
    for place, typed in enumerate(reach.phones):
        number = phone(typed, region)
        work.save(
            work.new_part(ContactPhone, contact, typed=typed, e164=number, is_primary=place == 0)
        )
    if reach.organisation or reach.position:
        add_position(work, contact, reach, organisations or OrganisationsByName(work))
    for label in reach.tags:
        tag(work, contact, label)


def add_position(
    work: UnitOfWork, contact: Contact, reach: Reach, organisations: OrganisationsByName
) -> Position:
    """Add a present post at an organisation, found or made by its name.

    Raises:
        InvalidError: The title or the name is too long.
    """
    organisation = organisations.find_or_make(reach.organisation) if reach.organisation else None
    title = "title_vi" if name_field(reach.position) == "name_vi" else "title_en"
    return work.save(
        work.new_part(
            Position,
            contact,
            organisation_id=organisation.id if organisation else None,
            organisation_name=reach.organisation,
            is_primary=True,
            **{title: reach.position},
        )
    )


def replace_reach(
    work: UnitOfWork,
    contact: Contact,
    *,
    emails: Iterable[str] | None = None,
    phones: Iterable[str] | None = None,
) -> None:
    """Make the addresses or numbers of a contact equal to the given ones; others are removed.

    Rows that stay keep what is known of them.

    Raises:
        InvalidError: An address is none.
    """
    if emails is not None:
        wanted = list(dict.fromkeys(emails))
        present = {each.address: each for each in work.parts(ContactEmail, contact)}
        for address in present.keys() - set(wanted):
            work.remove(present[address])
        add_reach(work, contact, Reach(emails=tuple(e for e in wanted if e not in present)))
    if phones is not None:
        numbers = list(dict.fromkeys(phones))
        known = {
            name: each
            for each in work.parts(ContactPhone, contact)
            for name in (each.typed, each.e164)
        }
        kept = {known[number].id for number in numbers if number in known}
        for each in work.parts(ContactPhone, contact):
            if each.id not in kept:
                work.remove(each)
        add_reach(work, contact, Reach(phones=tuple(n for n in numbers if n not in known)))


def present_organisation(file: RecordFile, on: date) -> str:
    """Return the name of the organisation of a contact's main post on a day, or nothing."""
    positions = [each for each in file.parts["position"] if isinstance(each, Position)]
    held = position_on(positions, on)
    return held.organisation_name if held else ""


def take_up_position(work: UnitOfWork, contact: Contact, reach: Reach, *, on: date) -> Position:
    """Let a contact take up a new main post; the present main posts end on that day.

    Raises:
        InvalidError: The title or the name is too long.
    """
    for each in work.parts(Position, contact):
        if each.is_primary and each.is_current(on):
            work.save(each.changed(to_on=on.isoformat(), is_primary=False))
    position = add_position(work, contact, reach, OrganisationsByName(work))
    return work.save(position.changed(from_on=on.isoformat()))


def add_to_list(work: UnitOfWork, contact_list: ContactList, contact_ids: Iterable[UUID]) -> int:
    """Put contacts on a list; those that are on it stay. Returns how many are new.

    Raises:
        InvalidError: A contact's identity is none.
    """
    added = 0
    for contact_id in dict.fromkeys(contact_ids):
        member_id = link_id("list_member", contact_list.id, contact_id)
        if work.find(ListMember, member_id) is None:
            work.save(work.new_part(ListMember, contact_list, id=member_id, contact_id=contact_id))
            added += 1
    return added
