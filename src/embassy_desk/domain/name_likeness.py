"""How alike two names of people are: word order, missing marks, other scripts, small slips.

Vietnamese family names are few, and one mark makes another given name (Hùng, Hưng), so that a
Vietnamese name says little by itself and a slip of one letter is mostly another person.
"""

import unicodedata
from dataclasses import dataclass, field

from anyascii import anyascii
from rapidfuzz import fuzz

from embassy_desk.domain.name_split import may_be_vietnamese
from embassy_desk.domain.vietnamese import exact, fold
from embassy_desk.texts import N_, LabelledEnum

SIMILAR = 88
"""Least likeness of two names by RapidFuzz, 0 to 100, that may be a slip of the pen."""


class NameLikeness(LabelledEnum):
    """How two names stand to each other, the closest first."""

    SAME = "same", N_("the same name")
    UNMARKED = "unmarked", N_("the same name, once written without marks")
    ROMANISED = "romanised", N_("the same name in Latin letters")
    SIMILAR = "similar", N_("a similar name")
    PART = "part", N_("one name is part of the other")
    OTHER_MARKS = "other_marks", N_("names that differ by their marks")
    DIFFERENT = "different", N_("different names")


_ORDER = tuple(NameLikeness)


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name made ready to be compared.

    Attributes:
        exact: The name with its marks, in small letters, in its own script.
        words: Its words, folded; of a name in another script romanised, as far as that goes.
        marks: The marks of each word, wherever in the word they stand (`hòa`, `hoà`).
        is_romanised: Whether it was written in another script.
        is_vietnamese: Whether it has the form of a Vietnamese name.
        letters: All letters in the order of the alphabet: the same in whichever order words stand.
    """

    exact: str
    words: tuple[str, ...]
    marks: tuple[str, ...]
    is_romanised: bool
    is_vietnamese: bool
    letters: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the letters."""
        object.__setattr__(self, "letters", "".join(sorted("".join(self.words))))

    @property
    def initials(self) -> str:
        """First letters of the first and the last word, in the order of the alphabet."""
        ends = {self.words[0][0], self.words[-1][0]} if self.words else set()
        return "".join(sorted(ends))


def name_form(name: str) -> NameForm:
    """Return a name made ready to be compared; of no letters no words come."""
    folded = fold(name)
    if folded.isascii():
        written, words = exact(name), tuple(folded.split())
        marks = tuple(map(_marks, written.split()))
        return NameForm(
            exact=written,
            words=words,
            marks=marks if len(marks) == len(words) else (),
            is_romanised=False,
            is_vietnamese=may_be_vietnamese(name),
        )
    return NameForm(
        exact=exact(name),
        words=tuple(_romanised(name).split()),
        marks=(),
        is_romanised=True,
        is_vietnamese=False,
    )


def likeness_of_names(one: str, other: str) -> NameLikeness:
    """Say how two names stand to each other."""
    return likeness_of_forms(name_form(one), name_form(other))


def likeness_of_forms(mine: NameForm, yours: NameForm) -> NameLikeness:
    """Say how two names that were made ready stand to each other."""
    if not mine.words or not yours.words:
        return NameLikeness.DIFFERENT
    if mine.is_romanised or yours.is_romanised:
        return _across_scripts(mine, yours)
    if mine.exact == yours.exact:
        return NameLikeness.SAME
    if mine.letters == yours.letters:
        return _same_letters(mine, yours)
    shorter, longer = sorted((mine.words, yours.words), key=len)
    if len(shorter) < len(longer) and set(shorter) <= set(longer):
        return NameLikeness.PART
    return NameLikeness.SIMILAR if _are_similar(mine, yours) else NameLikeness.DIFFERENT


def _are_similar(mine: NameForm, yours: NameForm) -> bool:
    own = " ".join(mine.words)
    return any(
        fuzz.ratio(own, " ".join(_at(yours.words, shift)), score_cutoff=SIMILAR)
        for shift in _turns(len(yours.words))
    )


def closest(found: list[NameLikeness]) -> NameLikeness:
    """Return the closest of several; different when there is none."""
    return min(found, key=_ORDER.index, default=NameLikeness.DIFFERENT)


def _same_letters(mine: NameForm, yours: NameForm) -> NameLikeness:
    """Compare names of the same letters: word order and marks decide."""
    turns = [shift for shift in _turns(len(yours.words)) if mine.words == _at(yours.words, shift)]
    if not turns:
        return NameLikeness.SAME if _are_solid(mine, yours) else NameLikeness.DIFFERENT
    if not mine.marks or not yours.marks:
        return NameLikeness.UNMARKED
    if any(mine.marks == _at(yours.marks, shift) for shift in turns):
        return NameLikeness.SAME
    if not any(mine.marks) or not any(yours.marks):
        return NameLikeness.UNMARKED
    if mine.is_vietnamese or yours.is_vietnamese:
        return NameLikeness.OTHER_MARKS
    clash = all(
        any(a and b and a != b for a, b in zip(mine.marks, _at(yours.marks, shift), strict=True))
        for shift in turns
    )
    return NameLikeness.OTHER_MARKS if clash else NameLikeness.UNMARKED


def _across_scripts(mine: NameForm, yours: NameForm) -> NameLikeness:
    if mine.is_romanised and yours.is_romanised:
        same = sorted(mine.exact.split()) == sorted(yours.exact.split())
        return NameLikeness.SAME if same else NameLikeness.DIFFERENT
    return NameLikeness.ROMANISED if _are_solid(mine, yours) else NameLikeness.DIFFERENT


def _are_solid(mine: NameForm, yours: NameForm) -> bool:
    """Say whether two names are the same but for spaces: Wang Xiao Ming, Xiaoming Wang."""
    return "".join(yours.words) in _solids(mine) or "".join(mine.words) in _solids(yours)


def _solids(form: NameForm) -> set[str]:
    return {"".join(_at(form.words, shift)) for shift in _turns(len(form.words))}


Shift = tuple[int, bool]


def _turns(count: int) -> list[Shift]:
    """Return in which ways a name may be turned: family name first or last, or backwards.

    Nguyễn Hoàng Nam is written Nam Hoàng Nguyễn abroad, or Hoàng Nam Nguyễn; Nguyễn Nam Hoàng is
    somebody else.
    """
    return [(shift, False) for shift in range(max(count, 1))] + [(0, True)]


def _at(words: tuple[str, ...], shift: Shift) -> tuple[str, ...]:
    by, is_backwards = shift
    return tuple(reversed(words)) if is_backwards else words[by:] + words[:by]


def _marks(word: str) -> str:
    """Return the marks of a word in one order, wherever in the word they stand."""
    if word.isascii():
        return ""
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(sorted(each for each in decomposed if each == "đ" or not each.isascii()))


def _romanised(name: str) -> str:
    """Return a name in Latin letters; syllables of Han and Hangul are words of their own."""
    apart = "".join(f" {each}" if each.isupper() else each for each in anyascii(name))
    return fold(apart)
