"""Backups: one sealed file with everything that a store needs to live again.

A backup is an uncompressed ZIP archive of the encrypted store, its key header and the encrypted
attachments. It opens with the passphrase that the store had when it was made. What is taken out of
one is foreign until it is proved: only known names are read, and nothing is unpacked outside.
"""

import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from embassy_desk.domain.errors import (
    DamageError,
    FullDiskError,
    MissingError,
    StoppedError,
    StoreError,
)
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.settings.files import force_folder, replaced, writing_error
from embassy_desk.store.borders import translated
from embassy_desk.store.connections import connect, create_file, remove_file
from embassy_desk.store.verifying import Verification, verify
from embassy_desk.texts import N_

ATTACHMENTS_FOLDER = "attachments"
ABOUT_NAME = "about.json"
LARGEST_ABOUT_BYTES = 64 * 1024

_STORE_NAME = "store.db"
_KNOWN_NAME = re.compile(r"(store\.db|about\.json|store\.key2?|attachments/[0-9a-f]{32})\Z")
Report = Callable[[int, int], None]
"""Is told how many pages of how many are copied; ends the copy with `StoppedError`."""

_PAGES_AT_ONCE = 500
"""Two megabytes; between them is asked whether the desk locks."""
_STEPS_AT_ONCE = 100_000
_LARGEST_EXTRA = 32
"""Bytes: what the format says of files beyond 4 GiB; an entry of its own is longer."""
_ROOM_TO_SPARE_BYTES = 16 * 1024 * 1024
_PREFIX = "backup-"
_LEFT_BEHIND_AFTER_S = 24 * 3600


def unwatched(_done: int, _total: int) -> None:
    """Tell nobody."""


def copy_store(path: Path, key: StoreKey, target: Path, report: Report = unwatched) -> Verification:
    """Copy a store, also while it is in use, into a new encrypted file, and prove the copy.

    Args:
        path: The store's file.
        key: Its key; the copy has the same.
        target: A file that does not exist yet.
        report: Is told how far it is.

    Raises:
        StoppedError: The person stopped it, or the key was wiped meanwhile, because the desk
            locks; then there is no copy.
        StoreError: The disk refuses, or the copy is not whole; then there is no copy.
    """
    copy = create_file(target, key)  # refuses where a file is; only what was made is removed
    try:
        result = _filled(copy, path, key, report)
        force_folder(target.parent)
    except OSError as error:
        remove_file(target)
        raise writing_error(target, error) from error
    except BaseException:
        remove_file(target)
        raise
    return result


def _filled(copy: Any, path: Path, key: StoreKey, report: Report) -> Verification:
    def stop_when_wiped() -> None:
        if key.is_wiped:
            raise StoppedError

    def told(_status: int, left: int, total: int) -> None:
        stop_when_wiped()
        report(total - left, total)

    with closing(copy), closing(connect(path, key, is_reader=True)) as source:
        stop_when_wiped()
        with translated():
            source.execute("BEGIN")  # one moment of the store, however much is written meanwhile
            source.execute("SELECT 1 FROM sqlite_master").fetchone()
            source.backup(copy, pages=_PAGES_AT_ONCE, progress=told)
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        copy.set_progress_handler(lambda: int(key.is_wiped), _STEPS_AT_ONCE)
        try:
            result = verify(copy)
        except (dbapi2.OperationalError, StoreError):
            stop_when_wiped()
            raise
    if result.problems:
        raise StoreError(N_("The copy is not whole: {reason}", reason=result.problems[0]))
    return result


