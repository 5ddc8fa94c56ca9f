"""Many new records made ready to be written, before the store is held up for it.

Values become what columns hold, and lists and search get their line and words, all without a
connection: an import of fifty thousand records does this while other programs save. Only writing
them is left for the transaction.
"""

from collections.abc import Iterable
from typing import Any

from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.store.record_entries import Entry, entry_of
from embassy_desk.store.rows.statements import raw_values
from embassy_desk.store.screens import Root


class Stage:
    """New records with all of their parts, ready for `UnitOfWork.add_staged`.

    Attributes:
        rows: Values of rows by class, records before their parts.
        entries: Lines and words by record.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rows: dict[type[Entity], list[tuple[Any, ...]]] = {}
        self.entries: dict[Root, Entry] = {}

    def add(self, record: Record, parts: Iterable[Part]) -> None:
        """Make a new record ready, with everything that belongs to it."""
        kind = kind_of(record)
        own = list(parts)
        self.rows.setdefault(type(record), []).append(raw_values(record))
        for part in own:
            self.rows.setdefault(type(part), []).append(raw_values(part))
        entry = entry_of(kind, record, own)
        _ = entry.words  # cut into words here, not while the store is held up
        self.entries[kind.name, entry.record_id] = entry

    def __len__(self) -> int:
        """Return how many rows there are."""
        return sum(map(len, self.rows.values()))
