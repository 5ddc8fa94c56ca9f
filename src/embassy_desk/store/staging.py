"""Many new records made ready to be written, before the store is held up for it.

Values become what columns hold, and lists and search get their line and words, all without a
connection: an import of fifty thousand records does this while other programs save. Only writing
them is left for the transaction.
"""

from collections.abc import Iterable
from typing import Any

from embassy_desk.domain.catalogue import entity_name, kind_of
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.store.change_log import NewRow
from embassy_desk.store.record_entries import Entry, entry_of
from embassy_desk.store.rows.statements import logged_values, raw_values
from embassy_desk.store.screens import Root


class Stage:
    """New records with all of their parts, ready for `UnitOfWork.add_staged`.

    Attributes:
        rows: Values of rows by class, records before their parts.
        entries: Lines and words by record.
        log: What the log is to say of them, in the order in which they were added.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rows: dict[type[Entity], list[tuple[Any, ...]]] = {}
        self.entries: dict[Root, Entry] = {}
        self.log: list[NewRow] = []

    def add(self, record: Record, parts: Iterable[Part]) -> None:
        """Make a new record ready, with everything that belongs to it."""
        kind = kind_of(record)
        own = list(parts)
        root = (kind.name, record.id.hex)
        for each in (record, *own):
            entity, values = type(each), raw_values(each)
            self.rows.setdefault(entity, []).append(values)
            fields = logged_values(entity, values)
            self.log.append(NewRow(entity_name(entity), each.id.hex, root, fields))
        entry = entry_of(kind, record, own)
        _ = entry.words  # cut into words here, not while the store is held up
        self.entries[root] = entry

    def __len__(self) -> int:
        """Return how many rows there are."""
        return sum(map(len, self.rows.values()))
