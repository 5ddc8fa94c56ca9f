"""The keys that the root of updates names, and how ours sign for it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from securesystemslib.signer import Key, SecretsHandler, Signature, Signer, SSlibKey
from tuf.api.metadata import Root

from embassy_desk.sealing.keys import DeviceKey

_SCHEME = "ed25519"


def public_key(public: bytes) -> Key:
    """Return a public key as the metadata names it."""
    return SSlibKey(sha256(public).hexdigest(), _SCHEME, _SCHEME, {"public": public.hex()})


class KeySigner(Signer):
    """Signs metadata with a key of ours; private keys are the business of `sealing`."""

    def __init__(self, key: DeviceKey) -> None:
        """Sign with a key."""
        self._key = key
        self._public = public_key(key.public)

    @property
    def public_key(self) -> Key:
        """The public key as the metadata names it."""
        return self._public

    @classmethod
    def from_priv_key_uri(
        cls, priv_key_uri: str, public_key: Key, secrets_handler: SecretsHandler | None = None
    ) -> "KeySigner":
        """Refuse: keys of ours have no address."""
        raise ValueError(priv_key_uri, public_key, secrets_handler)

    def sign(self, payload: bytes) -> Signature:
        """Return the signature of some metadata."""
        return Signature(self._public.keyid, self._key.sign(payload).hex())


@dataclass(frozen=True)
class Trusted:
    """The public keys that the root names.

    Attributes:
        roots: Of the custodians; at least `threshold` of them sign a new root.
        threshold: How many.
        release: What versions are signed with.
        line: What the server signs with that they are the newest.
    """

    roots: tuple[bytes, ...]
    threshold: int
    release: bytes
    line: bytes


def root_of(trusted: Trusted, version: int, expires: datetime) -> Root:
    """Return a root that names these keys, not signed yet."""
    root = Root(version=version, expires=expires.replace(microsecond=0), consistent_snapshot=True)
    for each in trusted.roots:
        root.add_key(public_key(each), "root")
    root.roles["root"].threshold = trusted.threshold
    release, line = public_key(trusted.release), public_key(trusted.line)
    for role in ("targets", "snapshot", "timestamp"):
        root.add_key(release, role)
    root.add_key(line, "timestamp")
    return root
