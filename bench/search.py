"""Search as you type, beside the bare query of the same full-text index."""

import random
from collections.abc import Callable, Iterator
from itertools import cycle, islice

from figures import Call, Goal, Row, compared
from stores import Stores

from embassy_desk.application.office import answer
from embassy_desk.application.records import search_everything
from embassy_desk.domain.vietnamese import fold, query_words
from embassy_desk.store.opening import Store

_LIMIT = 20
_GOAL = Goal("p95 ≤ 20 ms, ≤ 3 × floor", p95_ms=20, ratio=3)
_BARE = "SELECT rowid FROM search_index WHERE search_index MATCH ? LIMIT 20"

Headings = list[str]


def rows(stores: Stores, contacts: int, *, runs: int, rounds: int) -> list[Row]:
    """Measure searches of every sort on a store of a size."""
    with stores.opened(contacts) as profile:
        headings = _headings(profile.store, runs * 4)
        found = []
        for what, texts_of in _SORTS.items():
            pairs = [_pair(profile.store, text) for text in islice(texts_of(headings), runs)]
            found.append(
                compared(f"search: {what}", contacts, pairs, _GOAL, rounds=rounds, is_reading=True)
            )
        return found


def _headings(store: Store, count: int) -> Headings:
    """Return names of contacts, the same ones in every run."""
    with store.reading() as work:
        names = work.raw.execute(
            "SELECT heading FROM record_entry WHERE kind = 'contact' ORDER BY sort_key"
        ).fetchall()
    return [name for (name,) in random.Random(7).choices(names, k=count)]


def _pair(store: Store, text: str) -> tuple[Call, Call]:
    bare = " AND ".join(f'"{folded}"' for _, folded in query_words(text)) + "*"
    with store.reading() as work:
        raw = work.raw

    def ours() -> object:
        return answer(store, search_everything, text, limit=_LIMIT)

    def floor() -> object:
        return raw.execute(_BARE, (bare,)).fetchall()

    return ours, floor


def _beginning(letters: int) -> Callable[[Headings], Iterator[str]]:
    def texts(headings: Headings) -> Iterator[str]:
        return (fold(each).split()[-1][:letters] for each in headings)

    return texts


def _whole(headings: Headings) -> Iterator[str]:
    return (fold(each) for each in headings)


def _marked(headings: Headings) -> Iterator[str]:
    return (each for each in headings if not each.isascii())


def _two_words(headings: Headings) -> Iterator[str]:
    for each in headings:
        words = fold(each).split()
        if len(words) > 1:
            yield f"{words[0]} {words[-1][:2]}"


def _two_common_words(_: Headings) -> Iterator[str]:
    return cycle(("nguyen th", "giam doc", "cong nghe", "bo khoa", "phong th"))


def _common(_: Headings) -> Iterator[str]:
    return cycle(("nguyen", "example", "tran", "giam", "japan"))


def _rare(headings: Headings) -> Iterator[str]:
    for place, each in enumerate(headings):
        words = fold(each).split()
        yield f"{words[-1]}.{words[0]}.{place * 7 % 999}"


def _nothing(headings: Headings) -> Iterator[str]:
    return (f"zq{place}x" for place, _ in enumerate(headings))


_SORTS: dict[str, Callable[[Headings], Iterator[str]]] = {
    "2 letters": _beginning(2),
    "3 letters": _beginning(3),
    "4 letters": _beginning(4),
    "whole name without marks": _whole,
    "whole name with marks": _marked,
    "two words, the second begun": _two_words,
    "two common words": _two_common_words,
    "one common word": _common,
    "part of an address (rare)": _rare,
    "nothing to be found": _nothing,
}
