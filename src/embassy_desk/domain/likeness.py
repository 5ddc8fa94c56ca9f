"""Whether two records may be of the same person or body: how likely, and for which reasons.

Nothing here decides. A name alone, and a Vietnamese one least of all, is never enough to take two
records for one: that needs a mark, an address or a number that only one person has.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from embassy_desk.domain.name_likeness import (
    NameForm,
    NameLikeness,
    closest,
    likeness_of_forms,
    name_form,
)
from embassy_desk.texts import N_, LabelledEnum, Text

_POSSIBLE, _LIKELY, _SAME = 50, 70, 90
_MOST_NAMES = 6
_LEAST_SIMILAR_BODY = 90
_LEAST_SIMILAR_WORDS = 90


class Certainty(LabelledEnum):
    """How sure it is that two records are of one."""

    SAME = "same", N_("Almost certainly the same")
    LIKELY = "likely", N_("Probably the same")
    POSSIBLE = "possible", N_("Possibly the same")


@dataclass(frozen=True)
class Traits:
    """What of a record is compared.

    Attributes:
        kind: `contact` or `organisation`.
        names: Every form of the name, as written, the one that is shown first.
        marks: What somebody calls it for ever: identities of cards, numbers in registers.
        addresses: E-mail addresses of a person, in small letters; hosts of a body's website.
        numbers: Telephone numbers in E.164.
        places: For a person identities and folded names of organisations, for a body its country.
    """

    kind: str
    names: tuple[str, ...]
    marks: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    forms: tuple[NameForm, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the names ready to be compared."""
        forms = tuple(dict.fromkeys(name_form(each) for each in self.names[:_MOST_NAMES]))
        object.__setattr__(self, "forms", tuple(each for each in forms if each.words))


@dataclass(frozen=True)
class Likeness:
    """Why two records may be of one.

    Attributes:
        score: From 50 to 100.
        reasons: What speaks for it, the strongest first.
    """

    score: int
    reasons: tuple[Text, ...]

    @property
    def certainty(self) -> Certainty:
        """How sure it is, in words."""
        if self.score >= _SAME:
            return Certainty.SAME
        return Certainty.LIKELY if self.score >= _LIKELY else Certainty.POSSIBLE


def likeness(
    one: Traits, other: Traits, *, shared: AbstractSet[str] = frozenset()
) -> Likeness | None:
    """Say how alike two records are; nothing when they are not.

    Args:
        one: What is known of the one.
        other: What is known of the other.
        shared: Addresses and numbers that so many bear that they tell nobody apart, such as those
            of an office; they count only beside a name.
    """
    if one.kind != other.kind:
        return None
    found = _COMPARED[one.kind](one, other, shared)
    return found if found is not None and found.score >= _POSSIBLE else None


def _people(one: Traits, other: Traits, shared: AbstractSet[str]) -> Likeness | None:
    names = closest([likeness_of_forms(a, b) for a in one.forms for b in other.forms])
    if one.marks & other.marks:
        return Likeness(100, (N_("The same card."), _named(names)))
    reach = _by_reach(one, other, shared, names)
    if reach is not None:
        return reach
    if one.places & other.places:
        score = _AT_ONE_PLACE.get(names, 0)
        if _are_vietnamese(one, other):
            score = _VIETNAMESE_AT_ONE_PLACE.get(names, 0)
        return Likeness(score, (_named(names), N_("The same organisation.")))
    return _by_name_alone(one, other, names)


def _by_reach(
    one: Traits, other: Traits, shared: AbstractSet[str], names: NameLikeness
) -> Likeness | None:
    """Compare by addresses and numbers; nothing when they have none in common."""
    addresses, numbers = one.addresses & other.addresses, one.numbers & other.numbers
    if not (addresses or numbers):
        return None
    is_own = bool((addresses | numbers) - shared)
    score = (_OWN_REACH if is_own else _SHARED_REACH).get(names, 0)
    if not addresses:
        score -= _NUMBER_LESS
    reasons = [N_("The same e-mail address: {address}.", address=each) for each in addresses]
    reasons += [N_("The same telephone number: {number}.", number=each) for each in numbers]
    if one.places & other.places:
        reasons.append(N_("The same organisation."))
    return Likeness(score, (*sorted(reasons, key=str), _named(names)))


