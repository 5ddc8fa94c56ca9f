"""Looks for records, for the search at the top and for every field that names one. No Qt."""

from collections.abc import Callable
from uuid import UUID

from embassy_desk.application.office import Office
from embassy_desk.application.pages import Hit, records_named
from embassy_desk.application.records import search_everything
from embassy_desk.desktop.kit.keeper import Keeper

MOST_HITS = 40
MOST_CHOICES = 12
Found = Callable[[tuple[Hit, ...]], None]


class SearchPresenter:
    """Asks the store and hands on what was found; a search that was overtaken is dropped."""

    def __init__(
        self, office: Office, keeper: Keeper, open_record: Callable[[str, UUID], None]
    ) -> None:
        """Open records through `open_record`."""
        self._office = office
        self._keeper = keeper
        self._open = open_record
        self._asked = 0

    def search(self, text: str, found: Found) -> None:
        """Look for records of every kind."""
        self._asked += 1
        self._keeper.start(self._search(text, self._asked, found), name="search")

    async def _search(self, text: str, asked: int, found: Found) -> None:
        hits = await self._office.ask(search_everything, text, limit=MOST_HITS)
        if asked == self._asked:
            found(hits)

    def seek(self, text: str, kinds: frozenset[str] | None, found: Found) -> None:
        """Look for records that a field may name."""
        self._asked += 1
        self._keeper.start(self._seek(text, kinds, self._asked, found), name="seek")

    async def _seek(
        self, text: str, kinds: frozenset[str] | None, asked: int, found: Found
    ) -> None:
        hits = await self._office.ask(records_named, text, kinds=kinds, limit=MOST_CHOICES)
        if asked == self._asked:
            found(hits)

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show a record that a field names."""
        self._open(kind, record_id)


def grouped(hits: tuple[Hit, ...]) -> dict[str, list[Hit]]:
    """Return hits by kind; the kind of the best hit comes first."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.kind, []).append(hit)
    return groups
