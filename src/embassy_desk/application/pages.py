"""Pages of lists as the window shows them: lines, and what the records they name are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from embassy_desk.store.finders.lines import (
    Line,
    ListQuery,
    Shelf,
    count_lines,
    identities,
    lines,
    places_of,
)
from embassy_desk.store.finders.names import headings
from embassy_desk.store.finders.search import Hit, search
from embassy_desk.store.opening import Store
from embassy_desk.store.work import Changes, UnitOfWork

__all__ = [
    "Changes",
    "Hit",
    "Line",
    "ListQuery",
    "Page",
    "Shelf",
    "count_lines",
    "data_version",
    "headings",
    "identities",
    "lines",
    "page_of",
    "places_of",
    "records_named",
]


@dataclass(frozen=True)
class Page:
    """Some lines of a list.

    Attributes:
        offset: Place of the first line in the whole list.
        lines: The lines.
        names: What the records that the lines name are called, by identity.
    """

    offset: int
    lines: tuple[Line, ...]
    names: Mapping[UUID, str]


def page_of(work: UnitOfWork, query: ListQuery) -> Page:
    """Return a page of a list with the names that its lines need.

    Raises:
        InvalidError: The query names a field that the kind does not have.
        MissingError: There is no such kind.
    """
    found = lines(work, query)
    named = {value for line in found for value in line.values if isinstance(value, UUID)}
    return Page(query.offset, found, headings(work, named))


def data_version(store: Store) -> int:
    """Return a number that changes when another process has written to the store.

    To be asked on the clerk, whose own writes do not count.
    """
    return store.data_version()


def records_named(
    work: UnitOfWork, text: str, *, kinds: frozenset[str] | None, limit: int
) -> tuple[Hit, ...]:
    """Return the records that a link could mean by a text; archived ones come last."""
    found = search(work, text, kinds=kinds, limit=limit)
    return tuple(sorted(found, key=lambda hit: hit.is_archived))
