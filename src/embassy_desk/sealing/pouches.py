"""The container of a pouch: an age file to one recipient, with a signed manifest inside.

    4 bytes      length of the manifest
    manifest     canonical JSON
    64 bytes     Ed25519 signature of the sender
    parts        one after the other
    zeros        up to a length that tells little

Nothing is parsed before the whole file proved genuine, and nothing unencrypted touches the disk.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.sealing.keys import DeviceKey, is_signed
from embassy_desk.sealing.letters import opened, sealed
from embassy_desk.texts import N_

LARGEST_FILE_BYTES = 130 * 1024 * 1024
_LENGTH_BYTES = 4
_SIGNATURE_BYTES = 64
_LARGEST_MANIFEST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class OpenedPouch:
    """A pouch that decrypted as a whole; its manifest is not believed yet.

    Attributes:
        manifest: The manifest's bytes.
        signature: The sender's signature.
        rest: The parts and the filling.
    """

    manifest: bytes
    signature: bytes
    rest: bytes


def sealed_pouch(
    manifest: bytes,
    signed_part: bytes,
    parts: list[bytes],
    *,
    key: DeviceKey,
    recipient: str,
    padded_size: Callable[[int], int],
) -> bytes:
    """Return the file of a pouch.

    Args:
        manifest: Canonical bytes.
        signed_part: What the signature is over: a context and the manifest.
        parts: As the manifest names them.
        key: With which the sender signs.
        recipient: Public age key.
        padded_size: How long to make a content of a length.
    """
    head = len(manifest).to_bytes(_LENGTH_BYTES) + manifest + key.sign(signed_part)
    content = b"".join([head, *parts])
    filling = bytes(padded_size(len(content)) - len(content))
    return sealed(content + filling, recipient)


def opened_pouch(file: bytes, secret: str) -> OpenedPouch:
    """Decrypt a pouch and split it.

    Raises:
        RefusedError: It is larger than any pouch.
        StoreError: It was changed or cut, or is sealed to somebody else.
        InvalidError: It is no pouch.
    """
    if len(file) > LARGEST_FILE_BYTES:
        raise RefusedError(N_("The file is larger than a pouch may be."))
    content = opened(file, secret)
    length = int.from_bytes(content[:_LENGTH_BYTES])
    end = _LENGTH_BYTES + length + _SIGNATURE_BYTES
    if length > _LARGEST_MANIFEST_BYTES or len(content) < end:
        raise no_pouch()
    middle = _LENGTH_BYTES + length
    return OpenedPouch(content[_LENGTH_BYTES:middle], content[middle:end], content[end:])


def proved_parts(
    pouch: OpenedPouch,
    signed_part: bytes,
    sizes: Mapping[str, tuple[int, str]],
    *,
    public: bytes,
) -> dict[str, bytes]:
    """Return the parts of a pouch after the signature and every digest fitted.

    Args:
        pouch: The opened pouch.
        signed_part: What the signature must be over.
        sizes: Length and SHA-256 of each part, in order.
        public: The sender's public key.

    Raises:
        InvalidError: Something does not fit.
    """
    if not is_signed(public, signed_part, pouch.signature):
        raise InvalidError([Problem("pouch", N_("The pouch is not signed by its sender."))])
    parts: dict[str, bytes] = {}
    start = 0
    for name, (size, digest) in sizes.items():
        part = pouch.rest[start : start + size]
        if len(part) != size or hashlib.sha256(part).hexdigest() != digest:
            raise no_pouch()
        parts[name] = part
        start += size
    if any(pouch.rest[start:]):
        raise no_pouch()
    return parts


def no_pouch() -> InvalidError:
    """Return the error for what is no pouch."""
    return InvalidError([Problem("pouch", N_("This is no pouch, or it is damaged."))])


def file_digest(content: bytes) -> str:
    """Return the SHA-256 of a file or part, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
