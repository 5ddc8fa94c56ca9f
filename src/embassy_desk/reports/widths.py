"""How wide the columns of a table are: by their shares and texts, never narrower than a word."""

from collections.abc import Callable, Sequence
from math import ceil

_PADDING_PT = 8.0
_WIDEST_WORD_SHARE = 1 / 3
_MOST_ROWS = 0.9
_LEAST_OF_WISH = 0.5
_ALIKE = 5


def column_widths(
    shares: Sequence[int],
    texts: Sequence[Sequence[str]],
    whole: float,
    measure: Callable[[str], float],
) -> list[float]:
    """Return the widths of columns, together as wide as the page.

    A day or a word is never broken over two lines, unless it is wider than a third of the page. A
    column whose texts need less than its share, in nine rows of ten, leaves up to half of it to
    those that need more.

    Args:
        shares: The columns' shares of the page, as wished.
        texts: The texts of the heads and all rows.
        whole: How wide the table is.
        measure: Returns how wide a word is, in the unit of `whole`.
    """
    words: list[set[str]] = [set() for _ in shares]
    for row in texts:
        for each, found in zip(row, words, strict=True):
            found.update(each.split())
    most = whole * _WIDEST_WORD_SHARE
    least = [
        min(max(map(measure, _longest(found)), default=0.0) + _PADDING_PT, most) for found in words
    ]
    if sum(least) > whole:  # too many columns for whole words: all of them give way alike
        return [whole * room / sum(least) for room in least]
    spare = whole - sum(least)
    needs = [_need([row[no] for row in texts], measure) for no, _ in enumerate(shares)]
    fair = _fair([whole * share / sum(shares) for share in shares], least, needs)
    wished = [max(wish - room, 0.0) for wish, room in zip(fair, least, strict=True)]
    total = sum(wished) or 1.0
    return [room + spare * wish / total for room, wish in zip(least, wished, strict=True)]


def _longest(words: set[str]) -> list[str]:
    """Return the words with the most letters, among which is the widest for all we need."""
    return sorted(words, key=len, reverse=True)[:20]


def _need(texts: Sequence[str], measure: Callable[[str], float]) -> float:
    """Return how wide a column is in which most of these texts take one line each."""
    lines = sorted((max(each.splitlines(), key=len, default="") for each in texts), key=len)
    last = ceil((len(lines) - 1) * _MOST_ROWS)
    return max(map(measure, lines[max(last + 1 - _ALIKE, 0) : last + 1]), default=0.0) + _PADDING_PT


def _fair(
    wishes: Sequence[float], least: Sequence[float], needs: Sequence[float]
) -> Sequence[float]:
    """Return the widths after what some columns do not need went to those that need more."""
    kept = [
        max(room, min(wish, max(need, wish * _LEAST_OF_WISH)))
        for wish, room, need in zip(wishes, least, needs, strict=True)
    ]
    spare = sum(wishes) - sum(kept)
    if spare <= 0:
        return wishes
    lacks = [max(need - has, 0.0) for need, has in zip(needs, kept, strict=True)]
    part = min(spare / sum(lacks), 1.0) if any(lacks) else 0.0
    left = spare - part * sum(lacks)
    return [
        has + part * lack + left * wish / sum(wishes)
        for has, lack, wish in zip(kept, lacks, wishes, strict=True)
    ]
