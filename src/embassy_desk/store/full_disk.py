"""A full disk: told from a failing one, and met by giving the reserve up."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embassy_desk.domain.errors import DiskError, FullDiskError
from embassy_desk.settings.reserve import LEAST_FREE_BYTES, give_up
from embassy_desk.texts import N_

SCANT_BYTES = 256 * 1024
"""Less than this is no room for what an open store needs beside its file."""


@contextmanager
def giving_way(folder: Path) -> Iterator[None]:
    """Give the reserve of a folder up when no space is left, so that the next try may do.

    Raises:
        FullDiskError: No space is left.
        DiskError: The disk failed, and is not full.
    """
    try:
        yield
    except FullDiskError as error:
        freed = give_up(folder)
        if freed:
            raise _full(freed) from error
        raise
    except DiskError as error:
        if not is_full(folder):
            raise
        raise _full_and_failed(give_up(folder)) from error


@contextmanager
def telling_full(folder: Path) -> Iterator[None]:
    """Say that a disk is full where the engine calls it failing; the reserve is left alone.

    The engine does so when what it keeps beside the file finds no room. For what can wait until
    somebody has freed space, such as a backup.

    Raises:
        FullDiskError: No space is left.
        DiskError: The disk failed, and is not full.
    """
    try:
        yield
    except DiskError as error:
        if not is_full(folder):
            raise
        raise _full_and_failed(0) from error


def is_full(folder: Path) -> bool:
    """Say whether the disk of a folder has next to no room."""
    try:
        return shutil.disk_usage(folder).free < SCANT_BYTES
    except OSError:
        return False


def _full(freed: int) -> FullDiskError:
    return FullDiskError(
        N_(
            "The disk is full. A reserve of {reserve} MB has been freed: try again now, and then"
            " free at least {needed} MB. Nothing was lost.",
            reserve=freed // 1_000_000,
            needed=LEAST_FREE_BYTES // 1_000_000,
        )
    )


def _full_and_failed(freed: int) -> FullDiskError:
    needed = LEAST_FREE_BYTES // 1_000_000
    if freed:
        return FullDiskError(
            N_(
                "The disk is full. A reserve of {reserve} MB has been freed: open the desk again"
                " now, and then free at least {needed} MB. What was saved is not lost.",
                reserve=freed // 1_000_000,
                needed=needed,
            )
        )
    return FullDiskError(
        N_(
            "The disk is full. Free at least {needed} MB and open the desk again; what was saved"
            " is not lost.",
            needed=needed,
        )
    )
