"""The confirmed state of a row: what this device knows that headquarters has (SYNC 3.1, 3.9).

What is displayed is the confirmed state overlaid with the own operations that are still pending.
Only rows that were taken over beneath pending operations need their confirmed values kept (in
`sync_shadow`); of all others the log knows what was before.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from embassy_desk.sealing.digests import digest_sum, row_digest
from embassy_desk.store.sync_values import Fields, read_fields
from embassy_desk.sync.chains import row_form

_NO_END = 2**53
_OPERATIONS = (
    "SELECT nseq, entity, row_id, operation, before FROM sync_op"
    " WHERE node_no = ? AND nseq > ? AND nseq <= ? AND operation IS NOT NULL"
)
_OF_ROWS = " AND row_id IN (SELECT value FROM json_each(?))"

RowName = tuple[str, str]
"""Table and identity (32 hexadecimal digits)."""


@dataclass(frozen=True, slots=True)
class OwnOperation:
    """An operation of the present identity, as confirming needs it.

    Attributes:
        nseq: Its number.
        kind: `put`, `del`, `resolve` or `recover`.
        fields: What it sets.
        before: What it replaced; nothing if it made the row.
    """

    nseq: int
    kind: str
    fields: Mapping[str, Any]
    before: Mapping[str, Any] | None


def operations_of(
    raw: Any, no: int, *, after: int, until: int | None = None, rows: Iterable[str] | None = None
) -> dict[RowName, list[OwnOperation]]:
    """Return the operations of an identity by row, in order, without those that were erased.

    Args:
        raw: The raw connection.
        no: Number of the identity.
        after: The operation before the first.
        until: The last one; all when left out.
        rows: Identities of the rows that count; all when left out.
    """
    last = _NO_END if until is None else until
    values: list[Any] = [no, after, last]
    statement = _OPERATIONS
    if rows is not None:
        statement, values = _OPERATIONS + _OF_ROWS, [*values, json.dumps(list(rows))]
    found: dict[RowName, list[OwnOperation]] = {}
    for nseq, entity, row_id, text, before in raw.execute(f"{statement} ORDER BY nseq", values):
        form = json.loads(text)
        replaced = None if before is None else json.loads(before)
        operation = OwnOperation(nseq, form["k"], form.get("f", {}), replaced)
        found.setdefault((entity, row_id), []).append(operation)
    return found


def folded(confirmed: Fields | None, operations: Iterable[OwnOperation]) -> Fields | None:
    """Return the confirmed values after headquarters accepted operations."""
    for each in operations:
        if each.kind == "del":
            confirmed = None
        elif each.kind == "recover":
            confirmed = present({**each.fields, **(confirmed or {})})
        elif each.kind == "put":
            confirmed = present({**(confirmed or {}), **each.fields})
    return confirmed


def overlaid(confirmed: Fields | None, operations: Iterable[OwnOperation]) -> Fields | None:
    """Return what is displayed: confirmed values with pending operations over them.

    A change of a row that is not here any more shows nothing; headquarters decides about it.
    """
    for each in operations:
        if confirmed is None and each.kind == "put" and each.before is not None:
            continue
        confirmed = folded(confirmed, [each])
    return confirmed


def undone(displayed: Fields | None, operations: Iterable[OwnOperation]) -> Fields | None:
    """Return what was displayed before operations, the newest of which stand last."""
    for each in reversed(list(operations)):
        if each.before is None:
            displayed = None
        elif each.kind == "del":
            displayed = present(each.before)
        elif each.kind == "put":
            displayed = present({**(displayed or {}), **each.before})
    return displayed


def present(fields: Mapping[str, Any]) -> Fields:
    """Return the fields without those that are empty."""
    return {name: value for name, value in fields.items() if value is not None}


def displayed_fields(raw: Any, name: RowName) -> Fields | None:
    """Return all values of a row, also those that this version has no place for."""
    deferred = raw.execute(
        "SELECT field, value FROM sync_deferred WHERE entity = ? AND row_id = ?", name
    ).fetchall()
    fields = read_fields(raw, *name)
    if not deferred:
        return fields
    kept = {field: json.loads(value) for field, value in deferred}
    return {**(fields or {}), **kept}


def told_policies(raw: Any) -> list[str]:
    """Return the signed policies that headquarters told; this version has no table for them."""
    rows = raw.execute(
        "SELECT value FROM sync_deferred WHERE entity = 'policy' AND field = 'signed'"
    ).fetchall()
    return [str(json.loads(value)) for (value,) in rows]


def defer(raw: Any, name: RowName, fields: Fields, *, were_some: bool) -> None:
    """Keep the values of a row that have no place in its table, instead of those kept before."""
    if were_some:
        raw.execute("DELETE FROM sync_deferred WHERE entity = ? AND row_id = ?", name)
    raw.executemany(
        "INSERT INTO sync_deferred (entity, row_id, field, value) VALUES (?, ?, ?, ?)",
        [(*name, field, json.dumps(value)) for field, value in fields.items()],
    )


def shadow_of(raw: Any, name: RowName) -> tuple[bool, Fields | None]:
    """Return whether the confirmed values of a row are kept, and what they are."""
    row = raw.execute(
        "SELECT fields FROM sync_shadow WHERE entity = ? AND row_id = ?", name
    ).fetchone()
    if row is None:
        return False, None
    return True, None if row[0] is None else json.loads(row[0])


def told_conflict(raw: Any, conflict_id: str) -> Fields | None:
    """Return the values of a conflict as headquarters told them; nothing if it is not here."""
    row = raw.execute("SELECT fields FROM sync_conflict WHERE id = ?", (conflict_id,)).fetchone()
    return None if row is None else json.loads(row[0])


def keep_shadow(raw: Any, name: RowName, fields: Fields | None) -> None:
    """Keep the confirmed values of a row with pending operations."""
    text = None if fields is None else json.dumps(fields)
    raw.execute("INSERT OR REPLACE INTO sync_shadow VALUES (?, ?, ?)", (*name, text))


def drop_shadow(raw: Any, name: RowName) -> None:
    """Forget the confirmed values of a row; the table has them."""
    raw.execute("DELETE FROM sync_shadow WHERE entity = ? AND row_id = ?", name)


class ScopeSums:
    """The sums of confirmed rows, kept in memory while a takeover changes them."""

    def __init__(self, raw: Any) -> None:
        """Begin with what the store says."""
        self._raw = raw
        self.sums: dict[str, bytes] = dict(
            raw.execute("SELECT sid, digest FROM sync_scope").fetchall()
        )

    def scopes_of(self, name: RowName) -> list[str]:
        """Return the scopes in which a row was confirmed."""
        rows = self._raw.execute(
            "SELECT sid FROM sync_row WHERE entity = ? AND row_id = ? ORDER BY sid", name
        )
        return [sid for (sid,) in rows]

    def set(
        self, sid: str, name: RowName, fields: Mapping[str, Any] | None, seen: int | None = None
    ) -> None:
        """Say what a row's confirmed values in a scope are; nothing when it is not there.

        Args:
            sid: The scope.
            name: The row.
            fields: Its values.
            seen: Up to which position all its changes are here, if it was told; else as before.
        """
        former = self._raw.execute(
            "SELECT digest, seen FROM sync_row WHERE entity = ? AND row_id = ? AND sid = ?",
            (*name, sid),
        ).fetchone()
        digest, before = former or (None, 0)
        removed = [] if digest is None else [digest]
        added = [] if fields is None else [row_digest(row_form(*name, fields))]
        position = before if seen is None else seen
        if added == removed and position == before:
            return
        self.sums[sid] = digest_sum(self.sums[sid], added=added, removed=removed)
        if added:
            self._raw.execute(
                "INSERT OR REPLACE INTO sync_row VALUES (?, ?, ?, ?, ?)",
                (*name, sid, *added, position),
            )
        else:
            self._raw.execute(
                "DELETE FROM sync_row WHERE entity = ? AND row_id = ? AND sid = ?", (*name, sid)
            )

    def add_fresh(self, rows: Iterable[tuple[str, RowName, Mapping[str, Any], int | None]]) -> None:
        """Say of rows that were confirmed nowhere what they are: scope, name, values and seen."""
        written = []
        added: dict[str, list[bytes]] = {}
        for sid, name, fields, seen in rows:
            digest = row_digest(row_form(*name, fields))
            added.setdefault(sid, []).append(digest)
            written.append((*name, sid, digest, seen or 0))
        self._raw.executemany("INSERT INTO sync_row VALUES (?, ?, ?, ?, ?)", written)
        for sid, digests in added.items():
            self.sums[sid] = digest_sum(self.sums[sid], added=digests)

    def write(self) -> None:
        """Write the sums into the store."""
        self._raw.executemany(
            "UPDATE sync_scope SET digest = ? WHERE sid = ?",
            [(digest, sid) for sid, digest in self.sums.items()],
        )
