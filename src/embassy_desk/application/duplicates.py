"""Finds records that may be of the same person or body: in a file, on a form, in the whole store.

Nothing is merged here and nothing is hidden: each answer carries its reasons, and what somebody
said to be two different people is remembered with the records, for every desk of the mission.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from embassy_desk.application.host import host_country
from embassy_desk.application.known_records import Ask
from embassy_desk.application.office import answer
from embassy_desk.application.progress import WHOLE, GoingOn, share, unwatched
from embassy_desk.application.records import part_named, record_file, refuse_shared
from embassy_desk.application.traits import known_traits, traits_of
from embassy_desk.domain.blocking import Blocks, Found, Pair
from embassy_desk.domain.catalogue import kind_named, kind_of
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.errors import InvalidError, MissingError, RefusedError
from embassy_desk.domain.kept_apart import KeptApart, kept_apart_id
from embassy_desk.domain.likeness import KINDS_WITH_DUPLICATES, Likeness, Traits, likeness
from embassy_desk.domain.organisation import Organisation
from embassy_desk.store.finders.alike import Face, faces, people_sharing
from embassy_desk.store.finders.search import search
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

MOST_PAIRS = 500
"""Pairs that a list shows at once."""

_MOST_NAMED_ALIKE = 30
_SHOWN_ON_SAVE = 3
_READ = 100  # of 1,000 steps: the store is read


@dataclass(frozen=True)
class Namesake:
    """A record that may be of the same person or body as one that is being typed.

    Attributes:
        record_id: The record.
        heading: What it is called.
        subtitle: What tells it from others of the name; may be empty.
        likeness: How sure it is, and why.
    """

    record_id: UUID
    heading: str
    subtitle: str
    likeness: Likeness


@dataclass(frozen=True)
class PairLine:
    """Two records of the store that may be of one, the older one first, as a list shows them."""

    kind: str
    one: UUID
    other: UUID
    one_face: Face
    other_face: Face
    likeness: Likeness


@dataclass(frozen=True)
class PairList:
    """What a search through the whole store found.

    Attributes:
        count: How many pairs there are.
        lines: The likeliest of them, the likeliest first.
    """

    count: int
    lines: tuple[PairLine, ...]


class KnownAlike:
    """What a store holds, asked again and again which record is like one of a file.

    Made once for a file, in a moment for a hundred thousand records; each question then costs the
    same however many there are. What is added counts at once, so that a file finds its own doubles:
    those are called by the numbers they were added under, records of the store by their identities.
    """

    def __init__(self, ask: Ask, kind: str) -> None:
        """Ask a store what it holds of a kind.

        Args:
            ask: Runs a query in the store, such as `partial(answer, store)`.
            kind: `contact` or `organisation`.
        """
        self.kind = kind
        known: list[tuple[UUID | int, Traits]] = ask(lambda work: list(known_traits(work, kind)))
        self._blocks: Blocks[UUID | int] = Blocks(known)
        self._region: str = ask(host_country)

    def like(
        self, record: Record, parts: Mapping[str, Sequence[Part]], *, uid: str = "", limit: int = 3
    ) -> tuple[Found[UUID | int], ...]:
        """Return what is most like a record of a file, the likeliest first.

        Args:
            record: The record as checked; its own identity means nothing.
            parts: Its parts by table name, as `Candidate.checked.parts` has them.
            uid: What the file calls it for ever.
            limit: At most so many.
        """
        return self._blocks.like(self._traits(record, parts, uid), limit=limit)

    def add(
        self, number: int, record: Record, parts: Mapping[str, Sequence[Part]], *, uid: str = ""
    ) -> None:
        """Let a record of the file be found by those that follow, under a number."""
        self._blocks.add(number, self._traits(record, parts, uid))

    def meet(
        self, number: int, record: Record, parts: Mapping[str, Sequence[Part]], *, uid: str = ""
    ) -> Found[UUID | int] | None:
        """Return what is most like a record of a file, and let those that follow find it.

        Does what `like` and `add` do, and makes the record ready only once. Its numbers have the
        form of the network already, where they can be read.
        """
        own = traits_of(record, parts, uid=uid, region=None)
        return self._blocks.meet(number, own)

    def _traits(self, record: Record, parts: Mapping[str, Sequence[Part]], uid: str) -> Traits:
        return traits_of(record, parts, uid=uid, region=self._region)


def like_this(
    work: UnitOfWork, record: Record, parts: Mapping[str, Sequence[Part]]
) -> tuple[Namesake, ...]:
    """Return who in the store may be the same as a record that is being typed; at most three.

    Looks only at those that share a name, an address or a number, so that it may be asked
    whenever a field is left.

    Args:
        work: A reading unit of work.
        record: The record as typed; it may be in the store already.
        parts: Its parts by table name.
    """
    kind = kind_of(record).name
    if kind not in KINDS_WITH_DUPLICATES:
        return ()
    own = traits_of(record, parts, region=host_country(work))
    found = []
    for identity in _candidates(work, record, own) - _apart_from(work, record.id) - {record.id}:
        other = work.find(kind_named(kind).entity, identity)
        if other is None or other.is_trashed or other.merged_into is not None:
            continue
        rows = record_file(work, kind, identity).parts
        alike = likeness(own, traits_of(other, rows))
        if alike is not None:
            subtitle = other.subtitle([row for each in rows.values() for row in each])
            found.append(Namesake(identity, other.heading, subtitle, alike))
    found.sort(key=lambda each: (-each.likeness.score, each.heading))
    return tuple(found[:_SHOWN_ON_SAVE])


def like_typed(
    work: UnitOfWork,
    kind: str,
    record_id: UUID | None,
    values: Mapping[str, Any],
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
) -> tuple[Namesake, ...]:
    """Return who may be the same as what a form holds; nobody while it makes no record yet.

    Args:
        work: A reading unit of work.
        kind: Kind of the record.
        record_id: The record; nothing for a new one.
        values: Fields that were typed.
        rows: Rows of a new record by table name.
    """
    known = kind_named(kind)
    if kind not in KINDS_WITH_DUPLICATES:
        return ()
    try:
        if record_id is not None:
            file = record_file(work, kind, record_id)
            return like_this(work, file.record.changed(**values), file.parts)
        record = known.entity.made(id=uuid4(), **values)
        parts = {
            name: [_typed_row(part_named(known, name), record, row) for row in some]
            for name, some in rows.items()
        }
    except (InvalidError, MissingError):
        return ()
    return like_this(work, record, parts)


def _typed_row(part: type[Part], record: Record, row: Mapping[str, Any]) -> Part:
    beside: dict[str, Any] = {part.parent_field: record.id}
    if part.hangs_on_any_kind():
        beside["record_kind"] = kind_of(record).name
    return part.made(id=uuid4(), **{**row, **beside})


def find_pairs(
    store: Store, kind: str, *, limit: int = MOST_PAIRS, going_on: GoingOn = unwatched
) -> PairList:
    """Compare all records of a kind, while others may read and write.

    The work grows with the number of records, not with its square.

    Args:
        store: The store.
        kind: `contact` or `organisation`.
        limit: Only so many pairs, the likeliest.
        going_on: Told how far it is; may raise to stop it.

    Raises:
        StoppedError: Somebody stopped it.
    """
    going_on(0, WHOLE)
    blocks: Blocks[UUID] = Blocks(answer(store, lambda work: list(known_traits(work, kind))))
    apart = answer(store, lambda work: _kept_apart(work, kind))
    found = [
        pair
        for pair in blocks.pairs(share(going_on, _READ, WHOLE))
        if frozenset((pair.one, pair.other)) not in apart
    ]
    found.sort(key=lambda each: (-each.likeness.score, each.one, each.other))
    shown = found[:limit]
    ids = {each for pair in shown for each in (pair.one, pair.other)}
    seen = answer(store, lambda work: faces(work, ids))
    return PairList(
        len(found),
        tuple(_line(kind, each, seen) for each in shown if each.one in seen and each.other in seen),
    )


def _line(kind: str, pair: Pair[UUID], seen: Mapping[UUID, Face]) -> PairLine:
    first, second = sorted((pair.one, pair.other))
    return PairLine(kind, first, second, seen[first], seen[second], pair.likeness)


def keep_apart(work: UnitOfWork, kind: str, one: UUID, other: UUID) -> None:
    """Remember that two records are not of one; they are not named together again.

    Raises:
        MissingError: One of them is gone.
        RefusedError: It is one record, or the rights do not allow it.
    """
    if one == other:
        raise RefusedError(N_("This is one record, not two."))
    entity = kind_named(kind).entity
    first, second = sorted((work.get(entity, one), work.get(entity, other)), key=lambda e: e.id)
    refuse_shared(work, first)
    row_id = kept_apart_id(first.id, second.id)
    if work.find(KeptApart, row_id) is None:
        work.save(work.new_part(KeptApart, first, id=row_id, other_id=second.id))


def forget_apart(work: UnitOfWork, one: UUID, other: UUID) -> None:
    """Let two records be named together again; if nobody kept them apart, nothing is done."""
    found = work.find(KeptApart, kept_apart_id(one, other))
    if found is not None:
        work.remove(found)


def _candidates(work: UnitOfWork, record: Record, own: Traits) -> set[UUID]:
    """Return the records that share something telling with a record."""
    kind = kind_of(record).name
    found = people_sharing(work, own.addresses, own.numbers) if kind == "contact" else set()
    if isinstance(record, Organisation) and record.registry_code:
        same = work.all(Organisation, registry_code=record.registry_code)
        found |= {each.id for each in same}
    # Of a name in another script the given name may be written as one word: its beginning will do.
    romanised = [" ".join(each.words[:2]) for each in own.forms if each.is_romanised]
    texts = dict.fromkeys((*own.names, *romanised))
    for text in texts:
        hits = search(work, text, kinds=frozenset({kind}), limit=_MOST_NAMED_ALIKE)
        found |= {hit.id for hit in hits}
    return found


def _apart_from(work: UnitOfWork, identity: UUID) -> set[UUID]:
    """Return the records that somebody said are not the same as one."""
    after = {each.other_id for each in work.all(KeptApart, record_id=identity)}
    return after | {each.record_id for each in work.all(KeptApart, other_id=identity)}


def _kept_apart(work: UnitOfWork, kind: str) -> frozenset[frozenset[UUID]]:
    rows = work.all(KeptApart, record_kind=kind)
    return frozenset(frozenset((each.record_id, each.other_id)) for each in rows)
