"""What is sealed to somebody's age key so that only the holder of the other half reads it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

import pyrage

from embassy_desk.domain.errors import InvalidError, Problem, StoreError
from embassy_desk.texts import N_


class Readable(Protocol):
    """What can be sealed in small parts."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes; none at the end."""


class Writable(Protocol):
    """What opened or sealed parts are given to."""

    def write(self, part: bytes, /) -> int:
        """Take a part and return its length."""


@dataclass(frozen=True)
class Recipient:
    """A pair of age keys.

    Attributes:
        public: `age1…`, which anybody may know.
        secret: `AGE-SECRET-KEY-1…`.
    """

    public: str
    secret: str = field(repr=False)


def made_recipient() -> Recipient:
    """Return a new random pair."""
    identity = pyrage.x25519.Identity.generate()
    return Recipient(str(identity.to_public()), str(identity))


def recipient_of(secret: str) -> Recipient:
    """Return the pair of a secret half.

    Raises:
        StoreError: It is not one.
    """
    try:
        identity = pyrage.x25519.Identity.from_str(secret.strip())
    except pyrage.IdentityError as error:
        raise StoreError(N_("The key file is damaged.")) from error
    return Recipient(str(identity.to_public()), str(identity))


def sealed(content: bytes, *public: str) -> bytes:
    """Return the content as an age file that each of these recipients can open by himself.

    Raises:
        InvalidError: One of them is no age recipient.
    """
    try:
        recipients = [pyrage.x25519.Recipient.from_str(each) for each in public]
    except pyrage.RecipientError as error:
        raise InvalidError([Problem("recipient", N_("This is no age recipient."))]) from error
    made: bytes = pyrage.encrypt(content, recipients)
    return made


def opened(letter: bytes, secret: str) -> bytes:
    """Return the content of an age file; nothing of it before all of it proved genuine.

    Raises:
        StoreError: It was changed or cut, or is sealed to somebody else.
    """
    try:
        content: bytes = pyrage.decrypt(letter, [pyrage.x25519.Identity.from_str(secret.strip())])
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise StoreError(N_("This is sealed to another key, or damaged.")) from error
    return content


def seal_stream(source: Readable, target: Writable, *public: str) -> None:
    """Seal what a stream gives into another, in small parts; nothing touches the disk unsealed.

    Raises:
        StoreError: One of the streams fails.
    """
    recipients = [pyrage.x25519.Recipient.from_str(each) for each in public]
    try:
        pyrage.encrypt_io(source, target, recipients)
    except (pyrage.EncryptError, OSError) as error:
        raise StoreError(N_("The sealed file cannot be written.")) from error


def open_stream(path: Path, target: Writable, secret: str) -> None:
    """Open a sealed file into a stream, which gets nothing before all of it proved genuine.

    The file is read twice: once to prove it, once to give it away.

    Raises:
        StoreError: It cannot be read, was changed or cut, or is sealed to somebody else.
    """
    for sink in (_Nowhere(), target):
        try:
            file = path.open("rb")
        except OSError as error:
            raise StoreError(N_("The file {file} cannot be read.", file=path.name)) from error
        with file:
            _open_into(sink, file, secret)


def _open_into(sink: Writable, file: BinaryIO, secret: str) -> None:
    try:
        identity = pyrage.x25519.Identity.from_str(secret.strip())
        pyrage.decrypt_io(file, sink, [identity])
    except (pyrage.DecryptError, pyrage.IdentityError, OSError) as error:
        raise StoreError(N_("This is sealed to another key, or damaged.")) from error


class _Nowhere:
    """Takes what is only to be proved."""

    def write(self, part: bytes) -> int:
        return len(part)

    def flush(self) -> None:
        return None
