"""Keys: the store's, wrapped and unwrapped, and the device's, with which it signs."""

import secrets
from typing import Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from embassy_desk.domain.errors import SignInError, StoreError
from embassy_desk.texts import N_

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
WRAPPED_BYTES = KEY_BYTES + SALT_BYTES + 16
"""Key and salt of a store with the 16-byte tag of AES-256-GCM."""

# Points of small order on edwards25519, sign bit cleared. OpenSSL accepts them as public keys, and
# then one signature fits many messages; whoever enrolled with one could be anybody.
_WEAK_PUBLIC_KEYS = frozenset(
    bytes.fromhex(each)
    for each in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    )
)


class StoreKey:
    """What opens a store: a random 32-byte key and the 16-byte salt that goes with it.

    The salt is kept with the key because SQLCipher otherwise keeps it only in the first bytes of
    the file, where a power cut can tear it. Never shown, written or compared as text.
    """

    __slots__ = ("_material",)
    __hash__ = None  # type: ignore[assignment]  # a secret that can be wiped is no dictionary key

    def __init__(self, material: bytes | bytearray) -> None:
        """Hold a key read from a header.

        Args:
            material: Key and salt, 48 bytes; copied.

        Raises:
            ValueError: It does not have 48 bytes.
        """
        if len(material) != KEY_BYTES + SALT_BYTES:
            raise ValueError("a store key has 48 bytes")
        self._material = bytearray(material)

    @classmethod
    def made(cls) -> Self:
        """Return a new random key."""
        return cls(secrets.token_bytes(KEY_BYTES + SALT_BYTES))

    def hex96(self) -> str:
        """Return key and salt as SQLCipher takes them: 96 hexadecimal digits.

        Raises:
            SignInError: The key was wiped.
        """
        return self._opened().hex()

    def derived(self, purpose: str) -> bytes:
        """Return a 32-byte key for one other purpose (HKDF with SHA-256).

        Raises:
            SignInError: The key was wiped.
        """
        material = self._opened()
        kdf = HKDF(
            algorithm=hashes.SHA256(),
            length=KEY_BYTES,
            salt=bytes(material[KEY_BYTES:]),
            info=purpose.encode(),
        )
        return kdf.derive(bytes(material[:KEY_BYTES]))

    def wrapped(self, wrapping: bytes | bytearray, nonce: bytes, associated: bytes) -> bytes:
        """Return the key encrypted and authenticated with AES-256-GCM, 64 bytes.

        Args:
            wrapping: The 32-byte key to wrap with, used for this one wrapping only.
            nonce: 12 random bytes.
            associated: What the wrapped key is bound to: it unwraps with exactly this only.

        Raises:
            SignInError: The key was wiped.
        """
        return AESGCM(wrapping).encrypt(nonce, bytes(self._opened()), associated)

    @classmethod
    def unwrapped(
        cls, wrapped: bytes, wrapping: bytes | bytearray, nonce: bytes, associated: bytes
    ) -> Self:
        """Return the key that was wrapped.

        Raises:
            SignInError: The wrapping key is not the right one, or something was changed.
        """
        if len(wrapped) != WRAPPED_BYTES:
            raise SignInError(N_("The passphrase is not right."))
        material = bytearray(KEY_BYTES + SALT_BYTES)
        try:
            AESGCM(wrapping).decrypt_into(nonce, wrapped, associated, material)
        except InvalidTag as error:
            raise SignInError(N_("The passphrase is not right.")) from error
        key = cls(material)
        wipe(material)
        return key

    def wipe(self) -> None:
        """Overwrite the key in memory; it opens nothing afterwards.

        Texts made from it and copies inside libraries cannot be reached; they go with the
        process, and full-disk encryption covers what was swapped out.
        """
        wipe(self._material)

    @property
    def is_wiped(self) -> bool:
        """Whether the key was overwritten."""
        return not any(self._material)

    def _opened(self) -> bytearray:
        if self.is_wiped:
            raise SignInError(N_("The store is locked."))
        return self._material

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StoreKey):
            return NotImplemented
        return bytes_eq(bytes(self._material), bytes(other._material))

    def __repr__(self) -> str:
        return "StoreKey(hidden)"

    def __reduce__(self) -> str:
        raise TypeError("a store key is not copied, pickled or sent anywhere")


class DeviceKey:
    """The key with which a device signs what it did: Ed25519, made by `init`, kept in the store."""

    __slots__ = ("_private",)

    def __init__(self, private: Ed25519PrivateKey) -> None:
        """Hold a key; make one with `made` or read one with `from_bytes`."""
        self._private = private

    @classmethod
    def made(cls) -> Self:
        """Return a new random key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, private: bytes) -> Self:
        """Return the key whose 32 private bytes lay in the store.

        Raises:
            StoreError: They are not 32 bytes.
        """
        try:
            return cls(Ed25519PrivateKey.from_private_bytes(private))
        except ValueError as error:
            raise StoreError(N_("The key of this device is damaged.")) from error

    def to_bytes(self) -> bytes:
        """Return the 32 private bytes; they go into the encrypted store and nowhere else."""
        return self._private.private_bytes_raw()

    @property
    def public(self) -> bytes:
        """The 32 public bytes, which anybody may know."""
        return self._private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of a message; the message begins with what it is for."""
        return self._private.sign(message)

    def __repr__(self) -> str:
        return f"DeviceKey(public={self.public.hex()})"


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the holder of a public key signed this message.

    False for any nonsense, and for the few public keys with which anybody can sign.
    """
    if not is_sound(public):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_sound(public: bytes) -> bool:
    """Return whether bytes can be a public key with which only its holder signs."""
    return len(public) == KEY_BYTES and _without_sign(public) not in _WEAK_PUBLIC_KEYS


def _without_sign(public: bytes) -> bytes:
    return public[:-1] + bytes([public[-1] & 0x7F])


def authentication(key: bytes, message: bytes) -> bytes:
    """Return the 32-byte code (HMAC with SHA-256) that only holders of the key can make."""
    code = HMAC(key, hashes.SHA256())
    code.update(message)
    return code.finalize()


def is_authentic(key: bytes, message: bytes, code: bytes) -> bool:
    """Return whether the code was made for this message with this key; takes constant time."""
    return bytes_eq(authentication(key, message), code)


def wipe(secret: bytearray) -> None:
    """Overwrite a secret in memory with zeros."""
    secret[:] = bytes(len(secret))
