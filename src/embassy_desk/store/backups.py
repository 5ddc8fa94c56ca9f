"""Backups: one sealed file with everything that a store needs to live again.

A backup is an uncompressed ZIP archive of the encrypted store, its key header and the encrypted
attachments. It opens with the passphrase that the store had when it was made.
"""

import shutil
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from embassy_desk.domain.errors import StoreError
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.settings.files import force_folder, replaced, writing_error
from embassy_desk.store.borders import translated
from embassy_desk.store.connections import connect, create_file, remove_file
from embassy_desk.store.verifying import Verification, verify
from embassy_desk.texts import N_

ATTACHMENTS_FOLDER = "attachments"
_STORE_NAME = "store.db"
_PREFIX = "backup-"
_LEFT_BEHIND_AFTER_S = 24 * 3600


def copy_store(path: Path, key: StoreKey, target: Path) -> Verification:
    """Copy a store, also while it is in use, into a new encrypted file, and prove the copy.

    Args:
        path: The store's file.
        key: Its key; the copy has the same.
        target: A file that does not exist yet.

    Raises:
        StoreError: The disk refuses, or the copy is not whole; then there is no copy.
    """
    copy = create_file(target, key)  # refuses where a file is; only what was made is removed
    try:
        result = _filled(copy, path, key)
        force_folder(target.parent)
    except OSError as error:
        remove_file(target)
        raise writing_error(target, error) from error
    except BaseException:
        remove_file(target)
        raise
    return result


def _filled(copy: Any, path: Path, key: StoreKey) -> Verification:
    with closing(copy), closing(connect(path, key, is_reader=True)) as source:
        with translated():
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        result = verify(copy)
    if result.problems:
        raise StoreError(N_("The copy is not whole: {reason}", reason=result.problems[0]))
    return result


def back_up(path: Path, key: StoreKey, header_files: list[Path], target: Path) -> Verification:
    """Write a backup of a store with its header and attachments; all of it or nothing.

    Args:
        path: The store's file.
        key: Its key.
        header_files: The files that hold the key slots.
        target: The file to write; replaced if it exists, and only when the new one is whole.

    Returns:
        What the check of the copy found.

    Raises:
        StoreError: The disk refuses, or the copy is not whole.
    """
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=_PREFIX) as folder:
            _sweep_older(Path(folder))
            copy = Path(folder) / _STORE_NAME
            result = copy_store(path, key, copy)
            with replaced(target) as file, zipfile.ZipFile(file, "w") as archive:
                archive.write(copy, _STORE_NAME)
                for each in header_files:
                    archive.write(each, each.name)
                for each in sorted((path.parent / ATTACHMENTS_FOLDER).glob("*")):
                    archive.write(each, f"{ATTACHMENTS_FOLDER}/{each.name}")
    except OSError as error:  # the folder of the store itself may be full or read-only
        raise writing_error(target, error) from error
    return result


def _sweep_older(making: Path) -> None:
    """Remove the folders of backups that a crash cut off: a day older than the one in the making.

    A younger one may be another process's at this very moment.
    """
    made_at = making.stat().st_mtime
    for each in making.parent.glob(f"{_PREFIX}*"):
        if each.is_dir() and made_at - each.stat().st_mtime > _LEFT_BEHIND_AFTER_S:
            shutil.rmtree(each)
