"""How wide the columns of a table are: by their shares, but never narrower than a word."""

from collections.abc import Callable, Sequence

_PADDING_PT = 8.0
_WIDEST_WORD_SHARE = 1 / 3


def column_widths(
    shares: Sequence[int],
    texts: Sequence[Sequence[str]],
    whole: float,
    measure: Callable[[str], float],
) -> list[float]:
    """Return the widths of columns, together as wide as the page.

    A day or a word is never broken over two lines, unless it is wider than a third of the page.

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
    wished = [
        max(whole * share / sum(shares) - room, 0.0)
        for share, room in zip(shares, least, strict=True)
    ]
    total = sum(wished) or 1.0
    return [room + spare * wish / total for room, wish in zip(least, wished, strict=True)]


def _longest(words: set[str]) -> list[str]:
    """Return the words with the most letters, among which is the widest for all we need."""
    return sorted(words, key=len, reverse=True)[:20]
