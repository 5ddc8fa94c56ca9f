"""Attachments on the disk: one age file each, with a random key of its own.

The file format is age's (age-encryption.org/v1) and its making and reading are left to the age
library: an X25519 recipient made for this one file, ChaCha20-Poly1305 in chunks of 64 KiB with a
mark on the last, so that cut, lengthened and changed files are refused. The key is the secret
half; it lies in the store, and destroying it destroys the file.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pyrage

from embassy_desk.domain.errors import DeskError, MissingError, RefusedError, StoreError
from embassy_desk.settings.files import replaced
from embassy_desk.texts import N_

LARGEST_FILE_BYTES = 50 * 1024 * 1024
"""50 MiB; headquarters takes no larger attachment."""

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class EncryptedFile:
    """What the store keeps of a file that lies encrypted on the disk.

    Attributes:
        digest: SHA-256 of the content, 32 bytes.
        size_bytes: Length of the content.
        key: The age identity that decrypts it, as age writes it (`AGE-SECRET-KEY-1…`).
    """

    digest: bytes
    size_bytes: int
    key: str = field(repr=False)


def encrypt_file(
    source: BinaryIO, path: Path, *, largest_bytes: int = LARGEST_FILE_BYTES
) -> EncryptedFile:
    """Encrypt a stream into a file, which is there whole when this returns, and not otherwise.

    The content is read once, in small parts, and never written unencrypted.

    Raises:
        RefusedError: The content is larger than allowed.
        StoreError: It cannot be read, or the file cannot be written.
    """
    identity = pyrage.x25519.Identity.generate()
    content = _Source(source, largest_bytes)
    with replaced(path) as stream:
        target = _Target(stream)
        try:
            pyrage.encrypt_io(content, target, [identity.to_public()])
        except pyrage.EncryptError as error:
            # age keeps no cause, only its words.
            cause = content.failure or target.failure
            raise cause or StoreError(N_("The file cannot be encrypted.")) from error
    return EncryptedFile(content.digest.digest(), content.size_bytes, str(identity))


def decrypt_file(path: Path, key: str) -> bytes:
    """Return the content of an encrypted file; nothing of it before all of it proved genuine.

    Raises:
        MissingError: There is no such file.
        StoreError: It cannot be read, was changed, cut or lengthened, or has another key.
    """
    try:
        encrypted = path.read_bytes()
    except FileNotFoundError as error:
        raise MissingError(N_("The file is not on this computer.")) from error
    except OSError as error:
        raise StoreError(N_("The file cannot be read from the disk.")) from error
    try:
        identity = pyrage.x25519.Identity.from_str(key)
        content: bytes = pyrage.decrypt(encrypted, [identity])
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise StoreError(N_("The file on the disk is damaged or does not belong here.")) from error
    return content


class _Source:
    """Reads for age; counts, hashes and keeps the reason for a failure."""

    def __init__(self, stream: BinaryIO, largest_bytes: int) -> None:
        self._stream = stream
        self._largest_bytes = largest_bytes
        self.digest = hashlib.sha256()
        self.size_bytes = 0
        self.failure: DeskError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            part = self._stream.read(size)
        except OSError as error:
            self.failure = StoreError(N_("The file cannot be read from the disk."))
            raise self.failure from error
        self.size_bytes += len(part)
        if self.size_bytes > self._largest_bytes:
            self.failure = RefusedError(
                N_(
                    "The file is larger than {limit} MiB.",
                    limit=self._largest_bytes // _MEBIBYTE,
                )
            )
            raise self.failure
        self.digest.update(part)
        return part


class _Target:
    """Writes for age; keeps the reason for a failure."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.failure: OSError | None = None

    def write(self, part: bytes) -> int:
        try:
            return self._stream.write(part)
        except OSError as error:
            self.failure = error
            raise
