"""Connections to the encrypted file: how they are keyed and set, for writing and for reading."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2

from embassy_desk.domain.errors import DamageError, StoreError
from embassy_desk.domain.vietnamese import fold
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.settings.files import PRIVATE_MODE, writing_error
from embassy_desk.store.borders import translated
from embassy_desk.texts import N_

BUSY_TIMEOUT_S = 60.0
"""Whoever finds the store being written waits so long: an import of a whole register takes 20."""

_STATEMENTS_CACHED = 512
_PAGE_BYTES = 4096
_READERS_CACHE_KIB = 64 * 1024  # pages of large lists, deciphered once; taken up as they are read
_LARGEST_LOG_BYTES = 16 * 1024 * 1024  # the write-ahead log is cut back to this when it is folded
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",  # macOS: past the drive's own memory; no other system knows it
    "checkpoint_fullfsync = ON",
    f"journal_size_limit = {_LARGEST_LOG_BYTES}",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "temp_store = MEMORY",
    "recursive_triggers = ON",
    "foreign_keys = OFF",
)


def connect(path: Path, key: StoreKey, *, is_reader: bool = False) -> Any:
    """Open a keyed connection to an existing file.

    The key comes first, in its 96-digit form (key and salt), then the check that a cipher is
    really there; nothing about the cipher is set after the key.

    Args:
        path: The store's file. It must exist: opening never creates.
        key: Key and salt.
        is_reader: Refuse every write on this connection.

    Raises:
        DamageError: The file is empty or damaged, or the key is wrong.
        StoreError: The file is missing.
    """
    if not path.is_file():
        raise StoreError(N_("There is no store at {path}.", path=str(path)))
    if path.stat().st_size == 0:
        raise DamageError(N_("The file of the store is empty; its content is gone."))
    if path.stat().st_size < _PAGE_BYTES:  # SQLite would take it for empty and write over it
        raise DamageError(N_("The store is damaged. Restore the newest backup."))
    with translated():
        return _keyed(path, key, is_reader=is_reader)


def create_file(path: Path, key: StoreKey) -> Any:
    """Make a new keyed file, for its owner only, and return a connection to it.

    Raises:
        StoreError: Something is there already, or the disk refuses.
    """
    try:
        path.touch(PRIVATE_MODE, exist_ok=False)
    except FileExistsError as error:
        raise StoreError(N_("There is a file at {path} already.", path=str(path))) from error
    except OSError as error:
        raise writing_error(path, error) from error
    try:
        with translated():
            return _keyed(path, key, is_reader=False)
    except BaseException:
        remove_file(path)
        raise


def remove_file(path: Path) -> None:
    """Remove a closed file of ours with the files that SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _keyed(path: Path, key: StoreKey, *, is_reader: bool) -> Any:
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode=rw",  # never makes a file
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_STATEMENTS_CACHED,
    )
    try:
        _unlock(connection, key)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("holds_words", 2, _holds_words, deterministic=True)
        if is_reader:
            connection.execute(f"PRAGMA cache_size = -{_READERS_CACHE_KIB}")
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: Any, key: StoreKey) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex96()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise StoreError(N_("This program was built without encryption; it opens no store."))
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _holds_words(value: str | None, words: str) -> int:
    """Say whether a text holds the beginnings of all these folded words, for conditions in SQL."""
    if not value:
        return 0
    held = f" {fold(value)}"
    return int(all(f" {each}" in held for each in words.split()))


@contextmanager
def transaction(connection: Any) -> Iterator[None]:
    """Run statements on a raw connection in one writing transaction: all of them or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it already
            connection.execute("ROLLBACK")
        raise


def engine_of(path: Path, key: StoreKey, *, is_reader: bool = False) -> Engine:
    """Return an engine with one connection to the file.

    Writing transactions begin with `BEGIN IMMEDIATE`, so that two processes queue up instead of
    failing in the middle.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, key, is_reader=is_reader),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        query_cache_size=1000,
        hide_parameters=True,  # errors are shown and logged; what was typed is neither
    )
    begin = "BEGIN" if is_reader else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
