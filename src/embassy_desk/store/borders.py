"""Where errors of the database become ours, by table and once."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from embassy_desk.domain.errors import DamageError, StoreError
from embassy_desk.texts import N_, Text

_DAMAGES: tuple[tuple[str, Text], ...] = (
    ("file is not a database", N_("The store cannot be read: wrong key, or a damaged file.")),
    ("malformed", N_("The store is damaged. Restore the newest backup.")),
)
_REASONS: tuple[tuple[str, Text], ...] = (
    ("disk is full", N_("The disk is full. Free some space and try again; nothing was lost.")),
    ("disk i/o error", N_("The disk reports an error. Close the desk and check the disk.")),
    ("is locked", N_("Another program is writing to the store. Try again in a moment.")),
    ("readonly database", N_("The store cannot be written: it is read-only.")),
    ("unable to open", N_("The store file cannot be opened.")),
)


@contextmanager
def translated() -> Iterator[None]:
    """Turn errors of the world (full disk, lock, damage) into `StoreError`.

    Everything else is our own mistake and passes as it is.

    Raises:
        DamageError: The file is damaged.
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
        for sign, text in _REASONS:
            if sign in report:
                raise StoreError(text) from error
        raise
