"""Destroying a profile so that no moment leaves more than a sealed remainder, whatever is killed.

What begins is noted first: the next start goes on with it before anything else. The keys go before
what they open, also those in backups and in stores that were set aside.
"""

import os
import shutil
from pathlib import Path

from embassy_desk.settings.files import force_folder, write_whole, writing_error

ORDER_FILE = "wipe.order"
"""An order that was proved; whoever opens the store next carries it out."""

WIPING_FILE = "wiping"
"""While it lies here the profile is being destroyed, and nothing can be kept any more."""

UNSENT_FILE = "unsent.pouch"
"""What headquarters did not have, sealed to it; the only file that stays."""

_KEYS = "store.key*"
_BACKUPS = ("backups", "unfinished", "restoring")


def destroy(folder: Path) -> None:
    """Destroy a profile whose store is closed, keys first; `finish_wiping` goes on with it.

    Raises:
        StoreError: Something cannot be removed; the keys are gone by then.
    """
    write_whole(folder / WIPING_FILE, b"")
    try:
        for each in filter(Path.is_file, sorted(folder.rglob(_KEYS))):
            _overwrite(each)
        for name in _BACKUPS:  # they hold keys too
            shutil.rmtree(folder / name, ignore_errors=True)
        force_folder(folder)
        for each in sorted(folder.iterdir()):
            if each.name not in {UNSENT_FILE, WIPING_FILE}:
                _remove(each)
        force_folder(folder)
        (folder / WIPING_FILE).unlink()
        force_folder(folder)
    except OSError as error:
        raise writing_error(folder, error) from error


def finish_wiping(folder: Path) -> bool:
    """Go on with what was begun and not ended; return whether there was anything.

    Nothing is proved anew: what the order was proved with is destroyed already.

    Raises:
        StoreError: Something cannot be removed.
    """
    if not (folder / WIPING_FILE).exists():
        return False
    destroy(folder)
    return True


def _overwrite(path: Path) -> None:
    """Write over a key file before it goes; a disk that moves what it writes may keep the old."""
    size = path.stat().st_size
    with path.open("r+b") as stream:
        stream.write(os.urandom(size))
        stream.flush()
        os.fsync(stream.fileno())
    path.unlink()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
