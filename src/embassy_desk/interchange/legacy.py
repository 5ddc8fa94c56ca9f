"""Vietnamese text in the encodings before Unicode: recognised, shown, and only then converted.

Such text looks like Latin letters in the wrong places: `Céng hßa X· héi` is TCVN3, `Coäng hoøa` is
VNI. What a column is in is a proposal with a score and examples; a person decides. Tables: TCVN
5712:1993 as the ABC fonts use it, and the font table of VNI-Windows.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from embassy_desk.domain.vietnamese import fold
from embassy_desk.texts import N_, LabelledEnum


class Legacy(LabelledEnum):
    """What the text of a column is written in."""

    NONE = "none", N_("As it stands")
    TCVN3 = "tcvn3", N_("TCVN3 (.VnTime)")
    VNI = "vni", N_("VNI (VNI-Times)")
    CP1258 = "cp1258", N_("Windows-1258")
    TWICE = "twice", N_("UTF-8 encoded twice")


def legacy_named(value: str) -> Legacy:
    """Return what a mapping means; anything that is not known leaves text as it stands."""
    return next((each for each in Legacy if each.value == value), Legacy.NONE)


@dataclass(frozen=True)
class Proposal:
    """What a column seems to be written in.

    Attributes:
        column: Its place, counted from 0.
        legacy: The value of a `Legacy`.
        score: How sure that is, in percent of the words that become Vietnamese.
        samples: The most telling cells before and after, at most ten.
        lost: How many cells hold signs that the table does not know; they stay as they are.
    """

    column: int
    legacy: str
    score: int
    samples: tuple[tuple[str, str], ...]
    lost: int


def converted(text: str, legacy: Legacy) -> str:
    """Return a text in Unicode; what the table does not know stays as it is."""
    if legacy is Legacy.NONE or text.isascii():
        return text
    return unicodedata.normalize("NFC", _CONVERTERS[legacy](text))


def proposals(columns: Sequence[Sequence[str]]) -> tuple[Proposal, ...]:
    """Return what columns of texts seem to be written in, where that is not plain Unicode.

    Args:
        columns: Cells of each column; the first hundreds of a file are enough.
    """
    found = [_proposal(place, cells, _BETTER_BY) for place, cells in enumerate(columns)]
    likely = {each.legacy for each in found if each is not None}
    if likely:  # one old column makes others likely, of which less can be seen
        again = (_proposal(place, cells, _A_LITTLE) for place, cells in enumerate(columns))
        found = [
            old or (new if new is not None and new.legacy in likely else None)
            for old, new in zip(found, again, strict=True)
        ]
    return tuple(each for each in found if each is not None)


_ENOUGH = 0.8
_BETTER_BY, _A_LITTLE = 0.25, 0.02
_MOST_LOOKED_AT = 400
_SAMPLES = 10


def _proposal(place: int, cells: Sequence[str], better_by: float) -> Proposal | None:
    telling = [text for text in dict.fromkeys(cells) if not text.isascii()][:_MOST_LOOKED_AT]
    if not telling:
        return None
    as_it_is = share_of_vietnamese(telling)
    scores = {
        each: share_of_vietnamese([converted(text, each) for text in telling])
        for each in Legacy
        if each is not Legacy.NONE
    }
    best = max(scores, key=lambda each: scores[each])
    if scores[best] < _ENOUGH or scores[best] - as_it_is < better_by:
        return None
    pairs = [(text, converted(text, best)) for text in telling]
    changed = sorted((each for each in pairs if each[0] != each[1]), key=_telling)
    lost = sum(share_of_vietnamese([after]) < 1 for _, after in changed)
    return Proposal(place, best.value, round(100 * scores[best]), tuple(changed[:_SAMPLES]), lost)


def _telling(pair: tuple[str, str]) -> tuple[bool, int]:
    """Put cells first that hold several strange letters and are not too long to read."""
    before, _ = pair
    return len(before) > _READABLE, -sum(not each.isascii() for each in before)


_READABLE = 60

_WORD = re.compile(r"[^\W\d_]+(?:[^\s\w]*[^\W\d_]+)*|[^\s\w.,;:()\"'/&!?–—-]+")
_VOWELS = (
    "a|ai|ao|au|ay|e|eo|eu|i|ia|ie|ieu|iu|o|oa|oai|oao|oay|oe|oeo|oi|oo|u|ua|uay|ue|ueu|ui|uo|uoi|uou|"
    "uu|uy|uya|uye|uyu|y|ya|ye|yeu"
)
_SYLLABLE = re.compile(
    rf"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu?|r|s|th?|tr|v|x)?(?:{_VOWELS})(?:ch?|m|ng?|nh|p|t)?"
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_LETTERS = frozenset("ăâđêôơư") | frozenset(
    "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)
_HARMLESS = frozenset("“”‘’–—…«»€₫°²³½№•")


def share_of_vietnamese(texts: Sequence[str]) -> float:
    """Return which share of the words with strange letters are Vietnamese syllables."""
    good = strange = 0
    for text in texts:
        for word in _WORD.findall(unicodedata.normalize("NFC", text)):
            if word.isascii() or set(word) <= _HARMLESS:
                continue
            strange += 1
            good += _is_vietnamese(word.strip("“”‘’…«»"))
    return good / strange if strange else 0.0


def _is_vietnamese(word: str) -> bool:
    small = word.lower()
    if any(not each.isascii() and each not in _LETTERS for each in small):
        return False
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    marks = ["".join(unicodedata.normalize("NFD", each)[1:]) for each in small]
    toned = [each for each in marks if _TONES & set(each)]
    if len(toned) > 1 or _SYLLABLE.fullmatch(fold(small)) is None:
        return False
    # A tone stands on the vowel with a mark of its own: `sồi` is a word, `sôì` is none.
    return (
        not toned or len(toned[0]) > 1 or not any(each and each[0] not in _TONES for each in marks)
    )


_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®"
        "¸µ¶·¹¾»¼½ÆÊÇÈÉËÐÌÎÏÑÕÒÓÔÖÝ×ØÜÞãßáâäèåæçéíêëìîóïñòôøõö÷ùýúûüþ",
        "ĂÂÊÔƠƯĐăâêôơưđ"
        "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
        strict=True,
    )
)  # fmt: skip
_TOKEN = re.compile(r"\S+")
_LATIN_LETTER = re.compile(r"[A-Za-z]")


def _from_tcvn3(text: str) -> str:
    """Return the text letter by letter, but signs that stand with figures or alone.

    A capital vowel with a tone has no code of its own: what is written in capitals, what begins a
    cell and what stands among names gets its capital back.
    """
    words = _TOKEN.findall(text)
    others = [each for each in words if _LATIN_LETTER.match(each) or each[0] in _CAPITAL_SIGNS]
    is_loud = _is_loud("".join(words))
    are_names = len(others) > 1 and all(
        each[0].isupper() or each[0] in _CAPITAL_SIGNS for each in others
    )
    made = iter(_tcvn3_word(each, is_loud=is_loud, is_name=are_names) for each in words)
    whole = _TOKEN.sub(lambda _: next(made), text)
    begins_toned = text[:1] in _TCVN3 and text[0] not in _CAPITAL_SIGNS and len(words) > 1
    return whole[:1].upper() + whole[1:] if begins_toned else whole


_CAPITAL_SIGNS = "¡¢£¤¥¦§"
_UNITS = frozenset({"µm", "µg", "µl", "µs", "µF", "µV"})
_FIGURES = frozenset("0123456789")


def _is_loud(text: str) -> bool:
    """Say whether what has capitals in these fonts is written in them, several at once."""
    plain = [each for each in text if each.isascii() and each.isalpha()]
    plain += [each.upper() for each in text if each in _CAPITAL_SIGNS]
    plain += [each for each in text if each in "¨©ª«¬\u00ad®"]
    return len(plain) > 1 and all(each.isupper() or each in _CAPITAL_SIGNS for each in plain)


def _tcvn3_word(word: str, *, is_loud: bool, is_name: bool) -> str:
    if not _FIGURES.isdisjoint(word) or word.isascii() or word in _UNITS:
        return word
    if len(word) == 1 and (word == "µ" or not word.isalpha()):
        return word
    made = "".join(_TCVN3.get(each, each) for each in word)
    if is_loud or _is_loud(word):
        return made.upper()
    return made[:1].upper() + made[1:] if is_name else made


_VNI_TONES = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
}  # fmt: skip
_VNI_HATS = {
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
}  # fmt: skip
_VNI_BREVES = {
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {
    "ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
}  # fmt: skip


@cache
def _vni_table() -> Mapping[str, str]:
    """Return the Unicode letter by what VNI writes, pairs and single signs, small and capital."""
    table: dict[str, str] = {}
    marks = {
        "a": _VNI_TONES | _VNI_HATS | _VNI_BREVES,
        "e": _VNI_TONES | _VNI_HATS,
        "o": _VNI_TONES | _VNI_HATS,
        "u": _VNI_TONES,
        "y": _VNI_TONES,
        "ô": _VNI_TONES,
        "ö": _VNI_TONES,
    }
    for base, signs in marks.items():
        letter = _VNI_ALONE.get(base, base)
        for sign, mark in signs.items():
            made = unicodedata.normalize("NFC", letter + mark)
            table |= dict.fromkeys((base + sign, base + sign.upper()), made)
            table |= dict.fromkeys((base.upper() + sign, base.upper() + sign.upper()), made.upper())
    for sign, letter in _VNI_ALONE.items():
        table[sign], table[sign.upper()] = letter, letter.upper()
    return table


@cache
def _vni_signs() -> re.Pattern[str]:
    """Return the pattern of what VNI writes: pairs before single signs, or `ơ` and `ư` break."""
    signs = sorted(_vni_table(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, signs)))


def _from_vni(text: str) -> str:
    return _vni_signs().sub(lambda match: _vni_table()[match[0]], text)


def _bytes_of(text: str) -> bytes | None:
    """Return the bytes that were read as Windows-1252; nothing when some letter is from elsewhere.

    Five bytes mean nothing there and were passed on as they are.
    """
    made = bytearray()
    for each in text:
        try:
            made += each.encode("cp1252")
        except UnicodeEncodeError:
            if ord(each) > 0xFF:  # noqa: PLR2004  the last letter of Latin-1
                return None
            made.append(ord(each))
    return bytes(made)


def _decoded(encoding: str) -> Callable[[str], str]:
    def decode(text: str) -> str:
        content = _bytes_of(text)
        if content is None:
            return text
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            return text

    return decode


_CONVERTERS: Mapping[Legacy, Callable[[str], str]] = {
    Legacy.TCVN3: _from_tcvn3,
    Legacy.VNI: _from_vni,
    Legacy.CP1258: _decoded("cp1258"),
    Legacy.TWICE: _decoded("utf-8"),
}
