"""Vietnamese text to the letter: one folding for search and matching, one order for lists.

Everything here is a pure function of its text, the same on every machine. Three forms exist:

- *exact*: NFC, case folded, marks kept, tone placement as typed (`hòa` is not `hoà`);
- *folded*: the same without marks, `đ` as `d`; what search, duplicates and matching compare;
- *sort key*: compares bytewise as Vietnamese dictionaries order, a ă â b c d đ e ê …, tones
  second (none, huyền, hỏi, ngã, sắc, nặng), case last.

For every text, `fold(exact(text)) == fold(text)`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

MAX_QUERY_CHARACTERS = 500
MAX_QUERY_WORDS = 16

_CACHED_WORDS = 8192
_MAX_CACHED_LENGTH = 40  # characters; longer words are rare and would fill the cache

# Eth and African D are typed and pasted for Đ; lower case as case folding leaves them.
_LOOK_ALIKES = str.maketrans({"ð": "đ", "ɖ": "đ"})

# Letters that Unicode does not take apart, as people without that keyboard type them.
_FOREIGN_LETTERS = {
    "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "þ": "th", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ə": "a", "ĸ": "k",
}  # fmt: skip
_PLAIN_LETTERS = str.maketrans(_FOREIGN_LETTERS | {"đ": "d", "ð": "d", "ɖ": "d"})
_SORTED_AS = str.maketrans(_FOREIGN_LETTERS)

_ASCII_WORDS = str.maketrans({chr(each): " " for each in range(128) if not chr(each).isalnum()})

# Canonical combining classes of nukta, kana voicing mark and virama: they make another letter.
_LETTER_MAKING_CLASSES = frozenset({7, 8, 9})

# Scripts written without spaces, where a name's middle part must be found: Han, kana, Hangul.
_UNSPACED = re.compile(
    "([\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3040-\u30ff\u3105-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff][\u3099\u309a]*)"
)

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LEVEL_END = "\x01"  # below everything else, so that the shorter text comes first
_SPACE = "\x02"
_NUMBER_LENGTH = 0x03  # then 0x04 for numbers of one digit, 0x05 for two, up to 40 digits
_LETTER = 0x40  # other scripts keep their code points, which are all higher
_MAX_NUMBER_DIGITS = 40
_RANKS = str.maketrans({letter: chr(_LETTER + at) for at, letter in enumerate(_ALPHABET)})
_NO_TONE, _OTHER_MARK = "!", "'"
_TONES = {"\u0300": '"', "\u0309": "#", "\u0303": "$", "\u0301": "%", "\u0323": "&"}
_WITH_MARK = {
    "a\u0306": "ă", "a\u0302": "â", "e\u0302": "ê", "o\u0302": "ô", "o\u031b": "ơ", "u\u031b": "ư",
}  # fmt: skip
_DIGITS = re.compile(r"[0-9]+")


def fold(text: str) -> str:
    """Return the text for search and matching: lower case, no marks, words one space apart.

    `Đặng Thị Hường` becomes `dang thi huong`. Look-alikes of Đ, foreign letters such as ł ø ß æ
    and compatibility forms (full width, ligatures) become plain letters; punctuation, symbols
    and control characters become spaces; invisible characters vanish; digits stay, in ASCII.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII_WORDS).split())
    return " ".join(_each(text, _folded_word, _cached_folded_word))


