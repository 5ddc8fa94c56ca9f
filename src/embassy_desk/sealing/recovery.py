"""Recovery codes and custodians: the ways to a store whose passphrase is forgotten.

A *code* is 130 random bits that a person can copy from paper; so many bits need no slow derivation.
*Custodians* are two people at headquarters, each with an age key of their own. What is sealed for
them lies in two shells, the first custodian's inside the second's, because of two recipients side
by side either one could open it alone.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyrage
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from embassy_desk.domain.errors import InvalidError, Problem, SignInError, StoreError
from embassy_desk.sealing.keys import KEY_BYTES
from embassy_desk.texts import N_

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U, so that nothing looks like something else."""

SECRET_SIGNS = 26
CHECK_SIGNS = 2
CODE_SIGNS = SECRET_SIGNS + CHECK_SIGNS
GROUP_SIGNS = 4

_BITS_OF_A_SIGN = 5
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "–": None})
_PURPOSE = b"embassy-desk recovery code, version 1"


def made_code() -> str:
    """Return a new recovery code: seven groups of four signs, the last two of which check."""
    secret = "".join(secrets.choice(ALPHABET) for _ in range(SECRET_SIGNS))
    return in_groups(secret + _check_of(secret))


def in_groups(signs: str) -> str:
    """Return signs in groups of four, as they are printed."""
    groups = [signs[at : at + GROUP_SIGNS] for at in range(0, len(signs), GROUP_SIGNS)]
    return "-".join(groups)


def code_signs(code: str) -> str:
    """Return the 28 signs of a code however it was typed.

    Small letters, spaces, dashes, and the letters O, I and L for the digits they look like are
    taken as meant.

    Raises:
        SignInError: Signs are missing or mistyped; says which, as far as that can be known.
    """
    signs = code.strip().upper().translate(_LOOK_ALIKE)
    strange = sorted({each for each in signs if each not in ALPHABET})
    if strange:
        raise SignInError(
            N_("A recovery code has no sign “{sign}”. Copy it once more.", sign=strange[0])
        )
    if len(signs) != CODE_SIGNS:
        raise SignInError(
            N_(
                "A recovery code has {wanted} signs; these are {found}.",
                wanted=CODE_SIGNS,
                found=len(signs),
            )
        )
    if _check_of(signs[:SECRET_SIGNS]) != signs[SECRET_SIGNS:]:
        raise SignInError(N_("A sign of the recovery code is mistyped. Compare it once more."))
    return signs


def code_key(code: str, salt: bytes) -> bytearray:
    """Return the 32-byte wrapping key that a code gives; the caller wipes it.

    Raises:
        SignInError: It is no recovery code.
    """
    signs = code_signs(code)
    kdf = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=salt, info=_PURPOSE)
    return bytearray(kdf.derive(signs[:SECRET_SIGNS].encode()))


def _check_of(secret: str) -> str:
    number = int.from_bytes(hashlib.sha256(secret.encode()).digest()[:2])
    lower, upper = number % len(ALPHABET), number >> _BITS_OF_A_SIGN
    return ALPHABET[lower] + ALPHABET[upper % len(ALPHABET)]


@dataclass(frozen=True)
class CustodianKey:
    """The key of a custodian.

    Attributes:
        public: What stores seal with; may be known to all (`age1…`).
        secret: What opens; leaves the custodian never (`AGE-SECRET-KEY-1…`).
    """

    public: str
    secret: str = field(repr=False)


def made_custodian() -> CustodianKey:
    """Return a new random key."""
    identity = pyrage.x25519.Identity.generate()
    return CustodianKey(str(identity.to_public()), str(identity))


def check_custodian(public: str) -> None:
    """Make sure that something is the public key of a custodian.

    Raises:
        InvalidError: It is not.
    """
    try:
        pyrage.x25519.Recipient.from_str(public)
    except pyrage.RecipientError as error:
        problem = N_("“{key}” is not the public key of a custodian.", key=public[:80])
        raise InvalidError([Problem("custodians", problem)]) from error


def sealed_for(content: bytes, publics: Sequence[str]) -> str:
    """Return a content in shells, the first custodian's innermost, as base 64.

    Raises:
        InvalidError: One of the keys is none.
    """
    for public in publics:
        check_custodian(public)
        content = pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(public)])
    return base64.b64encode(content).decode()


def without_shell(sealed: str, secret: str) -> bytes:
    """Return what is inside the outermost shell: another shell, or the content.

    Raises:
        SignInError: The shell is another custodian's, or the key is none.
        StoreError: The shell is damaged.
    """
    identity = _identity(secret)
    try:
        shell = base64.b64decode(sealed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise StoreError(N_("The sealed key is damaged.")) from error
    try:
        content: bytes = pyrage.decrypt(shell, [identity])
    except pyrage.DecryptError as error:
        raise SignInError(
            N_("This custodian's key does not open it. Is it the other custodian's turn?")
        ) from error
    return content


def locked_with(passphrase: str, content: bytes) -> bytes:
    """Return a content as an age file that a passphrase opens (scrypt); for custodians' keys."""
    locked: bytes = pyrage.passphrase.encrypt(content, passphrase)
    return locked


def unlocked_with(passphrase: str, locked: bytes) -> bytes:
    """Return the content of an age file that a passphrase opens.

    Raises:
        SignInError: The passphrase is not right, or the file is damaged.
    """
    try:
        content: bytes = pyrage.passphrase.decrypt(locked, passphrase)
    except pyrage.DecryptError as error:
        raise SignInError(N_("The passphrase does not open the custodian's key.")) from error
    return content


def _identity(secret: str) -> "pyrage.x25519.Identity":
    try:
        return pyrage.x25519.Identity.from_str(secret.strip())
    except pyrage.IdentityError as error:
        raise SignInError(N_("This is not the key of a custodian.")) from error
