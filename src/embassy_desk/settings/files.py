"""Files that are whole or not there: written under another name, forced to the disk, renamed."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from embassy_desk.domain.errors import FullDiskError, StoreError
from embassy_desk.texts import N_

if sys.platform == "darwin":
    import fcntl

PRIVATE_MODE = 0o600
"""Only the person who owns the file reads and writes it."""

_SUFFIX = ".part"
_TOKEN_BYTES = 8
_NEW_FILE = (
    os.O_CREAT
    | os.O_EXCL
    | os.O_RDWR
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)


@contextmanager
def replaced(path: Path, *, mode: int = PRIVATE_MODE) -> Iterator[BinaryIO]:
    """Give an empty file to write; at the end it takes the place of `path`, whole or not at all.

    The file lies in the same folder under a random name. When the block ends well it is forced to
    the disk and renamed, and the folder is forced to the disk. When the block raises, the file is
    removed and what was at `path` is untouched. A crash may leave the file; see `sweep`. An
    `OSError` raised by the block counts as a failure to write.

    Args:
        path: What is to be replaced or made; its folder must exist.
        mode: Permissions of the new file.

    Raises:
        StoreError: Something cannot be written; says why in words.
    """
    part = path.with_name(f".{os.urandom(_TOKEN_BYTES).hex()}{_SUFFIX}")
    try:
        descriptor = os.open(part, _NEW_FILE, mode)
    except OSError as error:
        raise writing_error(path, error) from error
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            yield stream
            stream.flush()
            _force(stream.fileno())
        part.replace(path)
        force_folder(path.parent)
    except OSError as error:
        raise writing_error(path, error) from error
    finally:
        # Renamed already, or in the way; what a failing disk keeps is swept at the next start.
        with suppress(OSError):
            part.unlink()


def write_whole(path: Path, content: bytes, *, mode: int = PRIVATE_MODE) -> None:
    """Write a file so that a crash leaves the old one or the new one, never a part of either.

    Raises:
        StoreError: It cannot be written; says why in words.
    """
    with replaced(path, mode=mode) as stream:
        stream.write(content)


def force_file(path: Path) -> None:
    """Force to the disk what a library wrote into a file.

    Raises:
        OSError: The file cannot be opened for writing or the disk failed.
    """
    with path.open("r+b") as stream:  # Windows forces only what is open for writing
        _force(stream.fileno())


def force_folder(folder: Path) -> None:
    """Force to the disk which files a folder holds; Windows does so by itself.

    Raises:
        OSError: The folder cannot be opened or the disk failed.
    """
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(folder: Path) -> int:
    """Remove what crashed writers left in a folder and return how many files that were.

    To be called at start, before anybody writes there, or somebody's unfinished file goes too.

    Raises:
        StoreError: A file cannot be removed.
    """
    parts = [each for each in folder.glob(f".*{_SUFFIX}") if _is_part(each)]
    for each in parts:
        try:
            each.unlink(missing_ok=True)
        except OSError as error:
            raise writing_error(each, error) from error
    return len(parts)


def writing_error(path: Path, error: OSError) -> StoreError:
    """Say in words why a file cannot be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return FullDiskError(N_("There is no space left on the disk for “{file}”.", file=path.name))
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return StoreError(N_("You may not write “{file}” in this folder.", file=path.name))
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return StoreError(N_("The folder for “{file}” does not exist.", file=path.name))
    return StoreError(
        N_(
            "“{file}” cannot be written: {reason}.",
            file=path.name,
            reason=error.strerror or type(error).__name__,
        )
    )


def _force(descriptor: int) -> None:
    if sys.platform == "darwin":
        # fsync on macOS stops at the drive's own memory.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def _is_part(path: Path) -> bool:
    token = path.name.removeprefix(".").removesuffix(_SUFFIX)
    return len(token) == 2 * _TOKEN_BYTES and set(token) <= set("0123456789abcdef")
