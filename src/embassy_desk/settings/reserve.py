"""Room on the disk kept for the moment when it is full: a file that can be given up.

A full disk refuses even deleting and folding the log. Giving the reserve up lets the desk save,
lock and clean up once more.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

RESERVE_FILE = "reserve"
RESERVE_BYTES = 32 * 1024 * 1024
LEAST_FREE_BYTES = 256 * 1024 * 1024
"""Where less is free, no reserve is laid up: it would make the disk full."""

_BLOCK = bytes(1024 * 1024)


def lay_up(folder: Path) -> bool:
    """Make sure that there is a reserve in a folder; return whether there is one now."""
    path = folder / RESERVE_FILE
    try:
        if path.is_file() and path.stat().st_size >= RESERVE_BYTES:
            return True
        if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
            return False
        with path.open("wb") as stream:  # written out: a file with holes would keep nothing
            for _ in range(RESERVE_BYTES // len(_BLOCK)):
                stream.write(_BLOCK)
            os.fsync(stream.fileno())
    except OSError:
        give_up(folder)
        return False
    return True


def give_up(folder: Path) -> int:
    """Give the reserve of a folder up, and return how many bytes that freed."""
    path = folder / RESERVE_FILE
    with suppress(OSError):
        freed = path.stat().st_size
        path.unlink()
        return freed
    return 0
