"""Where errors of the database become ours, by table and once."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from embassy_desk.domain.errors import DamageError, DiskError, FullDiskError, StoreError
from embassy_desk.texts import N_, Text

_DAMAGES: tuple[tuple[str, Text], ...] = (
    ("file is not a database", N_("The store cannot be read: wrong key, or a damaged file.")),
    ("malformed", N_("The store is damaged. Restore the newest backup.")),
)
_REASONS: tuple[tuple[str, type[StoreError], Text], ...] = (
    (
        "disk is full",
        FullDiskError,
        N_("The disk is full. Free some space and try again; nothing was lost."),
    ),
    (
        "disk i/o error",
        DiskError,
        N_("The disk reports an error. Close the desk and check the disk."),
    ),
    (
        "is locked",
        StoreError,
        N_("Another program is writing to the store. Try again in a moment."),
    ),
    ("readonly database", StoreError, N_("The store cannot be written: it is read-only.")),
    ("unable to open", StoreError, N_("The store file cannot be opened.")),
)


@contextmanager
def translated() -> Iterator[None]:
    """Turn errors of the world (full disk, lock, damage) into `StoreError`.

    Everything else is our own mistake and passes as it is.

    Raises:
        DamageError: The file is damaged.
        FullDiskError: No space is left.
        DiskError: The disk failed.
        StoreError: The database reports another of the known troubles.
    """
    try:
        yield
    except (DBAPIError, dbapi2.DatabaseError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        report = str(cause).lower()
        for sign, text in _DAMAGES:
            if sign in report:
                raise DamageError(text) from error
        for sign, kind, text in _REASONS:
            if sign in report:
                raise kind(text) from error
        raise
