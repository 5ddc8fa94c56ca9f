"""One answer in portions, so that whoever saves waits for the writing of a few rows only."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from embassy_desk.store.confirmed import RowName, operations_of
from embassy_desk.store.outgoing import Node
from embassy_desk.store.takeover import Told, ToldRow

ROWS_AT_ONCE = 250
"""Rows of one transaction: about a tenth of a second of the thread that writes."""


def portions(raw: Any, node: Node, told: Told) -> Iterator[Told]:
    """Yield the parts of an answer in the order in which they are to be taken over.

    First what depends on one another: what is acknowledged, with the rows that it touches, and all
    that removes or hides something, so that the brake sees the whole of it. Cursors and digests
    move with the last one: whatever breaks before, the same pages are told again.

    Args:
        raw: The raw connection.
        node: The identity to which the answer is.
        told: The answer.
    """
    if len(told.rows) <= ROWS_AT_ONCE:
        yield told
        return
    own = operations_of(raw, node.no, after=node.acked, until=told.last)
    touched = own.keys() | {(entity, row_id) for _, entity, row_id in told.gone}
    firsts = [row for row in told.rows if _is_first(row, touched)]
    others = [row for row in told.rows if not _is_first(row, touched)]
    standing = tuple(replace(scope, to=scope.since, digest=None) for scope in told.scopes)
    yield replace(told, scopes=standing, rows=tuple(firsts))
    after = replace(told, rejected={}, gone=())
    for start in range(0, len(others), ROWS_AT_ONCE):
        is_last = start + ROWS_AT_ONCE >= len(others)
        scopes = told.scopes if is_last else standing
        yield replace(after, scopes=scopes, rows=tuple(others[start : start + ROWS_AT_ONCE]))
    if not others:
        yield replace(after, rows=())


def _is_first(row: ToldRow, touched: Collection[RowName]) -> bool:
    is_hiding = row.is_deleted or bool(row.fields.get("trashed_at"))
    return is_hiding or row.name in touched
