"""Attachments on the disk: one age file each, with a random key of its own.

The file format is age's (age-encryption.org/v1) and its making and reading are left to the age
library: an X25519 recipient made for this one file, ChaCha20-Poly1305 in chunks of 64 KiB with a
mark on the last, so that cut, lengthened and changed files are refused. The key is the secret
half; it lies in the store, and destroying it destroys the file.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pyrage

from embassy_desk.domain.errors import DeskError, MissingError, RefusedError, StoreError
from embassy_desk.settings.files import replaced
from embassy_desk.texts import N_

FILE_KEY_BYTES = 32

LARGEST_FILE_BYTES = 50 * 1024 * 1024
"""50 MiB; headquarters takes no larger attachment."""

_MEBIBYTE = 1024 * 1024
_IDENTITY_PREFIX = "age-secret-key-"
_BECH32_CHARACTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_CHECK_CHARACTERS = 6


@dataclass(frozen=True)
class EncryptedFile:
    """What the store keeps of a file that lies encrypted on the disk.

    Attributes:
        digest: SHA-256 of the content, 32 bytes.
        size_bytes: Length of the content.
        key: The 32 bytes that decrypt it.
    """

    digest: bytes
    size_bytes: int
    key: bytes = field(repr=False)


def encrypt_file(
    source: BinaryIO, path: Path, *, largest_bytes: int = LARGEST_FILE_BYTES
) -> EncryptedFile:
    """Encrypt a stream into a file, which is there whole when this returns, and not otherwise.

    The content is read once, in small parts, and never written unencrypted.

    Raises:
        RefusedError: The content is larger than allowed.
        StoreError: It cannot be read, or the file cannot be written.
    """
    key = secrets.token_bytes(FILE_KEY_BYTES)
    content = _Source(source, largest_bytes)
    with replaced(path) as stream:
        target = _Target(stream)
        try:
            pyrage.encrypt_io(content, target, [_identity(key).to_public()])
        except pyrage.EncryptError as error:
            # age keeps no cause, only its words.
            cause = content.failure or target.failure
            raise cause or StoreError(N_("The file cannot be encrypted.")) from error
    return EncryptedFile(content.digest.digest(), content.size_bytes, key)


def decrypt_file(path: Path, key: bytes) -> bytes:
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
        content: bytes = pyrage.decrypt(encrypted, [_identity(key)])
    except pyrage.DecryptError as error:
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


def _identity(key: bytes) -> pyrage.x25519.Identity:
    """Return the age identity whose secret half is the key."""
    return pyrage.x25519.Identity.from_str(_bech32(_IDENTITY_PREFIX, key).upper())


def _bech32(prefix: str, content: bytes) -> str:
    """Return bytes as age writes its keys: Bech32 (BIP 173), five bits a character, a checksum."""
    bits = 8 * len(content)
    number = int.from_bytes(content) << -bits % 5
    places = range(5 * ((bits + 4) // 5) - 5, -1, -5)
    fives = [number >> place & 31 for place in places]
    spread = [ord(each) >> 5 for each in prefix] + [0] + [ord(each) & 31 for each in prefix]
    check = _bech32_checksum([*spread, *fives, *[0] * _BECH32_CHECK_CHARACTERS]) ^ 1
    fives += [check >> 5 * (5 - place) & 31 for place in range(_BECH32_CHECK_CHARACTERS)]
    return prefix + "1" + "".join(_BECH32_CHARACTERS[each] for each in fives)


def _bech32_checksum(values: list[int]) -> int:
    check = 1
    for each in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ each
        for place, generator in enumerate(_BECH32_GENERATOR):
            check ^= generator if top >> place & 1 else 0
    return check
