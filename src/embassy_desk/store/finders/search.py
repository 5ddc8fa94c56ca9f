"""The search over everything: folded, exact spelling first, names before other texts.

Each step asks the index for a bounded number of hits, newest change first, so that a search of
two letters over a hundred thousand records costs no more than one of ten.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from embassy_desk.domain.vietnamese import query_words
from embassy_desk.store.record_entries import SHELF_ARCHIVED, SHELF_IN_USE
from embassy_desk.store.work import UnitOfWork

DEFAULT_LIMIT = 50
_LONGEST_QUERY = 300
_MOST_WORDS = 12


@dataclass(frozen=True)
class Hit:
    """One record that the search found, as lists show it."""

    id: UUID
    ref: str
    kind: str
    heading: str
    subtitle: str
    is_archived: bool


def search(
    work: UnitOfWork,
    text: str,
    *,
    kinds: frozenset[str] | None = None,
    limit: int = DEFAULT_LIMIT,
    handlings: frozenset[str] | None = None,
) -> tuple[Hit, ...]:
    """Return the records that contain every word, the last one also as a beginning.

    The order is: names spelled exactly so, names that begin exactly so, names without regard to
    marks, then the same for other texts; within each the newest change first. Records in the
    trash are left out, archived ones come as what they are.

    Args:
        work: A reading unit of work.
        text: What was typed; anything at all is allowed.
        kinds: Only these kinds.
        limit: At most so many hits.
        handlings: Only records that are handled so.
    """
    words = query_words(text[:_LONGEST_QUERY])[:_MOST_WORDS]
    if not words or limit < 1:
        return ()
    condition, values = _conditions(kinds, work.narrowed(handlings), work.hidden_kinds)

    def matches(step: str, most: int) -> list[tuple[int, Hit]]:
        return _matches(work, step, condition, values, limit=most)

    # The weakest step finds whatever the others find. Of several words it mostly finds little, and
    # then the others only sort that; one word alone is often so common that asking first is dear.
    weakest = matches(_weakest(words), limit) if len(words) > 1 else None
    is_all = weakest is not None and len(weakest) < limit
    most = len(weakest) if weakest is not None and is_all else limit
    found: dict[int, Hit] = {}
    for step in _steps(words) if not is_all or most > 1 else ():
        if len(found) >= most:
            break
        _add(found, matches(step, limit + len(found)), limit)
    if len(found) < most:
        known = weakest if weakest is not None and is_all else None
        _add(found, known or matches(_weakest(words), limit + len(found)), limit)
    if len(found) < limit and (number := joined_number(words)):
        step = _query("text", [number], is_prefix=True)
        _add(found, matches(step, limit + len(found)), limit)
    return tuple(found.values())


def _add(found: dict[int, Hit], hits: list[tuple[int, Hit]], limit: int) -> None:
    """Add hits behind those that were found before, as long as there is room."""
    for no, hit in hits:
        if no not in found and len(found) < limit:
            found[no] = hit


def _conditions(
    kinds: frozenset[str] | None, handlings: frozenset[str] | None, hidden: Iterable[str]
) -> tuple[str, list[Any]]:
    condition = f"e.shelf IN ({SHELF_IN_USE}, {SHELF_ARCHIVED})"
    values: list[Any] = []
    for kind in hidden:
        condition += " AND e.kind <> ?"
        values.append(kind)
    for column, allowed in (("kind", kinds), ("handling", handlings)):
        if allowed is not None:
            condition += f" AND e.{column} IN ({', '.join('?' * len(allowed))})"
            values.extend(sorted(allowed))
    return condition, values


def _steps(words: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield the index queries from the best kind of match down; the weakest is not among them."""
    exact = [word for word, _ in words]
    folded = [word for _, word in words]
    yield _query("exact_name", exact, is_prefix=False)
    yield _query("exact_name", exact, is_prefix=True)
    yield _query("name", folded, is_prefix=True)
    if exact != folded:  # without marks this step would only read the next one's hits twice
        yield _query("{exact_name exact_text}", exact, is_prefix=True)


def _weakest(words: tuple[tuple[str, str], ...]) -> str:
    """Return the index query that finds whatever any other one finds."""
    return _query("{name text}", [folded for _, folded in words], is_prefix=True)


def joined_number(words: tuple[tuple[str, str], ...]) -> str:
    """Return the digits of a number typed with spaces or signs, as telephone numbers are indexed.

    Empty unless every word is a number and there are several.
    """
    folded = [word for _, word in words]
    return "".join(folded) if len(folded) > 1 and all(map(str.isdecimal, folded)) else ""


def _query(columns: str, words: list[str], *, is_prefix: bool) -> str:
    quoted = [f'"{word}"' for word in words]  # words hold letters and digits only
    if is_prefix:
        quoted[-1] += "*"
    return f"{columns} : ({' AND '.join(quoted)})"


def _matches(
    work: UnitOfWork, query: str, condition: str, values: list[Any], *, limit: int
) -> list[tuple[int, Hit]]:
    rows = work.raw.execute(
        "SELECT e.no, e.record_id, e.ref, e.kind, e.heading, e.subtitle, e.shelf"  # noqa: S608
        " FROM search_index s JOIN record_entry e ON e.no = s.rowid"
        f" WHERE s.search_index MATCH ? AND {condition} ORDER BY s.rowid DESC LIMIT ?",
        (query, *values, limit),
    ).fetchall()
    return [
        (no, Hit(UUID(record_id), ref, kind, heading, subtitle, shelf == SHELF_ARCHIVED))
        for no, record_id, ref, kind, heading, subtitle, shelf in rows
    ]
