"""Matches what is typed against words in several languages, with or without marks. No Qt."""

import re
from collections.abc import Iterable

from embassy_desk.domain.vietnamese import exact, fold
from embassy_desk.texts import Text, Words

_MARK = re.compile(r"&(.)")
_WHOLE, _BEGINS, _WORDS, _INSIDE = 0, 1, 2, 3


def read_word(words: Words, text: Text | str) -> str:
    """Return a text of ours without the mark of the letter that reaches it in a menu.

    A plain string comes from a record and stays as it is, ampersands included.
    """
    return text if isinstance(text, str) else _MARK.sub(r"\1", words(text))


def match_rank(typed: str, texts: Iterable[str]) -> int | None:
    """Return how well a text matches, 0 being best; nothing when none does.

    Every word that was typed must begin a word of one text (`hop dong` finds *Hợp đồng mới*), or
    stand inside it. Among equals, the spelling with marks comes first. An empty query matches.

    Args:
        typed: What was typed.
        texts: The same thing in several words or languages.
    """
    folded, marked = fold(typed), exact(typed)
    if not folded:
        return 0
    ranks = [2 * rank for each in texts if (rank := _rank(folded, fold(each))) is not None]
    if not ranks:
        return None
    has_marks = folded != marked and any(marked in exact(each) for each in texts)
    return min(ranks) + (0 if has_marks or folded == marked else 1)


def _rank(typed: str, text: str) -> int | None:
    if text == typed:
        return _WHOLE
    if text.startswith(typed):
        return _BEGINS
    words = text.split()
    parts = typed.split()
    if all(any(word.startswith(part) for word in words) for part in parts):
        return _WORDS
    return _INSIDE if all(part in text for part in parts) else None