def back_up(
    path: Path,
    key: StoreKey,
    header_files: list[Path],
    target: Path,
    *,
    about: Callable[[Verification], bytes] | None = None,
    has_attachments: bool = True,
    report: Report = unwatched,
) -> Verification:
    """Write a backup of a store with its header and attachments; all of it or nothing.

    Args:
        path: The store's file.
        key: Its key.
        header_files: The files that hold the key slots.
        target: The file to write; replaced if it exists, and only when the new one is whole.
        about: Says what lies in it, for whoever lists backups without a key.
        has_attachments: Whether the attachments go into the file.
        report: Is told how far it is.

    Returns:
        What the check of the copy found.

    Raises:
        StoppedError: The person stopped it, or the desk locks.
        StoreError: The disk refuses, or the copy is not whole.
    """
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=_PREFIX) as folder:
            _sweep_older(Path(folder))
            copy = Path(folder) / _STORE_NAME
            result = copy_store(path, key, copy, report)
            with replaced(target) as file, zipfile.ZipFile(file, "w") as archive:
                archive.write(copy, _STORE_NAME)
                for each in header_files:
                    archive.write(each, each.name)
                for each in _attachments(path) if has_attachments else ():
                    archive.write(each, f"{ATTACHMENTS_FOLDER}/{each.name}")
                if about is not None:
                    archive.writestr(ABOUT_NAME, about(result))
    except OSError as error:  # the folder of the store itself may be full or read-only
        raise writing_error(target, error) from error
    return result


def _attachments(path: Path) -> list[Path]:
    return sorted((path.parent / ATTACHMENTS_FOLDER).glob("*"))


def about_of(file: Path) -> bytes:
    """Return what a backup says about itself; needs no key, and proves nothing.

    Raises:
        DamageError: It is no backup, or damaged.
        MissingError: There is no such file, or it says nothing.
    """
    with _archive(file) as archive:
        if ABOUT_NAME not in archive.namelist():
            raise MissingError(N_("The backup does not say what it holds."))
        with archive.open(ABOUT_NAME) as stream:
            return stream.read(LARGEST_ABOUT_BYTES)


def unpack(file: Path, folder: Path) -> None:
    """Take everything out of a backup into an empty folder; foreign names are refused.

    Raises:
        DamageError: It is no backup of this program, or damaged.
        MissingError: There is no such file.
        StoreError: The disk is full or refuses.
    """
    with _archive(file) as archive:
        members = archive.infolist()
        _check_members(file, members, folder)
        for each in members:
            target = folder / each.filename
            try:
                target.parent.mkdir(mode=0o700, exist_ok=True)
                with archive.open(each) as source, replaced(target) as stream:
                    shutil.copyfileobj(source, stream)
            except OSError as error:
                raise writing_error(target, error) from error
            except _DAMAGES as error:
                raise _damaged(file) from error


def _check_members(file: Path, members: Iterable[zipfile.ZipInfo], folder: Path) -> None:
    names = [each.filename for each in members]
    is_known = all(_KNOWN_NAME.match(each) for each in names) and _STORE_NAME in names
    is_plain = all(each.compress_type == zipfile.ZIP_STORED for each in members)
    # A length with one bit turned would let an entry swallow those after it, unnoticed.
    is_bare = all(not each.comment and len(each.extra) <= _LARGEST_EXTRA for each in members)
    if not (is_known and is_plain and is_bare) or len(set(names)) != len(names):
        raise DamageError(N_("“{file}” is not a backup of this program.", file=file.name))
    needed = sum(each.file_size for each in members) + _ROOM_TO_SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise FullDiskError(
            N_(
                "There is too little space: {needed} MB are needed, {free} MB are free.",
                needed=needed // 1_000_000,
                free=free // 1_000_000,
            )
        )


_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,  # marked as encrypted
    EOFError,
    ValueError,
)


def _archive(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise MissingError(N_("There is no file “{file}”.", file=file.name)) from error
    except OSError as error:
        raise StoreError(N_("The file “{file}” cannot be read.", file=file.name)) from error
    except _DAMAGES as error:
        raise _damaged(file) from error


def _damaged(file: Path) -> DamageError:
    return DamageError(N_("“{file}” is damaged, or no backup of this program.", file=file.name))


def _sweep_older(making: Path) -> None:
    """Remove the folders of backups that a crash cut off: a day older than the one in the making.

    A younger one may be another process's at this very moment.
    """
    made_at = making.stat().st_mtime
    for each in making.parent.glob(f"{_PREFIX}*"):
        if each.is_dir() and made_at - each.stat().st_mtime > _LEFT_BEHIND_AFTER_S:
            shutil.rmtree(each)
