"""Many new rows in few statements: while one runs, other threads of the program go on."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

_MOST_VALUES = 6_000
"""Values in one statement; SQLite takes 32,766 everywhere. More rows at once are no quicker."""


def _untold(_count: int) -> None:
    """Stand for nobody who wants to know."""


def insert_many(
    raw: Any,
    statement: str,
    rows: Sequence[Sequence[Any]],
    told: Callable[[int], None] = _untold,
) -> None:
    """Insert rows as `executemany` would, in a tenth of the statements and fewer.

    Args:
        raw: The raw connection, inside the writing transaction.
        statement: Inserts one row; it ends with the places of its values, in brackets.
        rows: The values.
        told: Told after each statement how many rows it has inserted; what it raises ends it.
    """
    if not rows:
        return
    at_once = max(1, _MOST_VALUES // len(rows[0]))
    whole = len(rows) - len(rows) % at_once
    for start in range(0, whole, at_once):
        values = [value for row in rows[start : start + at_once] for value in row]
        raw.execute(_for_many(statement, at_once), values)
        told(at_once)
    if rest := rows[whole:]:
        raw.executemany(statement, rest)
        told(len(rest))


@lru_cache(maxsize=100)
def _for_many(statement: str, count: int) -> str:
    return statement + f", {statement[statement.rindex('(') :]}" * (count - 1)
