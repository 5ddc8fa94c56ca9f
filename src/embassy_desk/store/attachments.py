"""Contents of attachments: found by their SHA-256, encrypted on the disk, each kept once.

The file on the disk has a random name and is encrypted with a key that lies in the store, so that
neither its name nor its content says anything without the passphrase. What a record knows of its
files travels; where a content lies on this computer does not.
"""

import io
import secrets
from pathlib import Path
from typing import BinaryIO

from embassy_desk.domain.errors import MissingError, StoreError
from embassy_desk.sealing.digests import stream_digest
from embassy_desk.sealing.files import decrypt_file, encrypt_file
from embassy_desk.store.backups import ATTACHMENTS_FOLDER
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_NAME_BYTES = 16


def attachments_folder(store_file: Path) -> Path:
    """Return the folder beside a store's file in which contents lie."""
    return store_file.parent / ATTACHMENTS_FOLDER


def keep_content(work: UnitOfWork, folder: Path, source: BinaryIO) -> tuple[str, int]:
    """Encrypt a content into the folder unless it lies there already.

    The file is on the disk before the unit of work commits; one that is never committed stays
    behind without a key and is removed by `sweep`.

    Args:
        work: A writing unit of work.
        folder: The folder of contents.
        source: The content.

    Returns:
        SHA-256 as 64 hexadecimal digits, and length in bytes.

    Raises:
        RefusedError: The content is larger than allowed.
        StoreError: It cannot be read, or the disk refuses.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    name = secrets.token_hex(_NAME_BYTES)
    encrypted = encrypt_file(source, folder / name)
    digest = encrypted.digest.hex()
    known = work.raw.execute(
        "SELECT file_name FROM attachment_file WHERE digest = ?", (digest,)
    ).fetchone()
    if known is not None and (folder / known[0]).is_file():
        (folder / name).unlink()
        return digest, encrypted.size_bytes
    work.raw.execute(
        "INSERT OR REPLACE INTO attachment_file (digest, file_name, file_key) VALUES (?, ?, ?)",
        (digest, name, encrypted.key),
    )
    return digest, encrypted.size_bytes


def content_of(work: UnitOfWork, folder: Path, digest: str) -> bytes:
    """Return a content, proved to be the one asked for.

    Raises:
        MissingError: It is not on this computer.
        StoreError: The file is damaged, or holds something else.
    """
    row = work.raw.execute(
        "SELECT file_name, file_key FROM attachment_file WHERE digest = ?", (digest,)
    ).fetchone()
    if row is None:
        raise MissingError(N_("The file is not on this computer."))
    content = decrypt_file(folder / row[0], row[1])
    found, _ = stream_digest(io.BytesIO(content))
    if found.hex() != digest:
        raise StoreError(N_("The file on the disk is damaged or does not belong here."))
    return content


def sweep(work: UnitOfWork, folder: Path) -> int:
    """Remove files that no content of the store needs, such as those left by a crash.

    Args:
        work: A writing unit of work, so that no other process is in the middle of keeping one.
        folder: The folder of contents.

    Returns:
        How many were removed.
    """
    if not folder.is_dir():
        return 0
    needed = {
        name
        for (name,) in work.raw.execute(
            "SELECT file_name FROM attachment_file UNION SELECT piece_name FROM attachment_wish"
        )
    }
    strays = [
        each
        for each in folder.iterdir()
        if each.is_file() and each.name.partition("-")[0] not in needed
    ]
    for each in strays:
        each.unlink()
    return len(strays)
