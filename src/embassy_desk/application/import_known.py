"""What the store holds of a kind, read once, by what makes a row of a file the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from embassy_desk.application.known_records import keys_of, name_key
from embassy_desk.domain.catalogue import entity_name, kind_named
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.engagement import Engagement
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.parts import Tag
from embassy_desk.domain.task import Task
from embassy_desk.domain.vietnamese import fold
from embassy_desk.store.work import UnitOfWork

_MOST_BEARERS = 8  # of one name at one organisation: more would not be told apart anyhow
_MOST_NAMESAKES = 100
_DEEP = 8  # digits of a number that tell it from others, counted from its end


@dataclass
class Known:
    """Everything of one kind that the store holds, read once.

    Attributes:
        records: By identity.
        parts: Rows of the parts by table name and record.
        same: Records by what makes them the same; few even where many have it in common.
        named: People by name, which makes one doubtful.
    """

    records: dict[UUID, Record] = field(default_factory=dict)
    parts: dict[str, dict[UUID, list[Part]]] = field(default_factory=dict)
    same: dict[tuple[str, ...], list[UUID]] = field(default_factory=dict)
    named: dict[str, list[UUID]] = field(default_factory=dict)

    def rows(self, name: str, identity: UUID) -> list[Part]:
        """Return the rows of a part of a record."""
        return self.parts.get(name, {}).get(identity, [])


def known_of(work: UnitOfWork, kind: str) -> Known:
    """Return what the store holds of a kind that is not in the trash."""
    known = Known()
    described = kind_named(kind)
    known.records = {
        each.id: each
        for each in work.all(described.entity)
        if not each.is_trashed and each.merged_into is None
    }
    classes: tuple[type[Part], ...] = (*described.parts, Tag)
    for part in classes:
        rows: dict[UUID, list[Part]] = {}
        equal = {"record_kind": kind} if part is Tag else {}
        for each in work.all(part, **equal):
            rows.setdefault(each.parent_id, []).append(each)
        known.parts[entity_name(part)] = rows
    for identity, record in known.records.items():
        remember(known, record, {name: tuple(rows.get(identity, ())) for name, rows in
                                 known.parts.items()})  # fmt: skip
    return known


def remember(known: Known, record: Record, parts: Mapping[str, tuple[Part, ...]]) -> None:
    """Take note of a record, so that what is the same later is found."""
    uid = record.source if isinstance(record, Contact | Engagement | Task) else ""
    keys = [("uid", str(record.id)), *keys_of(record, parts, uid), *person_keys(record, parts)]
    for key in [("ref", record.ref.upper()), *keys] if record.ref else keys:
        bearers = known.same.setdefault(key, [])
        if len(bearers) < _MOST_BEARERS and record.id not in bearers:
            bearers.append(record.id)
    if isinstance(record, Contact):
        namesakes = known.named.setdefault(name_key(record.heading), [])
        if len(namesakes) < _MOST_NAMESAKES:
            namesakes.append(record.id)


def person_keys(record: Record, parts: Mapping[str, tuple[Part, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield what makes two people the same beside mark and address."""
    if not isinstance(record, Contact):
        return
    name = name_key(record.heading)
    for each in parts.get("contact_phone", ()):
        if number := number_of(getattr(each, "typed", "")):
            yield "phone", name, number
    for each in parts.get("position", ()):
        if organisation := fold(getattr(each, "organisation_name", "")):
            yield "post", name, organisation


def number_of(typed: str) -> str:
    """Return the figures at the end of a number, which country codes and zeros leave alone."""
    digits = "".join(filter(str.isdecimal, typed))
    return digits[-_DEEP:] if len(digits) >= _DEEP else ""
