"""What a store of an earlier schema holds, to be found again after it was brought up to date."""

from typing import Any

_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    " AND name NOT GLOB 'search*' AND name NOT GLOB 'sqlite_*'"
    " AND name NOT IN ('alembic_version', 'store_identity')"
)
"""Every table but the search index, which is made anew, and what says how far the schema is."""

Content = dict[str, tuple[str, list[str]]]
"""For each table its columns and its rows."""


def content_of(raw: Any) -> Content:
    """Return every row of every table."""
    found: Content = {}
    for (table,) in raw.execute(_TABLES).fetchall():
        names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})").fetchall()]
        columns = ", ".join(f'"{name}"' for name in names)
        found[table] = columns, _rows(raw, table, columns)
    return found


def difference(raw: Any, before: Content) -> str:
    """Say which table does not hold, in the columns that it had, the rows that it held."""
    for table, (columns, rows) in before.items():
        present = raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        if present is None:
            return f"the table {table} is gone"
        if _rows(raw, table, columns) != rows:
            return f"the rows of {table} are not the same"
    return ""


def _rows(raw: Any, table: str, columns: str) -> list[str]:
    return sorted(map(repr, raw.execute(f"SELECT {columns} FROM {table}").fetchall()))
