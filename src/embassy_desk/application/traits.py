"""What of a record is compared with others, taken from entities, from a file or from the store."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from embassy_desk.domain.catalogue import entity_name
from embassy_desk.domain.contact import Contact, ContactEmail, ContactPhone, Position
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.likeness import Traits
from embassy_desk.domain.organisation import Organisation, OrganisationAlias
from embassy_desk.domain.phones import phone
from embassy_desk.domain.vietnamese import fold
from embassy_desk.interchange.rows import NOBODY
from embassy_desk.store.finders.names import called, part_texts
from embassy_desk.store.work import UnitOfWork

PartType = TypeVar("PartType", bound=Part)

_URN = "urn:uuid:"
_PERSON_NAMES = ("written_name", "original_name", "romanised_name")
_BODY_NAMES = ("name_vi", "name_en", "name_original", "short_name")


def traits_of(
    record: Record,
    parts: Mapping[str, Sequence[Part]],
    *,
    uid: str = "",
    region: str | None = "",
) -> Traits:
    """Return what is compared of a record.

    Args:
        record: A contact or an organisation; the identity of one that a file gives means nothing.
        parts: Its parts by table name; what is missing is none.
        uid: What a card calls it for ever.
        region: Alpha-2 code of the country in which numbers without one are read; those that have
            an E.164 form already keep it. Nothing where they were read before.
    """
    if isinstance(record, Contact):
        return _of_person(record, parts, uid, region)
    if isinstance(record, Organisation):
        names = (
            *(getattr(record, name) for name in _BODY_NAMES),
            *(each.alias for each in _rows(parts, OrganisationAlias)),
        )
        return _body(names, record.registry_code, record.website, record.country)
    raise TypeError(f"records of {type(record).__name__} are not compared")


def known_traits(work: UnitOfWork, kind: str) -> Iterator[tuple[UUID, Traits]]:
    """Yield what is compared of every record of a kind, but of those in the trash or merged.

    Read as plain texts, because a store may hold a hundred thousand of them.
    """
    return _known_people(work) if kind == "contact" else _known_bodies(work)


def _of_person(
    record: Contact, parts: Mapping[str, Sequence[Part]], uid: str, region: str | None
) -> Traits:
    posts = _rows(parts, Position)
    names = (record.display_name, *(getattr(record, name) for name in _PERSON_NAMES))
    own = str(record.id) if record.id != NOBODY else ""
    marks = (uid, record.source if is_mark(record.source) else "", own)
    return _person(
        names,
        marks,
        [each.address for each in _rows(parts, ContactEmail)],
        [
            each.e164 or ("" if region is None else phone(each.typed, record.nationality or region))
            for each in _rows(parts, ContactPhone)
        ],
        [place for each in posts for place in (each.organisation_name, each.organisation_id)],
    )


def _rows(parts: Mapping[str, Sequence[Part]], part: type[PartType]) -> list[PartType]:
    return [each for each in parts.get(entity_name(part), ()) if isinstance(each, part)]


def is_mark(source: str) -> bool:
    """Say whether a source is the mark of a card and not a word for where somebody was met."""
    return " " not in source and any(map(str.isdecimal, source))


def _known_people(work: UnitOfWork) -> Iterator[tuple[UUID, Traits]]:
    addresses = _by_record(part_texts(work, ContactEmail, "address"))
    numbers = _by_record(part_texts(work, ContactPhone, "e164"))
    places = _by_record(part_texts(work, Position, "organisation_name"))
    bodies = _by_record(part_texts(work, Position, "organisation_id"))
    fields = ("merged_into", "source", *_PERSON_NAMES)
    for identity, (heading, merged, source, *names) in called(work, Contact, fields):
        if not merged:
            yield (
                identity,
                _person(
                    (heading, *names),
                    (str(identity), source if is_mark(source) else ""),
                    addresses.get(identity, ()),
                    numbers.get(identity, ()),
                    (*places.get(identity, ()), *map(_identity, bodies.get(identity, ()))),
                ),
            )


def _known_bodies(work: UnitOfWork) -> Iterator[tuple[UUID, Traits]]:
    aliases = _by_record(part_texts(work, OrganisationAlias, "alias"))
    fields = ("merged_into", "registry_code", "website", "country", *_BODY_NAMES)
    for identity, (_, merged, code, website, country, *names) in called(work, Organisation, fields):
        if not merged:
            own = (*names, *aliases.get(identity, ()))
            yield identity, _body(own, code, website, country)


def _by_record(rows: Iterable[tuple[UUID, str]]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for identity, text in rows:
        if text:
            found[identity].append(text)
    return found


def _identity(text: str) -> UUID:
    return UUID(hex=text)


def _person(
    names: Iterable[str],
    marks: Iterable[str],
    addresses: Iterable[str],
    numbers: Iterable[str],
    places: Iterable[Any],
) -> Traits:
    return Traits(
        kind="contact",
        names=tuple(dict.fromkeys(filter(None, names))),
        marks=frozenset(each.removeprefix(_URN).lower() for each in marks if each),
        addresses=frozenset(each.lower() for each in addresses if each),
        numbers=frozenset(filter(None, numbers)),
        places=frozenset(
            each.hex if isinstance(each, UUID) else fold(each) for each in places if each
        )
        - {""},
    )


def _body(names: Iterable[str], code: str, website: str, country: str) -> Traits:
    return Traits(
        kind="organisation",
        names=tuple(dict.fromkeys(filter(None, names))),
        marks=frozenset({fold(code)} - {""}),
        addresses=frozenset({_host(website)} - {""}),
        places=frozenset({country} - {""}),
    )


def _host(website: str) -> str:
    """Return the host of a website without `www.`; empty when there is none."""
    text = website.strip().lower()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:  # such as an address in brackets that never close
        return ""
    return host.removeprefix("www.")
