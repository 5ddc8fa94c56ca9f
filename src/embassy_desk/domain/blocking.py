"""Finds which of many records may be of one without comparing each with each.

Records that have something telling in common, such as an address or the letters of their name,
stand in one *block*, in the order of their names; each is compared with its next neighbours there
and with nobody else. So the work grows with the number of records, however many of them share an
office's telephone or a common name.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from embassy_desk.domain.likeness import Likeness, Traits, likeness
from embassy_desk.domain.vietnamese import fold

Name = TypeVar("Name", bound=Hashable)
"""What a record is called here: its identity, or the line of a file."""

NEIGHBOURS = 4
"""With how many of those that follow in a block each is compared; as many before."""

MOST_SHARERS = 3
"""An address or number that more bear than so many tells nobody apart."""

_OFTEN = 1_000  # blocks between two looks at whether somebody wants to stop


def _unwatched(_done: int, _total: int) -> None:
    """Stand for nobody who wants to know how far it is."""


Key = tuple[str, str]
_REACH = frozenset({"@", "#"})


@dataclass(frozen=True)
class Found(Generic[Name]):
    """A record that may be of the same person or body."""

    name: Name
    likeness: Likeness


@dataclass(frozen=True)
class Pair(Generic[Name]):
    """Two records that may be of one."""

    one: Name
    other: Name
    likeness: Likeness


class Blocks(Generic[Name]):
    """Records by what is telling of them."""

    def __init__(self, records: Iterable[tuple[Name, Traits]] = ()) -> None:
        """Begin with some records."""
        self._traits: list[Traits] = []
        self._names: list[Name] = []
        self._blocks: dict[Key, list[tuple[str, int]]] = {}
        for name, traits in records:
            self._enter(name, traits)
        for block in self._blocks.values():
            block.sort()

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self._names)

    def add(self, name: Name, traits: Traits) -> None:
        """Add a record, such as one further up in the same file."""
        self._insert(name, traits, keys_of(traits))

    def meet(self, name: Name, traits: Traits) -> Found[Name] | None:
        """Return the record most like one, and add that one: `like` and `add` in one go."""
        keys = keys_of(traits)
        found = self._like(traits, keys, 1)
        self._insert(name, traits, keys)
        return found[0] if found else None

    def _insert(self, name: Name, traits: Traits, keys: set[Key]) -> None:
        place = len(self._names)
        self._names.append(name)
        self._traits.append(traits)
        entry = (_order(traits), place)
        for key in keys:
            insort(self._blocks.setdefault(key, []), entry)

    def like(self, traits: Traits, *, limit: int = 5) -> tuple[Found[Name], ...]:
        """Return the records most like one that is not among them, the likeliest first."""
        return self._like(traits, keys_of(traits), limit)

    def _like(self, traits: Traits, keys: set[Key], limit: int) -> tuple[Found[Name], ...]:
        near: dict[int, None] = {}
        own = _order(traits)
        shared: set[str] = set()
        for key in keys:
            block = self._blocks.get(key, ())
            if key[0] in _REACH and len(block) >= MOST_SHARERS:
                shared.add(key[1])
            at = bisect_left(block, (own, -1))
            for _, place in block[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]:
                near[place] = None
        found = [
            Found(self._names[place], alike)
            for place in near
            if (alike := likeness(traits, self._traits[place], shared=shared)) is not None
        ]
        found.sort(key=lambda each: -each.likeness.score)
        return tuple(found[:limit])

    def pairs(self, going_on: Callable[[int, int], None] = _unwatched) -> Iterator[Pair[Name]]:
        """Yield every two records that may be of one, each pair once, in no order.

        Args:
            going_on: Told now and then how many blocks are done, and of how many; may raise.
        """
        shared = {
            key[1]
            for key, block in self._blocks.items()
            if key[0] in _REACH and len(block) > MOST_SHARERS
        }
        seen: set[tuple[int, int]] = set()
        for done, block in enumerate(self._blocks.values()):
            if done % _OFTEN == 0:
                going_on(done, len(self._blocks))
            for pair in _neighbours(block):
                if pair in seen:
                    continue
                seen.add(pair)
                one, other = pair
                alike = likeness(self._traits[one], self._traits[other], shared=shared)
                if alike is not None:
                    yield Pair(self._names[one], self._names[other], alike)

    def _enter(self, name: Name, traits: Traits) -> None:
        place = len(self._names)
        self._names.append(name)
        self._traits.append(traits)
        entry = (_order(traits), place)
        for key in keys_of(traits):
            self._blocks.setdefault(key, []).append(entry)


def _neighbours(block: list[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """Yield each two records of a block that stand next to each other, the earlier one first."""
    for at, (_, one) in enumerate(block):
        for _, other in block[at + 1 : at + 1 + NEIGHBOURS]:
            if one != other:
                yield (one, other) if one < other else (other, one)


def keys_of(traits: Traits) -> set[Key]:
    """Return what is telling of a record; those that share one of these may be of one."""
    keys: set[Key] = {("!", each) for each in traits.marks}
    keys |= {("@", each) for each in traits.addresses}
    keys |= {("#", each) for each in traits.numbers}
    keys |= {("a", each.letters) for each in traits.forms}
    if traits.kind == "organisation":
        # Names of bodies are few; standing in one row, similar ones are neighbours.
        keys.add(("row", ""))
    else:
        keys |= {
            ("p", f"{place} {form.initials}") for place in traits.places for form in traits.forms
        }
    return keys


def _order(traits: Traits) -> str:
    """Return by what a record stands in its blocks: its first name, words in one order."""
    if traits.kind == "organisation":
        return fold(traits.names[0]) if traits.names else ""
    return " ".join(sorted(traits.forms[0].words)) if traits.forms else ""
