"""Signed statements: a text, for what it is meant, who signed it, and the signature.

One form for everything that headquarters decides and a laptop must be able to check offline: grants
of rights today, policy and orders the same way. The purpose is part of what is signed, so that a
statement for one thing never passes for another (OWASP: domain separation).
"""

import json
from collections.abc import Collection
from dataclasses import dataclass

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.sealing.keys import DeviceKey, is_signed
from embassy_desk.texts import N_

LARGEST_STATEMENT_BYTES = 1_000_000
"""More is refused before it is read."""

_PREFIX = "embassy-desk statement 1"


@dataclass(frozen=True)
class Statement:
    """A text that was signed.

    Attributes:
        purpose: For what it is meant, such as `grant`.
        body: The text, canonical JSON in UTF-8.
        signer: The signer's public key, 32 bytes.
    """

    purpose: str
    body: bytes
    signer: bytes


def signed_statement(key: DeviceKey, purpose: str, body: bytes) -> bytes:
    """Return a file that holds the text, its purpose and the signature, as JSON in UTF-8.

    Args:
        key: The key to sign with.
        purpose: For what it is meant; letters, digits and dashes.
        body: The text, in UTF-8.
    """
    written = {
        "purpose": purpose,
        "body": body.decode(),
        "signer": key.public.hex(),
        "signature": key.sign(_signed(purpose, body)).hex(),
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def opened_statement(file: bytes, purpose: str, trusted: Collection[bytes]) -> Statement:
    """Return the statement of a file, after it proved to be genuine.

    Args:
        file: What the file holds.
        purpose: For what it must be meant.
        trusted: Public keys, 32 bytes each, whose holders are believed.

    Raises:
        InvalidError: It is no statement for this purpose, nobody trusted signed it, or it was
            changed since.
    """
    if len(file) > LARGEST_STATEMENT_BYTES:
        raise _refusal()
    try:
        written = json.loads(file)
        body = str(written["body"]).encode()
        signer, signature = bytes.fromhex(written["signer"]), bytes.fromhex(written["signature"])
        is_meant = written["purpose"] == purpose
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _refusal() from error
    if not is_meant:
        raise _refusal()
    if signer not in trusted:
        raise InvalidError([Problem("", N_("This file was not signed by headquarters."))])
    if not is_signed(signer, _signed(purpose, body), signature):
        raise InvalidError([Problem("", N_("This file was changed after it was signed."))])
    return Statement(purpose, body, signer)


def _signed(purpose: str, body: bytes) -> bytes:
    return b"\n".join((_PREFIX.encode(), purpose.encode(), body))


def _refusal() -> InvalidError:
    return InvalidError([Problem("", N_("This file is not what is expected here."))])
