"""How much of the line contents of files may take, so that it stays free for people's work."""

from embassy_desk.application.carrying import Carriage
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.store.local_values import forget_local, keep_local, local_value
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

SMALLEST_LIMIT_KBIT = 8
BYTES_PER_KBIT = 125
_LARGEST_LIMIT_KBIT = 10_000_000
_TOPIC, _NAME = "headquarters", "files_kbit"


def file_limit_kbit(work: UnitOfWork) -> int | None:
    """Return how many kbit/s contents of files may take; nothing for all of the line."""
    known = local_value(work, _TOPIC, _NAME)
    return int(known.value) if known is not None else None


def keep_file_limit(work: UnitOfWork, typed: str) -> None:
    """Keep how many kbit/s contents of files may take; nothing typed means all of the line.

    Raises:
        InvalidError: It is no number from 8 up.
    """
    text = typed.strip()
    if not text:
        forget_local(work, _TOPIC, _NAME)
        return
    is_number = text.isascii() and text.isdecimal()
    if not is_number or not SMALLEST_LIMIT_KBIT <= int(text) <= _LARGEST_LIMIT_KBIT:
        problem = N_("At least {count} kbit/s.", count=SMALLEST_LIMIT_KBIT)
        raise InvalidError([Problem("limit", problem)])
    keep_local(work, _TOPIC, _NAME, int(text))


def carriage_of(work: UnitOfWork) -> Carriage:
    """Return how this desk carries contents."""
    limit = file_limit_kbit(work)
    return Carriage(most_bytes_per_s=None if limit is None else limit * BYTES_PER_KBIT)