_OWN_REACH = {
    NameLikeness.SAME: 98,
    NameLikeness.UNMARKED: 97,
    NameLikeness.ROMANISED: 96,
    NameLikeness.SIMILAR: 88,
    NameLikeness.PART: 85,
    NameLikeness.OTHER_MARKS: 60,
    NameLikeness.DIFFERENT: 52,
}
_SHARED_REACH = {
    NameLikeness.SAME: 85,
    NameLikeness.UNMARKED: 80,
    NameLikeness.ROMANISED: 80,
    NameLikeness.SIMILAR: 60,
}
_NUMBER_LESS = 4
"""Points by which a telephone number, which offices and families share, says less."""
_AT_ONE_PLACE = {
    NameLikeness.SAME: 85,
    NameLikeness.UNMARKED: 80,
    NameLikeness.ROMANISED: 78,
    NameLikeness.SIMILAR: 70,
    NameLikeness.PART: 55,
}
_VIETNAMESE_AT_ONE_PLACE = {
    NameLikeness.SAME: 75,
    NameLikeness.UNMARKED: 70,
    NameLikeness.PART: 50,
}
"""A ministry has several people of one Vietnamese name, and a letter makes another name."""


def _by_name_alone(one: Traits, other: Traits, names: NameLikeness) -> Likeness | None:
    if names not in {NameLikeness.SAME, NameLikeness.UNMARKED, NameLikeness.ROMANISED}:
        return None
    are_elsewhere = bool(one.places and other.places)
    have_other_addresses = bool(one.addresses and other.addresses)
    if are_elsewhere and have_other_addresses:
        return None
    if _are_vietnamese(one, other):
        if are_elsewhere or have_other_addresses:
            return None
        return Likeness(
            _POSSIBLE, (_named(names), N_("Many people share a Vietnamese name: look closely."))
        )
    return Likeness(_POSSIBLE if are_elsewhere else 60, (_named(names),))


def _bodies(one: Traits, other: Traits, _shared: AbstractSet[str]) -> Likeness | None:
    if one.marks & other.marks:
        return Likeness(97, (N_("The same number in a register."),))
    best = max((_of_bodies(a, b) for a in one.forms for b in other.forms), default=0.0)
    is_elsewhere = bool(one.places and other.places and not one.places & other.places)
    if one.addresses & other.addresses and best >= _LEAST_SIMILAR_BODY:
        return Likeness(88, (N_("The same website."), _alike(best)))
    if best >= 100:  # noqa: PLR2004  per cent
        where = N_("In different countries.") if is_elsewhere else N_("The same country.")
        known = bool(one.places and other.places)
        return Likeness(45 if is_elsewhere else 82, (_alike(best), *([where] if known else [])))
    if best and not is_elsewhere:
        return Likeness(62, (_alike(best),))
    return None


def _of_bodies(one: NameForm, other: NameForm) -> float:
    """Return how alike two names of bodies are, 0 to 100; 0 where a word is another.

    Long names of bodies are mostly the same words: only those that differ tell anything.
    """
    mine, yours = set(one.words), set(other.words)
    if mine == yours and mine:
        return 100.0
    rest = [" ".join(sorted(each)) for each in (mine - yours, yours - mine)]
    if not all(rest) or fuzz.ratio(*rest) < _LEAST_SIMILAR_WORDS:
        return 0.0
    alike = fuzz.ratio(" ".join(one.words), " ".join(other.words))
    return min(99.0, alike) if alike >= _LEAST_SIMILAR_BODY else 0.0


_COMPARED: dict[str, Callable[[Traits, Traits, AbstractSet[str]], Likeness | None]] = {
    "contact": _people,
    "organisation": _bodies,
}
KINDS_WITH_DUPLICATES = frozenset(_COMPARED)
"""Kinds of which two records may be of one."""


def _are_vietnamese(one: Traits, other: Traits) -> bool:
    return any(each.is_vietnamese for each in (*one.forms, *other.forms))


def _named(names: NameLikeness) -> Text:
    return _REASONS[names]


def _alike(ratio: float) -> Text:
    if ratio >= 100:  # noqa: PLR2004  per cent
        return N_("The same name.")
    return N_("The names are alike to {share} per cent.", share=int(ratio))


_REASONS = {
    NameLikeness.SAME: N_("The same name."),
    NameLikeness.UNMARKED: N_("The same name, once without marks."),
    NameLikeness.ROMANISED: N_("The same name, once in another script."),
    NameLikeness.SIMILAR: N_("A similar name."),
    NameLikeness.PART: N_("One name is part of the other."),
    NameLikeness.OTHER_MARKS: N_("The names differ by their marks."),
    NameLikeness.DIFFERENT: N_("The names are different."),
}