def exact(text: str) -> str:
    """Return the text for exact matching: NFC, case folded, marks kept, words one space apart.

    Tone placement stays as typed, look-alikes of Đ are repaired, compatibility forms become
    ordinary letters.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII_WORDS).split())
    return " ".join(_each(text, _exact_word, _cached_exact_word))


def words(form: str) -> tuple[str, ...]:
    """Return the words of an exact or folded text; each Han, kana or Hangul character is one.

    A full-text index cuts at spaces and finds only beginnings of words. Chinese, Japanese and
    Korean names have no spaces between family and given name, so 山田太郎 would never be found by
    太郎. Standing alone, the characters are found anywhere, next to each other as a phrase.
    """
    if not form.isascii():
        form = _UNSPACED.sub(r" \1 ", form)
    return tuple(form.split())


def index_text(text: str) -> tuple[str, str]:
    """Return what a full-text index stores: the exact and the folded form, cut into words."""
    forms = [
        _cached_indexed_word(part) if len(part) <= _MAX_CACHED_LENGTH else _indexed_word(part)
        for part in text.split()
    ]
    return (
        " ".join([form for form, _ in forms if form]),
        " ".join([form for _, form in forms if form]),
    )


def query_words(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a search, each as exact and folded form, in the order typed.

    A form holds letters, digits and single spaces only, so it is harmless inside the quotes of
    an FTS5 query; one with spaces is a phrase (太郎 gives `太 郎`). Only the first 500 characters
    and 16 words count. Punctuation alone gives no word.
    """
    found = []
    for word in exact(text[:MAX_QUERY_CHARACTERS]).split():
        folded = " ".join(words(fold(word)))
        if any(map(str.isalnum, folded)):
            found.append((" ".join(words(word)), folded))
        if len(found) == MAX_QUERY_WORDS:
            break
    return tuple(found)


def sort_key(text: str) -> str:
    """Return a key that orders texts as Vietnamese does when compared by code point or byte.

    Letters decide first, then tones, then case (small before capital). Numbers compare by value
    (`Task 2` before `Task 10`) and come before letters; other scripts follow the Latin letters
    in code-point order. Punctuation counts as a space. Texts that differ have different keys.
    No NUL, so that every database can hold it.
    """
    primary, secondary = _levels(text)
    return f"{primary}{_LEVEL_END}{secondary}{_LEVEL_END}{_tie_breaker(text)}"


def name_sort_keys(family: str, middle: str, given: str) -> tuple[str, str]:
    """Return the keys of a person for lists by given name and for lists by family name.

    Lists in Vietnam go by given name, then family, then middle name. Lists by family name go by
    family, then given, then middle name: the middle name (Văn, Thị) tells people apart least.
    Each name decides fully, tones included, before the next one counts. Parts that a person does
    not have are skipped, so a person of one name stands where that name belongs.
    """
    levels = {part: _levels(part) for part in (family, middle, given)}
    end = _tie_breaker(f"{family} {middle} {given}")
    by_given = _joined_levels(levels[part] for part in (given, family, middle) if part)
    by_family = _joined_levels(levels[part] for part in (family, given, middle) if part)
    return by_given + end, by_family + end


def _folded_word(word: str) -> str:
    decomposed = _decomposed(word).translate(_PLAIN_LETTERS)
    kept = (
        each
        for each in decomposed
        if (mark := unicodedata.combining(each)) == 0 or mark in _LETTER_MAKING_CLASSES
    )
    return unicodedata.normalize("NFC", _spaced(_ascii_digit(each) for each in kept))


def _exact_word(word: str) -> str:
    decomposed = _decomposed(word).translate(_LOOK_ALIKES)
    return unicodedata.normalize("NFC", _spaced(decomposed))


def _decomposed(word: str) -> str:
    """Take letters, marks and compatibility forms apart, case folded; stable when repeated."""
    once = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return unicodedata.normalize("NFKD", once.casefold())


def _spaced(characters: Iterable[str]) -> str:
    """Keep letters, digits and marks, drop the invisible, turn the rest into single spaces."""
    return " ".join("".join([_as_word(each) for each in characters]).split())


def _as_word(character: str) -> str:
    if character.isalnum():
        return character
    category = unicodedata.category(character)
    if category == "Cf" or "\ufe00" <= character <= "\ufe0f":  # joiners; variation selectors
        return ""
    return character if category in {"Mn", "Mc"} else " "


