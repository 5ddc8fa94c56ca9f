"""Signed requests: HTTP message signatures (RFC 9421) with the device's Ed25519 key.

There is no token to steal and no turn for a login: every request carries the digest of its body
(RFC 9530) and a signature over method, host, path, query and that digest, with the time and a
random nonce. The verifier keeps nonces for as long as it accepts the time.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureAlgorithm,
    HTTPSignatureKeyResolver,
    InvalidSignature,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from embassy_desk.domain.errors import SignInError
from embassy_desk.sealing.keys import DeviceKey, is_signed
from embassy_desk.texts import N_

SIGNATURE_TAG = "embassy-desk"
LARGEST_CLOCK_DIFFERENCE = timedelta(minutes=5)
"""How far `created` may be from the verifier's time; nonces are kept for twice as long."""

_COVERED = ("@method", "@authority", "@path", "@query", "content-digest")
_NONCE_BYTES = 16
_ANY_AGE = timedelta(days=365_000)

KeyOf = Callable[[str], bytes | None]
"""Answers with the public key of a key's name, or nothing if nobody enrolled it."""


@dataclass(frozen=True)
class RequestSignature:
    """Who signed a request, and when.

    Attributes:
        key_id: Name of the key: the node's identity.
        created: When it was signed, by the signer's clock.
        nonce: Random; accepted once.
    """

    key_id: str
    created: datetime
    nonce: str


class UnsignedError(SignInError):
    """A request without a signature that counts."""

    code = "unsigned"


class ClockError(SignInError):
    """A good signature of another time; carries it."""

    code = "clock"


class _DeviceSignature(HTTPSignatureAlgorithm):
    """Ed25519 with our keys, which refuses public keys that anybody can sign for."""

    algorithm_id: str = "ed25519"

    def __init__(self, public_key: bytes = b"", private_key: DeviceKey | None = None) -> None:
        self._public = public_key
        self._private = private_key

    def sign(self, message: bytes) -> bytes:
        """Return the signature."""
        if self._private is None:
            raise HTTPMessageSignaturesException("there is no key to sign with")
        return self._private.sign(message)

    def verify(self, signature: bytes, message: bytes) -> None:
        """Refuse what was not signed by the holder of the key."""
        if not is_signed(self._public, message, signature):
            raise InvalidSignature("signed with another key")


class _OwnKey(HTTPSignatureKeyResolver):
    """The one key that signs here."""

    def __init__(self, key: DeviceKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> DeviceKey:  # noqa: ARG002  there is one
        """Return our key."""
        return self._key


class _EnrolledKeys(HTTPSignatureKeyResolver):
    """Those that the caller finds by their names."""

    def __init__(self, key_of: KeyOf) -> None:
        self._key_of = key_of

    def resolve_public_key(self, key_id: str) -> bytes | None:
        """Return the key that was enrolled under this name."""
        return self._key_of(key_id)


@dataclass
class _Message:
    """A request as the library wants to see it."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


class _AnyTimeVerifier(HTTPMessageVerifier):
    """Leaves the time to us, because a clock is passed in."""

    max_clock_skew = _ANY_AGE


def signed_headers(
    method: str,
    url: str,
    body: bytes,
    *,
    key: DeviceKey,
    key_id: str,
    created: datetime,
) -> dict[str, str]:
    """Return the headers that sign a request: its digest, what is signed, and the signature.

    Args:
        method: `POST`, `GET` …
        url: The whole address.
        body: The bytes as they are sent, after compression; may be empty.
        key: The device's key.
        key_id: Under which name it was enrolled.
        created: The present time, corrected by headquarters' offset.
    """
    message = _Message(method, url)
    signer = HTTPMessageSigner(signature_algorithm=_DeviceSignature, key_resolver=_OwnKey(key))
    signer.sign(
        message,
        key_id=key_id,
        created=created,
        nonce=secrets.token_urlsafe(_NONCE_BYTES),
        label="desk",
        tag=SIGNATURE_TAG,
        covered_component_ids=_COVERED[:-1],
        body=body,
    )
    return message.headers


def verified_signature(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    key_of: KeyOf,
    now: datetime,
) -> RequestSignature:
    """Return who signed a request. Whether the nonce was used before is the caller's to know.

    Args:
        method: As it came.
        url: The whole address; only host, path and query count.
        headers: As they came.
        body: The bytes as they came, before decompression.
        key_of: Finds the public key of a name.
        now: The verifier's time, with zone.

    Raises:
        UnsignedError: There is no signature, or it does not fit.
        ClockError: It fits, but was made more than five minutes from now.
    """
    verifier = _AnyTimeVerifier(
        signature_algorithm=_DeviceSignature, key_resolver=_EnrolledKeys(key_of)
    )
    try:
        (result,) = verifier.verify(
            _Message(method, url, dict(headers)),
            max_age=None,
            expect_tag=SIGNATURE_TAG,
            require_components=_COVERED,
            body=body,
        )
        said = result.parameters
        created = datetime.fromtimestamp(int(said["created"]), now.tzinfo)
        found = RequestSignature(str(said["keyid"]), created, str(said["nonce"]))
    except (HTTPMessageSignaturesException, KeyError, ValueError, OverflowError) as error:
        raise UnsignedError(N_("The request is not signed by an enrolled device.")) from error
    if abs(now - created) > LARGEST_CLOCK_DIFFERENCE:
        raise ClockError(N_("The clock of the device and of headquarters are too far apart."))
    return found
