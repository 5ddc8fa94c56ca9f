"""Floors: the same rows in a plain table of an encrypted file, read with bare SQL."""

from pathlib import Path
from typing import Any

from stores import Stores

from embassy_desk.sealing.keys import StoreKey
from embassy_desk.store.connections import connect, create_file

KEY = StoreKey(bytes(range(48)))
_COLUMNS = "no, record_id, ref, heading, subtitle, sort_key, sort_key_family, shelf, kind"
_FIELDS = "nationality, rank, owner, cadence_days, verified_on"
_TABLE = f"""
CREATE TABLE plain (
    no INTEGER PRIMARY KEY, record_id TEXT, ref TEXT, heading TEXT, subtitle TEXT, sort_key TEXT,
    sort_key_family TEXT, shelf INTEGER, kind TEXT, {_FIELDS}
)
"""


def plain_table(stores: Stores, contacts: int, source: Any) -> Any:
    """Return a connection to a plain table with the contacts of a store.

    It holds what lists show, with an index for each of the two orders, and nothing else.

    Args:
        stores: Where the file is kept.
        contacts: Size of the store.
        source: A raw connection to the store.
    """
    path = stores.beside(contacts, "plain.db")
    if not path.exists():
        _make(path, source)
    return connect(path, KEY, is_reader=True)


def _make(path: Path, source: Any) -> None:
    making = path.with_suffix(".unfinished")
    making.unlink(missing_ok=True)
    connection = create_file(making, KEY)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(_TABLE)
        entries = ", ".join(f"e.{each}" for each in _COLUMNS.split(", "))
        fields = ", ".join(f"c.{each}" for each in _FIELDS.split(", "))
        connection.execute("BEGIN")
        connection.executemany(
            f"INSERT INTO plain VALUES ({', '.join('?' * 14)})",  # noqa: S608
            source.execute(
                f"SELECT {entries}, {fields} FROM record_entry e JOIN contact c"  # noqa: S608
                " ON c.id = e.record_id"
            ),
        )
        connection.execute("COMMIT")
        for order in ("sort_key", "sort_key_family"):
            connection.execute(f"CREATE INDEX plain_{order} ON plain (shelf, {order})")
    finally:
        connection.close()
    making.rename(path)