def _ascii_digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _indexed_word(part: str) -> tuple[str, str]:
    """Return the exact and the folded form of a part between spaces, cut into words."""
    if part.isascii():  # both are one then
        form = exact(part)
        return form, form
    return " ".join(words(exact(part))), " ".join(words(fold(part)))


_cached_indexed_word = lru_cache(maxsize=_CACHED_WORDS)(_indexed_word)
_cached_folded_word = lru_cache(maxsize=_CACHED_WORDS)(_folded_word)
_cached_exact_word = lru_cache(maxsize=_CACHED_WORDS)(_exact_word)


def _each(text: str, long: Callable[[str], str], short: Callable[[str], str]) -> Iterator[str]:
    """Return the form of each part between spaces, through the cache unless it is long."""
    forms = [
        short(part) if len(part) <= _MAX_CACHED_LENGTH else long(part) for part in text.split()
    ]
    return filter(None, forms)


def _levels(text: str) -> tuple[str, str]:
    """Return the letters' and the tones' part of a sort key; absent tones at the end are cut."""
    if text.isascii() and not _DIGITS.search(text):
        plain = text.lower().translate(_ASCII_WORDS)
        return _SPACE.join(plain.translate(_RANKS).split()), ""
    letters, tones = [], []
    for word in exact(text).split():
        short = len(word) <= _MAX_CACHED_LENGTH
        rank, tone = _cached_word_levels(word) if short else _word_levels(word)
        letters.append(rank)
        tones.append(tone)
    return _SPACE.join(letters), _NO_TONE.join(tones).rstrip(_NO_TONE)


def _word_levels(word: str) -> tuple[str, str]:
    """Return the ranks of an exact word's letters and the tone of each; digits have no tone."""
    letters: list[str] = []
    tones: list[str] = []
    for character in word:
        parts = unicodedata.normalize("NFD", character).translate(_SORTED_AS)
        if not (parts[0].isascii() or parts[0] == "đ" or unicodedata.combining(parts[0])):
            parts = _ascii_digit(character)
        for part in parts:
            if unicodedata.combining(part) == 0:
                letters.append(part)
                tones.append("" if part.isdecimal() else _NO_TONE)
            elif letters:
                _add_mark(letters, tones, part)
    ranked = _DIGITS.sub(_number, "".join(letters)).translate(_RANKS)
    return ranked, "".join(tones)


_cached_word_levels = lru_cache(maxsize=_CACHED_WORDS)(_word_levels)


def _add_mark(letters: list[str], tones: list[str], mark: str) -> None:
    """Make another letter of the last one, or give it a tone; foreign marks come after tones."""
    if (marked := _WITH_MARK.get(letters[-1] + mark)) is not None:
        letters[-1] = marked
    elif mark in _TONES:
        tones[-1] = _TONES[mark]
    elif tones[-1] == _NO_TONE:
        tones[-1] = _OTHER_MARK


def _number(found: re.Match[str]) -> str:
    """Put the count of digits before a number, so that text order is the order of values."""
    digits = found[0].lstrip("0")
    return chr(_NUMBER_LENGTH + min(len(digits), _MAX_NUMBER_DIGITS)) + digits


def _joined_levels(levels: Iterable[tuple[str, str]]) -> str:
    return "".join([f"{each[0]}{_LEVEL_END}{each[1]}{_LEVEL_END}" for each in levels])


def _tie_breaker(text: str) -> str:
    """Return the text with small and capital letters swapped, so that small ones come first."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    swapped = text.swapcase()
    if not text.isascii() and swapped.swapcase() != text:
        swapped = text  # such as ß, whose capital is two letters
    return swapped.replace("\x00", "\ufffd")


def forget_words() -> None:
    """Drop every word that was remembered to be quick; they come from records."""
    for each in (
        _cached_indexed_word,
        _cached_folded_word,
        _cached_exact_word,
        _cached_word_levels,
    ):
        each.cache_clear()
